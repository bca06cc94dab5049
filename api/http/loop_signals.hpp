// loop_signals.hpp — what wakes an event loop besides its sockets: a call from another thread, and the clock.
#pragma once

#include <chrono>

namespace highseas::api::http {

/// Two descriptors that the loop polls for reading; closed with it.
class LoopSignals {
 public:
  LoopSignals() = default;
  ~LoopSignals();
  LoopSignals(const LoopSignals&) = delete;
  LoopSignals& operator=(const LoopSignals&) = delete;

  /// Once, before anything else; throws where no descriptors are left. The timer goes off every `period`.
  void open(std::chrono::milliseconds period);
  int wake_descriptor() const { return wake_; }
  int timer_descriptor() const { return timer_; }
  void wake() const;
  void take_wake() const;
  /// Whether the timer has gone off since it was asked last.
  bool take_timer() const;

 private:
  int wake_ = -1;
  int timer_ = -1;
};

}  // namespace highseas::api::http
