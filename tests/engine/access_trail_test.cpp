// access_trail_test — what the trail keeps, what it counts, and what a stranger cannot do to it. Time is the tests'
// own.
#include "engine/access_trail.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "eventstore/memory_log.hpp"

namespace highseas::engine::tests {
namespace {

using eventstore::Family;
using enum AccessKind;

constexpr base::Instant kStart{1'772'413'200'000};
constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kHour = 3'600'000;

base::MemberId member(std::uint64_t number) {
  return base::MemberId{{.high = 1, .low = number}};
}

std::string address(int number) {
  return "10." + std::to_string(number / 65'536) + "." + std::to_string(number / 256 % 256) + "." +
         std::to_string(number % 256);
}

class Trail : public testing::Test {
 protected:
  Trail() { open({}); }

  void open(AccessTrailBounds bounds) {
    trail_ = std::make_unique<AccessTrail>(*store_, eventstore::system_random(), bounds);
    ASSERT_TRUE(trail_->serve(1, key_, now_).has_value());
  }
  void record(AccessKind kind, std::optional<base::MemberId> who, const std::string& from = "192.0.2.1") {
    trail_->record(1, {.kind = kind, .member = who, .address = from, .user_agent = "tests/1"}, now_);
  }
  AccessPage list(AccessQuery query = {.limit = 500}) { return trail_->list(1, query, now_).value_or(AccessPage{}); }
  std::vector<AccessKind> kinds() {
    std::vector<AccessKind> found;
    for (const auto& entry : list().entries) found.push_back(entry.kind);
    return found;
  }
  std::size_t stored(TrailPart part) {
    std::size_t count = 0;
    EXPECT_TRUE(store_->scan(Family::trail, trail_prefix(1, part), [&](auto, auto) { return ++count, true; }));
    return count;
  }

  std::unique_ptr<eventstore::SideStore> store_ = eventstore::make_memory_side_store();
  eventstore::Key key_ = eventstore::system_random().key();
  base::Instant now_ = kStart;
  std::unique_ptr<AccessTrail> trail_;
};

TEST_F(Trail, tells_what_was_done_and_what_failed_newest_first) {
  record(logged_in, member(1));
  now_.ms += kSecond;
  record(log_in_failed, std::nullopt, "192.0.2.9");
  now_.ms += kSecond;
  record(logged_out, member(1));
  EXPECT_EQ(kinds(), (std::vector{logged_out, log_in_failed, logged_in}));
  const auto failed = list().entries[1];
  EXPECT_EQ(failed.member, std::nullopt);
  EXPECT_EQ(failed.address, "192.0.2.9");
  EXPECT_EQ(failed.user_agent, "tests/1");
  EXPECT_EQ(failed.at, kStart + kSecond);
  EXPECT_EQ(failed.count, 1u);
}

TEST_F(Trail, is_the_same_after_a_restart_and_goes_on_behind_it) {
  for (int i = 0; i < 5; ++i) record(log_in_failed, member(1));
  record(logged_in, member(1));
  trail_->flush();
  const auto before = list().entries;
  open({});
  EXPECT_EQ(list().entries, before);
  now_.ms += kSecond;
  record(logged_out, member(1));
  EXPECT_EQ(kinds(), (std::vector{logged_out, logged_in, log_in_failed}));
}

TEST_F(Trail, counts_repeated_failures_in_one_entry_until_the_hour_is_over) {
  for (int i = 0; i < 1'000; ++i) {
    record(log_in_failed, member(1));
    now_.ms += kSecond;
  }
  auto entries = list().entries;
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].count, 1'000u);
  EXPECT_EQ(entries[0].at, kStart);
  EXPECT_EQ(entries[0].last_at, kStart + 999 * kSecond);
  now_ = kStart + kHour;
  record(log_in_failed, member(1));
  entries = list().entries;
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].count, 1u);
  EXPECT_EQ(entries[1].count, 1'000u);
}

TEST_F(Trail, tells_failures_of_other_accounts_addresses_and_kinds_apart) {
  for (int i = 0; i < 3; ++i) {
    record(log_in_failed, member(1), "192.0.2.1");
    record(log_in_failed, member(1), "192.0.2.2");
    record(log_in_failed, member(2), "192.0.2.1");
    record(log_in_failed, std::nullopt, "192.0.2.1");
    record(log_in_backed_off, member(1), "192.0.2.1");
  }
  const auto entries = list().entries;
  ASSERT_EQ(entries.size(), 5u);
  EXPECT_TRUE(std::ranges::all_of(entries, [](const auto& entry) { return entry.count == 3; }));
}

TEST_F(Trail, counts_a_whole_ipv6_network_as_one_address_and_then_names_none) {
  record(log_in_failed, member(1), "2001:db8::1");
  EXPECT_EQ(list().entries[0].address, "2001:db8::1");
  record(log_in_failed, member(1), "2001:db8::2");
  record(log_in_failed, member(1), "2001:db8:0:1::1");
  const auto entries = list().entries;
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].address, "2001:db8:0:1::1");
  EXPECT_EQ(entries[1].count, 2u);
  EXPECT_EQ(entries[1].address, "");
}

