// ordered_index — records in the order of a number (the instant at which they are due, whose they are), in sorted
// blocks: cheap to move one, cheap to walk from anywhere.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <vector>

#include "projections/record_view.hpp"

namespace highseas::projections {

class OrderedIndex {
 public:
  struct Key {
    std::int64_t order = 0;
    domain::FormNumber form = 0;
    Row row = 0;
    auto operator<=>(const Key&) const = default;
  };

  std::size_t size() const { return size_; }
  void insert(Key key);
  // True where it was there.
  bool erase(Key key);
  void clear();
  // Replaces everything.
  void assign(std::vector<Key> keys);

  // In order, until `visit` gives false.
  template <class Visit>
  void walk(const Visit& visit) const {
    for (const auto& block : blocks_) {
      for (const auto& key : block) {
        if (!visit(key)) return;
      }
    }
  }
  // The same from the first that is not less than `from` on.
  template <class Visit>
  void walk_from(Key from, const Visit& visit) const {
    auto block = std::ranges::lower_bound(blocks_, from, {}, last_of);
    if (block == blocks_.end()) return;
    for (auto at = std::ranges::lower_bound(*block, from);; at = block->begin()) {
      for (; at != block->end(); ++at) {
        if (!visit(*at)) return;
      }
      if (++block == blocks_.end()) return;
    }
  }
  std::size_t bytes() const;

 private:
  static constexpr std::size_t kBlock = 512;
  using Block = std::vector<Key>;

  // The block in which the key is, or would be.
  std::vector<Block>::iterator block_of(Key key) { return std::ranges::lower_bound(blocks_, key, {}, last_of); }
  static Key last_of(const Block& block) { return block.back(); }

  std::vector<Block> blocks_;  // none is empty
  std::size_t size_ = 0;
};

}  // namespace highseas::projections
