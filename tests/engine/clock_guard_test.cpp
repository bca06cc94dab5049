// clock_guard_test — where the real clock may be wrong, sweeps wait until somebody says that it is right.
#include "engine/clock_guard.hpp"

#include <thread>

#include "sweeps.hpp"
#include "world.hpp"

namespace highseas::engine::tests {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

ClockDoubt doubt(World& world, base::Instant now) {
  const auto told = std::make_shared<std::promise<ClockDoubt>>();
  world.sequencer().on_strand([told, now](projections::State& state) { told->set_value(clock_doubt(state, now)); });
  return told->get_future().get();
}

TEST(ClockDoubt, is_of_a_start_more_than_an_hour_before_the_last_commit) {
  World world;
  ASSERT_TRUE(world.tell(World::customer("the last")).accepted());
  const auto recorded_at = [&] {
    const auto told = std::make_shared<std::promise<base::Instant>>();
    world.sequencer().on_strand([told](projections::State& state) { told->set_value(state.image().recorded_at()); });
    return told->get_future().get();
  }();
  EXPECT_EQ(doubt(world, recorded_at - kHourMs), ClockDoubt::none);
  EXPECT_EQ(doubt(world, recorded_at - (kHourMs + 1)), ClockDoubt::behind);
}

// The first `count` of many_customers.
std::string are_first(int count) {
  std::string names;
  for (int row = 0; row < count; ++row) names += (row == 0 ? "\"" : ", \"") + row_name(row) + "\"";
  return "name in [" + names + "]";
}

ClockDoubt doubt_of(int owned, int due) {
  World world;
  EXPECT_TRUE(world.tell(many_customers(owned)).accepted());
  EXPECT_EQ(doubt(world, real_now()), ClockDoubt::none);
  auto rule = rule_of_a_day(world);
  rule.draft.applies_when = are_first(due);
  EXPECT_TRUE(world.tell(rule).accepted());
  return doubt(world, real_now());
}

TEST(ClockDoubt, is_of_a_start_that_finds_more_than_a_fifth_of_the_owned_due) {
  EXPECT_EQ(doubt_of(110, 22), ClockDoubt::none);
  EXPECT_EQ(doubt_of(110, 23), ClockDoubt::much_due);
}

TEST(ClockDoubt, is_not_of_the_few_that_fall_due_in_a_small_company_over_a_weekend) {
  EXPECT_EQ(doubt_of(20, 20), ClockDoubt::none);
  EXPECT_EQ(doubt_of(21, 21), ClockDoubt::much_due);
}

TEST(ClockGuard, holds_after_a_step_of_more_than_an_hour_until_it_is_accepted) {
  ClockGuard guard(1'000);
  EXPECT_FALSE(guard.holds(1'000 + kHourMs));
  EXPECT_FALSE(guard.holds(1'000 - kHourMs));
  EXPECT_TRUE(guard.holds(1'001 + kHourMs));
  EXPECT_TRUE(guard.holds(1'000)) << "set back meanwhile";
  guard.accept(1'001 + kHourMs);
  EXPECT_FALSE(guard.holds(1'001 + kHourMs));
  EXPECT_TRUE(guard.holds(999));
}

TEST(ClockGuard, holds_what_it_was_told_to) {
  ClockGuard guard(0);
  guard.hold();
  EXPECT_TRUE(guard.holds(0));
  guard.accept(0);
  EXPECT_FALSE(guard.holds(0));
}

// Down for as long as it takes all customers to fall due: nobody can tell that from a clock that is wrong.
TEST_F(SweepsInRealTime, wait_after_a_start_that_finds_all_customers_due_until_the_clock_is_accepted) {
  own(21);
  ASSERT_EQ(release(world_).kind, ClockDone::Kind::done);
  world_.close();
  while (real_now() < due_) std::this_thread::yield();
  world_.open_in_real_time();
  EXPECT_EQ(world_.engine().warnings(), std::vector<std::string>{"clock-held"});
  const auto position = world_.position();
  for (int i = 0; i < 5; ++i) ASSERT_EQ(world_.position(), position);  // more steps than a sweep has
  ASSERT_TRUE(world_.tell(World::customer("served all the same")).accepted());
  EXPECT_EQ(times_recycled(world_), 0u);

  world_.engine().accept_clock();
  EXPECT_TRUE(world_.engine().warnings().empty());
  EXPECT_TRUE(world_.eventually([&](const auto& state) { return owned(state, world_.admin()) == 1; }));
  EXPECT_EQ(times_recycled(world_), 21u);
}

}  // namespace
}  // namespace highseas::engine::tests
