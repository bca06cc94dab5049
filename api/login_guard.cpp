// login_guard — exponential back-off on three scales, forgiven with time, in a bounded memory.
#include "api/login_guard.hpp"

#include <algorithm>
#include <vector>

#include "engine/network.hpp"

namespace highseas::api {
namespace {

struct Scale {
  std::uint32_t free;
  std::int64_t longest_ms;
  std::int64_t forgiven_ms;  // after each so much without a failure one is forgiven
};
constexpr std::int64_t kMinute = 60'000;
// One account from one address: who guesses on gets four tries an hour.
constexpr Scale kPair{.free = 5, .longest_ms = 15 * kMinute, .forgiven_ms = 15 * kMinute};
// One account from anywhere: its owner may be somewhere new among those who guess, so the wait stays short.
constexpr Scale kAccount{.free = 20, .longest_ms = kMinute / 2, .forgiven_ms = kMinute};
// All accounts from one address: many people may share it, and mistype.
constexpr Scale kAddress{.free = 50, .longest_ms = 15 * kMinute, .forgiven_ms = kMinute};

constexpr std::size_t kMostFailures = 30'000;
constexpr std::size_t kMostKnown = 50'000;

std::int64_t wait_after(std::uint32_t failures, const Scale& scale) {
  if (failures < scale.free) return 0;
  const auto doublings = std::min(failures - scale.free, 20u);
  return std::min<std::int64_t>(1000ll << doublings, scale.longest_ms);
}

std::uint32_t not_forgiven(std::uint32_t count, std::int64_t since_ms, const Scale& scale) {
  const auto forgiven = std::max<std::int64_t>(0, since_ms) / scale.forgiven_ms;
  return forgiven >= count ? 0 : count - static_cast<std::uint32_t>(forgiven);
}

// Keeps the newer half where there are more than `most`, so that this is paid once in many.
template <class Map, class Time>
void drop_oldest(Map& map, std::size_t most, Time time) {
  if (map.size() <= most) return;
  std::vector<base::Instant> times;
  times.reserve(map.size());
  for (const auto& [key, value] : map) times.push_back(time(value));
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  const auto oldest_kept = *middle;
  std::erase_if(map, [&](const auto& each) { return time(each.second) < oldest_kept; });
  if (map.size() > most) map.clear();  // all of one moment
}

struct Keys {
  std::string pair, account, address;
};

Keys keys_of(const std::string& account, const std::string& address) {
  const auto network = engine::network_of(address);
  return {account + "|" + network, account + "|", "|" + network};
}

}  // namespace

std::optional<std::int64_t> LoginGuard::wait_ms(const std::string& account, const std::string& address,
                                                base::Instant now) {
  const auto keys = keys_of(account, address);
  const std::lock_guard lock(mutex_);
  std::int64_t longest = 0;
  const auto judge = [&](const std::string& key, const Scale& scale) {
    const auto found = failures_.find(key);
    if (found == failures_.end()) return;
    longest = std::max(longest, found->second.last.ms + wait_after(found->second.count, scale) - now.ms);
  };
  judge(keys.pair, kPair);
  if (!known_.contains(keys.pair)) {
    judge(keys.account, kAccount);
    judge(keys.address, kAddress);
  }
  if (longest <= 0) return std::nullopt;
  return longest;
}

void LoginGuard::failed(const std::string& account, const std::string& address, base::Instant now) {
  const auto keys = keys_of(account, address);
  const std::lock_guard lock(mutex_);
  make_room(now);
  const auto count = [&](const std::string& key, const Scale& scale) {
    auto& failures = failures_[key];
    failures.count = not_forgiven(failures.count, now.ms - failures.last.ms, scale) + 1;
    failures.last = now;
  };
  count(keys.pair, kPair);
  count(keys.account, kAccount);
  count(keys.address, kAddress);
}

void LoginGuard::succeeded(const std::string& account, const std::string& address, base::Instant now) {
  const auto key = keys_of(account, address).pair;
  const std::lock_guard lock(mutex_);
  failures_.erase(key);
  known_[key] = now;
  drop_oldest(known_, kMostKnown, [](base::Instant last) { return last; });
}

std::size_t LoginGuard::remembered() const {
  const std::lock_guard lock(mutex_);
  return failures_.size() + known_.size();
}

void LoginGuard::make_room(base::Instant now) {
  if (failures_.size() < kMostFailures) return;
  std::erase_if(failures_, [&](const auto& each) {
    // The scale that forgives the least: whatever it belongs to, nothing of it is left.
    return not_forgiven(each.second.count, now.ms - each.second.last.ms, kPair) == 0;
  });
  drop_oldest(failures_, kMostFailures / 2, [](const Failures& failures) { return failures.last; });
}

}  // namespace highseas::api
