// server_log — few commits, each waited for.
#include "engine/server_log.hpp"

#include <algorithm>

#include "engine/clock.hpp"
#include "engine/commit_bytes.hpp"
#include "projections/log_fold.hpp"

namespace highseas::engine {
namespace {

constexpr eventstore::WorkspaceNumber kServer = 0;

void fold(ServerFacts& facts, const domain::Commit& commit) {
  facts.position = commit.position;
  facts.time = commit.time;
  for (const auto& event : commit.content.events) {
    if (const auto* added = std::get_if<domain::WorkspaceAdded>(&event)) {
      facts.workspaces.push_back(*added);
    } else if (const auto* started = std::get_if<domain::TestClockStarted>(&event)) {
      facts.clock_is_test = true;
      facts.clock_at = started->at;
    } else if (const auto* advanced = std::get_if<domain::TestClockAdvanced>(&event)) {
      facts.clock_at = advanced->to;
    } else if (std::holds_alternative<domain::TestClockReleased>(event)) {
      facts.clock_is_test = false;
    }
  }
}

std::expected<ServerFacts, eventstore::ReadError> fold_all(const eventstore::Log& log, eventstore::KeyVault& vault) {
  ServerFacts facts;
  if (log.end(kServer) == 0) return facts;
  auto read = projections::for_each_commit(log, &vault, kServer, 1, 0, [&](projections::ReadCommit&& each) {
    fold(facts, each.commit);
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return facts;
}

}  // namespace

std::expected<std::unique_ptr<ServerLog>, eventstore::ReadError> ServerLog::open(const eventstore::Log& log,
                                                                                 eventstore::KeyVault& vault) {
  auto opened = std::unique_ptr<ServerLog>(new ServerLog);
  if (auto loaded = opened->reload(log, vault); !loaded) return std::unexpected(loaded.error());
  return opened;
}

ServerFacts ServerLog::facts() const {
  const std::lock_guard lock(mutex_);
  return facts_;
}

bool ServerLog::append(LogWriter& writer, domain::Actor actor, domain::Command command, domain::Events events,
                       base::CommandId id) {
  std::unique_lock lock(mutex_);
  // What is known here may rest on what was never written: nothing is numbered by it.
  if (failed_) return false;
  domain::Commit commit{.position = facts_.position + 1,
                        .time = std::max(real_now(), facts_.time),
                        .recorded_at = real_now(),
                        .actor = actor,
                        .command_id = id,
                        .correlation = std::nullopt,
                        .cause = std::nullopt,
                        .content = {.command = std::move(command), .events = std::move(events)}};
  fold(facts_, commit);
  writer.enqueue(commit_bytes(commit, kServer, base::WorkspaceId{}, domain::Workspace{}));
  const auto wanted = commit.position;
  told_.wait(lock, [&] { return durable_ >= wanted || failed_; });
  return durable_ >= wanted;
}

void ServerLog::durable_up_to(eventstore::Position position) {
  {
    const std::lock_guard lock(mutex_);
    durable_ = std::max(durable_, position);
  }
  told_.notify_all();
}

void ServerLog::failed() {
  {
    const std::lock_guard lock(mutex_);
    failed_ = true;
  }
  told_.notify_all();
}

std::expected<void, eventstore::ReadError> ServerLog::reload(const eventstore::Log& log, eventstore::KeyVault& vault) {
  auto facts = fold_all(log, vault);
  if (!facts) return std::unexpected(facts.error());
  const std::lock_guard lock(mutex_);
  facts_ = std::move(*facts);
  durable_ = facts_.position;
  failed_ = false;
  return {};
}

}  // namespace highseas::engine
