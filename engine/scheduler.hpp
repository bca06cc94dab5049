// scheduler — what falls due is taken when it falls due: sweeps as commands of the recycler, in order, 500 records a
// commit.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/clock_guard.hpp"
#include "engine/sequencer.hpp"

namespace highseas::engine {

class Scheduler : public std::enable_shared_from_this<Scheduler> {
 public:
  Scheduler(std::weak_ptr<Sequencer> sequencer, Clock& clock, ClockGuard& guard)
      : sequencer_(std::move(sequencer)), clock_(clock), guard_(guard) {}

  // On the strand, after each commit and at the start: sets the timer, or sweeps at once. Not while a test clock
  // stands: its advance sweeps. Not while the guard holds: looked at again by the sequencer's start().
  void look(const projections::State& state);
  // From any thread: takes all that is due by now, after a sweep that is under way. `done` is called with false where a
  // sweep was refused or failed.
  void sweep(std::function<void(bool)> done);

 private:
  void begin();
  void step();
  void take(const projections::State& state);
  void end(bool well);
  void look_after(std::chrono::milliseconds wait);

  std::weak_ptr<Sequencer> sequencer_;
  Clock& clock_;
  ClockGuard& guard_;
  // Touched on the strand alone.
  std::optional<base::Instant> timer_for_;
  std::vector<std::function<void(bool)>> asked_;  // of the next sweep
  std::vector<std::function<void(bool)>> told_;   // of the one under way
  bool sweeping_ = false;
  // Where a sweep moved nothing of what is due: it is not tried again on the same state.
  std::optional<eventstore::Position> stuck_at_;
};

}  // namespace highseas::engine
