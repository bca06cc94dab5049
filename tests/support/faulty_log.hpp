// faulty_log — a log whose appends wait and fail on command, before or after the write reached the store beneath.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "eventstore/log.hpp"

namespace highseas::test_support {

class FaultyLog : public eventstore::Log {
 public:
  enum class Fault {
    none,
    before_writing,  // nothing of it is there after reopen()
    after_writing,   // all of it is there after reopen(), though the caller was told otherwise
  };

  explicit FaultyLog(std::unique_ptr<eventstore::Log> beneath) : beneath_(std::move(beneath)) {}

  // After `commits` more the append of the next one fails so; then every append fails until reopen(). Commits are
  // counted, for how many of them share an append depends on how busy the machine is.
  void fail_next(Fault fault, int commits = 0, bool out_of_space = false) {
    countdown_ = commits;
    out_of_space_ = out_of_space;
    fault_ = fault;
  }
  // reopen() fails as long as this is set.
  void fail_reopening(bool fail) { reopening_fails_ = fail; }

  // The appends that come from now on wait, before anything of them is done, until release().
  void hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
  }
  // Until an append waits.
  void wait_until_one_waits() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waits_; });
  }
  void release() {
    const std::lock_guard lock(mutex_);
    held_ = false;
    changed_.notify_all();
  }
  // Whether reopen() was called so many times, within so long.
  bool reopened(int times, std::chrono::milliseconds within = std::chrono::seconds(60)) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, within, [&] { return reopenings_ >= times; });
  }

  int appends() const { return appends_; }  // that reached the store beneath
  int reopenings() const { return reopenings_; }
  eventstore::Log& beneath() { return *beneath_; }

  std::expected<void, eventstore::AppendError> append(std::span<const eventstore::LogWrite> writes) override {
    pass_gate();
    if (broken_) return failure("an append failed; reopen the log");
    if (fault_ != Fault::none && is_due(writes.size())) {
      const Fault fault = fault_.exchange(Fault::none);
      if (fault == Fault::after_writing) {
        if (auto appended = beneath_->append(writes); !appended) return appended;
        ++appends_;
      }
      broken_ = true;
      return failure("failed on command");
    }
    auto appended = beneath_->append(writes);
    if (appended) ++appends_;
    return appended;
  }

  eventstore::Position end(eventstore::WorkspaceNumber workspace) const override { return beneath_->end(workspace); }
  std::vector<eventstore::WorkspaceNumber> workspaces() const override { return beneath_->workspaces(); }

  std::expected<std::vector<eventstore::StoredCommit>, eventstore::ReadError> read(
      eventstore::WorkspaceNumber workspace, eventstore::Position from, eventstore::ReadLimit limit) const override {
    return beneath_->read(workspace, from, limit);
  }
  std::expected<std::optional<std::string>, eventstore::ReadError> vault_entry(
      eventstore::WorkspaceNumber workspace, eventstore::Position position) const override {
    return beneath_->vault_entry(workspace, position);
  }
  std::expected<void, eventstore::ReadError> for_each_vault_entry(const VisitVault& visit) const override {
    return beneath_->for_each_vault_entry(visit);
  }

  std::expected<void, eventstore::OpenError> reopen() override {
    {
      const std::lock_guard lock(mutex_);
      ++reopenings_;
      changed_.notify_all();
    }
    if (reopening_fails_) {
      return std::unexpected(
          eventstore::OpenError{eventstore::OpenError::Kind::storage, {}, 0, "failed on command", {}});
    }
    auto opened = beneath_->reopen();
    if (opened) broken_ = false;
    return opened;
  }
  std::expected<void, eventstore::AppendError> flush() override {
    if (broken_) return failure("an append failed; reopen the log");
    return beneath_->flush();
  }
  eventstore::SideStore& side_store() override { return beneath_->side_store(); }

 private:
  std::unexpected<eventstore::AppendError> failure(std::string message) const {
    return std::unexpected(
        eventstore::AppendError{eventstore::AppendError::Kind::storage, 0, 0, std::move(message), out_of_space_});
  }

  bool is_due(std::size_t commits) {
    const int count = static_cast<int>(commits);
    return countdown_.fetch_sub(count) < count;
  }

  void pass_gate() {
    std::unique_lock lock(mutex_);
    if (!held_) return;
    waits_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !held_; });
    waits_ = false;
  }

  std::unique_ptr<eventstore::Log> beneath_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;   // guarded by mutex_
  bool waits_ = false;  // guarded by mutex_
  std::atomic<Fault> fault_ = Fault::none;
  std::atomic<int> countdown_ = 0;
  std::atomic<bool> out_of_space_ = false;
  std::atomic<bool> broken_ = false;
  std::atomic<bool> reopening_fails_ = false;
  std::atomic<int> appends_ = 0;
  std::atomic<int> reopenings_ = 0;
};

}  // namespace highseas::test_support
