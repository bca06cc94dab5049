// login_guard — exponential back-off: the first five failures are free, then one second, two, four … up to fifteen
// minutes.
#include "api/login_guard.hpp"

#include <algorithm>

namespace highseas::api {
namespace {

constexpr std::uint32_t kFreeAccountFailures = 5;
constexpr std::uint32_t kFreeAddressFailures = 50;  // many people share an address
constexpr std::int64_t kLongestWaitMs = 15 * 60'000;
constexpr std::int64_t kForgetAfterMs = 24 * 3'600'000ll;
constexpr std::size_t kForgetAbove = 10'000;

std::int64_t wait_after(std::uint32_t failures, std::uint32_t free) {
  if (failures < free) return 0;
  const auto doublings = std::min(failures - free, 10u);
  return std::min(1000ll << doublings, static_cast<long long>(kLongestWaitMs));
}

}  // namespace

std::optional<std::int64_t> LoginGuard::wait_ms(const std::string& account, const std::string& address,
                                                base::Instant now) {
  const std::lock_guard lock(mutex_);
  std::int64_t longest = 0;
  const auto judge = [&](const std::string& key, std::uint32_t free) {
    const auto found = failures_.find(key);
    if (found == failures_.end()) return;
    longest = std::max(longest, found->second.last.ms + wait_after(found->second.count, free) - now.ms);
  };
  judge(account + "|" + address, kFreeAccountFailures);
  judge("|" + address, kFreeAddressFailures);
  if (longest <= 0) return std::nullopt;
  return longest;
}

void LoginGuard::failed(const std::string& account, const std::string& address, base::Instant now) {
  const std::lock_guard lock(mutex_);
  if (failures_.size() > kForgetAbove) forget_old(now);
  for (const auto& key : {account + "|" + address, "|" + address}) {
    auto& failures = failures_[key];
    ++failures.count;
    failures.last = now;
  }
}

void LoginGuard::succeeded(const std::string& account, const std::string& address) {
  const std::lock_guard lock(mutex_);
  failures_.erase(account + "|" + address);
}

void LoginGuard::forget_old(base::Instant now) {
  std::erase_if(failures_, [&](const auto& each) { return each.second.last + kForgetAfterMs < now; });
}

}  // namespace highseas::api
