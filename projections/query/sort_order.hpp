// sort_order — how two records of a form compare, by what, and how a cursor writes that down.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "projections/query/list.hpp"
#include "projections/query/scan.hpp"

namespace highseas::projections {

// A value as sorting sees it: a number or bytes; nothing = null, which comes last both ways.
struct SortValue {
  bool null = true;
  std::int64_t number = 0;
  std::string bytes;
};

// A record's place in a list: its values and its id.
struct SortPlace {
  std::vector<SortValue> values;
  base::Ulid id;
};

class SortOrder {
 public:
  SortOrder(const Image& image, const RecordTable& table, const TableSource& source, const std::vector<SortKey>& keys);

  SortPlace place(Row row) const;
  // The row against a place: less = earlier in the list.
  std::strong_ordering compare(Row row, const SortPlace& place) const;
  std::strong_ordering compare(const SortPlace& left, const SortPlace& right) const;

  // `tie` names the list (form, filter, sort): a cursor of another one is not read.
  std::string cursor(const SortPlace& place, std::uint64_t tie) const;
  std::optional<SortPlace> read_cursor(std::string_view cursor, std::uint64_t tie) const;

 private:
  enum class By : std::uint8_t { number, decimal, text, rank, name, bytes, id };
  struct Key {
    SortKey key;
    By by = By::bytes;
    std::unordered_map<std::uint32_t, std::int64_t> ranks;  // of choices, in the order of their definition
  };

  SortValue value(const Key& key, Row row) const;
  SortValue name_of(base::Ulid id) const;
  std::strong_ordering compare_values(const Key& key, const SortValue& left, const SortValue& right) const;

  const Image& image_;
  const RecordTable& table_;
  const TableSource& source_;
  std::vector<Key> keys_;
  mutable std::unordered_map<base::Ulid, std::string> names_;
};

}  // namespace highseas::projections
