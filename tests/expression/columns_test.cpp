// columns_test — a table's columns and its records, one by one, give the same answers and the same faults.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <limits>

#include "expression/columns.hpp"
#include "tests/expression/random_expressions.hpp"

namespace highseas::expression {
namespace {

class ValueDictionary : public Dictionary {
 public:
  base::Value value(std::uint32_t code) const override {
    ++asked;
    return values.at(code);
  }
  std::optional<std::string_view> text(std::uint32_t code) const override {
    const auto* text = std::get_if<std::string>(&values.at(code));
    if (!with_texts || text == nullptr) return std::nullopt;
    ++asked;
    return *text;
  }

  std::uint32_t code_of(const base::Value& value) {
    for (std::uint32_t code = 0; code < values.size(); ++code) {
      if (values[code] == value) return code;
    }
    values.push_back(value);
    return static_cast<std::uint32_t>(values.size() - 1);
  }

  std::vector<base::Value> values;
  bool with_texts = true;
  mutable int asked = 0;
};

// What a column stores for a value, where numbers can.
std::int64_t stored_number(const base::Value& value, std::uint8_t scale) {
  if (const auto* boolean = std::get_if<bool>(&value)) return *boolean ? 1 : 0;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* decimal = std::get_if<base::Decimal>(&value)) return base::rescale(*decimal, scale)->mantissa;
  if (const auto* date = std::get_if<base::Date>(&value)) return date->days;
  if (const auto* instant = std::get_if<base::Instant>(&value)) return instant->ms;
  if (const auto* choice = std::get_if<base::Choice>(&value)) return choice->number;
  return 12345;  // of a null row: must not matter
}

// A table in memory, whose columns are laid out by chance among the layouts that their type allows.
class SampleTable : public ColumnSource {
 public:
  struct Column {
    ColumnChunk::Kind kind = ColumnChunk::Kind::values;
    std::uint8_t scale = 2;
    bool nulls_as_codes = false;
    std::vector<base::Value> values;
    std::vector<std::int64_t> numbers;
    std::vector<std::uint32_t> codes;
    ValueDictionary dictionary;
    std::vector<std::uint64_t> nulls;
  };

  SampleTable(Dice& dice, std::size_t rows) : rows_(rows), columns_(kSampleSlots) {
    for (std::uint32_t slot = 0; slot < kSampleSlots; ++slot) {
      std::vector<base::Value> values(rows);
      for (auto& value : values) value = random_value(dice, slot);
      set_column(slot, random_kind(dice, slot), std::move(values), dice);
    }
  }

  void set_column(std::uint32_t slot, ColumnChunk::Kind kind, std::vector<base::Value> values, Dice& dice) {
    Column& column = columns_[slot];
    column = Column{};
    column.kind = kind;
    column.values = std::move(values);
    column.scale = static_cast<std::uint8_t>(2 + dice.below(3));
    column.nulls_as_codes = dice.one_in(2);
    column.dictionary.with_texts = dice.one_in(2);
    column.nulls.assign(rows_ / 64 + 1, 0);
    for (std::size_t row = 0; row < rows_; ++row) {
      const base::Value& value = column.values[row];
      const bool null = base::is_null(value);
      const bool as_code = null && kind == ColumnChunk::Kind::codes && column.nulls_as_codes;
      column.codes.push_back(null ? kNullCode : column.dictionary.code_of(value));
      if (null && !as_code) {
        column.nulls[row / 64] |= std::uint64_t{1} << (row % 64);
        column.codes.back() = 4'000'000'000u;  // anything
      }
      column.numbers.push_back(stored_number(value, column.scale));
    }
  }

  void load(std::uint32_t slot, std::size_t first, std::size_t count, ColumnChunk& chunk) const override {
    EXPECT_LE(first % kBlockRows + count, kBlockRows);
    EXPECT_LE(first + count, rows_);
    EXPECT_EQ(chunk.kind, ColumnChunk::Kind::values);
    const Column& column = columns_[slot];
    chunk.kind = column.kind;
    chunk.scale = column.scale;
    chunk.integers = std::span(column.numbers).subspan(first, count);
    chunk.codes = std::span(column.codes).subspan(first, count);
    chunk.dictionary = &column.dictionary;
    chunk.nulls = column.nulls.data() + first / 64;
    chunk.null_bit = first % 64;
    if (column.kind == ColumnChunk::Kind::texts) {
      chunk.text_room.assign(count, "anything");
      for (std::size_t i = 0; i < count; ++i) {
        if (const auto* text = std::get_if<std::string>(&column.values[first + i])) chunk.text_room[i] = *text;
      }
      chunk.texts = chunk.text_room;
    }
  }

  base::Value value(std::uint32_t slot, std::size_t row) const override {
    ++values_asked;
    return columns_[slot].values[row];
  }

  std::size_t rows() const { return rows_; }
  const Column& column(std::uint32_t slot) const { return columns_[slot]; }

  mutable int values_asked = 0;

