// decimal_test — exact decimals: text, rounding, and the edges of 64 bits, checked against 128-bit arithmetic.
#include "base/decimal.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <random>

namespace highseas::base {
namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

// Mantissa and scale, since == takes 1.5 and 1.50 for one.
std::pair<std::int64_t, int> exactly(std::optional<Decimal> value) {
  return value ? std::pair{value->mantissa, int{value->scale}} : std::pair{std::int64_t{-404}, -404};
}

TEST(Decimal, is_read_from_any_json_number_that_fits) {
  using P = std::pair<std::int64_t, int>;
  EXPECT_EQ(exactly(parse_decimal("0")), (P{0, 0}));
  EXPECT_EQ(exactly(parse_decimal("-12.50")), (P{-1250, 2}));
  EXPECT_EQ(exactly(parse_decimal("1e3")), (P{1000, 0}));
  EXPECT_EQ(exactly(parse_decimal("1.5E-2")), (P{15, 3}));
  EXPECT_EQ(exactly(parse_decimal("1.5e+1")), (P{15, 0}));
  EXPECT_EQ(exactly(parse_decimal("0.000001")), (P{1, 6}));
  EXPECT_EQ(exactly(parse_decimal("1.0000000")), (P{1'000'000, 6}));
  EXPECT_EQ(exactly(parse_decimal("10e-7")), (P{1, 6}));
  EXPECT_EQ(exactly(parse_decimal("0e999")), (P{0, 0}));
  EXPECT_EQ(exactly(parse_decimal("0.0e-99")), (P{0, 6}));
  EXPECT_EQ(exactly(parse_decimal("-0")), (P{0, 0}));
  EXPECT_EQ(exactly(parse_decimal("9223372036854775807")), (P{kHighest, 0}));
  EXPECT_EQ(exactly(parse_decimal("-9223372036854775808")), (P{kLowest, 0}));
  EXPECT_EQ(exactly(parse_decimal("-9223372036854.775808")), (P{kLowest, 6}));
  EXPECT_EQ(exactly(parse_decimal("1234567890123456789000e-3")), (P{1'234'567'890'123'456'789, 0}));
}

TEST(Decimal, takes_nothing_else) {
  for (auto text : {"",
                    "-",
                    "+1",
                    ".5",
                    "1.",
                    "1.e3",
                    "e3",
                    "1e",
                    "1e+",
                    "1e1.5",
                    "--1",
                    "1 ",
                    " 1",
                    "1,000",
                    "0x10",
                    "NaN",
                    "Infinity",
                    "1.0000001",
                    "1e-7",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "1e19",
                    "1e99999",
                    "1e9999",
                    "1e-9999",
                    "１",
                    "1.2.3",
                    "99999999999999999999999999999999999999999999999999999999"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
  }
}

// A long row of zeros after the point is still one: what fits must not depend on how it is written.
TEST(Decimal, is_not_misled_by_many_zeros) {
  EXPECT_EQ(parse_decimal("1." + std::string(60, '0')), (Decimal{1, 0}));
  EXPECT_EQ(parse_decimal("0." + std::string(60, '0')), (Decimal{0, 0}));
  EXPECT_EQ(parse_decimal("0." + std::string(60, '0') + "1e61"), (Decimal{1, 0}));
  EXPECT_EQ(parse_decimal("1" + std::string(60, '0') + "e-60"), (Decimal{1, 0}));
  EXPECT_EQ(parse_decimal(std::string(60, '0') + "7"), (Decimal{7, 0}));
  EXPECT_FALSE(parse_decimal("1." + std::string(60, '0') + "1"));
}

TEST(Decimal, is_written_as_it_was_scaled) {
  EXPECT_EQ(format_decimal({1250, 2}), "12.50");
  EXPECT_EQ(format_decimal({-5, 3}), "-0.005");
  EXPECT_EQ(format_decimal({0, 2}), "0.00");
  EXPECT_EQ(format_decimal({-7, 0}), "-7");
  EXPECT_EQ(format_decimal({kLowest, 6}), "-9223372036854.775808");
  EXPECT_EQ(format_decimal({kHighest, 0}), "9223372036854775807");
}

TEST(Decimal, compares_across_scales) {
  EXPECT_EQ((Decimal{150, 2}), (Decimal{15, 1}));
  EXPECT_LT((Decimal{149, 2}), (Decimal{15, 1}));
  EXPECT_LT((Decimal{-150, 2}), (Decimal{-149, 2}));
  EXPECT_GT((Decimal{kHighest, 0}), (Decimal{kHighest, 6}));
  EXPECT_LT((Decimal{kLowest, 0}), (Decimal{kLowest, 6}));
}

TEST(Decimal, rounds_half_away_from_zero) {
  EXPECT_EQ(exactly(rescale({125, 2}, 1)).first, 13);
  EXPECT_EQ(exactly(rescale({124, 2}, 1)).first, 12);
  EXPECT_EQ(exactly(rescale({-125, 2}, 1)).first, -13);
  EXPECT_EQ(exactly(rescale({-124, 2}, 1)).first, -12);
  EXPECT_EQ(exactly(rescale({kHighest, 6}, 0)).first, 9'223'372'036'855);
  EXPECT_EQ(exactly(rescale({12, 1}, 3)), (std::pair<std::int64_t, int>{1200, 3}));
  EXPECT_FALSE(rescale({kHighest, 0}, 1));
  EXPECT_TRUE(fits_places({1200, 3}, 1));
  EXPECT_FALSE(fits_places({1210, 3}, 1));
  EXPECT_TRUE(fits_places({5, 1}, 4));
}

TEST(Decimal, divides_and_multiplies_to_six_places) {
  EXPECT_EQ(divide({2, 0}, {3, 0}), (Decimal{666'667, 6}));
  EXPECT_EQ(divide({-2, 0}, {3, 0}), (Decimal{-666'667, 6}));
  EXPECT_EQ(divide({2, 0}, {-3, 0}), (Decimal{-666'667, 6}));
  EXPECT_EQ(divide({1, 6}, {2, 0}), (Decimal{1, 6}));
  EXPECT_EQ(divide({1, 6}, {-2, 0}), (Decimal{-1, 6}));
  EXPECT_EQ(divide({1, 0}, {1, 6}), (Decimal{1'000'000, 0}));
  EXPECT_FALSE(divide({1, 0}, {0, 3}));
  EXPECT_FALSE(divide({kHighest, 0}, {1, 6}));
  EXPECT_EQ(multiply({15, 1}, {25, 1}), (Decimal{375, 2}));
  EXPECT_EQ(multiply({1, 4}, {5, 3}), (Decimal{1, 6}));
  EXPECT_EQ(multiply({-1, 4}, {5, 3}), (Decimal{-1, 6}));
  EXPECT_EQ(multiply({1, 4}, {4, 3}), (Decimal{0, 0}));
  EXPECT_FALSE(multiply({kHighest, 0}, {2, 0}));
}

// Whole amounts near the top of the range have a quotient and a product too, where these fit without six places.
TEST(Decimal, gives_a_result_wherever_a_smaller_scale_holds_it_exactly) {
  EXPECT_EQ(divide({kHighest, 0}, {1, 0}), (Decimal{kHighest, 0}));
  EXPECT_EQ(divide({9'000'000'000'000'000'000, 0}, {2, 0}), (Decimal{4'500'000'000'000'000'000, 0}));
  EXPECT_EQ(multiply({5'000'000'000'000'000'000, 6}, {10, 1}), (Decimal{5'000'000'000'000'000'000, 6}));
}

TEST(Decimal, adds_and_subtracts_exactly_or_not_at_all) {
  EXPECT_EQ(exactly(add({1, 1}, {2, 2})), (std::pair<std::int64_t, int>{12, 2}));
  EXPECT_EQ(exactly(subtract({1, 1}, {2, 2})), (std::pair<std::int64_t, int>{8, 2}));
  EXPECT_FALSE(add({kHighest, 0}, {1, 0}));
  EXPECT_FALSE(subtract({kLowest, 0}, {1, 0}));
  EXPECT_FALSE(subtract({0, 0}, {kLowest, 0}));
  EXPECT_EQ(add({kHighest, 0}, {kLowest, 0}), (Decimal{-1, 0}));
}

TEST(Decimal, keeps_the_laws_of_arithmetic_on_random_numbers) {
  const char* given = std::getenv("HIGHSEAS_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  const auto next = [&random] {
    const auto mantissa = static_cast<std::int64_t>(random()) >> (random() % 63);
    return Decimal{mantissa, static_cast<std::uint8_t>(random() % 7)};
  };
  for (int i = 0; i < 50'000; ++i) {
    const Decimal a = next();
    const Decimal b = next();
    ASSERT_EQ(exactly(parse_decimal(format_decimal(a))), exactly(a));
    if (const auto sum = add(a, b)) {
      ASSERT_EQ(sum, add(b, a));
      if (const auto back = subtract(*sum, b)) {
        ASSERT_EQ(*back, a);
      }
    }
    ASSERT_EQ(multiply(a, b), multiply(b, a));
    ASSERT_EQ(a<b, b> a);
    const auto quotient = divide(a, b);
    if (quotient && b.mantissa != 0) {
      // |quotient × b − a| ≤ half a millionth of |b|, in 128 bits at twelve places.
      __int128 left = static_cast<__int128>(rescale(*quotient, 6) ? rescale(*quotient, 6)->mantissa : 0);
      if (!rescale(*quotient, 6) || std::abs(b.mantissa) > 1'000'000'000 || std::abs(a.mantissa) > 1'000'000'000)
        continue;
      left *= b.mantissa;
      __int128 right = a.mantissa;
      for (int place = a.scale; place < 6 + b.scale; ++place) right *= 10;
      __int128 apart = left - right;
      if (apart < 0) apart = -apart;
      ASSERT_LE(apart * 2, static_cast<__int128>(std::abs(b.mantissa)))
          << format_decimal(a) << " / " << format_decimal(b);
    }
  }
}

}  // namespace
}  // namespace highseas::base
