// hostile_test — texts that nobody meant as an expression: always an answer, never a crash, never long.
#include <gtest/gtest.h>

#include <chrono>

#include "tests/expression/random_expressions.hpp"

namespace highseas::expression {
namespace {

const std::vector<std::string> kPieces = {"name",
                                          "count",
                                          "status",
                                          "tags",
                                          "region",
                                          ".province",
                                          "now",
                                          "me",
                                          "null",
                                          "true",
                                          "in",
                                          "(",
                                          ")",
                                          "[",
                                          "]",
                                          ",",
                                          "?",
                                          ":",
                                          "!",
                                          "-",
                                          "+",
                                          "*",
                                          "/",
                                          "%",
                                          "==",
                                          "!=",
                                          "<=",
                                          "&&",
                                          "||",
                                          " ",
                                          "'won'",
                                          "\"x\"",
                                          "1",
                                          "0",
                                          "1.5",
                                          "9e99",
                                          "\\",
                                          "'",
                                          "days(",
                                          "size(",
                                          ".contains(",
                                          "海",
                                          "\xE6",
                                          "\xFF",
                                          "\x00",
                                          "\n",
                                          "date('2026-01-01')",
                                          "\\u0000",
                                          "1e-7",
                                          "."};

std::string hostile_text(Dice& dice) {
  std::string text;
  const std::size_t pieces = dice.one_in(20) ? 3'000 : 1 + dice.below(40);
  const std::string& repeated = kPieces[dice.below(kPieces.size())];
  const bool repeats = dice.one_in(10);
  for (std::size_t i = 0; i < pieces; ++i) {
    if (repeats) {
      text += repeated;
    } else if (dice.one_in(10)) {
      text.push_back(static_cast<char>(dice.below(256)));
    } else {
      text += kPieces[dice.below(kPieces.size())];
    }
  }
  return text;
}

void expect_an_answer(const std::string& text, Dice& dice) {
  const auto compiled = compile(text, SampleForm());
  const auto names = field_names(text);
  if (!compiled) {
    EXPECT_LE(compiled.error().offset, kMaxLength);
    EXPECT_FALSE(compiled.error().message_zh.empty());
    return;
  }
  EXPECT_TRUE(names) << text;
  SampleRecord record;
  for (std::uint32_t slot = 0; slot < kSampleSlots; ++slot) record.values[slot] = random_value(dice, slot);
  (void)evaluate(*compiled, record, sample_environment());
}

TEST(HostileText, of_random_pieces_is_always_answered) {
  const std::uint64_t seed = chosen_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  Dice dice(seed);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20'000; ++i) expect_an_answer(hostile_text(dice), dice);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(120));
}

TEST(HostileText, made_of_a_good_one_with_a_few_bytes_changed_is_always_answered) {
  const std::uint64_t seed = chosen_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  Dice dice(seed);
  int good = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::string text = ExpressionWriter(dice).boolean(3);
    for (std::size_t changes = dice.below(3); changes > 0; --changes) {
      text[dice.below(text.size())] = static_cast<char>(dice.below(256));
    }
    good += compile(text, SampleForm()) ? 1 : 0;
    expect_an_answer(text, dice);
  }
  EXPECT_GT(good, 2'000);
}

TEST(HostileText, of_megabytes_is_refused_at_once) {
  const auto result = compile(std::string(50'000'000, '('), SampleForm());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().offset, kMaxLength);
}

}  // namespace
}  // namespace highseas::expression
