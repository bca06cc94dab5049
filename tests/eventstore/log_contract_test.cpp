// log_contract_test — what every Log must hold, whatever stands behind it.
#include <memory>

#include "eventstore/log.hpp"
#include "eventstore/memory_log.hpp"
#include "eventstore/rocksdb_log.hpp"
#include "tests/eventstore/samples.hpp"
#include "tests/support/faulty_log.hpp"
#include "tests/support/temporary_directory.hpp"

namespace highseas::eventstore {
namespace {

using samples::write;

struct MemoryMaker {
  std::unique_ptr<Log> make() { return make_memory_log(); }
};

struct RocksDbMaker {
  test_support::TemporaryDirectory directory;
  std::unique_ptr<Log> make() {
    auto log = RocksDbLog::open({directory / "log", RocksDbOptions::Mode::writer, {}});
    EXPECT_TRUE(log.has_value()) << describe(log.error());
    return std::move(*log);
  }
};

// A decorator must keep the contract too, or the engine's tests rest on nothing.
struct FaultyMaker {
  std::unique_ptr<Log> make() { return std::make_unique<test_support::FaultyLog>(make_memory_log()); }
};

template <class Maker>
class LogContract : public testing::Test {
 protected:
  Maker maker_;
  std::unique_ptr<Log> log_ = maker_.make();

