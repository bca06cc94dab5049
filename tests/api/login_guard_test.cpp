// login_guard_test — how failures slow guessing down, and whom they do not. Time is the tests' own.
#include "api/login_guard.hpp"

#include <gtest/gtest.h>

#include <string>

namespace highseas::api_test {
namespace {

using api::LoginGuard;

constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;

const std::string kOwner = "zhou@example.com";
const std::string kHome = "192.0.2.1";
const std::string kElsewhere = "203.0.113.5";

std::string address(int number) {
  return "10." + std::to_string(number / 65'536) + "." + std::to_string(number / 256 % 256) + "." +
         std::to_string(number % 256);
}

class Guard : public testing::Test {
 protected:
  std::int64_t wait(const std::string& account, const std::string& from) {
    return guard_.wait_ms(account, from, now_).value_or(0);
  }
  void fail(int times, const std::string& account, const std::string& from) {
    for (int i = 0; i < times; ++i) guard_.failed(account, from, now_);
  }
  // As often as it is let, for so long; how often that was.
  int guesses(std::int64_t for_ms, const std::string& account, const std::string& from) {
    const auto end = now_ + for_ms;
    int count = 0;
    while (now_ < end) {
      now_.ms += std::max<std::int64_t>(wait(account, from), 50);
      guard_.failed(account, from, now_);
      ++count;
    }
    return count;
  }

  LoginGuard guard_;
  base::Instant now_{1'772'413'200'000};
};

TEST_F(Guard, lets_five_failures_pass_and_then_doubles_the_wait_up_to_a_quarter_of_an_hour) {
  fail(4, kOwner, kHome);
  EXPECT_EQ(wait(kOwner, kHome), 0);
  for (const std::int64_t seconds : {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
    fail(1, kOwner, kHome);
    EXPECT_EQ(wait(kOwner, kHome), seconds * kSecond);
  }
  now_.ms += 900 * kSecond - 1;
  EXPECT_EQ(wait(kOwner, kHome), 1);
  now_.ms += 1;
  EXPECT_EQ(wait(kOwner, kHome), 0);
}

TEST_F(Guard, forgets_an_accounts_failures_from_an_address_at_a_success_from_there) {
  fail(8, kOwner, kHome);
  guard_.succeeded(kOwner, kHome, now_);
  EXPECT_EQ(wait(kOwner, kHome), 0);
  fail(4, kOwner, kHome);
  EXPECT_EQ(wait(kOwner, kHome), 0);
}

// One mistyped now and then must not add up over the months.
TEST_F(Guard, forgives_with_time) {
  for (int day = 0; day < 365; ++day) {
    fail(2, kOwner, kHome);
    EXPECT_EQ(wait(kOwner, kHome), 0) << day;
    now_.ms += 24 * kHour;
  }
}

TEST_F(Guard, leaves_few_guesses_at_one_account_from_one_address) {
  EXPECT_LE(guesses(24 * kHour, kOwner, kElsewhere), 5 + 10 + 24 * 4);
}

TEST_F(Guard, slows_one_account_down_over_many_addresses) {
  for (int i = 0; i < 19; ++i) fail(1, kOwner, address(i));
  EXPECT_EQ(wait(kOwner, kElsewhere), 0);
  fail(1, kOwner, address(20));
  EXPECT_EQ(wait(kOwner, kElsewhere), kSecond);
  for (int i = 0; i < 1'000; ++i) fail(1, kOwner, address(i));
  EXPECT_EQ(wait(kOwner, kElsewhere), 30 * kSecond);  // and never longer: that may be its owner
}

TEST_F(Guard, slows_one_address_down_over_many_accounts) {
  for (int i = 0; i < 49; ++i) fail(1, "account" + std::to_string(i), kElsewhere);
  EXPECT_EQ(wait("another", kElsewhere), 0);
  fail(1, "account49", kElsewhere);
  EXPECT_EQ(wait("another", kElsewhere), kSecond);
  EXPECT_EQ(wait("another", kHome), 0);
}

TEST_F(Guard, takes_an_ipv6_network_for_one_address) {
  for (int i = 0; i < 50; ++i) fail(1, "account" + std::to_string(i), "2001:db8::" + std::to_string(i + 1));
  EXPECT_GT(wait("another", "2001:db8::abcd"), 0);
  EXPECT_EQ(wait("another", "2001:db8:0:1::1"), 0);
}

TEST_F(Guard, lets_no_stranger_lock_out_the_owner_who_was_there_before) {
  guard_.succeeded(kOwner, kHome, now_);
  for (int i = 0; i < 5'000; ++i) fail(1, kOwner, address(i));
  fail(500, "somebody@example.com", kHome);  // behind the same address
  EXPECT_GT(wait(kOwner, kElsewhere), 0);
  EXPECT_GT(wait("nobody@example.com", kHome), 0);
  EXPECT_EQ(wait(kOwner, kHome), 0);
  // What fails from there for her own account counts.
  fail(6, kOwner, kHome);
  EXPECT_EQ(wait(kOwner, kHome), 2 * kSecond);
}

TEST_F(Guard, lets_a_big_office_mistype_all_day_behind_one_address) {
  for (int i = 0; i < 8 * 30; ++i) {
    EXPECT_EQ(wait("colleague" + std::to_string(i), kHome), 0) << i;
    fail(1, "colleague" + std::to_string(i), kHome);
    now_.ms += 2 * kMinute;
  }
}

TEST_F(Guard, remembers_no_more_than_so_much_of_a_stranger_with_many_accounts_and_addresses) {
  std::size_t most = 0;
  for (int i = 0; i < 200'000; ++i) {
    fail(1, "account" + std::to_string(i), address(i));
    now_.ms += 10;
    if (i % 100 == 0) most = std::max(most, guard_.remembered());
  }
  EXPECT_LE(most, 30'003u);
  // The latest are among what is left.
  fail(5, kOwner, kElsewhere);
  EXPECT_GT(wait(kOwner, kElsewhere), 0);
}

}  // namespace
}  // namespace highseas::api_test
