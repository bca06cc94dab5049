// threads — strands, workers and timers over one Asio pool each; the only place where threads of the engine begin.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace highseas::engine {

using Work = std::move_only_function<void()>;

// Runs one piece of work after another, in the order in which they were posted, on some thread of the pool.
class Strand {
 public:
  void post(Work work) const;
  // After so much real time, then on the strand; never early. Not cancelled: the work asks whether it is still wanted.
  void after(std::chrono::milliseconds wait, Work work) const;

 private:
  friend class Threads;
  struct Impl;
  explicit Strand(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Impl> impl_;
};

class Threads {
 public:
  // `strand_threads` carry all strands; `workers` what takes longer than a millisecond.
  Threads(unsigned strand_threads, unsigned workers);
  ~Threads();
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  Strand make_strand();
  void on_worker(Work work);
  // Lets what was posted finish, timers apart, and joins. Nothing may be posted after it.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// One thread of its own for work that may wait or take long, with a bound on how much of it queues.
class BoundedWorker {
 public:
  explicit BoundedWorker(std::size_t most_waiting);
  ~BoundedWorker();
  BoundedWorker(const BoundedWorker&) = delete;
  BoundedWorker& operator=(const BoundedWorker&) = delete;

  // False: that many wait already, and the work is dropped.
  bool post(Work work);
  // Lets what was posted finish, and joins. Nothing may be posted after it.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace highseas::engine
