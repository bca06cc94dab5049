// process_limits.hpp — what a server asks of its process: descriptors for its sockets, and threads without signals.
#pragma once

#include <signal.h>

#include <cstddef>

namespace highseas::api::http {

/// Of the connections wished for, as many as there may be descriptors, with `reserved` left for all else (half of them
/// at most).
std::size_t connection_limit(std::size_t wished, std::size_t reserved);

/// Signals are for the program's own threads; those started meanwhile inherit the mask.
class SignalsBlocked {
 public:
  SignalsBlocked();
  ~SignalsBlocked();
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace highseas::api::http
