// login_guard — slows down guessing by failures alone, per account and per address; nobody is locked out by a stranger.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/instant.hpp"

namespace highseas::api {

// Failures are counted by account and address, by account alone, and by address alone (of IPv6 the first 64 bits). Some
// are free; each more doubles the wait, up to a longest one; with time they are forgiven one by one. An address from
// which the account was logged in to before is judged by the failures of that account from there alone: whatever
// strangers try elsewhere, or a neighbour behind the same address, its owner gets in.
//
// In memory: a restart forgets all of it. Any thread may call it.
class LoginGuard {
 public:
  // How long to wait before the next try of this account from this address; nothing: go on. Times are real ones.
  std::optional<std::int64_t> wait_ms(const std::string& account, const std::string& address, base::Instant now);
  void failed(const std::string& account, const std::string& address, base::Instant now);
  void succeeded(const std::string& account, const std::string& address, base::Instant now);

  // What it remembers, for the bound on it.
  std::size_t remembered() const;

 private:
  struct Failures {
    std::uint32_t count = 0;
    base::Instant last;
  };
  void make_room(base::Instant now);

  mutable std::mutex mutex_;
  std::unordered_map<std::string, Failures> failures_;    // by "account|network", "account|" and "|network"
  std::unordered_map<std::string, base::Instant> known_;  // "account|network" of log-ins, and when the last was
};

}  // namespace highseas::api
