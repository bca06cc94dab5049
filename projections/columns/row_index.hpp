// row_index — numbers found by the hash of what they stand for: small open tables, so that growing is never a pause and
// a snapshot shares all but what changes after it.
#pragma once

#include <cstdint>
#include <vector>

#include "projections/columns/shared.hpp"

namespace highseas::projections {

// Holds numbers below 2^32 - 1; several may have one hash. `hash_of(number)` tells the hash that it was put in under.
class RowIndex {
 public:
  template <class HashOf>
  void insert(std::uint64_t hash, std::uint32_t number, const HashOf& hash_of) {
    if (shards_.empty()) shards_.resize(kShards);
    Shard& shard = shards_[shard_of(hash)].own();
    if ((shard.count + 1) * 4 > shard.slots.size() * 3) grow(shard, hash_of);
    put(shard.slots, hash, number + 1);
    ++shard.count;
  }

  // True where it was there.
  template <class HashOf>
  bool erase(std::uint64_t hash, std::uint32_t number, const HashOf& hash_of) {
    if (shards_.empty() || !shards_[shard_of(hash)]) return false;
    auto& slots = shards_[shard_of(hash)].own().slots;
    const std::size_t mask = slots.size() - 1;
    std::size_t at = place(hash) & mask;
    while (slots[at] != 0 && slots[at] != number + 1) at = (at + 1) & mask;
    if (slots[at] == 0) return false;
    // What follows moves up where it may, so that no mark of the dead is needed.
    std::size_t hole = at;
    for (std::size_t next = (at + 1) & mask; slots[next] != 0; next = (next + 1) & mask) {
      const std::size_t home = place(hash_of(slots[next] - 1)) & mask;
      if (((next - home) & mask) < ((next - hole) & mask)) continue;
      slots[hole] = slots[next];
      hole = next;
    }
    slots[hole] = 0;
    --shards_[shard_of(hash)].own().count;
    return true;
  }

  // Calls `found(number)` for each that may have the hash (others too: the caller compares) until it gives true.
  template <class Found>
  void find(std::uint64_t hash, const Found& found) const {
    if (shards_.empty() || !shards_[shard_of(hash)]) return;
    const auto& slots = shards_[shard_of(hash)]->slots;
    const std::size_t mask = slots.size() - 1;
    for (std::size_t at = place(hash) & mask; slots[at] != 0; at = (at + 1) & mask) {
      if (found(slots[at] - 1)) return;
    }
  }

  void clear() { shards_.clear(); }
  std::size_t bytes() const {
    std::size_t sum = shards_.capacity() * sizeof(Shared<Shard>);
    for (const auto& shard : shards_) {
      if (shard) sum += sizeof(Shard) + shard->slots.capacity() * sizeof(std::uint32_t);
    }
    return sum;
  }

 private:
  static constexpr std::size_t kShards = 1024;

  struct Shard : Counted {
    std::uint32_t count = 0;
    std::vector<std::uint32_t> slots;  // number + 1; 0 = free; a power of two
  };

  static std::uint64_t mix(std::uint64_t hash) {
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93ull;
    return hash ^ (hash >> 29);
  }
  static std::size_t shard_of(std::uint64_t hash) { return mix(hash) >> 54; }
  static std::size_t place(std::uint64_t hash) { return static_cast<std::size_t>(mix(hash)); }

  static void put(std::vector<std::uint32_t>& slots, std::uint64_t hash, std::uint32_t entry) {
    const std::size_t mask = slots.size() - 1;
    std::size_t at = place(hash) & mask;
    while (slots[at] != 0) at = (at + 1) & mask;
    slots[at] = entry;
  }

  template <class HashOf>
  static void grow(Shard& shard, const HashOf& hash_of) {
    std::vector<std::uint32_t> wider(shard.slots.empty() ? 4 : shard.slots.size() * 2);
    for (const auto entry : shard.slots) {
      if (entry != 0) put(wider, hash_of(entry - 1), entry);
    }
    shard.slots = std::move(wider);
  }

  std::vector<Shared<Shard>> shards_;
};

}  // namespace highseas::projections
