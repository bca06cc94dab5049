// threads — Boost.Asio's thread pools and strands; the only file that sees them.
#include "engine/threads.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <list>
#include <mutex>

namespace highseas::engine {

namespace asio = boost::asio;

struct Strand::Impl {
  asio::strand<asio::thread_pool::executor_type> executor;
  std::mutex mutex;
  std::list<asio::steady_timer> timers;  // guarded by mutex
  bool stopped = false;

  explicit Impl(asio::thread_pool& pool) : executor(asio::make_strand(pool)) {}

  void cancel_timers() {
    const std::lock_guard lock(mutex);
    stopped = true;
    for (auto& timer : timers) timer.cancel();
  }
};

void Strand::post(Work work) const {
  asio::post(impl_->executor, std::move(work));
}

void Strand::after(std::chrono::milliseconds wait, Work work) const {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->stopped) return;
  const auto timer = impl_->timers.emplace(impl_->timers.end(), impl_->executor, wait);
  timer->async_wait([impl = impl_, timer, work = std::move(work)](const boost::system::error_code& error) mutable {
    {
      const std::lock_guard guard(impl->mutex);
      impl->timers.erase(timer);
    }
    if (!error) work();
  });
}

struct Threads::Impl {
  asio::thread_pool strands;
  asio::thread_pool workers;
  std::mutex mutex;
  std::list<std::weak_ptr<Strand::Impl>> made;
  bool stopped = false;

  Impl(unsigned strand_threads, unsigned worker_threads) : strands(strand_threads), workers(worker_threads) {}
};

Threads::Threads(unsigned strand_threads, unsigned workers) : impl_(std::make_unique<Impl>(strand_threads, workers)) {}

Threads::~Threads() {
  stop();
}

Strand Threads::make_strand() {
  auto strand = std::make_shared<Strand::Impl>(impl_->strands);
  const std::lock_guard lock(impl_->mutex);
  impl_->made.push_back(strand);
  return Strand(strand);
}

void Threads::on_worker(Work work) {
  asio::post(impl_->workers, std::move(work));
}

void Threads::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->stopped) return;
    impl_->stopped = true;
    for (const auto& weak : impl_->made) {
      if (const auto strand = weak.lock()) strand->cancel_timers();
    }
  }
  impl_->workers.join();
  impl_->strands.join();
}

struct BoundedWorker::Impl {
  const std::size_t most_waiting;
  std::atomic<std::size_t> waiting{0};
  asio::thread_pool pool{1};

  explicit Impl(std::size_t most) : most_waiting(most) {}
};

BoundedWorker::BoundedWorker(std::size_t most_waiting) : impl_(std::make_unique<Impl>(most_waiting)) {}

BoundedWorker::~BoundedWorker() {
  stop();
}

bool BoundedWorker::post(Work work) {
  if (impl_->waiting.fetch_add(1) >= impl_->most_waiting) {
    --impl_->waiting;
    return false;
  }
  asio::post(impl_->pool, [impl = impl_.get(), work = std::move(work)]() mutable {
    work();
    --impl->waiting;
  });
  return true;
}

void BoundedWorker::stop() {
  impl_->pool.join();
}

}  // namespace highseas::engine
