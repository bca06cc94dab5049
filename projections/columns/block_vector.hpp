// block_vector — a growing list in blocks that snapshots share; a block is copied before it changes where it is shared.
#pragma once

#include <cstdint>
#include <vector>

#include "projections/columns/bytes.hpp"
#include "projections/columns/shared.hpp"

namespace highseas::projections {

template <class T, std::size_t kBlock = 4096>
class BlockVector {
 public:
  std::size_t size() const { return size_; }
  const T& operator[](std::size_t at) const { return blocks_[at / kBlock]->items[at % kBlock]; }

  void push_back(T item) {
    if (size_ % kBlock == 0) blocks_.emplace_back();
    blocks_.back().own().items.push_back(std::move(item));
    ++size_;
  }
  void set(std::size_t at, T item) { blocks_[at / kBlock].own().items[at % kBlock] = std::move(item); }
  void clear() {
    blocks_.clear();
    size_ = 0;
  }

  std::size_t bytes() const {
    std::size_t sum = blocks_.capacity() * sizeof(Shared<Block>);
    for (const auto& block : blocks_) sum += sizeof(Block) + block->items.capacity() * sizeof(T);
    return sum;
  }

  void write(ByteWriter& out) const
    requires std::is_trivially_copyable_v<T>
  {
    out.size(size_);
    for (const auto& block : blocks_) out.raw(block->items.data(), block->items.size() * sizeof(T));
  }
  void read(ByteReader& in)
    requires std::is_trivially_copyable_v<T>
  {
    clear();
    size_ = in.size(sizeof(T));
    for (std::size_t done = 0; done < size_ && in.ok(); done += kBlock) {
      auto& items = blocks_.emplace_back().own().items;
      items.resize(std::min(kBlock, size_ - done));
      in.raw(items.data(), items.size() * sizeof(T));
    }
  }

 private:
  struct Block : Counted {
    std::vector<T> items;
  };

  std::vector<Shared<Block>> blocks_;
  std::size_t size_ = 0;
};

}  // namespace highseas::projections
