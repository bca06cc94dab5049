// text_column — texts are appended; a chunk of which a third is dead is written anew.
#include "projections/columns/text_column.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace highseas::projections {
namespace {

constexpr std::size_t kLeastDead = 256;

std::size_t varint_size(std::size_t value) {
  std::size_t size = 1;
  for (; value >= 0x80; value >>= 7) ++size;
  return size;
}

}  // namespace

std::optional<std::string_view> TextColumn::Chunk::get(std::size_t at) const {
  if (at >= places.size() || places[at] == 0) return std::nullopt;
  std::size_t from = places[at] - 1;
  std::size_t length = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes[from++]);
    length |= static_cast<std::size_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  return std::string_view(bytes).substr(from, length);
}

void TextColumn::Chunk::append(std::size_t at, std::string_view text) {
  if (at >= places.size()) {
    if (at >= places.capacity()) places.reserve(std::min(kChunkRows, std::max<std::size_t>(at + 1, places.size() * 2)));
    places.resize(at + 1);
  }
  const std::size_t wanted = bytes.size() + varint_size(text.size()) + text.size();
  HS_ASSERT(wanted < 0xFFFF'FFFFu);
  // By an eighth: doubling would leave a third of all text room empty.
  if (wanted > bytes.capacity()) bytes.reserve(wanted + wanted / 8);
  places[at] = static_cast<std::uint32_t>(bytes.size()) + 1;
  std::size_t length = text.size();
  for (; length >= 0x80; length >>= 7) bytes.push_back(static_cast<char>(length | 0x80));
  bytes.push_back(static_cast<char>(length));
  bytes.append(text);
}

void TextColumn::Chunk::drop(std::size_t at) {
  const auto old = get(at);
  if (!old) return;
  dead += varint_size(old->size()) + old->size();
  places[at] = 0;
}

void TextColumn::Chunk::compact() {
  if (dead < kLeastDead || dead * 3 < bytes.size()) return;
  Chunk fresh;
  fresh.bytes.reserve(bytes.size() - dead);
  fresh.places.reserve(places.capacity());
  fresh.places.resize(places.size());
  for (std::size_t at = 0; at < places.size(); ++at) {
    if (const auto text = get(at)) fresh.append(at, *text);
  }
  places = std::move(fresh.places);
  bytes = std::move(fresh.bytes);
  dead = 0;
}

std::optional<std::string_view> TextColumn::get(std::size_t row) const {
  if (row / kChunkRows >= chunks_.size() || !chunks_[row / kChunkRows]) return std::nullopt;
  return chunks_[row / kChunkRows]->get(row % kChunkRows);
}

void TextColumn::set(std::size_t row, std::string_view text) {
  if (row / kChunkRows >= chunks_.size()) chunks_.resize(row / kChunkRows + 1);
  Chunk& chunk = chunks_[row / kChunkRows].own();
  chunk.drop(row % kChunkRows);
  chunk.append(row % kChunkRows, text);
  chunk.compact();
}

void TextColumn::clear(std::size_t row) {
  if (!get(row)) return;
  Chunk& chunk = chunks_[row / kChunkRows].own();
  chunk.drop(row % kChunkRows);
  chunk.compact();
}

void TextColumn::load(std::size_t first, std::size_t count, expression::ColumnChunk& out) const {
  out.kind = expression::ColumnChunk::Kind::texts;
  out.text_room.assign(count, {});
  out.null_room.assign((count + 63) / 64, ~std::uint64_t{0});
  out.null_bit = 0;
  if (first / kChunkRows < chunks_.size() && chunks_[first / kChunkRows]) {
    const Chunk& chunk = *chunks_[first / kChunkRows];
    for (std::size_t i = 0; i < count; ++i) {
      const auto text = chunk.get(first % kChunkRows + i);
      if (!text) continue;
      out.text_room[i] = *text;
      out.null_room[i / 64] &= ~(std::uint64_t{1} << (i % 64));
    }
  }
  out.texts = out.text_room;
  out.nulls = out.null_room.data();
}

std::size_t TextColumn::bytes() const {
  std::size_t sum = chunks_.capacity() * sizeof(Shared<Chunk>);
  for (const auto& chunk : chunks_) {
    if (chunk) sum += sizeof(Chunk) + chunk->places.capacity() * sizeof(std::uint32_t) + chunk->bytes.capacity();
  }
  return sum;
}

void TextColumn::write(ByteWriter& out) const {
  out.size(chunks_.size());
  for (const auto& chunk : chunks_) {
    out.raw(static_cast<std::uint8_t>(chunk ? 1 : 0));
    if (!chunk) continue;
    out.size(chunk->places.size());
    for (std::size_t at = 0; at < chunk->places.size(); ++at) {
      const auto text = chunk->get(at);
      out.raw(static_cast<std::uint8_t>(text ? 1 : 0));
      if (text) out.text(*text);
    }
  }
}

void TextColumn::read(ByteReader& in) {
  chunks_.assign(in.size(), {});
  for (auto& chunk : chunks_) {
    if (in.raw<std::uint8_t>() == 0) continue;
    Chunk& fresh = chunk.own();
    const auto rows = in.size();
    if (rows > kChunkRows) return in.fail();
    fresh.places.resize(rows);
    for (std::size_t at = 0; at < rows && in.ok(); ++at) {
      if (in.raw<std::uint8_t>() != 0) fresh.append(at, in.text());
    }
  }
}

}  // namespace highseas::projections
