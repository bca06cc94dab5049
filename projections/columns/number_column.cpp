// number_column — chunks grow with the rows that they hold and widen with the numbers.
#include "projections/columns/number_column.hpp"

#include <algorithm>
#include <limits>

#include "base/assert.hpp"

namespace highseas::projections {
namespace {

template <class T>
bool fits(std::int64_t number) {
  return number >= std::numeric_limits<T>::min() && number <= std::numeric_limits<T>::max();
}

std::uint8_t width_of(std::int64_t number) {
  if (fits<std::int8_t>(number)) return 1;
  if (fits<std::int16_t>(number)) return 2;
  return fits<std::int32_t>(number) ? 4 : 8;
}

std::size_t words(std::size_t rows, std::size_t width) {
  return (rows * width + 7) / 8;
}

// Calls `use` with a null pointer of the type that is `width` bytes wide.
template <class Use>
auto with_width(std::uint8_t width, const Use& use) {
  switch (width) {
    case 1:
      return use(static_cast<std::int8_t*>(nullptr));
    case 2:
      return use(static_cast<std::int16_t*>(nullptr));
    case 4:
      return use(static_cast<std::int32_t*>(nullptr));
    default:
      return use(static_cast<std::int64_t*>(nullptr));
  }
}

}  // namespace

// A copy is counted anew. NOLINTNEXTLINE(bugprone-copy-constructor-init)
NumberColumn::Chunk::Chunk(const Chunk& other)
    : Counted(), capacity(other.capacity), width(other.width), nulls(other.nulls) {
  data = std::make_unique_for_overwrite<std::uint64_t[]>(words(capacity, width));
  std::copy_n(other.data.get(), words(capacity, width), data.get());
}

void NumberColumn::Chunk::grow(std::size_t rows) {
  std::size_t wanted = std::max<std::size_t>(capacity, 64);
  while (wanted < rows) wanted = std::min(kChunkRows, wanted * 4);
  if (wanted == capacity) return;
  auto roomier = std::make_unique<std::uint64_t[]>(words(wanted, width));
  if (data) std::copy_n(data.get(), words(capacity, width), roomier.get());
  data = std::move(roomier);
  nulls.resize(wanted / 64, ~std::uint64_t{0});
  capacity = static_cast<std::uint32_t>(wanted);
}

void NumberColumn::Chunk::widen(std::uint8_t wider) {
  auto roomier = std::make_unique<std::uint64_t[]>(words(capacity, wider));
  with_width(wider, [&]<class To>(To*) {
    auto* to = reinterpret_cast<To*>(roomier.get());
    with_width(width, [&]<class From>(From*) {
      std::transform(as<From>(), as<From>() + capacity, to, [](From from) { return static_cast<To>(from); });
    });
  });
  data = std::move(roomier);
  width = wider;
}

std::int64_t NumberColumn::Chunk::get(std::size_t at) const {
  return with_width(width, [&]<class T>(T*) { return static_cast<std::int64_t>(as<T>()[at]); });
}

void NumberColumn::Chunk::set(std::size_t at, std::int64_t number) {
  with_width(width, [&]<class T>(T*) { as<T>()[at] = static_cast<T>(number); });
}

std::optional<std::int64_t> NumberColumn::get(std::size_t row) const {
  const Chunk* chunk = chunk_of(row);
  const std::size_t at = row % kChunkRows;
  if (!chunk || at >= chunk->capacity || chunk->is_null(at)) return std::nullopt;
  return chunk->get(at);
}

std::int64_t NumberColumn::get_or(std::size_t row, std::int64_t otherwise) const {
  return get(row).value_or(otherwise);
}

void NumberColumn::set(std::size_t row, std::int64_t number) {
  if (row / kChunkRows >= chunks_.size()) chunks_.resize(row / kChunkRows + 1);
  Chunk& chunk = chunks_[row / kChunkRows].own();
  const std::size_t at = row % kChunkRows;
  if (at >= chunk.capacity) chunk.grow(at + 1);
  if (const auto wanted = width_of(number); wanted > chunk.width) chunk.widen(wanted);
  chunk.set(at, number);
  chunk.nulls[at / 64] &= ~(std::uint64_t{1} << (at % 64));
}

void NumberColumn::clear(std::size_t row) {
  if (!get(row)) return;
  Chunk& chunk = chunks_[row / kChunkRows].own();
  const std::size_t at = row % kChunkRows;
  chunk.set(at, 0);
  chunk.nulls[at / 64] |= std::uint64_t{1} << (at % 64);
}

std::size_t NumberColumn::load_nulls(const Chunk* chunk, std::size_t at, std::size_t count,
                                     expression::ColumnChunk& out) {
  const std::size_t there = chunk && at < chunk->capacity ? std::min<std::size_t>(count, chunk->capacity - at) : 0;
  if (chunk && there == count) {
    out.nulls = chunk->nulls.data();
    out.null_bit = at;
    return there;
  }
  out.null_room.assign((count + 63) / 64, ~std::uint64_t{0});
  for (std::size_t i = 0; i < there; ++i) {
    if (!chunk->is_null(at + i)) out.null_room[i / 64] &= ~(std::uint64_t{1} << (i % 64));
  }
  out.nulls = out.null_room.data();
  out.null_bit = 0;
  return there;
}

void NumberColumn::load_integers(std::size_t first, std::size_t count, expression::ColumnChunk& out) const {
  const Chunk* chunk = chunk_of(first);
  const std::size_t at = first % kChunkRows;
  const std::size_t there = load_nulls(chunk, at, count, out);
  out.kind = expression::ColumnChunk::Kind::integers;
  if (there == count && chunk->width == 8) {
    out.integers = {chunk->as<std::int64_t>() + at, count};
    return;
  }
  out.integer_room.resize(count);
  if (there > 0) {
    with_width(chunk->width, [&]<class T>(T*) { std::copy_n(chunk->as<T>() + at, there, out.integer_room.begin()); });
  }
  std::fill(out.integer_room.begin() + static_cast<std::ptrdiff_t>(there), out.integer_room.end(), 0);
  out.integers = out.integer_room;
}

void NumberColumn::load_codes(std::size_t first, std::size_t count, expression::ColumnChunk& out) const {
  const Chunk* chunk = chunk_of(first);
  const std::size_t at = first % kChunkRows;
  const std::size_t there = load_nulls(chunk, at, count, out);
  out.kind = expression::ColumnChunk::Kind::codes;
  out.code_room.assign(count, 0);
  if (there > 0) {
    with_width(chunk->width, [&]<class T>(T*) {
      const T* from = chunk->as<T>() + at;
      for (std::size_t i = 0; i < there; ++i) out.code_room[i] = static_cast<std::uint32_t>(std::int64_t{from[i]});
    });
  }
  out.codes = out.code_room;
}

std::size_t NumberColumn::bytes() const {
  std::size_t sum = chunks_.capacity() * sizeof(Shared<Chunk>);
  for (const auto& chunk : chunks_) {
    if (chunk) sum += sizeof(Chunk) + words(chunk->capacity, chunk->width) * 8 + chunk->nulls.capacity() * 8;
  }
  return sum;
}

void NumberColumn::write(ByteWriter& out) const {
  out.size(chunks_.size());
  for (const auto& chunk : chunks_) {
    out.raw(chunk ? chunk->capacity : 0u);
    if (!chunk) continue;
    out.raw(chunk->width);
    out.raw(chunk->nulls.data(), chunk->nulls.size() * 8);
    out.raw(chunk->data.get(), words(chunk->capacity, chunk->width) * 8);
  }
}

void NumberColumn::read(ByteReader& in) {
  chunks_.assign(in.size(sizeof(std::uint32_t)), {});
  for (auto& chunk : chunks_) {
    const auto capacity = in.raw<std::uint32_t>();
    if (capacity == 0) continue;
    const auto width = in.raw<std::uint8_t>();
    if (capacity > kChunkRows || capacity % 64 != 0 || (width != 1 && width != 2 && width != 4 && width != 8))
      in.fail();
    if (!in.ok()) return;
    Chunk& fresh = chunk.own();
    fresh.width = width;
    fresh.grow(capacity);
    if (fresh.capacity != capacity) return in.fail();
    in.raw(fresh.nulls.data(), fresh.nulls.size() * 8);
    in.raw(fresh.data.get(), words(capacity, width) * 8);
  }
}

}  // namespace highseas::projections