 private:
  static ColumnChunk::Kind random_kind(Dice& dice, std::uint32_t slot) {
    if (dice.one_in(4)) return ColumnChunk::Kind::values;
    if (dice.one_in(3)) return ColumnChunk::Kind::codes;
    switch (slot) {
      case kName:
      case kCode:
        return ColumnChunk::Kind::texts;
      case kAmount:
      case kCount:
      case kSecondCount:
      case kActive:
      case kSignedOn:
      case kSeenAt:
      case kStatus:
      case kGrade:
        return ColumnChunk::Kind::integers;
      default:
        return ColumnChunk::Kind::codes;
    }
  }

  std::size_t rows_;
  std::deque<Column> columns_;
};

class TableRow : public RecordSource {
 public:
  TableRow(const SampleTable& table, std::size_t row) : table_(table), row_(row) {}
  base::Value value(std::uint32_t slot) const override { return table_.column(slot).values[row_]; }

 private:
  const SampleTable& table_;
  std::size_t row_;
};

struct Answer {
  std::vector<std::uint8_t> selected;
  std::optional<Fault> fault;
};

Answer row_by_row(const Compiled& compiled, const SampleTable& table, std::size_t first,
                  const std::vector<std::uint8_t>& wanted) {
  Answer answer;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == 0) {
      answer.selected.push_back(0);
      continue;
    }
    const auto result = evaluate(compiled, TableRow(table, first + i), sample_environment());
    if (!result) {
      answer.fault = result.error();
      return answer;
    }
    answer.selected.push_back(*result ? 1 : 0);
  }
  return answer;
}

