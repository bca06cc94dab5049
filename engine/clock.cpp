// clock — reads the system's clock.
#include "engine/clock.hpp"

#include <time.h>

#include <chrono>

namespace highseas::engine {

base::Instant real_now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

std::int64_t real_clock_offset_ms() {
  timespec since_boot{};
  ::clock_gettime(CLOCK_BOOTTIME, &since_boot);
  return real_now().ms - (static_cast<std::int64_t>(since_boot.tv_sec) * 1'000 + since_boot.tv_nsec / 1'000'000);
}

base::Instant Clock::now() const {
  const std::lock_guard lock(mutex_);
  return test_time_ ? *test_time_ : real_now();
}

void Clock::set_test_time(std::optional<base::Instant> at) {
  const std::lock_guard lock(mutex_);
  test_time_ = at;
}

bool Clock::is_test() const {
  const std::lock_guard lock(mutex_);
  return test_time_.has_value();
}

}  // namespace highseas::engine
