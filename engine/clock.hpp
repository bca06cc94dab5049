// clock — the two times: business time, which a test clock may hold still, and real time. The only room that reads one.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "base/instant.hpp"

namespace highseas::engine {

base::Instant real_now();
// How far the real clock is ahead of the time since boot, which nobody sets: where this changes, the clock was set.
std::int64_t real_clock_offset_ms();

// Business time: the real one, or the test clock's, which stands until it is advanced. Any thread may ask.
class Clock {
 public:
  base::Instant now() const;
  // The test clock, as its events say (workspace 0). Nothing: joined to real time.
  void set_test_time(std::optional<base::Instant> at);
  bool is_test() const;

 private:
  mutable std::mutex mutex_;
  std::optional<base::Instant> test_time_;
};

}  // namespace highseas::engine
