// bounds_test — what waits for the disk, for a position or to be read again is bounded: beyond it callers are told at
// once that there is too much, and what was taken is answered all the same.
#include "world.hpp"

namespace highseas::engine::tests {
namespace {

constexpr std::size_t kMost = 10'000;  // of each kind
constexpr std::size_t kMostBytes = 8u << 20;

template <class T>
bool is_ready(std::future<T>& answer) {
  return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

class Bounds : public testing::Test {
 protected:
  // From now on reads see a commit that is not on disk.
  void hold() {
    world.log().hold();
    written = world.submit(World::customer("on its way"));
    world.log().wait_until_one_waits();
  }
  // Of a query whose answer holds so much.
  std::future<std::optional<Failure>> read(std::size_t bytes, std::uint64_t min_position = 0, std::size_t held = 0) {
    const auto told = std::make_shared<std::promise<std::optional<Failure>>>();
    auto answer = told->get_future();
    world.sequencer().query(
        min_position,
        [told, bytes](const projections::State&) { return Answer{[told] { told->set_value(std::nullopt); }, bytes}; },
        [told](Failure failure) { told->set_value(failure); }, held);
    return answer;
  }
  std::future<std::optional<Failure>> scan(std::size_t bytes) {
    const auto told = std::make_shared<std::promise<std::optional<Failure>>>();
    auto answer = told->get_future();
    world.sequencer().scan(
        0,
        [told, bytes](const projections::Image&) { return Answer{[told] { told->set_value(std::nullopt); }, bytes}; },
        [told](Failure failure) { told->set_value(failure); });
    return answer;
  }
  void expect_answered(std::vector<std::future<std::optional<Failure>>>& taken) {
    for (auto& each : taken) EXPECT_EQ(each.get(), std::nullopt);
  }

  World world;
  std::future<Told> written;
};

TEST_F(Bounds, keep_no_more_reads_than_so_many_until_what_they_saw_is_durable) {
  hold();
  std::vector<std::future<std::optional<Failure>>> taken;
  for (std::size_t i = 0; i < kMost; ++i) taken.push_back(read(0));
  EXPECT_EQ(read(0).get(), Failure::overloaded);
  EXPECT_EQ(scan(0).get(), Failure::overloaded);
  EXPECT_FALSE(is_ready(taken.front()) || is_ready(taken.back()));
  world.log().release();
  EXPECT_TRUE(written.get().accepted());
  expect_answered(taken);
  EXPECT_EQ(read(0).get(), std::nullopt) << "there is room again";
}

TEST_F(Bounds, keep_no_more_bytes_of_reads_than_so_many) {
  hold();
  std::vector<std::future<std::optional<Failure>>> taken;
  taken.push_back(read(kMostBytes / 2));
  taken.push_back(scan(kMostBytes / 2));
  while (true) {  // the scan comes back from its worker when it likes
    auto more = read(1);
    if (world.position() != 0 && is_ready(more)) {
      EXPECT_EQ(more.get(), Failure::overloaded);
      break;
    }
    taken.push_back(std::move(more));
    ASSERT_LT(taken.size(), kMost);
  }
  world.log().release();
  expect_answered(taken);
}

TEST_F(Bounds, refuse_no_read_of_what_is_durable) {
  std::vector<std::future<std::optional<Failure>>> taken;
  for (int i = 0; i < 4; ++i) taken.push_back(read(kMostBytes));
  expect_answered(taken);
}

// Whoever floods the server with reads keeps nobody from writing, and the other way round.
TEST_F(Bounds, of_reads_and_writes_are_apart) {
  hold();
  std::vector<std::future<std::optional<Failure>>> taken;
  taken.push_back(read(kMostBytes));
  EXPECT_EQ(read(0).get(), Failure::overloaded);
  auto another = world.submit(World::customer("another"));
  ASSERT_NE(world.position(), 0u);
  EXPECT_FALSE(is_ready(another));
  world.log().release();
  EXPECT_TRUE(another.get().accepted());
  expect_answered(taken);
}

TEST_F(Bounds, let_only_so_many_wait_for_a_position_that_is_not_there_yet) {
  const auto next = world.position() + 1;
  std::vector<std::future<std::optional<Failure>>> taken;
  for (std::size_t i = 0; i < kMost; ++i) taken.push_back(read(0, next));
  EXPECT_EQ(read(0, next).get(), Failure::overloaded);
  EXPECT_EQ(read(0).get(), std::nullopt) << "one that waits for nothing";
  EXPECT_TRUE(world.tell(World::customer("awaited")).accepted());
  expect_answered(taken);
  EXPECT_EQ(read(0, next).get(), std::nullopt);
}

TEST_F(Bounds, count_what_those_hold_who_wait_for_a_position) {
  const auto next = world.position() + 1;
  std::vector<std::future<std::optional<Failure>>> taken;
  taken.push_back(read(0, next, kMostBytes));
  EXPECT_EQ(read(0, next).get(), Failure::overloaded);
  EXPECT_TRUE(world.tell(World::customer("awaited")).accepted());
  expect_answered(taken);
}

// Each is folded on a worker, out of the log.
TEST(ARepeat, is_one_of_so_many_at_once_and_the_others_are_told_to_come_again) {
  World world({.workers = 1});
  ASSERT_TRUE(world.tell(World::customer("once"), "key").accepted());
  std::promise<void> begun, go_on;
  auto held = world.scan([&, go = go_on.get_future().share()] {
    begun.set_value();
    go.wait();
  });
  begun.get_future().wait();
  std::vector<std::future<Told>> taken;
  for (int i = 0; i < 16; ++i) taken.push_back(world.submit(World::customer("once"), "key"));
  EXPECT_EQ(world.tell(World::customer("once"), "key").failure, Failure::overloaded);
  EXPECT_TRUE(world.tell(World::customer("another")).accepted()) << "the strand goes on meanwhile";
  go_on.set_value();
  for (auto& each : taken) EXPECT_EQ(each.get().kind, CommandOutcome::Kind::repeated);
  EXPECT_EQ(world.tell(World::customer("once"), "key").kind, CommandOutcome::Kind::repeated);
  EXPECT_FALSE(held.get().failure);
}

}  // namespace
}  // namespace highseas::engine::tests