TEST(Columns, agree_with_records_on_random_expressions_and_data) {
  const std::uint64_t seed = chosen_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  Dice dice(seed);
  int with_fault = 0;
  int some_selected = 0;
  for (int round = 0; round < 20; ++round) {
    const SampleTable table(dice, 1 + dice.below(2'500));
    for (int i = 0; i < 40; ++i) {
      const std::string text = ExpressionWriter(dice).boolean(static_cast<int>(1 + dice.below(4)));
      const auto compiled = compile(text, SampleForm());
      ASSERT_TRUE(compiled) << text << ": " << compiled.error().message_en << " at " << compiled.error().offset;
      const std::size_t first = dice.below(table.rows());
      std::vector<std::uint8_t> selected(1 + dice.below(table.rows() - first));
      for (auto& byte : selected) byte = dice.one_in(8) ? 0 : static_cast<std::uint8_t>(1 + dice.below(255));
      const Answer expected = row_by_row(*compiled, table, first, selected);
      ColumnFilter filter(*compiled, sample_environment());
      const auto judged = filter.apply(table, first, selected);
      ASSERT_EQ(judged.has_value(), !expected.fault) << text;
      if (!judged) {
        ASSERT_EQ(judged.error(), *expected.fault) << text;
        ++with_fault;
        continue;
      }
      ASSERT_EQ(selected, expected.selected) << text;
      some_selected += std::ranges::count(selected, 1) > 0 ? 1 : 0;
    }
  }
  // The generator has to reach both.
  EXPECT_GT(with_fault, 10);
  EXPECT_GT(some_selected, 150);
}

bool satisfies(base::Value value, const EqualityConstraint& constraint) {
  const auto* choices = std::get_if<base::Choices>(&value);
  const auto* references = std::get_if<base::References>(&value);
  if ((choices && choices->numbers.empty()) || (references && references->ids.empty())) value = {};
  if (!constraint.contains) return std::ranges::find(constraint.values, value) != constraint.values.end();
  if (base::is_null(value)) return false;
  if (choices) {
    return std::ranges::count(choices->numbers, std::get<base::Choice>(constraint.values[0]).number) > 0;
  }
  return std::ranges::count(references->ids, std::get<base::Reference>(constraint.values[0]).id) > 0;
}

// Whatever an index leaves out was no answer.
TEST(RequiredEqualities, hold_for_every_row_that_is_selected) {
  const std::uint64_t seed = chosen_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  Dice dice(seed);
  int found = 0;
  for (int round = 0; round < 400; ++round) {
    const SampleTable table(dice, 60);
    const std::string text = "(" + ExpressionWriter(dice).boolean(3) + ") && " + ExpressionWriter(dice).boolean(1) +
                             " && status in ['won', 'new']";
    const auto compiled = compile(text, SampleForm());
    ASSERT_TRUE(compiled) << text;
    for (const auto& constraint : required_equalities(*compiled, sample_environment())) {
      ++found;
      for (std::size_t row = 0; row < table.rows(); ++row) {
        if (satisfies(table.column(constraint.slot).values[row], constraint)) continue;
        const auto result = evaluate(*compiled, TableRow(table, row), sample_environment());
        ASSERT_TRUE(result && !*result) << text;
      }
    }
  }
  EXPECT_GT(found, 50);
}

class ColumnsOf : public ::testing::Test {
 protected:
  // The numbers of the rows where the text holds.
  std::vector<std::size_t> rows(std::string_view text, const SampleTable& table) {
    const auto compiled = compile(text, SampleForm());
    EXPECT_TRUE(compiled) << text;
    std::vector<std::uint8_t> selected(table.rows(), 1);
    ColumnFilter filter(*compiled, sample_environment());
    EXPECT_TRUE(filter.apply(table, 0, selected));
    std::vector<std::size_t> found;
    for (std::size_t row = 0; row < selected.size(); ++row) {
      if (selected[row] != 0) found.push_back(row);
    }
    return found;
  }

  using Rows = std::vector<std::size_t>;
  Dice dice_{1};
};

TEST_F(ColumnsOf, decimals_compare_exactly_at_the_scale_of_the_column) {
  SampleTable table(dice_, 4);
  table.set_column(kAmount, ColumnChunk::Kind::integers,
                   {base::Decimal{-1, 2}, base::Decimal{0, 2}, base::Decimal{1, 2}, base::Value{}}, dice_);
  EXPECT_EQ(rows("amount < 0.009999", table), (Rows{0, 1}));
  EXPECT_EQ(rows("amount <= 0.010001", table), (Rows{0, 1, 2}));
  EXPECT_EQ(rows("amount > -0.010001", table), (Rows{0, 1, 2}));
  EXPECT_EQ(rows("amount >= -0.009999", table), (Rows{1, 2}));
  EXPECT_EQ(rows("0.01 == amount", table), (Rows{2}));
  EXPECT_EQ(rows("amount == 0.010001", table), (Rows{}));
  EXPECT_EQ(rows("amount != 0.010001", table), (Rows{0, 1, 2, 3}));
  EXPECT_EQ(rows("amount in [0.01, 0.000001, null]", table), (Rows{2, 3}));
  EXPECT_EQ(rows("amount < 9223372036854775807", table), (Rows{0, 1, 2}));
  EXPECT_EQ(rows("amount > 9223372036854775807", table), (Rows{}));
}

TEST_F(ColumnsOf, numbers_hold_at_the_ends_of_their_range) {
  constexpr auto kLow = std::numeric_limits<std::int64_t>::min();
  constexpr auto kHigh = std::numeric_limits<std::int64_t>::max();
  SampleTable table(dice_, 3);
  table.set_column(kCount, ColumnChunk::Kind::integers, {kLow, std::int64_t{0}, kHigh}, dice_);
  EXPECT_EQ(rows("count < -9223372036854775808", table), (Rows{}));
  EXPECT_EQ(rows("count <= -9223372036854775808", table), (Rows{0}));
  EXPECT_EQ(rows("count > 9223372036854775807", table), (Rows{}));
  EXPECT_EQ(rows("count >= 9223372036854775807", table), (Rows{2}));
  EXPECT_EQ(rows("count > 0.5", table), (Rows{2}));
}

TEST_F(ColumnsOf, texts_ask_a_dictionary_once_a_code) {
  SampleTable table(dice_, 3'000);
  std::vector<base::Value> values(3'000);
  for (std::size_t row = 0; row < values.size(); ++row) values[row] = std::string(row % 2 == 0 ? "海" : "江");
  table.set_column(kName, ColumnChunk::Kind::codes, values, dice_);
  EXPECT_EQ(rows("name.contains('海')", table).size(), 1'500u);
  EXPECT_EQ(table.column(kName).dictionary.asked, 2);
  EXPECT_EQ(table.values_asked, 0);
}

TEST_F(ColumnsOf, plain_comparisons_never_ask_for_a_row) {
  SampleTable table(dice_, 2'000);
  for (std::uint32_t slot : {kCount, kSeenAt, kStatus, kAmount}) {
    table.set_column(slot, ColumnChunk::Kind::integers, table.column(slot).values, dice_);
  }
  for (std::uint32_t slot : {kTags, kOwner, kRegion}) {
    table.set_column(slot, ColumnChunk::Kind::codes, table.column(slot).values, dice_);
  }
  rows("count > 1 && seen_at < now - days(30) || status in ['won'] && amount != null && !('vip' in tags)", table);
  rows("owner == me && region.province == '江' && size(tags) > 1", table);
  EXPECT_EQ(table.values_asked, 0);
}

TEST_F(ColumnsOf, a_row_that_is_not_asked_for_brings_no_fault) {
  SampleTable table(dice_, 3);
  table.set_column(kCount, ColumnChunk::Kind::integers, {std::int64_t{1}, std::int64_t{0}, std::int64_t{2}}, dice_);
  const auto compiled = compile("4 / count == 2", SampleForm());
  ColumnFilter filter(*compiled, sample_environment());
  std::vector<std::uint8_t> selected = {1, 0, 1};
  ASSERT_TRUE(filter.apply(table, 0, selected));
  EXPECT_EQ(selected, (std::vector<std::uint8_t>{0, 0, 1}));
  selected = {0, 1, 0};
  EXPECT_FALSE(filter.apply(table, 0, selected));
}

}  // namespace
}  // namespace highseas::expression
