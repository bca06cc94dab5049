// scan — rights before the filter: a row that she may not see has no say, not even by a fault.
#include "projections/query/scan.hpp"

#include <algorithm>

namespace highseas::projections {
namespace {

namespace facts = domain::facts;

// Hidden values get a bit in a bitmap of the chunk's own.
void own_nulls(expression::ColumnChunk& chunk, std::size_t count) {
  std::vector<std::uint64_t> nulls((count + 63) / 64, 0);
  for (std::size_t i = 0; chunk.nulls && i < count; ++i) {
    const auto bit = chunk.null_bit + i;
    if ((chunk.nulls[bit / 64] >> (bit % 64) & 1) != 0) nulls[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  chunk.null_room = std::move(nulls);
  chunk.nulls = chunk.null_room.data();
  chunk.null_bit = 0;
}

}  // namespace

bool TableSource::may_hide(std::uint32_t slot) const {
  const auto [at, fresh] = may_hide_.try_emplace(slot, false);
  if (fresh) at->second = rights_.may_hide(slot);
  return at->second;
}

void TableSource::load(std::uint32_t slot, std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const {
  if (slot == facts::kId) return;
  if (owner_is_the_roots(table_.form()) && (slot == facts::kOwner || slot == facts::kPool)) return;
  const auto* column = table_.column(slot);
  if (!column) return;  // row by row gives null, which is what it is
  column->load(first, count, chunk);
  if (chunk.kind == expression::ColumnChunk::Kind::values || !may_hide(slot)) return;
  own_nulls(chunk, count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = static_cast<Row>(first + i);
    if (rights_.sees(row) && !rights_.hides(slot, row)) continue;
    chunk.null_room[i / 64] |= std::uint64_t{1} << (i % 64);
  }
}

base::Value TableSource::value(std::uint32_t slot, std::size_t at) const {
  const auto row = static_cast<Row>(at);
  if (may_hide(slot) && rights_.hides(slot, row)) return {};
  return RecordView(image_, table_, row).value(slot);
}

Scan::Scan(const Image& image, const domain::Rights& rights, const RecordTable& table,
           const std::optional<expression::Compiled>& filter, const expression::Environment& environment, Among among)
    : table_(table), in_bin_(among == Among::bin), rights_(image, rights, table), source_(image, table, rights_) {
  if (filter) filter_.emplace(*filter, environment);
}

std::expected<std::span<const std::uint8_t>, ListError> Scan::block(std::size_t number) {
  const std::size_t first = number * expression::kBlockRows;
  const std::size_t count = std::min(expression::kBlockRows, table_.size() - first);
  const std::span<std::uint8_t> selected(selected_.data(), count);
  bool any = false;
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = static_cast<Row>(first + i);
    selected[i] = table_.deleted(row) == in_bin_ && (rights_.sees_all() || rights_.sees(row)) ? 1 : 0;
    any |= selected[i] != 0;
  }
  if (filter_ && any) {
    if (const auto done = filter_->apply(source_, first, selected); !done) {
      return std::unexpected(ListError{ListError::Kind::fault, done.error()});
    }
  }
  return selected;
}

}  // namespace highseas::projections
