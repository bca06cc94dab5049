// loop_signals.cpp — an eventfd and a timerfd.
#include "api/http/loop_signals.hpp"

#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace highseas::api::http {

LoopSignals::~LoopSignals() {
  for (const int descriptor : {wake_, timer_}) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

void LoopSignals::open(std::chrono::milliseconds period) {
  wake_ = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (wake_ < 0 || timer_ < 0) {
    throw std::runtime_error("no descriptors left for a reactor");
  }
  itimerspec spec{};
  spec.it_interval.tv_sec = period.count() / 1'000;
  spec.it_interval.tv_nsec = (period.count() % 1'000) * 1'000'000;
  spec.it_value = spec.it_interval;
  ::timerfd_settime(timer_, 0, &spec, nullptr);
}

void LoopSignals::wake() const {
  ::eventfd_write(wake_, 1);
}

void LoopSignals::take_wake() const {
  eventfd_t ignored = 0;
  ::eventfd_read(wake_, &ignored);
}

bool LoopSignals::take_timer() const {
  std::uint64_t ignored = 0;
  return ::read(timer_, &ignored, sizeof ignored) > 0;
}

}  // namespace highseas::api::http
