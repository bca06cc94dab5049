// scheduler — a timer for the next due instant; a sweep costs what is due, not what exists.
#include "engine/scheduler.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace highseas::engine {
namespace {

constexpr std::size_t kSweepRecords = 500;
constexpr std::int64_t kLongestTimerMs = 3'600'000;  // the clock may be set meanwhile

// What is due by now, of one form: a command is about one.
domain::RecycleRecords due_records(const projections::State& state, base::Instant now) {
  domain::RecycleRecords command;
  for (const auto& entry : state.due_until(now, kSweepRecords)) {
    if (command.records.empty()) command.form = entry.form;
    if (entry.form == command.form) command.records.push_back(entry.record);
  }
  return command;
}

}  // namespace

void Scheduler::look(const projections::State& state) {
  if (clock_.is_test() || sweeping_ || held_) return;
  const auto next = state.next_due();
  if (!next) return;
  const auto now = clock_.now();
  if (*next <= now) {
    sweeping_ = true;
    step([self = shared_from_this()](bool) {
      if (const auto sequencer = self->sequencer_.lock()) {
        sequencer->on_strand([self](projections::State& later) {
          self->sweeping_ = false;
          self->look(later);
        });
      }
    });
    return;
  }
  if (timer_for_ && *timer_for_ <= *next && *timer_for_ > now) return;
  timer_for_ = *next;
  const auto wait = std::min(next->ms - now.ms, kLongestTimerMs);
  if (const auto sequencer = sequencer_.lock()) {
    sequencer->strand().after(std::chrono::milliseconds(wait), [self = shared_from_this()] {
      self->timer_for_.reset();
      if (const auto still = self->sequencer_.lock()) {
        still->on_strand([self](projections::State& later) { self->look(later); });
      }
    });
  }
}

void Scheduler::sweep(std::function<void(bool)> done) {
  step(std::move(done));
}

void Scheduler::step(std::function<void(bool)> done) {
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return done(false);
  sequencer->on_strand([self = shared_from_this(), done = std::move(done)](projections::State& state) mutable {
    auto command = due_records(state, self->clock_.now());
    if (command.records.empty()) return done(true);
    const auto due = self->sequencer_.lock();
    if (!due) return done(false);
    auto render = [self, done](const projections::State&, const CommandOutcome& outcome) mutable {
      const bool moved = outcome.kind == CommandOutcome::Kind::accepted;
      // Index and decision say the same by construction; going on would ask for ever.
      if (!moved) spdlog::error("a sweep moved nothing of what is due: sweeping stops until the next commit");
      return [self, done = std::move(done), moved]() mutable { moved ? self->step(std::move(done)) : done(false); };
    };
    due->submit({.actor = {.kind = domain::ActorKind::recycler}, .command = std::move(command)}, std::move(render),
                [done](Failure) mutable { done(false); });
  });
}

}  // namespace highseas::engine
