// checkpoints_test — a start from a checkpoint gives the state that a fold of the whole log gives; what does not fit is
// not used.
#include "engine/checkpoints.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "eventstore/data_directory.hpp"
#include "eventstore/memory_log.hpp"
#include "projections/canonical_dump.hpp"
#include "world.hpp"

namespace highseas::engine::tests {
namespace {

namespace fs = std::filesystem;

std::string read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

struct Start {
  std::string dump;
  eventstore::Position end = 0;
  eventstore::Position checkpoint = 0;
  std::uint64_t events = 0;
};

Start start_of(const Checkpoints& checkpoints) {
  const auto folded = checkpoints.fold(1);
  EXPECT_TRUE(folded.has_value());
  if (!folded) return {};
  return {projections::canonical_dump(*folded->state), folded->state->position(), folded->checkpoint, folded->events};
}

// What a start on the directory begins from; nobody may serve it meanwhile.
Start start_on(const std::string& data) {
  auto store = eventstore::open_store({.data = data, .keys = "", .check_files = false, .wrap_log = {}});
  EXPECT_TRUE(store.has_value());
  if (!store) return {};
  auto start = start_of(Checkpoints(store->layout.checkpoints(), *store->log, *store->vault));
  EXPECT_TRUE(store->close().has_value());
  return start;
}

Start start_without_checkpoints(const std::string& data) {
  const auto aside = data + "/checkpoints-aside";
  fs::rename(data + "/checkpoints", aside);
  auto start = start_on(data);
  fs::remove_all(data + "/checkpoints");
  fs::rename(aside, data + "/checkpoints");
  return start;
}

class CheckpointsOf : public testing::Test {
 protected:
  void write(int count) {
    for (int i = 0; i < count; ++i) {
      const auto name = "customer " + std::to_string(++customers_);
      const bool pooled = customers_ % 2 == 0;
      ASSERT_TRUE(
          world_.tell(World::customer(name, pooled ? std::optional(world_.pool()) : std::nullopt), name).accepted());
    }
  }
  std::string file(eventstore::Position position) const {
    return world_.data() + "/checkpoints/1/" + std::to_string(position);
  }

