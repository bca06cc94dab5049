// clock_guard — keeps sweeps off while the real clock may be wrong, until somebody says that it is right: a clock that
// runs a year ahead would empty every seller's list in one night.
#pragma once

#include <cstdint>
#include <mutex>

#include "base/instant.hpp"
#include "projections/state.hpp"

namespace highseas::engine {

// Why a start does not trust the real clock, from what the workspace's log says.
enum class ClockDoubt : std::uint8_t {
  none,
  behind,    // more than an hour before the last commit was recorded
  much_due,  // more than 20 records and more than a fifth of all owned ones are due at once
};
ClockDoubt clock_doubt(const projections::State& state, base::Instant real_now);

// Any thread may call it.
class ClockGuard {
 public:
  // `offset_ms`: how far the real clock is ahead of the time since boot, which nobody sets.
  explicit ClockGuard(std::int64_t offset_ms) : offset_ms_(offset_ms) {}

  void hold();
  // Whether sweeps are kept off; that it is so since the clock stepped by more than an hour is noticed here.
  bool holds(std::int64_t offset_ms);
  // The clock is right as it is now.
  void accept(std::int64_t offset_ms);

 private:
  std::mutex mutex_;
  std::int64_t offset_ms_;  // guarded by mutex_; at the start, or when it was accepted
  bool held_ = false;       // guarded by mutex_
};

}  // namespace highseas::engine
