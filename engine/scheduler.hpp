// scheduler — what falls due is taken when it falls due: sweeps as commands of the recycler, in order, 500 records a
// commit.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "engine/sequencer.hpp"

namespace highseas::engine {

class Scheduler : public std::enable_shared_from_this<Scheduler> {
 public:
  Scheduler(std::weak_ptr<Sequencer> sequencer, Clock& clock) : sequencer_(std::move(sequencer)), clock_(clock) {}

  // On the strand, after each commit and at the start: sets the timer, or sweeps at once. Not while a test clock
  // stands: its advance sweeps.
  void look(const projections::State& state);
  // Takes all that is due by now; `done` is called with false where a sweep was refused or failed.
  void sweep(std::function<void(bool)> done);
  // Keeps sweeps off until the clock is accepted (log.md, Clocks).
  void hold(bool held) { held_ = held; }

 private:
  void step(std::function<void(bool)> done);

  std::weak_ptr<Sequencer> sequencer_;
  Clock& clock_;
  // Touched on the strand alone.
  std::optional<base::Instant> timer_for_;
  bool sweeping_ = false;
  bool held_ = false;
};

}  // namespace highseas::engine
