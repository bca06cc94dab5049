// engine_impl — what the engine is made of; its parts are in engine.cpp, set_up.cpp and test_clock.cpp.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/checkpoints.hpp"
#include "engine/clock_guard.hpp"
#include "engine/engine.hpp"
#include "engine/jobs/job_runner.hpp"
#include "engine/scheduler.hpp"
#include "engine/server_log.hpp"

namespace highseas::engine {

struct Engine::Impl {
  struct Served {
    eventstore::WorkspaceNumber number = 0;
    std::shared_ptr<Sequencer> sequencer;
    std::shared_ptr<Scheduler> scheduler;
    std::shared_ptr<JobRunner> jobs;
    std::shared_ptr<CheckpointKeeper> checkpoints;
  };

  Impl(EngineOptions given, eventstore::Store opened);

  // --- engine.cpp
  std::optional<Served> find(eventstore::WorkspaceNumber number) const;
  std::vector<Served> all() const;
  std::uint64_t random();
  base::CommandId fresh_command() { return base::CommandId{{random(), random()}}; }
  bool room();
  std::expected<void, StartError> start();
  void start_writer();
  void tell_of_a_new_signing_key() const;
  std::expected<std::string, StartError> secret_of(eventstore::WorkspaceNumber number);
  void write_decision_basis(const Served& one) const;
  std::expected<void, StartError> serve_access(eventstore::WorkspaceNumber number);
  std::expected<void, StartError> serve(eventstore::WorkspaceNumber number, base::WorkspaceId id);
  void end_sessions_of_leaving(eventstore::WorkspaceNumber number, base::MemberId member,
                               std::optional<base::MemberId> by);
  void after_commit(const Served& one, const projections::State& now, const domain::Commit* commit);
  void guard_the_clock(const projections::State& state);
  void on_failed(const eventstore::AppendError& error);
  void fail_for_good(const std::string& why);
  void recover();
  void stop();

  // --- set_up.cpp
  std::expected<void, StartError> offer_set_up();
  bool is_set_up_token(std::string_view token) const;
  SetUpDone set_up(const SetUp& request);
  std::optional<domain::WorkspaceAdded> workspace_to_set_up();
  SetUpDone open_workspace(Sequencer& sequencer, const SetUp& request);

  // --- test_clock.cpp
  std::expected<void, StartError> start_clock();
  bool run_clock_to(base::Instant to);
  std::optional<base::Instant> next_due_of_all();
  ClockDone advance(base::MemberId admin, base::Instant to);
  ClockDone release(base::MemberId admin);
  // Nothing: it may be done.
  std::optional<ClockDone> clock_refusal(base::MemberId admin, const domain::Command& command);

  EngineOptions options;
  eventstore::Store store;
  Clock clock;
  ClockGuard guard{real_clock_offset_ms()};
  std::unique_ptr<Threads> threads;
  BoundedWorker passwords;
  // Server-wide commands that wait for others: running the test clock on may take minutes, and no log-in waits for it.
  BoundedWorker clock_work;
  std::unique_ptr<Checkpoints> checkpoints;
  std::unique_ptr<Credentials> credentials;
  std::unique_ptr<AccessTrail> access_trail;
  std::unique_ptr<ApiKeyUses> api_key_uses;
  std::unique_ptr<AuditTrees> audit_trees;
  std::unique_ptr<eventstore::SealedFiles> files;
  std::unique_ptr<ServerLog> server_log;
  std::unique_ptr<LogWriter> writer;
  std::atomic<std::int64_t> room_checked_ms{0};
  std::atomic<bool> has_room{true};
  std::int64_t failed_at_ms = 0;  // the writer's thread alone
  mutable std::mutex mutex;
  std::map<eventstore::WorkspaceNumber, Served> served;  // guarded by mutex
  bool stopped = false;
};

// Asks on the strand and waits, so never from one. Nothing where the store has failed.
template <class Answer>
std::optional<Answer> ask(Sequencer& sequencer, std::function<Answer(projections::State&)> question) {
  auto told = std::make_shared<std::promise<std::optional<Answer>>>();
  auto answer = told->get_future();
  sequencer.on_strand(
      [told, question = std::move(question)](projections::State& state) { told->set_value(question(state)); },
      [told](Failure) { told->set_value(std::nullopt); });
  return answer.get();
}

}  // namespace highseas::engine
