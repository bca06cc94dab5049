// commit_test — plain → stored → plain, chain, keys, and what happens when a byte or an append goes wrong.
#include <rapidcheck/gtest.h>

#include "eventstore/commit_format.hpp"
#include "eventstore/commit_reader.hpp"
#include "eventstore/commit_writer.hpp"
#include "eventstore/memory_log.hpp"
#include "tests/eventstore/samples.hpp"
#include "tests/support/faulty_log.hpp"

namespace highseas::eventstore {
namespace {

using samples::commit;
using samples::ulid;

class Commits : public testing::Test {
 protected:
  std::unique_ptr<KeyVault> open_vault(std::uint8_t key = 0x5A) {
    auto vault = KeyVault::open(log_, samples::server_key(key));
    EXPECT_TRUE(vault.has_value()) << describe(vault.error());
    return std::move(*vault);
  }

  std::vector<Hash> write(std::vector<PlainCommit> commits) {
    const auto hashes = writer_.write(commits);
    EXPECT_TRUE(hashes.has_value()) << describe(hashes.error());
    return hashes.value_or(std::vector<Hash>{});
  }

  test_support::FaultyLog log_{make_memory_log()};
  std::unique_ptr<KeyVault> vault_ = open_vault();
  CommitWriter writer_{log_, *vault_};
};

TEST_F(Commits, come_back_as_they_were) {
  auto one = commit(1, 1, 5);
  one.meta.actor.on_behalf_of = ulid(10);
  one.meta.correlation = base::CommandId{ulid(11)};
  one.meta.cause = base::CommandId{ulid(12)};
  one.sections.push_back({ulid(6), ulid(5), "a follow-up", std::string(10'000, 'z')});
  write({one});
  EXPECT_EQ(*read_plain(log_, vault_.get(), 1, 1), one);
  EXPECT_EQ(*read_plain(log_, open_vault().get(), 1, 1), one);  // from what is on disk alone
}

TEST_F(Commits, are_chained_within_each_workspace) {
  const auto hashes = write({commit(1, 1, 5), commit(2, 1, 5), commit(1, 2, 5)});
  ASSERT_EQ(hashes.size(), 3u);
  EXPECT_EQ(read_head(log_, 1, 1)->previous_hash, Hash{});
  EXPECT_EQ(read_head(log_, 2, 1)->previous_hash, Hash{});
  EXPECT_EQ(read_head(log_, 1, 2)->previous_hash, hashes[0]);
  EXPECT_EQ(*leaf_hash(log_, 1, 2), hashes[2]);
  CommitWriter another(log_, *vault_);  // takes the chain up from disk
  const std::vector<PlainCommit> next{commit(1, 3, 5)};
  ASSERT_TRUE(another.write(next).has_value());
  EXPECT_EQ(read_head(log_, 1, 3)->previous_hash, hashes[2]);
  int seen = 0;
  EXPECT_TRUE(for_each_commit(log_, vault_.get(), 1, 1, 0, [&](PlainCommit&&) { return ++seen, true; },
                              {.check_sections = true, .check_chain = true, .open_boxes = true}));
  EXPECT_EQ(seen, 3);
}

TEST_F(Commits, make_one_key_a_record_and_use_it_again) {
  write({commit(1, 1, 5), commit(1, 2, 5), commit(1, 3, 6)});
  write({commit(1, 4, 5)});
  EXPECT_EQ(decode_vault_entry(**log_.vault_entry(1, 1))->size(), 1u);
  EXPECT_FALSE(log_.vault_entry(1, 2)->has_value());
  EXPECT_TRUE(log_.vault_entry(1, 3)->has_value());
  EXPECT_FALSE(log_.vault_entry(1, 4)->has_value());
  EXPECT_EQ((*vault_->current_key(1, ulid(5)))->position, 1u);
  EXPECT_EQ(read_plain(log_, vault_.get(), 1, 4)->sections[1].secret, "王芳 13800138000");
}

TEST_F(Commits, without_a_secret_need_no_key) {
  write({commit(1, 1, 5, "")});
  EXPECT_FALSE(log_.vault_entry(1, 1)->has_value());
  EXPECT_EQ(read_plain(log_, nullptr, 1, 1)->sections[1].state, PlainSection::State::open);
}

TEST_F(Commits, stay_sealed_without_the_vault_and_erased_without_the_key) {
  write({commit(1, 1, 5)});
  const auto sealed = read_plain(log_, nullptr, 1, 1);
  EXPECT_EQ(sealed->sections[1].state, PlainSection::State::sealed);
  EXPECT_EQ(sealed->sections[1].secret, "");
  EXPECT_EQ(sealed->sections[1].clear, "clear 1");
  // The same commit in a log whose vault has lost the key.
  auto erased_log = make_memory_log();
  const std::vector<LogWrite> without_key{{log_.read(1, 1, {})->front(), {}, {}}};
  ASSERT_TRUE(erased_log->append(without_key).has_value());
  auto vault = KeyVault::open(*erased_log, samples::server_key());
  EXPECT_EQ(read_plain(*erased_log, vault->get(), 1, 1)->sections[1].state, PlainSection::State::erased);
}

TEST_F(Commits, are_refused_where_the_workspace_does_not_end_before_them) {
  write({commit(1, 1, 5)});
  const std::vector<PlainCommit> twice{commit(1, 1, 5)};
  const auto refused = writer_.write(twice);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, AppendError::Kind::conflict);
  EXPECT_EQ(refused.error().expected, 2u);
  write({commit(1, 2, 5)});
}

// Whether the failed write reached the disk or not, chain and keys go on from what is there.
TEST_F(Commits, go_on_after_a_failed_append_from_what_is_on_disk) {
  using Fault = test_support::FaultyLog::Fault;
  for (const auto fault : {Fault::before_writing, Fault::after_writing}) {
    const Position before = log_.end(1);
    const std::uint64_t record = 100 + before;
    log_.fail_next(fault);
    const std::vector<PlainCommit> lost{commit(1, before + 1, record, "may be lost")};
    EXPECT_FALSE(writer_.write(lost).has_value());
    ASSERT_TRUE(writer_.resync().has_value());
    const Position next = log_.end(1) + 1;
    EXPECT_EQ(next, before + (fault == Fault::after_writing ? 2 : 1));
    write({commit(1, next, record, "kept")});
    EXPECT_EQ(read_plain(log_, vault_.get(), 1, next)->sections[1].secret, "kept");
  }
  EXPECT_TRUE(for_each_commit(log_, open_vault().get(), 1, 1, 0, [](PlainCommit&&) { return true; },
                              {.check_sections = true, .check_chain = true, .open_boxes = true}));
}

// Head by head and section by section, each flipped bit is found: by the format, a hash, the chain or the box.
TEST_F(Commits, show_every_flipped_bit) {
  write({commit(1, 1, 5), commit(1, 2, 5)});
  const auto good = *log_.read(1, 1, {});
  const std::string vault_bytes = **log_.vault_entry(1, 1);
  int tried = 0;
  const auto is_found = [&](std::vector<StoredCommit> commits) {
    auto copy = make_memory_log();
    const std::vector<LogWrite> writes{{commits[0], vault_bytes, {}}, {commits[1], {}, {}}};
    EXPECT_TRUE(copy->append(writes).has_value());
    auto vault = KeyVault::open(*copy, samples::server_key());
    ++tried;
    return !for_each_commit(*copy, vault->get(), 1, 1, 0, [](PlainCommit&&) { return true; },
                            {.check_sections = true, .check_chain = true, .open_boxes = true})
                .has_value();
  };
  ASSERT_FALSE(is_found(good));
  for (std::size_t byte = 0; byte < good[0].head.size(); ++byte) {
    auto bad = good;
    bad[0].head[byte] ^= 1 << byte % 8;
    EXPECT_TRUE(is_found(bad)) << "head, byte " << byte;
  }
  for (std::size_t section = 0; section < 2; ++section) {
    for (std::size_t byte = 0; byte < good[0].sections[section].size(); ++byte) {
      auto bad = good;
      bad[0].sections[section][byte] ^= 1 << byte % 8;
      EXPECT_TRUE(is_found(bad)) << "section " << section << ", byte " << byte;
    }
  }
  EXPECT_GT(tried, 300);
}

TEST_F(Commits, of_a_newer_program_are_refused_as_such) {
  auto newer = commit(1, 1, 5);
  newer.meta.minimal_reader_version = kFormatVersion + 1;
  write({newer});
  const auto read = read_plain(log_, vault_.get(), 1, 1);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().kind, ReadError::Kind::newer);
}

TEST_F(Commits, that_are_not_there_are_named) {
  write({commit(1, 1, 5)});
  for (const Position at : {Position{0}, Position{2}}) {
    const auto read = read_plain(log_, vault_.get(), 1, at);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().kind, ReadError::Kind::missing);
    EXPECT_EQ(read.error().position, at);
  }
}

TEST_F(Commits, a_box_moved_to_another_record_does_not_open) {
  auto two = commit(1, 1, 5, "first");
  two.sections.push_back({ulid(6), ulid(5), "clear", "other"});
  write({two});
  auto stored = log_.read(1, 1, {})->front();
  auto one = *decode_section(stored.sections[1]);
  auto other = *decode_section(stored.sections[2]);
  std::swap(one.box, other.box);
  stored.sections[1] = encode_section(one);
  stored.sections[2] = encode_section(other);
  EXPECT_FALSE(open_commit(stored, vault_.get(), {.check_sections = false}).has_value());
}

TEST_F(Commits, at_their_bounds_are_taken_and_above_them_the_program_ends) {
  auto most = commit(1, 1, 5, "");
  while (most.sections.size() < kMaxRecords + 1) most.sections.push_back({ulid(most.sections.size()), {}, "x", ""});
  most.sections[1].clear = std::string(kMaxCommitBytes - plain_bytes(most) + most.sections[1].clear.size(), 'c');
  ASSERT_EQ(plain_bytes(most), kMaxCommitBytes);
  write({most});
  auto longer = most;
  longer.meta.position = 2;
  longer.sections[1].clear += "c";
  const std::vector<PlainCommit> too_long{longer};
  EXPECT_DEATH((void)writer_.write(too_long), "kMaxCommitBytes");
  longer.sections[1].clear = "";
  longer.sections.push_back({ulid(1), {}, "x", ""});
  const std::vector<PlainCommit> too_many{longer};
  EXPECT_DEATH((void)writer_.write(too_many), "kMaxRecords");
}

RC_GTEST_PROP(Commit, comes_back_from_its_bytes_whatever_is_in_it, ()) {
  auto log = make_memory_log();
  auto vault = KeyVault::open(*log, samples::server_key());
  CommitWriter writer(*log, **vault);
  const auto bytes = rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  std::vector<PlainCommit> commits;
  std::map<WorkspaceNumber, Position> ends;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    const auto workspace = *rc::gen::inRange<WorkspaceNumber>(0, 3);
    auto one = commit(workspace, ++ends[workspace], 1, *bytes);
    one.meta.time.ms = *rc::gen::arbitrary<std::int64_t>();
    one.meta.actor.kind = static_cast<ActorKind>(*rc::gen::inRange(1, 9));
    if (*rc::gen::arbitrary<bool>()) one.meta.actor.on_behalf_of = ulid(*rc::gen::arbitrary<std::uint64_t>());
    if (*rc::gen::arbitrary<bool>()) one.meta.correlation = base::CommandId{ulid(3)};
    if (*rc::gen::arbitrary<bool>()) one.meta.cause = base::CommandId{ulid(4)};
    for (int sections = *rc::gen::inRange(0, 5); sections > 0; --sections) {
      const auto owner = ulid(*rc::gen::inRange<std::uint64_t>(1, 4));
      one.sections.push_back({ulid(*rc::gen::arbitrary<std::uint64_t>()), owner, *bytes, *bytes});
    }
    for (auto& section : one.sections) {
      if (section.secret.empty()) section.key_owner = {};
    }
    commits.push_back(std::move(one));
  }
  RC_ASSERT(writer.write(commits).has_value());
  auto reader = KeyVault::open(*log, samples::server_key());
  for (const auto& written : commits) {
    const auto read = read_plain(*log, reader->get(), written.workspace_number, written.meta.position,
                                 {.check_sections = true, .check_chain = true, .open_boxes = true});
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == written);
  }
}

RC_GTEST_PROP(Commit, decoders_take_any_bytes_without_a_fault, ()) {
  const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  (void)decode_head(bytes);
  (void)decode_section(bytes);
  (void)decode_section(std::string("\x01\x03", 2) + bytes);
  (void)decode_stored(1, 1, bytes);
  (void)decode_vault_entry("\x01" + bytes);
}

}  // namespace
}  // namespace highseas::eventstore
