// process_limits.cpp — getrlimit and the signal mask.
#include "api/http/process_limits.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace highseas::api::http {

std::size_t connection_limit(std::size_t wished, std::size_t reserved) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
    return wished;
  }
  const auto possible = static_cast<std::size_t>(limit.rlim_cur);
  return std::min(wished, possible - std::min(reserved, possible / 2));
}

SignalsBlocked::SignalsBlocked() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before_);
}

SignalsBlocked::~SignalsBlocked() {
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace highseas::api::http
