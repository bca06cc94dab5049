// audit_trees_test — the signed head follows the log: through restarts, failed writes and lost keys, and never back.
#include "engine/audit_trees.hpp"

#include <filesystem>

#include "eventstore/commit_format.hpp"
#include "eventstore/commit_reader.hpp"
#include "eventstore/memory_log.hpp"
#include "tests/support/plain_merkle.hpp"
#include "world.hpp"

namespace highseas::engine::tests {
namespace {

using test_support::plain_root;

SignedHead head_of(World& world) {
  return world.engine().audit_trees().signed_head(1, world.sequencer().design()->id).value();
}

std::vector<eventstore::Hash> leaves_of(World& world) {
  std::vector<eventstore::Hash> leaves;
  const auto read = eventstore::for_each_head(world.engine().log(), 1, 1, 0, [&](const auto&, const auto& leaf) {
    leaves.push_back(leaf);
    return true;
  });
  EXPECT_TRUE(read.has_value());
  return leaves;
}

void expect_over_all(World& world, const SignedHead& head) {
  const auto leaves = leaves_of(world);
  EXPECT_EQ(head.tree, (eventstore::TreeHead{leaves.size(), plain_root(leaves)}));
  EXPECT_EQ(head.last_leaf, leaves.back());
}

TEST(AuditTrees, take_in_what_is_durable_at_each_call) {
  World world;
  for (int i = 0; i < 5; ++i) {
    expect_over_all(world, head_of(world));
    ASSERT_TRUE(world.tell(World::customer("customer " + std::to_string(i))).accepted());
  }
  const auto head = head_of(world);
  expect_over_all(world, head);
  EXPECT_EQ(head_of(world).checkpoint, head.checkpoint);
}

TEST(AuditTrees, have_the_same_key_and_a_tree_that_goes_on_after_a_restart) {
  World world;
  const auto before = head_of(world);
  world.close();
  world.open();
  EXPECT_EQ(head_of(world).checkpoint, before.checkpoint);
  ASSERT_TRUE(world.tell(World::customer("after the restart")).accepted());
  const auto after = head_of(world);
  expect_over_all(world, after);
  EXPECT_EQ(after.public_key, before.public_key);
  EXPECT_EQ(after.key_id, before.key_id);
  EXPECT_GT(after.tree.size, before.tree.size);
  auto first = leaves_of(world);
  first.resize(before.tree.size);
  EXPECT_EQ(plain_root(first), before.tree.root);
}

TEST(AuditTrees, sign_by_a_new_key_where_the_old_one_was_lost) {
  World world;
  const auto before = head_of(world);
  world.close();
  std::filesystem::remove(eventstore::SigningKey::path_in(world.data() + "/keys"));
  world.open();
  const auto after = head_of(world);
  EXPECT_EQ(after.tree, before.tree);
  EXPECT_NE(after.public_key, before.public_key);
  EXPECT_NE(after.key_id, before.key_id);
}

TEST(AuditTrees, do_not_go_back_when_the_log_is_opened_again) {
  for (const auto fault : {FaultyLog::Fault::before_writing, FaultyLog::Fault::after_writing}) {
    World world;
    const auto before = head_of(world);
    world.log().fail_next(fault);
    EXPECT_FALSE(world.tell(World::customer("lost")).accepted());
    const auto meanwhile = head_of(world);
    EXPECT_GE(meanwhile.tree.size, before.tree.size);
    ASSERT_TRUE(world.recovered());
    expect_over_all(world, head_of(world));
    ASSERT_TRUE(world.tell(World::customer("after")).accepted());
    expect_over_all(world, head_of(world));
  }
}

TEST(AuditTrees, answer_many_at_once_while_the_log_grows) {
  World world;
  std::vector<std::future<void>> askers;
  for (int asker = 0; asker < 3; ++asker) {
    askers.push_back(std::async(std::launch::async, [&world] {
      std::uint64_t size = 0;
      for (int i = 0; i < 20; ++i) {
        const auto head = head_of(world);
        EXPECT_GE(head.tree.size, size);
        size = head.tree.size;
      }
    }));
  }
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(world.tell(World::customer("customer " + std::to_string(i))).accepted());
  for (auto& asker : askers) asker.get();
  expect_over_all(world, head_of(world));
}

TEST(AuditTrees, sign_nothing_beyond_a_head_that_does_not_follow) {
  const auto log = eventstore::make_memory_log();
  eventstore::Hash before{};
  for (eventstore::Position at = 1; at <= 3; ++at) {
    eventstore::CommitHead head;
    head.meta.position = at;
    head.previous_hash = before;
    head.section_hashes = {eventstore::sha256("section")};
    if (at == 3) head.previous_hash[0] ^= 1;
    const eventstore::LogWrite write{{1, at, eventstore::encode_head(head), {"section"}}, "", {}};
    before = eventstore::leaf_hash_of(write.commit.head);
    ASSERT_TRUE(log->append({&write, 1}).has_value());
  }
  const eventstore::SigningKey key{eventstore::Key()};
  AuditTrees trees(*log, key);
  for (int i = 0; i < 2; ++i) {
    const auto refused = trees.signed_head(1, {});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind, eventstore::ReadError::Kind::damaged);
    EXPECT_EQ(refused.error().position, 3u);
  }
}

}  // namespace
}  // namespace highseas::engine::tests
