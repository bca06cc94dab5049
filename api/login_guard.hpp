// login_guard — slows down guessing by failures alone, per account and per address; nobody is locked out by a stranger.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/instant.hpp"

namespace highseas::api {

class LoginGuard {
 public:
  // How long to wait before the next try of this account from this address; nothing: go on. Times are real ones.
  // A known address of an account is judged by its own failures, so that others' tries do not keep its owner out.
  std::optional<std::int64_t> wait_ms(const std::string& account, const std::string& address, base::Instant now);
  void failed(const std::string& account, const std::string& address, base::Instant now);
  void succeeded(const std::string& account, const std::string& address);

 private:
  struct Failures {
    std::uint32_t count = 0;
    base::Instant last;
  };
  void forget_old(base::Instant now);

  std::mutex mutex_;
  std::unordered_map<std::string, Failures> failures_;  // by "account|address" and by "|address"
};

}  // namespace highseas::api
