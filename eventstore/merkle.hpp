// merkle — the Merkle tree of RFC 9162 over leaf hashes, kept as the roots of its whole subtrees.
#pragma once

#include <cstdint>
#include <vector>

#include "eventstore/commit.hpp"

namespace highseas::eventstore {

// Holds a hash for each bit of its size, so that a tree of any size takes next to no memory.
class MerkleTree {
 public:
  void add(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  Hash root() const;  // of no leaves: SHA-256 of nothing

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;  // from the left; each stands for more leaves than the next
};

}  // namespace highseas::eventstore
