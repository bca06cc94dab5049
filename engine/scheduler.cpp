// scheduler — a timer for the next due instant; a sweep costs what is due, not what exists.
#include "engine/scheduler.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace highseas::engine {
namespace {

constexpr std::size_t kSweepRecords = 500;
constexpr std::int64_t kLongestTimerMs = 3'600'000;  // the clock may be set meanwhile
constexpr std::chrono::milliseconds kRetry{1'000};   // after a failure: the disk may have room again

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
  if (clock_.is_test() || sweeping_ || stuck_at_ == state.position()) return;
  const auto next = state.next_due();
  if (!next) return;
  const auto now = clock_.now();
  if (*next <= now) {
    if (!guard_.holds(real_clock_offset_ms())) begin();
    return;
  }
  if (timer_for_ && *timer_for_ <= *next && *timer_for_ > now) return;
  timer_for_ = *next;
  look_after(std::chrono::milliseconds(std::min(next->ms - now.ms, kLongestTimerMs)));
}

void Scheduler::look_after(std::chrono::milliseconds wait) {
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return;
  sequencer->strand().after(wait, [self = shared_from_this()] {
    self->timer_for_.reset();
    if (const auto still = self->sequencer_.lock()) {
      still->on_strand([self](projections::State& later) { self->look(later); });
    }
  });
}

void Scheduler::sweep(std::function<void(bool)> done) {
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return done(false);
  sequencer->on_strand(
      [self = shared_from_this(), done](projections::State&) {
        self->asked_.push_back(done);
        if (!self->sweeping_) self->begin();
      },
      [done](Failure) { done(false); });
}

void Scheduler::begin() {
  sweeping_ = true;
  told_ = std::exchange(asked_, {});
  step();
}

void Scheduler::step() {
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return end(false);
  sequencer->on_strand([self = shared_from_this()](projections::State& state) { self->take(state); },
                       [self = shared_from_this()](Failure) { self->end(false); });
}

void Scheduler::take(const projections::State& state) {
  auto command = due_records(state, clock_.now());
  if (command.records.empty()) return end(true);
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return end(false);
  auto render = [self = shared_from_this(), asked = command.records](const projections::State& now,
                                                                     const CommandOutcome& outcome) {
    // Between looking and deciding others may have moved the records or put them off; where they are still due and
    // none was taken, index and decision contradict each other, and going on would ask for ever.
    const bool stuck =
        outcome.kind != CommandOutcome::Kind::accepted && due_records(now, self->clock_.now()).records == asked;
    if (stuck) {
      spdlog::error("a sweep moved nothing of what is due: sweeping stops until the next commit");
      self->stuck_at_ = now.position();
    }
    return [self, stuck] { stuck ? self->end(false) : self->step(); };
  };
  sequencer->submit({.actor = {.kind = domain::ActorKind::recycler}, .command = std::move(command)}, std::move(render),
                    [self = shared_from_this()](Failure) { self->end(false); });
}

// Whoever asked meanwhile gets a sweep of her own: more may be due by her time.
void Scheduler::end(bool well) {
  sweeping_ = false;
  for (const auto& done : std::exchange(told_, {})) done(well);
  if (!asked_.empty()) return begin();
  if (!well) return look_after(kRetry);
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return;
  sequencer->on_strand([self = shared_from_this()](projections::State& later) { self->look(later); });
}

}  // namespace highseas::engine
