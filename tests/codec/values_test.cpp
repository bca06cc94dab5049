// values_test — the varint form: one way to write each value, and no other is read.
#include "codec/values.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "codec/bytes.hpp"

namespace highseas::codec {
namespace {

using domain::FieldValue;

const std::vector<FieldValue> kValues{
    {1, base::Value{}},
    {2, true},
    {3, std::numeric_limits<std::int64_t>::min()},
    {4, base::Decimal{-150, 2}},
    {5, base::Date{-1}},
    {6, base::Instant{1'700'000'000'000}},
    {7, std::string("公司")},
    {8, base::Choice{1000}},
    {9, base::Choices{{3, 1, 2}}},
    {10, base::Reference{{1, 2}}},
    {11, base::References{{{1, 2}, {3, 4}}}},
    {12, base::Region{"上海", "上海市", "浦东新区"}},
    {0xFFFF'FFFF, base::Location{{1214737, 4}, {312304, 4}}},
};

TEST(Values, come_back_in_their_order) {
  EXPECT_EQ(decode_values(encode_values(kValues), ""), kValues);
  const auto split = encode_values(kValues, [](const FieldValue& entry) { return is_sealed_value(entry.value); });
  EXPECT_EQ(decode_values(split.clear, split.sealed), kValues);
}

TEST(Values, that_are_sealed_leave_their_place_alone) {
  const auto split = encode_values(kValues, [](const FieldValue& entry) { return is_sealed_value(entry.value); });
  EXPECT_EQ(split.clear.find("公司"), std::string::npos);
  const auto left = decode_values(split.clear, std::nullopt);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->size(), kValues.size() - 2) << "text and location";
}

TEST(Values, keep_the_places_of_a_decimal) {
  const auto value = decode_value(encode_value(base::Decimal{150, 2}));
  ASSERT_TRUE(value);
  EXPECT_EQ(std::get<base::Decimal>(*value).mantissa, 150);
  EXPECT_EQ(std::get<base::Decimal>(*value).scale, 2);
}

TEST(Values, are_refused_when_cut_anywhere) {
  const std::string bytes = encode_values({{7, std::string("公司")}, {11, base::References{{{1, 2}}}}});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_values(bytes.substr(0, size), "")) << size;
  }
}

TEST(Values, are_refused_where_clear_and_sealed_do_not_fit) {
  const auto all = [](const FieldValue&) { return true; };
  const auto one = encode_values({{1, std::int64_t{5}}}, all);
  const auto other = encode_values({{2, std::int64_t{5}}}, all);
  EXPECT_FALSE(decode_values(one.clear, other.sealed));
  EXPECT_FALSE(decode_values(one.clear, one.sealed + one.sealed));
  EXPECT_FALSE(decode_values(one.clear, ""));
  EXPECT_FALSE(decode_values(encode_values({}), one.sealed));
}

TEST(Values, with_more_places_than_a_decimal_has_are_refused) {
  std::string bytes = encode_value(base::Decimal{1, 6});
  bytes.back() = 7;
  EXPECT_FALSE(decode_value(bytes));
}

TEST(Varint, is_read_in_its_shortest_form_alone) {
  for (const std::uint64_t value : {0ull, 127ull, 128ull, 1ull << 32, ~0ull}) {
    ByteWriter out;
    out.varint(value);
    ByteReader in(out.bytes());
    EXPECT_EQ(in.varint(), value);
    EXPECT_TRUE(in.finished());
  }
  using namespace std::string_view_literals;
  for (const auto bytes : {"\x80\x00"sv, "\x80"sv, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"sv, ""sv}) {
    ByteReader in(bytes);
    in.varint();
    EXPECT_FALSE(in.ok());
  }
}

}  // namespace
}  // namespace highseas::codec