  World world_;
  int customers_ = 0;
};

TEST_F(CheckpointsOf, a_stop_spare_the_next_start_all_folding) {
  write(7);
  const auto state = world_.dump();
  const auto end = world_.position();
  world_.close();
  ASSERT_TRUE(fs::exists(file(end)));
  const auto start = start_on(world_.data());
  EXPECT_EQ(start.checkpoint, end);
  EXPECT_EQ(start.events, 0u);
  EXPECT_EQ(start.dump, state);
  EXPECT_EQ(start_without_checkpoints(world_.data()).dump, state);
}

TEST_F(CheckpointsOf, before_a_crash_leave_only_what_came_after_to_be_folded) {
  write(3);
  const auto first = world_.position();
  world_.close();
  world_.open();
  write(4);
  const auto state = world_.dump();
  world_.crash();
  const auto start = start_on(world_.data());
  EXPECT_EQ(start.checkpoint, first);
  EXPECT_EQ(start.end, first + 4);
  EXPECT_EQ(start.events, 4u);
  EXPECT_EQ(start.dump, state);
  world_.open();
  EXPECT_EQ(world_.dump(), state);
  EXPECT_EQ(world_.tell(World::customer("customer 2", world_.pool()), "customer 2").kind,
            CommandOutcome::Kind::repeated);
}

TEST_F(CheckpointsOf, a_state_that_nothing_was_added_to_are_not_written_again) {
  write(1);
  const auto end = world_.position();
  world_.close();
  const auto before = read_bytes(file(end));
  world_.open();
  world_.close();
  EXPECT_EQ(read_bytes(file(end)), before);
}

TEST_F(CheckpointsOf, which_a_byte_is_another_are_left_for_the_one_before) {
  write(3);
  const auto first = world_.position();
  world_.close();
  world_.open();
  write(3);
  const auto second = world_.position();
  const auto state = world_.dump();
  world_.close();
  ASSERT_EQ(start_on(world_.data()).checkpoint, second);

  auto bytes = read_bytes(file(second));
  for (const auto at : {std::size_t{0}, bytes.size() / 3, bytes.size() / 2, bytes.size() - 1}) {
    auto damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    write_bytes(file(second), damaged);
    const auto start = start_on(world_.data());
    EXPECT_EQ(start.checkpoint, first) << "byte " << at;
    EXPECT_EQ(start.dump, state);
  }
  write_bytes(file(first), "nothing of the kind");
  world_.open();
  EXPECT_EQ(world_.dump(), state);
  world_.close();
}

TEST_F(CheckpointsOf, another_version_of_the_fold_are_not_read) {
  write(3);
  const auto end = world_.position();
  const auto state = world_.dump();
  world_.close();
  {
    auto store = eventstore::open_store({.data = world_.data(), .keys = "", .check_files = false, .wrap_log = {}});
    ASSERT_TRUE(store.has_value());
    eventstore::CheckpointFiles files(store->layout.checkpoints(), store->vault->server_key());
    auto checkpoint = files.read(1, projections::checkpoint_version());
    ASSERT_TRUE(checkpoint.has_value());
    ASSERT_TRUE(files.write(1, "fold 0", *checkpoint).has_value());
    ASSERT_TRUE(store->close().has_value());
  }
  const auto start = start_on(world_.data());
  EXPECT_EQ(start.checkpoint, 0u);
  EXPECT_EQ(start.dump, state);
  // The next stop puts one of this version in its place.
  world_.open();
  world_.close();
  EXPECT_EQ(start_on(world_.data()).checkpoint, end);
}

// A log that was cut, by salvage say, ends before its newest checkpoint.
TEST_F(CheckpointsOf, a_log_that_went_further_are_not_used_for_one_that_ends_before) {
  write(3);
  const auto first = world_.position();
  world_.close();
  world_.open();
  write(3);
  const auto second = world_.position();
  world_.close();

  auto store = eventstore::open_store({.data = world_.data(), .keys = "", .check_files = false, .wrap_log = {}});
  ASSERT_TRUE(store.has_value());
  for (const auto end : {first - 1, first, second - 1}) {
    auto cut = eventstore::make_memory_log();
    const auto commits = store->log->read(1, 1, {.commits = end});
    ASSERT_TRUE(commits.has_value());
    for (const auto& commit : *commits) {
      const auto entry = store->log->vault_entry(1, commit.position).value();
      const eventstore::LogWrite write{commit, entry.value_or(""), {}};
      ASSERT_TRUE(cut->append({&write, 1}).has_value());
    }
    auto vault = eventstore::KeyVault::open(*cut, store->vault->server_key()).value();
    const auto start = start_of(Checkpoints(store->layout.checkpoints(), *cut, *vault));
    EXPECT_EQ(start.checkpoint, end < first ? 0u : first);
    EXPECT_EQ(start.end, end);
    EXPECT_EQ(start.dump, start_of(Checkpoints("/nowhere", *cut, *vault)).dump);
  }
}

// A backup that was restored goes on otherwise, with the checkpoints of what it was.
TEST_F(CheckpointsOf, a_log_that_went_on_otherwise_are_told_by_the_hash_of_their_commit) {
  write(2);
  const auto common = world_.position();
  world_.close();
  test_support::TemporaryDirectory aside;
  fs::copy(world_.data(), aside / "data", fs::copy_options::recursive);
  world_.open();
  ASSERT_TRUE(world_.tell(World::customer("of this past")).accepted());
  world_.close();
  fs::copy(world_.data() + "/checkpoints", aside / "checkpoints", fs::copy_options::recursive);

  fs::remove_all(world_.data());
  fs::copy(aside / "data", world_.data(), fs::copy_options::recursive);
  world_.open();
  ASSERT_TRUE(world_.tell(World::customer("of the other past")).accepted());
  const auto state = world_.dump();
  world_.close();
  ASSERT_EQ(start_on(world_.data()).checkpoint, common + 1);
  fs::remove_all(world_.data() + "/checkpoints");
  fs::copy(aside / "checkpoints", world_.data() + "/checkpoints", fs::copy_options::recursive);
  const auto start = start_on(world_.data());
  EXPECT_EQ(start.checkpoint, common);
  EXPECT_EQ(start.dump, state);
}

TEST(CheckpointsWhileServing, come_with_the_commits_and_are_of_what_is_on_disk) {
  World world({.checkpoints = {.commits = 4, .events = 1'000'000}});
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(world.tell(World::customer("customer " + std::to_string(i))).accepted());
  const auto pointer = world.data() + "/checkpoints/1/newest";
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!fs::exists(pointer) && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  ASSERT_TRUE(fs::exists(pointer));
  const auto state = world.dump();
  world.crash();
  const auto start = start_on(world.data());
  EXPECT_GT(start.checkpoint, 0u);
  EXPECT_LE(start.checkpoint, start.end);
  EXPECT_EQ(start.dump, state);
}

TEST(CheckpointsWhileServing, come_with_many_events_in_few_commits_too) {
  World world({.checkpoints = {.commits = 1'000'000, .events = 40}});
  domain::WriteRecords many{.form = kCustomers, .items = {}};
  for (int i = 0; i < 50; ++i) {
    domain::RecordItem item;
    item.values = {{domain::shipped::customers::kName, "customer " + std::to_string(i)}};
    many.items.push_back(std::move(item));
  }
  ASSERT_TRUE(world.tell(many).accepted());
  const auto pointer = world.data() + "/checkpoints/1/newest";
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!fs::exists(pointer) && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  EXPECT_TRUE(fs::exists(pointer));
}

// One whose position another commit takes after a failed write would be of a state that never was.
TEST(CheckpointsWhileServing, are_not_written_of_commits_that_the_disk_lost) {
  World world({.checkpoints = {.commits = 1'000'000, .events = 1}});
  ASSERT_TRUE(world.tell(World::customer("kept")).accepted());
  world.log().hold();
  auto lost = world.submit(World::customer("lost"));
  world.log().wait_until_one_waits();
  world.log().fail_next(FaultyLog::Fault::before_writing);
  world.log().release();
  EXPECT_EQ(lost.get().failure, Failure::outcome_unknown);
  ASSERT_TRUE(world.recovered());
  ASSERT_TRUE(world.tell(World::customer("another")).accepted());
  EXPECT_EQ(world.names(), (std::vector<std::string>{"another", "kept"}));
  const auto state = world.dump();
  world.crash();
  EXPECT_EQ(start_on(world.data()).dump, state);
}

}  // namespace
}  // namespace highseas::engine::tests
