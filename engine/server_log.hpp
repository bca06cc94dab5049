// server_log — the log of workspace 0: which workspaces this server holds, and its test clock.
#pragma once

#include <condition_variable>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "domain/commit_content.hpp"
#include "domain/refusal.hpp"
#include "engine/log_writer.hpp"
#include "eventstore/commit_reader.hpp"

namespace highseas::engine {

struct ServerFacts {
  eventstore::Position position = 0;
  base::Instant time;
  std::vector<domain::WorkspaceAdded> workspaces;
  bool clock_is_test = false;
  base::Instant clock_at;  // where the test clock was told to go last
};

class ServerLog {
 public:
  static std::expected<std::unique_ptr<ServerLog>, eventstore::ReadError> open(const eventstore::Log& log,
                                                                               eventstore::KeyVault& vault);

  ServerFacts facts() const;
  // Appends the events and waits until they are durable. Not from a strand. False: the store failed, or is being
  // reopened after it did.
  bool append(LogWriter& writer, domain::Actor actor, domain::Command command, domain::Events events,
              base::CommandId id);
  // Of the writer's thread.
  void durable_up_to(eventstore::Position position);
  void failed();
  // Folds again what is on disk.
  std::expected<void, eventstore::ReadError> reload(const eventstore::Log& log, eventstore::KeyVault& vault);

 private:
  ServerLog() = default;

  mutable std::mutex mutex_;
  std::condition_variable told_;
  ServerFacts facts_;                 // guarded by mutex_
  eventstore::Position durable_ = 0;  // guarded by mutex_
  bool failed_ = false;               // guarded by mutex_
};

}  // namespace highseas::engine
