// clock_accept_test — POST /v1/clock/accept, and what /readyz says of a clock that nobody doubts.
#include <gtest/gtest.h>

#include "tests/support/api_world.hpp"

namespace highseas::test_support {
namespace {

TEST(ClockAccept, is_for_those_who_write_settings) {
  ApiWorld world;
  EXPECT_EQ(world.post(world.seller, "/v1/clock/accept", "").status, 403);
  EXPECT_EQ(world.post(world.manager, "/v1/clock/accept", "").status, 403);
  EXPECT_EQ(world.call("POST", "/v1/clock/accept").status, 401);
  const auto accepted = world.post(world.admin, "/v1/clock/accept", "");
  EXPECT_EQ(accepted.status, 200);
  EXPECT_EQ(accepted.string("/now"), "2026-03-02T01:00:00.000Z");
  EXPECT_EQ(world.post(world.admin, "/v1/clock/accept?dry_run=true", "").string("/would"), "accept");
}

TEST(ClockAccept, is_not_asked_for_on_a_test_clock) {
  ApiWorld world;
  const auto ready = world.call("GET", "/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(ready.size("/warnings"), 0u);
}

}  // namespace
}  // namespace highseas::test_support
