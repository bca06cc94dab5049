// api_key_uses_test — when a key was used last, and from where it never was before.
#include "engine/api_key_uses.hpp"

#include <gtest/gtest.h>

#include "engine/network.hpp"
#include "eventstore/memory_log.hpp"

namespace highseas::engine::tests {
namespace {

using eventstore::Family;

constexpr base::Instant kStart{1'772'413'200'000};
constexpr base::ApiKeyId kKey{{.high = 1, .low = 7}};

class KeyUses : public testing::Test {
 protected:
  std::string stored() {
    std::string bytes;
    EXPECT_TRUE(store_->scan(Family::trail, "", [&](auto, auto value) { return bytes += value, true; }));
    return bytes;
  }
  std::unique_ptr<eventstore::SideStore> store_ = eventstore::make_memory_side_store();
  eventstore::Key seal_ = eventstore::system_random().key();
};

TEST_F(KeyUses, tell_the_last_one_and_an_address_that_is_new) {
  ApiKeyUses uses(*store_, eventstore::system_random());
  ASSERT_TRUE(uses.serve(1, seal_).has_value());
  EXPECT_EQ(uses.last_use(kKey), std::nullopt);
  EXPECT_TRUE(uses.used(1, kKey, "192.0.2.1", kStart));
  EXPECT_FALSE(uses.used(1, kKey, "192.0.2.1", kStart + 10));
  EXPECT_TRUE(uses.used(1, kKey, "192.0.2.2", kStart + 20));
  EXPECT_FALSE(uses.used(1, kKey, "192.0.2.1", kStart + 30));
  EXPECT_EQ(uses.last_use(kKey), kStart + 30);
}

TEST_F(KeyUses, are_written_once_a_minute_and_sealed) {
  ApiKeyUses uses(*store_, eventstore::system_random());
  ASSERT_TRUE(uses.serve(1, seal_).has_value());
  uses.used(1, kKey, "192.0.2.1", kStart);
  const auto first = stored();
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(first.find("192.0.2.1"), std::string::npos);
  for (int i = 1; i < 60; ++i) uses.used(1, kKey, "192.0.2.1", kStart + i * 1'000);
  EXPECT_EQ(stored(), first);
  uses.used(1, kKey, "192.0.2.1", kStart + 60'000);
  EXPECT_NE(stored(), first);
}

TEST_F(KeyUses, are_known_after_a_restart_to_the_minute) {
  {
    ApiKeyUses uses(*store_, eventstore::system_random());
    ASSERT_TRUE(uses.serve(1, seal_).has_value());
    uses.used(1, kKey, "2001:db8::1", kStart);
    uses.used(1, kKey, "2001:db8::1", kStart + 59'000);
  }
  ApiKeyUses uses(*store_, eventstore::system_random());
  ASSERT_TRUE(uses.serve(1, seal_).has_value());
  EXPECT_EQ(uses.last_use(kKey), kStart);
  EXPECT_FALSE(uses.used(1, kKey, "2001:db8::2", kStart + 60'000));  // of the same network
  EXPECT_TRUE(uses.used(1, kKey, "2001:db8:1::1", kStart + 60'000));
}

TEST_F(KeyUses, remember_so_many_networks_and_forget_the_oldest) {
  ApiKeyUses uses(*store_, eventstore::system_random());
  ASSERT_TRUE(uses.serve(1, seal_).has_value());
  const auto from = [](std::size_t number) { return "192.0.2." + std::to_string(number); };
  for (std::size_t i = 0; i <= kNetworksOfAKey; ++i) EXPECT_TRUE(uses.used(1, kKey, from(i), kStart));
  EXPECT_FALSE(uses.used(1, kKey, from(1), kStart));
  EXPECT_TRUE(uses.used(1, kKey, from(0), kStart));
}

TEST(Network, of_an_address_is_itself_or_the_first_64_bits) {
  EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("fe80::1%eth0"), "fe80::/64");
  EXPECT_EQ(network_of("local"), "local");
  EXPECT_EQ(network_of(""), "");
}

}  // namespace
}  // namespace highseas::engine::tests
