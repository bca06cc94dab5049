// log_writer — drains its queue whole: one client pays one sync, a thousand share it.
#include "engine/log_writer.hpp"

#include <map>

#include "base/assert.hpp"
#include "engine/clock.hpp"

namespace highseas::engine {
namespace {

constexpr std::int64_t kHeadIntervalMs = 1000;
constexpr std::chrono::milliseconds kIdleWait{250};

}  // namespace

LogWriter::LogWriter(eventstore::Log& log, eventstore::KeyVault& vault, eventstore::HeadFile* head, Tell tell)
    : writer_(log, vault), head_(head), tell_(std::move(tell)), thread_([this] { run(); }) {}

LogWriter::~LogWriter() {
  stop();
}

void LogWriter::enqueue(eventstore::PlainCommit commit) {
  {
    const std::lock_guard lock(mutex_);
    if (failed_) return;
    HS_ASSERT(!stopping_);
    queue_.push_back(std::move(commit));
  }
  wake_.notify_one();
}

std::expected<void, eventstore::OpenError> LogWriter::resume() {
  if (auto done = writer_.resync(); !done) return done;
  const std::lock_guard lock(mutex_);
  failed_ = false;
  return {};
}

void LogWriter::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void LogWriter::run() {
  std::vector<eventstore::PlainCommit> batch;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, kIdleWait, [this] { return !queue_.empty() || stopping_; });
      if (queue_.empty() && stopping_) break;
      batch.swap(queue_);
    }
    if (!batch.empty()) write(batch);
    batch.clear();
    flush_head_if_due();
  }
}

bool LogWriter::write(std::vector<eventstore::PlainCommit>& batch) {
  auto leaves = writer_.write(batch);
  if (!leaves) {
    {
      const std::lock_guard lock(mutex_);
      failed_ = true;
      queue_.clear();
    }
    tell_.failed(leaves.error());
    return false;
  }
  note_heads(batch, *leaves);
  std::map<eventstore::WorkspaceNumber, eventstore::Position> last;
  for (const auto& commit : batch) last[commit.workspace_number] = commit.meta.position;
  for (const auto& [workspace, position] : last) tell_.durable(workspace, position);
  return true;
}

void LogWriter::note_heads(const std::vector<eventstore::PlainCommit>& batch,
                           const std::vector<eventstore::Hash>& leaves) {
  if (!head_) return;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    head_->update(batch[i].workspace_number, batch[i].meta.position, leaves[i]);
  }
  head_changed_ = true;
}

// The head file is what tells a log that was cut from one that crashed; a second's delay is its whole risk (log.md).
void LogWriter::flush_head_if_due() {
  const auto now = real_now().ms;
  if (!head_changed_ || now - head_flushed_ms_ < kHeadIntervalMs) return;
  if (head_->flush()) {
    head_changed_ = false;
    head_flushed_ms_ = now;
  }
}

}  // namespace highseas::engine
