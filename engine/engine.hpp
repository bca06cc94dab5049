// engine — the running system: opens a data directory, recovers, carries workspaces, clocks, jobs and sweeps, and stops
// in order.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/access_trail.hpp"
#include "engine/api_key_uses.hpp"
#include "engine/audit_trees.hpp"
#include "engine/checkpoint_pace.hpp"
#include "engine/clock.hpp"
#include "engine/credentials.hpp"
#include "engine/sequencer.hpp"
#include "eventstore/data_directory.hpp"
#include "eventstore/sealed_files.hpp"

namespace highseas::engine {

struct EngineOptions {
  std::string data;
  std::string keys;                         // empty = DATA/keys
  std::optional<base::Instant> test_clock;  // on an empty directory: its time stands there
  unsigned strand_threads = 1;
  unsigned workers = 1;
  CheckpointPace checkpoints;
  // The store failed for good: a second time within an hour. The program ends.
  std::function<void(const std::string& why)> fatal;
  // For tests of failing and of full disks: puts something between the log and all who use it; measures the free space
  // at each write (empty: that of the file system, looked at five times a second).
  std::function<std::unique_ptr<eventstore::Log>(std::unique_ptr<eventstore::Log>)> wrap_log;
  eventstore::FreeSpace free_space;
};

// Why it does not start: for the operator's eyes.
struct StartError {
  std::string message;
  std::string remedy;
};

struct SetUp {
  std::string token;
  domain::OpenWorkspace open;
  std::string admin_password;  // checked by the caller
};

struct SetUpDone {
  enum class Kind : std::uint8_t { done, wrong_token, refused, failed, overloaded };
  Kind kind = Kind::failed;
  std::optional<domain::Refusal> refusal;
  base::MemberId admin;
  NewSession session;
};

struct ClockDone {
  enum class Kind : std::uint8_t { done, refused, failed, overloaded };
  Kind kind = Kind::failed;
  domain::RefusalCode refusal = domain::RefusalCode::none;
  base::Instant now;
};

class Engine {
 public:
  static std::expected<std::unique_ptr<Engine>, StartError> open(EngineOptions options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // The one workspace that is served yet; null before the set-up.
  std::shared_ptr<Sequencer> workspace() const;
  std::shared_ptr<Sequencer> workspace(eventstore::WorkspaceNumber number) const;

  // Whether it is the one-time token of the data directory, which stays as it was.
  bool is_set_up_token(std::string_view token) const;
  // Each calls back on some thread of the engine.
  void set_up(SetUp request, std::function<void(SetUpDone)> done);
  // Runs all that falls due on the way, in order.
  void advance_test_clock(base::MemberId admin, base::Instant to, std::function<void(ClockDone)> done);
  void release_test_clock(base::MemberId admin, std::function<void(ClockDone)> done);

  // The real clock is right: sweeps that were held back for doubt of it go on (log.md, Clocks).
  void accept_clock();

  // Takes what is due by now, which a test clock's workspace does at its advance alone. False: it was refused or
  // failed.
  void sweep(eventstore::WorkspaceNumber number, std::function<void(bool)> done);

  Clock& clock();
  Credentials& credentials();
  AccessTrail& access_trail();
  ApiKeyUses& api_key_uses();
  AuditTrees& audit_trees();
  eventstore::SealedFiles& files();
  const eventstore::Log& log() const;
  eventstore::KeyVault& vault();
  Threads& threads();
  // Passwords are hashed and checked here, one at a time: argon2 takes tens of milliseconds and 64 MiB. False: the
  // queue is full.
  bool on_password_thread(Work work);

  // What an operator should know though all is served ("clock-held" …).
  std::vector<std::string> warnings() const;
  bool needs_set_up() const;

  // Ends in order: what was taken is written, the head file covers it, no write-ahead log is left. Idempotent.
  void stop();

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace highseas::engine
