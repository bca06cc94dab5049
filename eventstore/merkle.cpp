// merkle — adding a leaf closes subtrees as adding one carries in a binary number.
#include "eventstore/merkle.hpp"

#include "eventstore/crypto.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::string_view kInner("\x01", 1);

Hash inner_node(const Hash& left, const Hash& right) {
  return sha256({kInner, as_text(left), as_text(right)});
}

}  // namespace

void MerkleTree::add(const Hash& leaf) {
  Hash node = leaf;
  for (auto bits = size_; bits & 1; bits >>= 1) {
    node = inner_node(peaks_.back(), node);
    peaks_.pop_back();
  }
  peaks_.push_back(node);
  ++size_;
}

Hash MerkleTree::root() const {
  if (peaks_.empty()) return sha256("");
  Hash node = peaks_.back();
  for (auto left = peaks_.rbegin() + 1; left != peaks_.rend(); ++left) node = inner_node(*left, node);
  return node;
}

}  // namespace highseas::eventstore
