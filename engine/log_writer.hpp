// log_writer — the one thread that writes: what all workspaces decided since the last sync goes to disk in one batch.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "eventstore/commit_writer.hpp"
#include "eventstore/data_directory.hpp"

namespace highseas::engine {

class LogWriter {
 public:
  struct Tell {
    // Everything of the workspace up to this position is on disk.
    std::function<void(eventstore::WorkspaceNumber, eventstore::Position)> durable;
    // Nothing that was given and not told as durable may be taken as written. Told once; then the writer takes
    // nothing until resume().
    std::function<void(eventstore::AppendError)> failed;
  };

  // `head` may be null (tests with a log in memory).
  LogWriter(eventstore::Log& log, eventstore::KeyVault& vault, eventstore::HeadFile* head, Tell tell);
  ~LogWriter();

  // From any thread. After a failure what is given is dropped: its strand knows already, or will.
  void enqueue(eventstore::PlainCommit commit);
  // Reopens the log and takes commits again. Called while nobody reads the log.
  std::expected<void, eventstore::OpenError> resume();
  // Writes what was given, then ends the thread and the head file's turn. Idempotent.
  void stop();

 private:
  void run();
  bool write(std::vector<eventstore::PlainCommit>& batch);
  void note_heads(const std::vector<eventstore::PlainCommit>& batch, const std::vector<eventstore::Hash>& leaves);
  void flush_head_if_due();

  eventstore::CommitWriter writer_;
  eventstore::HeadFile* head_;
  Tell tell_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<eventstore::PlainCommit> queue_;  // guarded by mutex_
  bool stopping_ = false;                       // guarded by mutex_
  bool failed_ = false;                         // guarded by mutex_
  std::int64_t head_flushed_ms_ = 0;
  bool head_changed_ = false;
  std::thread thread_;
};

}  // namespace highseas::engine
