// ordered_index_test — a walk from anywhere gives what a sorted set gives, whatever was put in and taken out before.
#include "projections/ordered_index.hpp"

#include <set>

#include "tests/projections/company.hpp"

namespace highseas::projections::tests {
namespace {

using Key = OrderedIndex::Key;

std::vector<Key> first_from(const OrderedIndex& index, Key from, std::size_t limit, std::size_t& visited) {
  std::vector<Key> found;
  index.walk_from(from, [&](const Key& key) {
    ++visited;
    if (found.size() >= limit) return false;
    found.push_back(key);
    return true;
  });
  return found;
}

TEST(OrderedIndex, gives_the_next_ones_from_anywhere_and_looks_at_no_others) {
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(test_seed()));
  std::mt19937_64 random(test_seed());
  std::set<Key> expected;
  OrderedIndex index;
  const auto any_key = [&] {
    return Key{static_cast<std::int64_t>(random() % 7), static_cast<domain::FormNumber>(1 + random() % 2),
               static_cast<Row>(random() % 4000)};
  };
  std::size_t visited = 0;
  EXPECT_TRUE(first_from(index, {}, 10, visited).empty());
  for (int step = 0; step < 6000; ++step) {
    const auto key = any_key();
    if (expected.insert(key).second) {
      index.insert(key);
    } else {
      expected.erase(key);
      ASSERT_TRUE(index.erase(key));
    }
    if (step % 10 != 0) continue;
    const auto from = any_key();
    std::vector<Key> next;
    for (auto at = expected.lower_bound(from); at != expected.end() && next.size() < 20; ++at) next.push_back(*at);
    visited = 0;
    ASSERT_EQ(first_from(index, from, 20, visited), next);
    ASSERT_LE(visited, 21u);
  }
  EXPECT_EQ(index.size(), expected.size());
}

}  // namespace
}  // namespace highseas::projections::tests