// A script that logs in for each of its requests.
TEST_F(Trail, gives_twenty_log_ins_an_hour_entries_of_their_own_and_counts_the_rest) {
  for (int i = 0; i < 100; ++i) record(logged_in, member(1));
  const auto entries = list().entries;
  ASSERT_EQ(entries.size(), 20u);
  EXPECT_EQ(entries[0].count, 81u);
  EXPECT_EQ(entries[1].count, 1u);
}

TEST_F(Trail, is_written_once_in_ten_seconds_however_often_somebody_fails) {
  record(log_in_failed, member(1));
  const auto stored_bytes = [&] {
    std::string bytes;
    EXPECT_TRUE(store_->scan(Family::trail, "", [&](auto, auto value) { return bytes += value, true; }));
    return bytes;
  };
  const auto first = stored_bytes();
  for (int i = 0; i < 100; ++i) {
    now_.ms += 50;
    record(log_in_failed, member(1));
  }
  EXPECT_EQ(stored_bytes(), first);
  now_.ms += 5 * kSecond;
  record(log_in_failed, member(1));
  EXPECT_NE(stored_bytes(), first);
}

TEST_F(Trail, is_not_filled_by_a_stranger_with_many_addresses_nor_are_real_entries_pushed_out) {
  open({.done = 50, .failures = 40, .windows = 30});
  record(logged_in, member(1));
  for (int i = 0; i < 10'000; ++i) {
    record(log_in_failed, i % 2 == 0 ? std::optional(member(1)) : std::nullopt, address(i));
    now_.ms += kSecond;
  }
  EXPECT_LE(stored(TrailPart::failures), 40u + 256u);  // it is trimmed now and then
  std::uint64_t counted = 0;
  for (const auto& entry : list({.limit = 500, .kind = log_in_failed}).entries) counted += entry.count;
  EXPECT_GT(counted, 1'000u);
  const auto real = list({.limit = 500, .kind = logged_in}).entries;
  ASSERT_EQ(real.size(), 1u);
  EXPECT_EQ(real[0].member, member(1));
}

TEST_F(Trail, forgets_the_addresses_where_there_are_too_many_and_loses_no_failure) {
  open({.windows = 10});
  for (int i = 0; i < 100; ++i) record(log_in_failed, member(1), address(i));
  const auto entries = list().entries;
  ASSERT_EQ(entries.size(), 11u);
  EXPECT_EQ(entries[0].address, "");
  EXPECT_EQ(entries[0].count, 90u);
}

TEST_F(Trail, keeps_the_newest_of_each_row) {
  open({.done = 300, .failures = 300});
  for (int i = 0; i < 1'000; ++i) {
    record(logged_in, member(static_cast<std::uint64_t>(i + 1)));
    now_.ms += kSecond;
  }
  open({.done = 300, .failures = 300});  // trims to the entry
  EXPECT_EQ(stored(TrailPart::done), 300u);
  const auto entries = list().entries;
  ASSERT_EQ(entries.size(), 300u);
  EXPECT_EQ(entries.front().member, member(1'000));
  EXPECT_EQ(entries.back().member, member(701));
}

TEST_F(Trail, drops_what_is_older_than_it_is_to_be_kept) {
  open({.keep_ms = 10 * kHour});
  for (int i = 0; i < 24; ++i) {
    record(logged_in, member(static_cast<std::uint64_t>(i + 1)));
    now_.ms += kHour;
  }
  EXPECT_EQ(list().entries.size(), 10u);
  EXPECT_LE(stored(TrailPart::done), 11u);
  now_.ms += 20 * kHour;
  EXPECT_EQ(list().entries.size(), 0u);  // on disk until the next one comes
}

TEST_F(Trail, pages_over_both_rows_without_skipping_or_repeating_while_more_comes_in) {
  for (int i = 0; i < 60; ++i) {
    record(i % 3 == 0 ? log_in_failed : logged_in, member(static_cast<std::uint64_t>(i + 1)));
    now_.ms += kSecond;
  }
  const auto all = list().entries;
  ASSERT_EQ(all.size(), 60u);
  std::vector<AccessEntry> seen;
  AccessQuery query{.limit = 7};
  for (int pages = 0; pages < 20; ++pages) {
    const auto page = list(query);
    seen.insert(seen.end(), page.entries.begin(), page.entries.end());
    if (!page.next) break;
    EXPECT_EQ(page.entries.size(), 7u);
    query.from = *page.next;
    record(logged_in, member(1'000 + static_cast<std::uint64_t>(pages)));
  }
  EXPECT_EQ(seen, all);
}

TEST_F(Trail, finds_by_member_and_kind) {
  for (int i = 0; i < 30; ++i) {
    record(logged_in, member(static_cast<std::uint64_t>(i % 3)));
    record(log_in_failed, member(static_cast<std::uint64_t>(i % 3)), address(i));
  }
  EXPECT_EQ(list({.limit = 500, .member = member(2)}).entries.size(), 20u);
  const auto page = list({.limit = 4, .member = member(2), .kind = log_in_failed});
  ASSERT_EQ(page.entries.size(), 4u);
  for (const auto& entry : page.entries) {
    EXPECT_EQ(entry.kind, log_in_failed);
    EXPECT_EQ(entry.member, member(2));
  }
  const auto rest = list({.limit = 500, .from = *page.next, .member = member(2), .kind = log_in_failed});
  EXPECT_EQ(rest.entries.size(), 6u);
  EXPECT_EQ(rest.next, std::nullopt);
}

TEST_F(Trail, holds_addresses_and_programs_sealed_and_refuses_what_was_changed) {
  record(log_in_failed, member(1), "192.0.2.77");
  std::string key, value;
  ASSERT_TRUE(store_->scan(Family::trail, "", [&](auto k, auto v) {
    key = k;
    value = v;
    return true;
  }));
  EXPECT_EQ(value.find("192.0.2.77"), std::string::npos);
  EXPECT_EQ(value.find("tests/1"), std::string::npos);
  ASSERT_TRUE(open_entry(key_, key, value).has_value());
  for (std::size_t at = 0; at < value.size(); ++at) {
    auto changed = value;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(open_entry(key_, key, changed).has_value()) << at;
  }
  EXPECT_FALSE(open_entry(key_, entry_key(1, TrailPart::failures, 2), value).has_value());  // nor one that was moved
}

TEST_F(Trail, of_one_workspace_is_not_anothers) {
  ASSERT_TRUE(trail_->serve(2, eventstore::system_random().key(), now_).has_value());
  record(logged_in, member(1));
  trail_->record(2, {.kind = logged_out, .member = member(2)}, now_);
  EXPECT_EQ(kinds(), std::vector{logged_in});
  EXPECT_EQ(trail_->list(2, {}, now_)->entries.size(), 1u);
}

TEST_F(Trail, takes_entries_of_a_clock_that_was_set_back_in_their_order) {
  record(logged_in, member(1));
  now_.ms -= kHour;
  record(logged_out, member(1));
  EXPECT_EQ(kinds(), (std::vector{logged_out, logged_in}));
}

// Fails where it is told to.
class FailingStore : public eventstore::SideStore {
 public:
  using Result = std::expected<void, eventstore::SideError>;
  bool fails = false;
  std::unique_ptr<eventstore::SideStore> real = eventstore::make_memory_side_store();

  std::expected<std::optional<std::string>, eventstore::SideError> get(Family family,
                                                                       std::string_view key) const override {
    return real->get(family, key);
  }
  Result put(Family family, std::string_view key, std::string_view value, bool synced) override {
    if (fails) return std::unexpected(eventstore::SideError{"no room", true});
    return real->put(family, key, value, synced);
  }
  Result erase(Family family, std::string_view key, bool synced) override { return real->erase(family, key, synced); }
  Result erase_range(Family family, std::string_view from, std::string_view to) override {
    return real->erase_range(family, from, to);
  }
  Result scan(Family family, std::string_view prefix, const Visit& visit, std::string_view from) const override {
    return real->scan(family, prefix, visit, from);
  }
};

TEST(TrailOnAFullDisk, loses_entries_but_no_count_and_goes_on_once_there_is_room) {
  FailingStore store;
  AccessTrail trail(store, eventstore::system_random());
  ASSERT_TRUE(trail.serve(1, eventstore::system_random().key(), kStart).has_value());
  const auto record = [&](AccessKind kind) { trail.record(1, {.kind = kind, .member = member(1)}, kStart); };
  record(log_in_failed);
  store.fails = true;
  record(log_in_failed);
  record(logged_in);
  EXPECT_EQ(trail.list(1, {}, kStart)->entries.size(), 1u);
  store.fails = false;
  record(logged_out);
  const auto page = trail.list(1, {}, kStart);
  ASSERT_EQ(page->entries.size(), 2u);
  EXPECT_EQ(page->entries[0].kind, logged_out);
  EXPECT_EQ(page->entries[1].count, 2u);
}

TEST(TrailKey, is_made_once_and_opens_under_the_servers_key_alone) {
  const auto store = eventstore::make_memory_side_store();
  auto& random = eventstore::system_random();
  const eventstore::ServerKey server_key(random.key());
  const auto made = trail_key(*store, server_key, random, 1);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(*trail_key(*store, server_key, random, 1), *made);
  EXPECT_NE(*trail_key(*store, server_key, random, 2), *made);
  EXPECT_FALSE(trail_key(*store, eventstore::ServerKey(random.key()), random, 1).has_value());
}

TEST(AccessKinds, have_names_that_are_read_back) {
  for (int number = 1; number <= 14; ++number) {
    const auto kind = static_cast<AccessKind>(number);
    EXPECT_EQ(access_kind_of(name_of(kind)), kind);
  }
  EXPECT_EQ(access_kind_of("logged_around"), std::nullopt);
}

}  // namespace
}  // namespace highseas::engine::tests
