// number_column — 64-bit numbers or null by row, in chunks of 4,096 that take 1, 2, 4 or 8 bytes a number, as needed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "expression/columns.hpp"
#include "projections/columns/bytes.hpp"
#include "projections/columns/shared.hpp"

namespace highseas::projections {

inline constexpr std::size_t kChunkRows = 4096;

class NumberColumn {
 public:
  // Rows that were never set are null, and chunks without a number take no room.
  std::optional<std::int64_t> get(std::size_t row) const;
  std::int64_t get_or(std::size_t row, std::int64_t otherwise) const;
  void set(std::size_t row, std::int64_t number);
  void clear(std::size_t row);
  void put(std::size_t row, std::optional<std::int64_t> number) { number ? set(row, *number) : clear(row); }

  // Rows [first, first + count) of one block of 1,024, as integers or as codes.
  void load_integers(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const;
  void load_codes(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const;

  std::size_t bytes() const;
  void write(ByteWriter& out) const;
  void read(ByteReader& in);

 private:
  struct Chunk : Counted {
    Chunk() = default;
    Chunk(const Chunk& other);

    void grow(std::size_t rows);
    void widen(std::uint8_t wider);
    std::int64_t get(std::size_t at) const;
    void set(std::size_t at, std::int64_t number);
    bool is_null(std::size_t at) const { return (nulls[at / 64] >> (at % 64) & 1) != 0; }
    template <class T>
    T* as() {
      return reinterpret_cast<T*>(data.get());
    }
    template <class T>
    const T* as() const {
      return reinterpret_cast<const T*>(data.get());
    }

    std::uint32_t capacity = 0;  // rows; a multiple of 64
    std::uint8_t width = 1;      // bytes a number
    std::unique_ptr<std::uint64_t[]> data;
    std::vector<std::uint64_t> nulls;
  };

  const Chunk* chunk_of(std::size_t row) const {
    return row / kChunkRows < chunks_.size() ? chunks_[row / kChunkRows].get() : nullptr;
  }
  // Views the nulls of the rows; how many of them the chunk has.
  static std::size_t load_nulls(const Chunk* chunk, std::size_t at, std::size_t count, expression::ColumnChunk& out);

  std::vector<Shared<Chunk>> chunks_;
};

}  // namespace highseas::projections
