// clock_guard — the rules of log.md, Clocks.
#include "engine/clock_guard.hpp"

#include <algorithm>
#include <cstdlib>

namespace highseas::engine {
namespace {

constexpr std::int64_t kStepMsMax = 3'600'000;
constexpr std::size_t kDuePartMax = 5;  // a fifth
// As many fall due in a small company over any weekend.
constexpr std::size_t kDueUndoubted = 20;

}  // namespace

ClockDoubt clock_doubt(const projections::State& state, base::Instant real_now) {
  if (real_now + kStepMsMax < state.image().recorded_at()) return ClockDoubt::behind;
  std::size_t owned = 0;
  for (const auto& [id, member] : state.workspace().members) owned += state.owned_count(id);
  // Those of a running backfill are its own and not among them.
  const auto enough = std::max(owned / kDuePartMax, kDueUndoubted);
  return state.due_until(real_now, enough + 1).size() > enough ? ClockDoubt::much_due : ClockDoubt::none;
}

void ClockGuard::hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

bool ClockGuard::holds(std::int64_t offset_ms) {
  const std::lock_guard lock(mutex_);
  if (std::abs(offset_ms - offset_ms_) > kStepMsMax) held_ = true;
  return held_;
}

void ClockGuard::accept(std::int64_t offset_ms) {
  const std::lock_guard lock(mutex_);
  offset_ms_ = offset_ms;
  held_ = false;
}

}  // namespace highseas::engine
