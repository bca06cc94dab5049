// sweeps — customers that a rule takes back after a day, on the test clock and in real time.
#pragma once

#include "projections/log_fold.hpp"
#include "world.hpp"

namespace highseas::engine::tests {

inline std::string row_name(int row) {
  const auto number = std::to_string(row);
  return "客户 " + std::string(5 - number.size(), '0') + number;
}

// In one commit, all owned by the admin.
inline domain::Command many_customers(int count) {
  domain::WriteRecords many{.form = kCustomers, .items = {}};
  for (int i = 0; i < count; ++i) {
    domain::RecordItem item;
    item.values = {{domain::shipped::customers::kName, row_name(i)}};
    many.items.push_back(std::move(item));
  }
  return many;
}

// Customers of a day without a follow-up go back to the pool.
inline domain::PublishRecycleRule rule_of_a_day(World& world) {
  domain::PublishRecycleRule publish;
  publish.draft.name = "一天";
  publish.draft.form = kCustomers;
  publish.draft.pools = {world.pool()};
  publish.draft.triggers = {{domain::TriggerType::no_follow_up, 1}};
  publish.judged_at = world.engine().clock().now();
  return publish;
}

inline ClockDone advance(World& world, base::Instant to) {
  const auto told = std::make_shared<std::promise<ClockDone>>();
  world.engine().advance_test_clock(world.admin(), to, [told](ClockDone done) { told->set_value(done); });
  return told->get_future().get();
}

inline ClockDone release(World& world) {
  const auto told = std::make_shared<std::promise<ClockDone>>();
  world.engine().release_test_clock(world.admin(), [told](ClockDone done) { told->set_value(done); });
  return told->get_future().get();
}

inline bool sweep(World& world) {
  const auto told = std::make_shared<std::promise<bool>>();
  world.engine().sweep(1, [told](bool well) { told->set_value(well); });
  return told->get_future().get();
}

inline std::size_t owned(const projections::State& state, base::MemberId member) {
  return state.owned(member, kCustomers, 10'000).size();
}

// By the log on disk.
inline std::uint64_t times_recycled(World& world) {
  std::uint64_t count = 0;
  const auto read =
      projections::for_each_commit(world.engine().log(), &world.engine().vault(), 1, 1, 0, [&](auto&& each) {
        for (const auto& event : each.commit.content.events) count += std::holds_alternative<domain::Recycled>(event);
        return true;
      });
  EXPECT_TRUE(read.has_value());
  return count;
}

// A company whose clock is released to real time a few seconds before its customers fall due.
class SweepsInRealTime : public testing::Test {
 protected:
  static constexpr std::int64_t kLeadMs = 3'000;

  void own(int count) {
    due_ = real_now() + kLeadMs;
    ASSERT_EQ(advance(world_, due_ - base::kMsPerDay).kind, ClockDone::Kind::done);
    ASSERT_TRUE(world_.tell(many_customers(count)).accepted());
    ASSERT_TRUE(world_.tell(rule_of_a_day(world_)).accepted());
    ASSERT_EQ(advance(world_, due_ - 1).kind, ClockDone::Kind::done);
    ASSERT_EQ(times_recycled(world_), 0u);
  }
  bool all_recycled() {
    return world_.eventually([&](const auto& state) { return owned(state, world_.admin()) == 0; });
  }

  World world_;
  base::Instant due_;
};

}  // namespace highseas::engine::tests
