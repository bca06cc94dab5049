// plain_merkle — the tree of RFC 9162 as its definition reads, to hold the real one against.
#pragma once

#include <bit>
#include <span>
#include <string_view>

#include "eventstore/crypto.hpp"

namespace highseas::test_support {

inline eventstore::Hash plain_root(std::span<const eventstore::Hash> leaves) {
  if (leaves.empty()) return eventstore::sha256("");
  if (leaves.size() == 1) return leaves.front();
  const auto left = std::bit_floor(leaves.size() - 1);  // the largest power of two below its size
  return eventstore::sha256({std::string_view("\x01", 1), eventstore::as_text(plain_root(leaves.first(left))),
                             eventstore::as_text(plain_root(leaves.subspan(left)))});
}

}  // namespace highseas::test_support
