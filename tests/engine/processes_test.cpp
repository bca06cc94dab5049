// processes_test — jobs and sweeps go on after a failed write, with nothing lost and nothing twice.
#include <algorithm>

#include "eventstore/crypto.hpp"
#include "sweeps.hpp"
#include "world.hpp"

namespace highseas::engine::tests {
namespace {

using Fault = FaultyLog::Fault;

constexpr int kRows = 1'200;  // three chunks

// A file of that many customers in the engine's store, known to its log.
domain::StartImport import_of(World& world, int rows) {
  std::string csv = "name\n";
  for (int row = 0; row < rows; ++row) csv += row_name(row) + "\n";
  const base::FileId file{{7, 7}};
  EXPECT_TRUE(world.engine().files().store(file, csv).has_value());
  domain::FileAdded added{.file = file,
                          .added_by = world.admin(),
                          .size = csv.size(),
                          .media_type = "text/csv",
                          .sha256 = eventstore::sha256(csv),
                          .name = "customers.csv"};
  EXPECT_TRUE(world.tell(domain::AddFile{added}).accepted());
  return {.plan = {.file = file,
                   .form = kCustomers,
                   .pool = world.pool(),
                   .owner = {},
                   .columns = {domain::shipped::customers::kName}},
          .total = static_cast<std::uint64_t>(rows)};
}

bool all_jobs_succeeded(const projections::State& state) {
  const auto& jobs = state.image().jobs();
  return !jobs.empty() &&
         std::ranges::all_of(jobs, [](const auto& each) { return each.second->state == domain::JobState::succeeded; });
}

void expect_all_rows_once(World& world) {
  std::vector<std::string> expected;
  for (int row = 0; row < kRows; ++row) expected.push_back(row_name(row));
  EXPECT_EQ(world.names(), expected);
}

struct Failing {
  Fault fault;
  int commits;  // of the import that are written before
};

class AnImport : public testing::TestWithParam<Failing> {};

TEST_P(AnImport, goes_on_after_a_failed_write_with_no_row_lost_and_none_twice) {
  World world;
  const auto import = import_of(world, kRows);
  world.log().fail_next(GetParam().fault, GetParam().commits);
  auto told = world.tell(import, "import");
  ASSERT_TRUE(world.log().reopened(1));
  ASSERT_TRUE(world.recovered());
  if (told.failure) told = world.tell(import, "import");
  EXPECT_FALSE(told.failure);
  EXPECT_TRUE(world.eventually(all_jobs_succeeded));
  expect_all_rows_once(world);
  EXPECT_FALSE(world.ended());
}

INSTANTIATE_TEST_SUITE_P(AtEachCommit, AnImport,
                         testing::Values(Failing{Fault::before_writing, 0}, Failing{Fault::after_writing, 0},
                                         Failing{Fault::before_writing, 1}, Failing{Fault::after_writing, 1},
                                         Failing{Fault::before_writing, 2}, Failing{Fault::after_writing, 3},
                                         Failing{Fault::before_writing, 4}, Failing{Fault::after_writing, 4}));

TEST(AnImportOnAFullDisk, waits_for_room_and_goes_on_by_itself) {
  World world;
  const auto import = import_of(world, kRows);
  world.writes_with_room = 2;  // its start and its first chunk
  ASSERT_TRUE(world.tell(import).accepted());
  ASSERT_TRUE(world.eventually([&](const auto&) { return world.writes_without_room > 0; }));
  EXPECT_EQ(world.names().size(), 500u);
  world.writes_with_room = 1'000'000;
  EXPECT_TRUE(world.eventually(all_jobs_succeeded));
  expect_all_rows_once(world);
}

TEST(AnImport, cut_off_by_a_stop_goes_on_at_the_next_start) {
  World world;
  const auto import = import_of(world, kRows);
  world.writes_with_room = 2;
  ASSERT_TRUE(world.tell(import).accepted());
  ASSERT_TRUE(world.eventually([&](const auto&) { return world.writes_without_room > 0; }));
  world.close();
  world.writes_with_room = 1'000'000;
  world.open();
  EXPECT_TRUE(world.eventually(all_jobs_succeeded));
  expect_all_rows_once(world);
}

class ASweep : public testing::TestWithParam<Failing> {};

TEST_P(ASweep, of_the_test_clock_that_a_failed_write_cut_off_goes_on_with_the_next_advance) {
  World world;
  ASSERT_TRUE(world.tell(many_customers(900)).accepted());  // two commits of a sweep
  ASSERT_TRUE(world.tell(rule_of_a_day(world)).accepted());
  const auto to = world.engine().clock().now() + 2 * base::kMsPerDay;
  world.log().fail_next(GetParam().fault, GetParam().commits + 1);  // the clock's own commit comes first
  EXPECT_EQ(advance(world, to).kind, ClockDone::Kind::failed);
  ASSERT_TRUE(world.recovered());
  EXPECT_LT(world.engine().clock().now(), to);
  EXPECT_EQ(advance(world, to).kind, ClockDone::Kind::done);
  EXPECT_EQ(world.engine().clock().now(), to);
  EXPECT_TRUE(world.eventually([&](const auto& state) { return owned(state, world.admin()) == 0; }));
  EXPECT_EQ(times_recycled(world), 900u);
}

INSTANTIATE_TEST_SUITE_P(AtEachCommit, ASweep,
                         testing::Values(Failing{Fault::before_writing, 0}, Failing{Fault::after_writing, 0},
                                         Failing{Fault::before_writing, 1}, Failing{Fault::after_writing, 1}));

TEST_F(SweepsInRealTime, are_tried_again_after_a_failed_write) {
  own(3);
  world_.log().fail_next(Fault::before_writing, 1);  // after the clock's release
  ASSERT_EQ(release(world_).kind, ClockDone::Kind::done);
  ASSERT_TRUE(world_.log().reopened(1));
  EXPECT_TRUE(all_recycled());
  EXPECT_EQ(times_recycled(world_), 3u);
  EXPECT_FALSE(world_.ended());
}

TEST_F(SweepsInRealTime, wait_for_room_on_a_full_disk) {
  own(3);
  world_.writes_with_room = 0;  // of a workspace's own: the clock is the server's
  ASSERT_EQ(release(world_).kind, ClockDone::Kind::done);
  ASSERT_TRUE(world_.eventually([&](const auto&) { return world_.writes_without_room > 0; }));
  // Not as fast as it can: the disk stays full for hours.
  EXPECT_LT(world_.writes_without_room, 100);
  world_.writes_with_room = 1'000'000;
  EXPECT_TRUE(all_recycled());
  EXPECT_EQ(times_recycled(world_), 3u);
}

TEST_F(SweepsInRealTime, that_are_asked_for_beside_the_scheduler_s_own_are_no_error) {
  own(900);
  ASSERT_EQ(release(world_).kind, ClockDone::Kind::done);
  while (times_recycled(world_) == 0) EXPECT_TRUE(sweep(world_));
  EXPECT_TRUE(sweep(world_));
  EXPECT_TRUE(all_recycled());
  EXPECT_EQ(times_recycled(world_), 900u);
}

}  // namespace
}  // namespace highseas::engine::tests