  void append(std::vector<LogWrite> writes) {
    const auto appended = log_->append(writes);
    ASSERT_TRUE(appended.has_value()) << describe(appended.error());
  }
};

using Makers = testing::Types<MemoryMaker, RocksDbMaker, FaultyMaker>;
TYPED_TEST_SUITE(LogContract, Makers);

TYPED_TEST(LogContract, is_empty_at_first) {
  EXPECT_EQ(this->log_->end(1), 0u);
  EXPECT_TRUE(this->log_->workspaces().empty());
  EXPECT_TRUE(this->log_->read(1, 1)->empty());
  EXPECT_FALSE(this->log_->vault_entry(1, 1)->has_value());
}

TYPED_TEST(LogContract, gives_back_what_was_appended) {
  this->append({write(1, 1), write(1, 2), write(0, 1), write(7, 1)});
  this->append({write(1, 3)});
  EXPECT_EQ(this->log_->end(1), 3u);
  EXPECT_EQ(this->log_->end(0), 1u);
  EXPECT_EQ(this->log_->workspaces(), (std::vector<WorkspaceNumber>{0, 1, 7}));
  const auto read = this->log_->read(1, 1);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->size(), 3u);
  for (Position at = 1; at <= 3; ++at) EXPECT_EQ((*read)[at - 1], write(1, at).commit);
  EXPECT_EQ(this->log_->read(1, 3)->size(), 1u);
  EXPECT_TRUE(this->log_->read(1, 4)->empty());
  EXPECT_EQ(this->log_->read(1, 0)->front().position, 1u);
}

TYPED_TEST(LogContract, refuses_a_position_that_is_taken_or_leaves_a_gap_and_writes_nothing) {
  this->append({write(1, 1)});
  for (const Position wrong : {Position{1}, Position{3}, Position{0}}) {
    const std::vector<LogWrite> writes{write(2, 1), write(1, wrong)};
    const auto appended = this->log_->append(writes);
    ASSERT_FALSE(appended.has_value());
    EXPECT_EQ(appended.error().kind, AppendError::Kind::conflict);
    EXPECT_EQ(appended.error().workspace, 1u);
    EXPECT_EQ(appended.error().expected, 2u);
  }
  EXPECT_EQ(this->log_->end(2), 0u);
  EXPECT_EQ(this->log_->end(1), 1u);
  this->append({write(1, 2)});  // a conflict breaks nothing
}

TYPED_TEST(LogContract, stops_reading_at_the_limits_but_gives_at_least_one) {
  std::vector<LogWrite> writes;
  for (Position at = 1; at <= 20; ++at) writes.push_back(write(3, at, std::string(1'000, 'x')));
  this->append(writes);
  EXPECT_EQ(this->log_->read(3, 1, {5, 1u << 20})->size(), 5u);
  EXPECT_EQ(this->log_->read(3, 1, {20, 1})->size(), 1u);
  EXPECT_EQ(this->log_->read(3, 18, {100, 1u << 20})->size(), 3u);
}

TYPED_TEST(LogContract, keeps_vault_entries_with_their_commits_in_order) {
  auto first = write(1, 1);
  first.vault_entry = "keys of 1";
  auto third = write(1, 3);
  third.vault_entry = "keys of 3";
  auto other = write(0, 1);
  other.vault_entry = "server-wide";
  this->append({first, write(1, 2), third, other});
  EXPECT_EQ(this->log_->vault_entry(1, 3)->value_or(""), "keys of 3");
  EXPECT_FALSE(this->log_->vault_entry(1, 2)->has_value());
  std::vector<std::tuple<WorkspaceNumber, Position, std::string>> seen;
  ASSERT_TRUE(this->log_->for_each_vault_entry([&](auto workspace, auto position, auto entry) {
    seen.emplace_back(workspace, position, entry);
    return true;
  }));
  EXPECT_EQ(seen, (std::vector<std::tuple<WorkspaceNumber, Position, std::string>>{
                      {0, 1, "server-wide"}, {1, 1, "keys of 1"}, {1, 3, "keys of 3"}}));
  int visits = 0;
  ASSERT_TRUE(this->log_->for_each_vault_entry([&](auto, auto, auto) { return ++visits < 2; }));
  EXPECT_EQ(visits, 2);
}

TYPED_TEST(LogContract, writes_side_keys_with_the_commit) {
  ASSERT_TRUE(this->log_->side_store().put(Family::auth, "gone", "x"));
  auto one = write(1, 1);
  one.side_writes = {{Family::auth, "hash", "argon"}, {Family::auth, "gone", std::nullopt}};
  this->append({one});
  EXPECT_EQ(this->log_->side_store().get(Family::auth, "hash")->value_or(""), "argon");
  EXPECT_FALSE(this->log_->side_store().get(Family::auth, "gone")->has_value());
  auto conflicting = write(1, 5);
  conflicting.side_writes = {{Family::auth, "hash", "other"}};
  EXPECT_FALSE(this->log_->append({&conflicting, 1}).has_value());
  EXPECT_EQ(this->log_->side_store().get(Family::auth, "hash")->value_or(""), "argon");
}

TYPED_TEST(LogContract, is_the_same_after_reopening_and_flushing) {
  auto one = write(1, 1);
  one.vault_entry = "keys";
  this->append({one, write(2, 1)});
  ASSERT_TRUE(this->log_->reopen().has_value());
  EXPECT_EQ(this->log_->workspaces(), (std::vector<WorkspaceNumber>{1, 2}));
  EXPECT_EQ(this->log_->read(1, 1)->front(), one.commit);
  this->append({write(1, 2)});
  ASSERT_TRUE(this->log_->flush().has_value());
  ASSERT_TRUE(this->log_->reopen().has_value());
  EXPECT_EQ(this->log_->end(1), 2u);
  EXPECT_EQ(this->log_->vault_entry(1, 1)->value_or(""), "keys");
}

TYPED_TEST(LogContract, holds_positions_and_workspaces_up_to_their_bounds) {
  constexpr WorkspaceNumber kLast = 0xFFFFFFFF;
  this->append({write(kLast, 1), write(kLast - 1, 1), write(kLast, 2)});
  ASSERT_TRUE(this->log_->reopen().has_value());
  EXPECT_EQ(this->log_->end(kLast), 2u);
  EXPECT_EQ(this->log_->end(kLast - 1), 1u);
  EXPECT_EQ(this->log_->read(kLast, 1)->size(), 2u);
}

TYPED_TEST(LogContract, side_store_scans_prefixes_in_order_and_erases_ranges) {
  auto& side = this->log_->side_store();
  for (const auto* key : {"b/2", "a/1", "b/1", "b", "c/1", "b/3"}) {
    ASSERT_TRUE(side.put(Family::trail, key, std::string("v") + key));
  }
  ASSERT_TRUE(side.put(Family::sessions, "b/9", "another family"));
  const auto keys = [&](std::string_view prefix, std::string_view from = {}) {
    std::vector<std::string> found;
    EXPECT_TRUE(side.scan(
        Family::trail, prefix,
        [&](auto key, auto value) {
          EXPECT_EQ(value, "v" + std::string(key));
          found.emplace_back(key);
          return true;
        },
        from));
    return found;
  };
  EXPECT_EQ(keys("b/"), (std::vector<std::string>{"b/1", "b/2", "b/3"}));
  EXPECT_EQ(keys("b/", "b/2"), (std::vector<std::string>{"b/2", "b/3"}));
  EXPECT_EQ(keys("b/", "a"), (std::vector<std::string>{"b/1", "b/2", "b/3"}));
  ASSERT_TRUE(side.erase_range(Family::trail, "b/", "b/3"));
  EXPECT_EQ(keys(""), (std::vector<std::string>{"a/1", "b", "b/3", "c/1"}));
  ASSERT_TRUE(side.erase(Family::trail, "b", true));
  EXPECT_EQ(keys("b"), (std::vector<std::string>{"b/3"}));
}

TYPED_TEST(LogContract, side_store_scans_more_than_a_batch_while_its_visitor_writes) {
  auto& side = this->log_->side_store();
  for (int i = 0; i < 2'500; ++i) ASSERT_TRUE(side.put(Family::trail, "k" + std::to_string(10'000 + i), "v"));
  int seen = 0;
  ASSERT_TRUE(side.scan(Family::trail, "k", [&](auto key, auto) {
    ++seen;
    return side.erase(Family::trail, key).has_value();
  }));
  EXPECT_EQ(seen, 2'500);
  ASSERT_TRUE(side.scan(Family::trail, "k", [&](auto, auto) { return ++seen, true; }));
  EXPECT_EQ(seen, 2'500);
}

TEST(FaultyLog, keeps_what_was_written_before_it_failed_and_nothing_else) {
  test_support::FaultyLog log(make_memory_log());
  const std::vector<LogWrite> first{write(1, 1)};
  const std::vector<LogWrite> second{write(1, 2)};
  log.fail_next(test_support::FaultyLog::Fault::before_writing);
  EXPECT_FALSE(log.append(first).has_value());
  EXPECT_FALSE(log.append(first).has_value());  // until it is reopened
  ASSERT_TRUE(log.reopen().has_value());
  EXPECT_EQ(log.end(1), 0u);
  log.fail_next(test_support::FaultyLog::Fault::after_writing, 1);
  EXPECT_TRUE(log.append(first).has_value());
  EXPECT_FALSE(log.append(second).has_value());
  ASSERT_TRUE(log.reopen().has_value());
  EXPECT_EQ(log.end(1), 2u);
}

}  // namespace
}  // namespace highseas::eventstore
