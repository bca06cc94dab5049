// ordered_index — a full block is cut in two; an empty one goes.
#include "projections/ordered_index.hpp"

#include "base/assert.hpp"

namespace highseas::projections {

void OrderedIndex::insert(Key key) {
  ++size_;
  if (blocks_.empty()) {
    blocks_.push_back({key});
    return;
  }
  auto block = block_of(key);
  if (block == blocks_.end()) --block;
  const auto at = std::ranges::lower_bound(*block, key);
  HS_ASSERT(at == block->end() || *at != key);
  block->insert(at, key);
  if (block->size() < kBlock) return;
  const auto middle = block->begin() + kBlock / 2;
  Block upper(middle, block->end());
  block->erase(middle, block->end());
  blocks_.insert(block + 1, std::move(upper));
}

bool OrderedIndex::erase(Key key) {
  const auto block = block_of(key);
  if (block == blocks_.end()) return false;
  const auto at = std::ranges::lower_bound(*block, key);
  if (at == block->end() || *at != key) return false;
  block->erase(at);
  if (block->empty()) blocks_.erase(block);
  --size_;
  return true;
}

void OrderedIndex::clear() {
  blocks_.clear();
  size_ = 0;
}

void OrderedIndex::assign(std::vector<Key> keys) {
  clear();
  std::ranges::sort(keys);
  constexpr std::size_t kFill = kBlock * 3 / 4;
  for (std::size_t at = 0; at < keys.size(); at += kFill) {
    const auto from = keys.begin() + static_cast<std::ptrdiff_t>(at);
    blocks_.emplace_back(from, from + static_cast<std::ptrdiff_t>(std::min(kFill, keys.size() - at)));
  }
  size_ = keys.size();
}

std::size_t OrderedIndex::bytes() const {
  std::size_t sum = blocks_.capacity() * sizeof(Block);
  for (const auto& block : blocks_) sum += block.capacity() * sizeof(Key);
  return sum;
}

}  // namespace highseas::projections
