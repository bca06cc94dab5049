// text_column — texts by row, each chunk of 4,096 rows with its own bytes, so that what changes or is erased leaves
// nothing behind for long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/columns/number_column.hpp"

namespace highseas::projections {

class TextColumn {
 public:
  // Good until the row's chunk changes.
  std::optional<std::string_view> get(std::size_t row) const;
  void set(std::size_t row, std::string_view text);
  void clear(std::size_t row);

  void load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const;

  std::size_t bytes() const;
  void write(ByteWriter& out) const;
  void read(ByteReader& in);

 private:
  struct Chunk : Counted {
    std::optional<std::string_view> get(std::size_t at) const;
    void append(std::size_t at, std::string_view text);
    void drop(std::size_t at);
    void compact();

    std::vector<std::uint32_t> places;  // of the text's length in `bytes`, plus 1; 0 = null
    std::string bytes;                  // length as a varint, then the text
    std::size_t dead = 0;               // bytes that no row uses
  };

  std::vector<Shared<Chunk>> chunks_;
};

}  // namespace highseas::projections
