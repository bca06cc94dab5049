// columns_test — chunks, dictionaries and indexes against plain containers, and copies that do not move.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "projections/columns/column.hpp"
#include "projections/ordered_index.hpp"

namespace highseas::projections::tests {
namespace {

TEST(NumberColumn, keeps_numbers_of_any_width_and_nulls) {
  std::mt19937_64 random(7);
  NumberColumn column;
  std::map<std::size_t, std::int64_t> expected;
  for (int step = 0; step < 20'000; ++step) {
    const auto row = random() % 10'000;
    if (random() % 5 == 0) {
      column.clear(row);
      expected.erase(row);
    } else {
      const auto number = static_cast<std::int64_t>(random()) >> (random() % 64);
      column.set(row, number);
      expected[row] = number;
    }
  }
  for (std::size_t row = 0; row < 10'100; ++row) {
    const auto found = expected.find(row);
    EXPECT_EQ(column.get(row), found == expected.end() ? std::nullopt : std::optional(found->second));
  }
  for (std::size_t first = 0; first < 10'240; first += 1024) {
    expression::ColumnChunk chunk;
    column.load_integers(first, 1024, chunk);
    for (std::size_t i = 0; i < 1024; ++i) {
      const auto bit = chunk.null_bit + i;
      const bool null = (chunk.nulls[bit / 64] >> (bit % 64) & 1) != 0;
      EXPECT_EQ(null, !expected.contains(first + i));
      if (!null) {
        EXPECT_EQ(chunk.integers[i], expected.at(first + i));
      }
    }
  }
}

TEST(NumberColumn, takes_no_room_where_nothing_is_and_little_where_numbers_are_small) {
  NumberColumn column;
  for (std::size_t row = 0; row < 100'000; ++row) column.set(row, static_cast<std::int64_t>(row % 100));
  EXPECT_LT(column.bytes(), 130'000u);
  NumberColumn sparse;
  sparse.set(1'000'000, 1);
  EXPECT_LT(sparse.bytes(), 20'000u);
}

TEST(Columns, a_copy_stays_as_it_was_while_the_first_goes_on) {
  NumberColumn numbers;
  TextColumn texts;
  for (std::size_t row = 0; row < 5'000; ++row) {
    numbers.set(row, static_cast<std::int64_t>(row));
    texts.set(row, "text " + std::to_string(row));
  }
  const auto old_numbers = numbers;
  const auto old_texts = texts;
  for (std::size_t row = 0; row < 5'000; row += 3) {
    numbers.set(row, -1'000'000'000'000);
    texts.set(row, std::string(300, 'y'));
  }
  for (std::size_t row = 0; row < 5'000; ++row) {
    EXPECT_EQ(old_numbers.get(row), static_cast<std::int64_t>(row));
    EXPECT_EQ(old_texts.get(row), "text " + std::to_string(row));
  }
}

TEST(TextColumn, keeps_what_was_set_last_and_forgets_what_was_taken_away) {
  std::mt19937_64 random(11);
  TextColumn column;
  std::map<std::size_t, std::string> expected;
  for (int step = 0; step < 30'000; ++step) {
    const auto row = random() % 5'000;
    if (random() % 4 == 0) {
      column.clear(row);
      expected.erase(row);
    } else {
      expected[row] = std::string(random() % 300, static_cast<char>('a' + random() % 26));
      column.set(row, expected[row]);
    }
  }
  std::size_t live = 0;
  for (std::size_t row = 0; row < 5'000; ++row) {
    const auto found = expected.find(row);
    EXPECT_EQ(column.get(row), found == expected.end() ? std::nullopt : std::optional<std::string_view>(found->second));
    if (found != expected.end()) live += found->second.size();
  }
  EXPECT_LT(column.bytes(), live * 2 + 60'000) << "what is dead is written out of the chunks";
}

TEST(DecimalColumn, gives_each_value_with_the_scale_that_it_came_with) {
  DecimalColumn column;
  const base::Decimal huge{9'000'000'000'000'000'000, 0};
  column.set(0, base::Decimal{15, 1});
  column.set(1, base::Decimal{150, 2});
  column.set(2, huge);
  column.set(3, base::Decimal{123'456, 6});
  const auto shown = [&](std::size_t row) { return base::format_decimal(std::get<base::Decimal>(column.value(row))); };
  EXPECT_EQ(shown(0), "1.5");
  EXPECT_EQ(shown(1), "1.50");
  EXPECT_EQ(shown(2), base::format_decimal(huge));
  EXPECT_EQ(shown(3), "0.123456");
  expression::ColumnChunk chunk;
  column.load(0, 4, chunk);
  EXPECT_EQ(chunk.kind, expression::ColumnChunk::Kind::values) << "one of them fits no common scale";
  column.set(2, {});
  column.load(0, 4, chunk);
  EXPECT_EQ(chunk.scale, 6);
  EXPECT_EQ(chunk.integers[0], 1'500'000);
}

TEST(Columns, are_the_same_after_writing_and_reading) {
  const auto reference = [](std::uint64_t low) { return base::Reference{{1, low}}; };
  std::vector<std::pair<domain::FieldType, std::vector<base::Value>>> all{
      {domain::FieldType::text, {std::string("中文"), {}, std::string()}},
      {domain::FieldType::integer, {std::int64_t{5}, {}, std::int64_t{-70'000}}},
      {domain::FieldType::money, {base::Decimal{15, 1}, base::Decimal{9'000'000'000'000'000'000, 0}, {}}},
      {domain::FieldType::member, {reference(1), reference(2), reference(1)}},
      {domain::FieldType::choices, {base::Choices{{1, 2}}, {}, base::Choices{{1, 2}}}},
      {domain::FieldType::region, {base::Region{"江苏省", "苏州市", ""}, {}, {}}},
      {domain::FieldType::location, {base::Location{{1212, 1}, {31, 0}}, {}, {}}},
  };
  for (const auto& [type, values] : all) {
    const auto column = make_column(type, false);
    for (std::size_t row = 0; row < values.size(); ++row) column->set(row, values[row]);
    ByteWriter out;
    column->write(out);
    const auto bytes = out.take();
    const auto copy = make_column(type, false);
    ByteReader in(bytes);
    copy->read(in);
    ASSERT_TRUE(in.ok() && in.at_end());
    copy->set(values.size(), values[0]);  // goes on with the same codes
    for (std::size_t row = 0; row < values.size(); ++row) EXPECT_EQ(copy->value(row), values[row]);
    EXPECT_EQ(copy->value(values.size()), values[0]);
  }
}

TEST(RowIndex, finds_what_was_put_in_and_not_taken_out) {
  std::mt19937_64 random(3);
  RowIndex index;
  std::map<std::uint32_t, std::uint64_t> hashes;  // many numbers share one
  const auto hash_of = [&](std::uint32_t number) { return hashes.at(number); };
  for (int step = 0; step < 50'000; ++step) {
    const auto number = static_cast<std::uint32_t>(random() % 3'000);
    if (hashes.contains(number)) {
      EXPECT_TRUE(index.erase(hashes[number], number, hash_of));
      hashes.erase(number);
    } else {
      hashes[number] = random() % 700 * 0x9E37'79B9'7F4A'7C15ull;
      index.insert(hashes[number], number, hash_of);
    }
  }
  for (std::uint32_t number = 0; number < 3'000; ++number) {
    const bool there = hashes.contains(number);
    bool found = false;
    index.find(there ? hashes[number] : 0,
               [&](std::uint32_t candidate) { return found = found || candidate == number; });
    EXPECT_EQ(found, there);
  }
}

TEST(OrderedIndex, walks_in_order_whatever_was_moved) {
  std::mt19937_64 random(5);
  OrderedIndex index;
  std::set<OrderedIndex::Key> expected;
  for (int step = 0; step < 40'000; ++step) {
    const OrderedIndex::Key key{static_cast<std::int64_t>(random() % 200), 1, static_cast<Row>(random() % 100)};
    if (expected.contains(key)) {
      EXPECT_TRUE(index.erase(key));
      expected.erase(key);
      EXPECT_FALSE(index.erase(key));
    } else {
      index.insert(key);
      expected.insert(key);
    }
  }
  std::vector<OrderedIndex::Key> walked;
  index.walk([&](const OrderedIndex::Key& key) {
    walked.push_back(key);
    return true;
  });
  EXPECT_TRUE(std::ranges::equal(walked, expected));
  EXPECT_EQ(index.size(), expected.size());
}

}  // namespace
}  // namespace highseas::projections::tests
