// world — an engine on a temporary directory whose log fails on command, and what was told to those who asked it.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/forms/shipped.hpp"
#include "engine/engine.hpp"
#include "tests/support/faulty_log.hpp"
#include "tests/support/temporary_directory.hpp"

namespace highseas::engine::tests {

using domain::shipped::kCustomers;
using test_support::FaultyLog;

// What somebody who asked was told: an outcome or a failure.
struct Told {
  std::optional<Failure> failure;
  CommandOutcome::Kind kind = CommandOutcome::Kind::nothing;
  std::uint64_t position = 0;
  domain::Events events;  // of the commit
  domain::RefusalCode refusal = domain::RefusalCode::none;

  bool accepted() const { return !failure && kind == CommandOutcome::Kind::accepted; }
};

// Of a query or a scan: the names of all customers, sorted.
struct Seen {
  std::optional<Failure> failure;
  std::vector<std::string> names;
};

// A company with an admin alone, its time standing. The same directory may be opened several times.
class World {
 public:
  struct Options {
    const char* now = "2026-03-02T01:00:00Z";
    unsigned workers = 2;  // one may be held by a scan while the other recovers
    CheckpointPace checkpoints;
  };
  World() : World(Options{}) {}
  explicit World(Options options);
  ~World();

  void open();
  void open_in_real_time();  // once the test clock was released
  void close();              // in order
  // A stop that nobody hears of: as after a crash, the next start finds what was durable, and no new checkpoint.
  void crash();

  Engine& engine() { return *engine_; }
  Sequencer& sequencer() { return *engine_->workspace(); }
  FaultyLog& log() { return *log_; }
  std::string data() const { return directory_ / "data"; }
  const base::MemberId& admin() const { return admin_; }
  base::PoolId pool() { return sequencer().design()->first_pool(kCustomers)->id; }
  domain::Actor actor() const { return {.kind = domain::ActorKind::member, .id = admin_.ulid, .on_behalf_of = {}}; }

  std::future<Told> submit(domain::Command command, const std::string& key = "", bool dry_run = false);
  Told tell(domain::Command command, const std::string& key = "") { return submit(std::move(command), key).get(); }
  static domain::Command customer(const std::string& name, std::optional<base::PoolId> pool = std::nullopt);

  std::future<Seen> query(std::uint64_t min_position = 0);
  // `first` runs on the worker, before the snapshot is read.
  std::future<Seen> scan(std::function<void()> first = {});
  std::vector<std::string> names() { return query().get().names; }
  std::uint64_t position();
  std::string dump();

  // Until the engine has recovered from its first failed write. False: not within a minute.
  bool recovered();
  // Asks again and again until it is so and on disk. False: not within a minute.
  bool eventually(const std::function<bool(const projections::State&)>& wanted);

  std::atomic<std::uint64_t> free_bytes{~0ull};
  // So many writes find that space, the later ones none, until it is set anew.
  std::atomic<int> writes_with_room{1'000'000'000};
  std::atomic<int> writes_without_room{0};
  // What was said when the store failed for good; waits for it.
  std::string fatal() { return fatal_.get_future().get(); }
  bool ended() const { return ended_; }

 private:
  void set_up();

  Options options_;
  test_support::TemporaryDirectory directory_;
  std::promise<std::string> fatal_;
  std::atomic<bool> ended_ = false;
  FaultyLog* log_ = nullptr;
  std::unique_ptr<Engine> engine_;
  base::MemberId admin_;
};

// The names of all customers, sorted.
std::vector<std::string> names_in(const projections::Image& image);

}  // namespace highseas::engine::tests
