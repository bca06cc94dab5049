// failed_write_test — a write that fails: nobody was told anything that rested on it, and the server goes on with what
// is on disk.
#include "eventstore/commit_reader.hpp"
#include "eventstore/verify.hpp"
#include "world.hpp"

namespace highseas::engine::tests {
namespace {

using Kind = CommandOutcome::Kind;
using Fault = FaultyLog::Fault;
using Names = std::vector<std::string>;

bool is_ready(std::future<Told>& answer) {
  return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}
bool is_ready(std::future<Seen>& answer) {
  return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

// Each position once, in order, each head on the one before it; and every file of the directory whole.
void expect_whole_log(World& world) {
  const auto end = world.engine().log().end(1);
  eventstore::Position next = 1;
  eventstore::Hash before{};
  const auto read = eventstore::for_each_head(world.engine().log(), 1, 1, 0, [&](const auto& head, const auto& leaf) {
    EXPECT_EQ(head.meta.position, next++);
    EXPECT_EQ(head.previous_hash, before);
    before = leaf;
    return true;
  });
  EXPECT_TRUE(read.has_value());
  EXPECT_EQ(next, end + 1);
  EXPECT_EQ(world.position(), end);
  const auto data = world.data();
  world.close();
  const auto report = eventstore::verify({.data = data, .keys = "", .scratch = "", .progress = {}, .is_erased = {}});
  EXPECT_TRUE(report.clean()) << (report.damages.empty() ? "" : report.damages.front().what);
}

TEST(AFailedWrite, that_wrote_nothing_leaves_the_state_as_the_disk_has_it) {
  World world;
  ASSERT_TRUE(world.tell(World::customer("before")).accepted());
  const auto position = world.position();
  const auto state = world.dump();
  world.log().fail_next(Fault::before_writing);
  EXPECT_EQ(world.tell(World::customer("lost"), "key").failure, Failure::outcome_unknown);
  ASSERT_TRUE(world.recovered());
  EXPECT_EQ(world.dump(), state);
  EXPECT_EQ(world.names(), Names{"before"});

  const auto repeat = world.tell(World::customer("lost"), "key");
  EXPECT_EQ(repeat.kind, Kind::accepted);
  EXPECT_EQ(repeat.position, position + 1);
  const auto again = world.tell(World::customer("lost"), "key");
  EXPECT_EQ(again.kind, Kind::repeated);
  EXPECT_EQ(again.position, position + 1);
  EXPECT_EQ(world.names(), (Names{"before", "lost"}));
  EXPECT_FALSE(world.ended());
  expect_whole_log(world);
}

TEST(AFailedWrite, that_wrote_all_the_same_is_found_and_its_repeat_does_it_once) {
  World world;
  ASSERT_TRUE(world.tell(World::customer("before")).accepted());
  const auto position = world.position();
  world.log().fail_next(Fault::after_writing);
  EXPECT_EQ(world.tell(World::customer("written"), "key").failure, Failure::outcome_unknown);
  ASSERT_TRUE(world.recovered());
  EXPECT_EQ(world.names(), (Names{"before", "written"}));
  const auto repeat = world.tell(World::customer("written"), "key");
  EXPECT_EQ(repeat.kind, Kind::repeated);
  EXPECT_EQ(repeat.position, position + 1);
  EXPECT_EQ(world.names(), (Names{"before", "written"}));
  EXPECT_TRUE(world.tell(World::customer("after")).accepted());
  EXPECT_EQ(world.position(), position + 2);
  expect_whole_log(world);
}

TEST(AFailedWrite, is_heard_of_by_all_who_saw_what_it_would_have_written) {
  World world;
  const auto position = world.position();
  world.log().hold();
  auto write = world.submit(World::customer("lost"), "key");
  world.log().wait_until_one_waits();
  auto read = world.query();
  auto read_of_it = world.query(position + 1);
  auto scanned = world.scan();
  auto read_beyond = world.query(position + 100);
  auto second = world.submit(World::customer("lost too"));
  auto repeat = world.submit(World::customer("lost"), "key");
  domain::AddDepartment nameless;
  auto refused = world.submit(nameless);
  auto tried = world.submit(World::customer("tried"), "", true);
  ASSERT_EQ(world.position(), position + 2);  // all of them have been on the strand
  EXPECT_FALSE(is_ready(write) || is_ready(read) || is_ready(read_of_it) || is_ready(scanned) || is_ready(second) ||
               is_ready(repeat) || is_ready(refused) || is_ready(tried));
  world.log().fail_next(Fault::before_writing);
  world.log().release();

  EXPECT_EQ(write.get().failure, Failure::outcome_unknown);
  EXPECT_EQ(second.get().failure, Failure::outcome_unknown);
  EXPECT_EQ(repeat.get().failure, Failure::outcome_unknown);
  for (auto* answer : {&refused, &tried}) EXPECT_EQ(answer->get().failure, Failure::storage);
  for (auto* answer : {&read, &read_of_it, &scanned, &read_beyond}) EXPECT_EQ(answer->get().failure, Failure::storage);
  ASSERT_TRUE(world.recovered());
  EXPECT_EQ(world.names(), Names{});
  EXPECT_EQ(world.position(), position);
  expect_whole_log(world);
}

// A scan that began before the failure comes back when its position is another commit's, durable by then.
TEST(AFailedWrite, is_not_forgotten_by_a_slow_scan_that_saw_what_was_lost) {
  World world;
  const auto position = world.position();
  world.log().hold();
  auto write = world.submit(World::customer("lost"));
  world.log().wait_until_one_waits();
  std::promise<void> begun, go_on;
  auto scanned = world.scan([&, go = go_on.get_future().share()] {
    begun.set_value();
    go.wait();
  });
  begun.get_future().wait();
  world.log().fail_next(Fault::before_writing);
  world.log().release();
  EXPECT_EQ(write.get().failure, Failure::outcome_unknown);
  ASSERT_TRUE(world.recovered());
  ASSERT_EQ(world.tell(World::customer("another")).position, position + 1);
  go_on.set_value();
  EXPECT_EQ(scanned.get().failure, Failure::storage);
}

// What a busy strand decides on lost commits must not reach the disk behind the ones that are there.
TEST(AFailedWrite, opens_the_log_again_only_once_every_strand_knows) {
  World world;
  const auto position = world.position();
  world.log().hold();
  auto write = world.submit(World::customer("lost"));
  world.log().wait_until_one_waits();
  std::promise<void> begun, go_on;
  world.sequencer().on_strand([&, go = go_on.get_future().share()](projections::State&) {
    begun.set_value();
    go.wait();
  });
  begun.get_future().wait();
  auto decided_on_it = world.submit(World::customer("on what was lost"));
  world.log().fail_next(Fault::before_writing);
  world.log().release();
  EXPECT_FALSE(world.log().reopened(1, std::chrono::milliseconds(100)));
  go_on.set_value();
  EXPECT_EQ(write.get().failure, Failure::outcome_unknown);
  EXPECT_EQ(decided_on_it.get().failure, Failure::outcome_unknown);
  ASSERT_TRUE(world.recovered());
  EXPECT_EQ(world.tell(World::customer("next")).position, position + 1);
  EXPECT_FALSE(world.ended());
  expect_whole_log(world);
}

TEST(AFailedWrite, of_a_change_of_design_shows_the_design_to_nobody) {
  World world;
  domain::AddDepartment add;
  add.department.name = "华东";
  world.log().hold();
  auto write = world.submit(add);
  world.log().wait_until_one_waits();
  EXPECT_TRUE(world.sequencer().design()->departments.empty());
  world.log().fail_next(Fault::before_writing);
  world.log().release();
  EXPECT_EQ(write.get().failure, Failure::outcome_unknown);
  EXPECT_TRUE(world.sequencer().design()->departments.empty());
  ASSERT_TRUE(world.recovered());
  ASSERT_TRUE(world.tell(add).accepted());
  EXPECT_EQ(world.sequencer().design()->departments.size(), 1u);
}

TEST(AFailedWrite, for_want_of_space_is_recovered_from) {
  World world;
  world.log().fail_next(Fault::before_writing, 0, true);
  EXPECT_EQ(world.tell(World::customer("lost")).failure, Failure::outcome_unknown);
  ASSERT_TRUE(world.recovered());
  EXPECT_TRUE(world.tell(World::customer("kept")).accepted());
  EXPECT_FALSE(world.ended());
}

TEST(AFailedWrite, a_second_time_within_an_hour_ends_the_program) {
  World world;
  world.log().fail_next(Fault::before_writing);
  EXPECT_EQ(world.tell(World::customer("lost")).failure, Failure::outcome_unknown);
  ASSERT_TRUE(world.recovered());
  ASSERT_FALSE(world.ended());
  world.log().fail_next(Fault::before_writing);
  EXPECT_EQ(world.tell(World::customer("lost again")).failure, Failure::outcome_unknown);
  EXPECT_NE(world.fatal().find("twice within an hour"), std::string::npos);
  EXPECT_EQ(world.tell(World::customer("too late")).failure, Failure::storage);
  EXPECT_EQ(world.query().get().failure, Failure::storage);
  EXPECT_EQ(world.log().reopenings(), 1);
}

TEST(AFailedWrite, whose_log_does_not_open_again_ends_the_program) {
  World world;
  ASSERT_TRUE(world.tell(World::customer("kept")).accepted());
  world.log().fail_reopening(true);
  world.log().fail_next(Fault::before_writing);
  EXPECT_EQ(world.tell(World::customer("lost")).failure, Failure::outcome_unknown);
  EXPECT_NE(world.fatal().find("failed on command"), std::string::npos);
  EXPECT_EQ(world.tell(World::customer("too late")).failure, Failure::storage);
  world.close();
  world.open();
  EXPECT_EQ(world.names(), Names{"kept"});
  EXPECT_TRUE(world.tell(World::customer("after")).accepted());
}

TEST(AFailedWrite, of_the_server_s_own_log_leaves_the_test_clock_where_it_stood) {
  World world;
  const auto advance = [&](const char* to) {
    const auto told = std::make_shared<std::promise<ClockDone>>();
    world.engine().advance_test_clock(world.admin(), *base::parse_instant(to),
                                      [told](ClockDone done) { told->set_value(done); });
    return told->get_future().get();
  };
  const auto before = world.engine().clock().now();
  world.log().fail_next(Fault::before_writing);
  EXPECT_EQ(advance("2026-03-05T00:00:00Z").kind, ClockDone::Kind::failed);
  EXPECT_EQ(world.engine().clock().now(), before);
  ASSERT_TRUE(world.recovered());
  EXPECT_EQ(advance("2026-03-04T00:00:00Z").kind, ClockDone::Kind::done);
  EXPECT_EQ(world.engine().clock().now(), *base::parse_instant("2026-03-04T00:00:00Z"));
}

TEST(AFullDisk, refuses_writes_before_anything_is_tried_and_takes_them_once_there_is_room) {
  World world;
  ASSERT_TRUE(world.tell(World::customer("before")).accepted());
  const auto appends = world.log().appends();
  world.free_bytes = eventstore::kReserveBytes - 1;
  EXPECT_EQ(world.tell(World::customer("refused")).failure, Failure::storage);
  EXPECT_EQ(world.log().appends(), appends);
  EXPECT_FALSE(world.query().get().failure);
  EXPECT_FALSE(world.scan().get().failure);
  EXPECT_FALSE(world.submit(World::customer("tried"), "", true).get().failure);
  world.free_bytes = eventstore::kReserveBytes;
  EXPECT_TRUE(world.tell(World::customer("after")).accepted());
  EXPECT_EQ(world.log().reopenings(), 0);
}

}  // namespace
}  // namespace highseas::engine::tests
