// columns — runs a checked expression on a table in columns, 1,024 rows at a time; the same answers as record by
// record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/value.hpp"
#include "expression/evaluate.hpp"

namespace highseas::expression {

inline constexpr std::size_t kBlockRows = 1'024;
// A code that means null, beside the bitmap of nulls.
inline constexpr std::uint32_t kNullCode = 0xFFFF'FFFFu;

// What the codes of a column stand for. Codes are small and dense; what one stands for must not change as long as a
// ColumnFilter that has seen it lives.
class Dictionary {
 public:
  virtual ~Dictionary() = default;
  // The whole value of the field, as RecordSource::value would give it.
  virtual base::Value value(std::uint32_t code) const = 0;
  // The same without a copy, for text fields; a dictionary that gives nothing here is asked by value().
  virtual std::optional<std::string_view> text(std::uint32_t) const { return std::nullopt; }
};

// `count` rows of one column. What it views must live until the next load() into it or the end of apply().
struct ColumnChunk {
  enum class Kind : std::uint8_t {
    values,    // nothing to view: ColumnSource::value is asked row by row
    integers,  // boolean 0 or 1, integer, decimal mantissa at `scale`, date in days, instant in ms, choice number
    codes,     // any type: `codes` into `dictionary`
    texts,     // text: `texts`
  };

  Kind kind = Kind::values;
  std::uint8_t scale = 0;  // decimals: that of the whole column
  std::span<const std::int64_t> integers;
  std::span<const std::uint32_t> codes;
  const Dictionary* dictionary = nullptr;
  std::span<const std::string_view> texts;
  // Row i is null where bit (null_bit + i), counted from the lowest bit of nulls[0], is set; nullptr: none is null.
  // What stands in the other spans for a null row does not matter (a code may be anything).
  const std::uint64_t* nulls = nullptr;
  std::size_t null_bit = 0;

  // Room for a source that stores narrower numbers or has to blank hidden rows; untouched by the reader.
  std::vector<std::int64_t> integer_room;
  std::vector<std::uint32_t> code_room;
  std::vector<std::string_view> text_room;
  std::vector<std::uint64_t> null_room;
};

// A table, by rows 0, 1, 2 …. One thread asks at a time.
class ColumnSource {
 public:
  virtual ~ColumnSource() = default;
  // Fills the chunk with rows [first, first + count), which lie in one block [1024 k, 1024 (k + 1)). The chunk comes
  // with kind values and no nulls (its rooms as they were left); leaving it so is right for any column.
  virtual void load(std::uint32_t slot, std::size_t first, std::size_t count, ColumnChunk& chunk) const = 0;
  // One row's value, as RecordSource::value would give it.
  virtual base::Value value(std::uint32_t slot, std::size_t row) const = 0;
};

class FilterPlan;  // expression/filter_plan.hpp

// A boolean expression, ready for one pass over a table. It remembers what it found out for each code, so keep one for
// all chunks of a snapshot and drop it then. Not for two threads at once.
class ColumnFilter {
 public:
  ColumnFilter(Compiled compiled, const Environment& environment);
  ~ColumnFilter();
  ColumnFilter(ColumnFilter&&) noexcept;
  ColumnFilter& operator=(ColumnFilter&&) noexcept;

  // Judges the rows [first, first + selected.size()) whose byte is not 0 and leaves 1 where the expression is true, 0
  // elsewhere; rows that come with 0 are not looked at. The fault is that of the first row that has one; `selected` is
  // then of no use.
  std::expected<void, Fault> apply(const ColumnSource& source, std::size_t first, std::span<std::uint8_t> selected);

 private:
  std::unique_ptr<FilterPlan> plan_;
};

}  // namespace highseas::expression
