// engine — wiring: store, writer, one sequencer a workspace with its scheduler and jobs, recovery after a failed write.
#include "engine/engine.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <future>
#include <map>
#include <mutex>

#include "domain/workspace/open_workspace.hpp"
#include "domain/workspace/server_decider.hpp"
#include "engine/jobs/job_runner.hpp"
#include "engine/scheduler.hpp"
#include "engine/server_log.hpp"
#include "eventstore/passwords.hpp"
#include "projections/log_fold.hpp"

namespace highseas::engine {
namespace {

constexpr std::int64_t kRecoveryIntervalMs = 3'600'000;  // a second failure within it ends the program
constexpr std::size_t kPasswordQueueMax = 64;
constexpr std::int64_t kRoomCheckMs = 200;

StartError start_error(const eventstore::OpenError& error) {
  return {eventstore::describe(error), error.remedy};
}
StartError start_error(const eventstore::ReadError& error) {
  return {eventstore::describe(error), error.remedy};
}

std::string secret_key(eventstore::WorkspaceNumber number) {
  return "workspace-secret/" + std::to_string(number);
}

// Written whole under a name of its own first, readable by the owner alone.
bool write_private_file(const std::string& path, const std::string& text) {
  const auto fresh = path + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  return written && std::rename(fresh.c_str(), path.c_str()) == 0;
}

std::optional<std::string> read_line(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  if (!in || !std::getline(in, line)) return std::nullopt;
  return line;
}

}  // namespace

struct Engine::Impl {
  struct Served {
    std::shared_ptr<Sequencer> sequencer;
    std::shared_ptr<Scheduler> scheduler;
    std::shared_ptr<JobRunner> jobs;
  };

  EngineOptions options;
  eventstore::Store store;
  Clock clock;
  std::unique_ptr<Threads> threads;
  std::unique_ptr<Threads> password_threads;
  std::unique_ptr<Credentials> credentials;
  std::unique_ptr<eventstore::SealedFiles> files;
  std::unique_ptr<ServerLog> server_log;
  std::unique_ptr<LogWriter> writer;
  std::atomic<std::size_t> passwords_waiting{0};
  std::atomic<std::int64_t> room_checked_ms{0};
  std::atomic<bool> has_room{true};
  std::int64_t failed_at_ms = 0;
  mutable std::mutex mutex;
  std::map<eventstore::WorkspaceNumber, Served> served;  // guarded by mutex
  std::vector<std::string> warnings;                     // guarded by mutex
  bool stopped = false;

  Impl(EngineOptions given, eventstore::Store opened) : options(std::move(given)), store(std::move(opened)) {}

  std::optional<Served> find(eventstore::WorkspaceNumber number) const {
    const std::lock_guard lock(mutex);
    const auto found = served.find(number);
    if (found == served.end()) return std::nullopt;
    return found->second;
  }

  std::vector<Served> all() const {
    const std::lock_guard lock(mutex);
    std::vector<Served> each;
    for (const auto& [number, one] : served) each.push_back(one);
    return each;
  }

  std::uint64_t random() {
    std::array<std::uint8_t, 8> bytes{};
    store.vault->random().fill(bytes);
    std::uint64_t value = 0;
    for (const auto byte : bytes) value = value << 8 | byte;
    return value;
  }

  bool room() {
    const auto now = real_now().ms;
    if (now - room_checked_ms.load() >= kRoomCheckMs) {
      room_checked_ms = now;
      has_room = eventstore::has_room(store.layout.root);
    }
    return has_room;
  }

  void start_writer();
  void on_failed(const eventstore::AppendError& error);
  void recover();
  std::expected<std::unique_ptr<projections::State>, eventstore::ReadError> fold(eventstore::WorkspaceNumber number);
  std::expected<void, StartError> serve(eventstore::WorkspaceNumber number, base::WorkspaceId id);
  std::expected<std::string, StartError> secret_of(eventstore::WorkspaceNumber number);
  std::expected<void, StartError> start_clock();
  std::expected<void, StartError> offer_set_up();
  bool run_clock_to(base::Instant to);
  SetUpDone set_up(const SetUp& request);
  ClockDone advance(base::MemberId admin, base::Instant to);
  ClockDone release(base::MemberId admin);
  std::optional<domain::RefusalCode> clock_refusal(base::MemberId admin, const domain::Command& command);
};

void Engine::Impl::start_writer() {
  writer = std::make_unique<LogWriter>(
      *store.log, *store.vault, &store.head,
      LogWriter::Tell{.durable =
                          [this](eventstore::WorkspaceNumber number, eventstore::Position position) {
                            if (number == 0) return server_log->durable_up_to(position);
                            if (const auto one = find(number)) one->sequencer->durable_up_to(position);
                          },
                      .failed = [this](eventstore::AppendError error) { on_failed(error); }});
}

// On the writer's thread. Nothing seen in memory is trusted any more.
void Engine::Impl::on_failed(const eventstore::AppendError& error) {
  spdlog::error("a write failed: {}", eventstore::describe(error));
  const auto now = real_now().ms;
  const bool again = failed_at_ms != 0 && now - failed_at_ms < kRecoveryIntervalMs;
  failed_at_ms = now;
  server_log->failed();
  for (const auto& one : all()) one.sequencer->failed();
  if (again) {
    if (options.fatal) options.fatal("the store failed twice within an hour: " + eventstore::describe(error));
    return;
  }
  threads->on_worker([this] { recover(); });
}

void Engine::Impl::recover() {
  if (auto resumed = writer->resume(); !resumed) {
    if (options.fatal) options.fatal(eventstore::describe(resumed.error()));
    return;
  }
  auto reloaded = server_log->reload(*store.log, *store.vault);
  for (const auto& one : all()) {
    auto state = fold(one.sequencer->number());
    if (!state || !reloaded) {
      if (options.fatal) options.fatal("the log could not be read again after a failed write");
      return;
    }
    one.sequencer->recovered(std::move(*state));
  }
  spdlog::info("reopened after a failed write: what is on disk was folded again");
}

std::expected<std::unique_ptr<projections::State>, eventstore::ReadError> Engine::Impl::fold(
    eventstore::WorkspaceNumber number) {
  auto state = std::make_unique<projections::State>();
  if (store.log->end(number) > 0) {
    auto read = projections::for_each_commit(
        *store.log, store.vault.get(), number, 1, 0,
        [&](projections::ReadCommit&& each) {
          state->replay(each.commit);
          return true;
        },
        codec::Parts::events);
    if (!read) return std::unexpected(read.error());
  }
  state->settle();
  return state;
}

std::expected<std::string, StartError> Engine::Impl::secret_of(eventstore::WorkspaceNumber number) {
  auto& side = store.log->side_store();
  const auto found = side.get(eventstore::Family::auth, secret_key(number));
  if (!found) return std::unexpected(StartError{found.error().message, "look at the disk"});
  if (*found) return **found;
  auto secret = store.vault->random().bytes(32);
  if (auto put = side.put(eventstore::Family::auth, secret_key(number), secret, true); !put) {
    return std::unexpected(StartError{put.error().message, "look at the disk"});
  }
  return secret;
}

std::expected<void, StartError> Engine::Impl::serve(eventstore::WorkspaceNumber number, base::WorkspaceId id) {
  auto secret = secret_of(number);
  if (!secret) return std::unexpected(secret.error());
  auto state = fold(number);
  if (!state) return std::unexpected(start_error(state.error()));
  // Filled below: the hook needs what is made after the sequencer.
  auto after = std::make_shared<std::function<void(const projections::State&, const domain::Commit*)>>();
  auto sequencer = std::make_shared<Sequencer>(
      SequencerParts{.number = number,
                     .workspace = id,
                     .log = *store.log,
                     .vault = *store.vault,
                     .writer = *writer,
                     .clock = clock,
                     .threads = *threads,
                     .secret = std::move(*secret),
                     .has_room = [this] { return room(); },
                     .random = [this] { return random(); },
                     .after_commit = [after](const auto& now, const auto* commit) { (*after)(now, commit); }},
      std::move(*state));
  Served one{.sequencer = sequencer,
             .scheduler = std::make_shared<Scheduler>(sequencer, clock),
             .jobs = std::make_shared<JobRunner>(sequencer, *threads, *files)};
  *after = [scheduler = one.scheduler, jobs = one.jobs, this, number](const projections::State& now,
                                                                      const domain::Commit* commit) {
    bool job_started = commit == nullptr;
    if (commit) {
      for (const auto& event : commit->content.events) {
        job_started |= std::holds_alternative<domain::JobStarted>(event);
        const auto* leaving = std::get_if<domain::MemberLeaving>(&event);
        if (leaving) credentials->end_sessions_of(number, leaving->member);
      }
    }
    if (job_started) jobs->look(now);
    scheduler->look(now);
  };
  const std::lock_guard lock(mutex);
  served.insert_or_assign(number, std::move(one));
  return {};
}

std::expected<void, StartError> Engine::Impl::start_clock() {
  const auto facts = server_log->facts();
  if (options.test_clock && facts.position == 0 && store.log->workspaces().empty()) {
    const domain::StartTestClock command{.at = *options.test_clock};
    auto decision = domain::decide_start_test_clock(
        {.log_is_empty = true, .is_test = false, .now = real_now(), .real_now = real_now()}, command);
    if (!decision) return std::unexpected(StartError{"the test clock can't be started here", "use an empty directory"});
    clock.set_test_time(command.at);
    if (!server_log->append(*writer, {.kind = domain::ActorKind::operator_}, command, std::move(*decision),
                            base::CommandId{{random(), random()}})) {
      return std::unexpected(StartError{"the test clock could not be written", "look at the disk"});
    }
    return {};
  }
  if (facts.clock_is_test && !options.test_clock) {
    return std::unexpected(
        StartError{"this directory lives on a test clock: its log says so",
                   "start it with --test-clock (its time stands where the log left it), or release the clock"});
  }
  if (options.test_clock && !facts.clock_is_test) {
    return std::unexpected(StartError{"this directory lives in real time", "start it without --test-clock"});
  }
  return {};
}

// Where nobody has set up yet, a token lies in the directory for whoever can read it.
std::expected<void, StartError> Engine::Impl::offer_set_up() {
  const auto facts = server_log->facts();
  const bool open = !facts.workspaces.empty() && store.log->end(facts.workspaces.front().number) > 0;
  const auto path = store.layout.setup_token();
  if (open) {
    ::unlink(path.c_str());
    return {};
  }
  if (!read_line(path) && !write_private_file(path, fresh_token(store.vault->random()) + "\n")) {
    return std::unexpected(
        StartError{"the set-up token can't be written to " + path, "make the data directory writable"});
  }
  spdlog::info("not set up yet: the one-time token for POST /v1/setup lies in {}", path);
  return {};
}

// On a worker. Time moves from one due instant to the next, so that each sweep decides at its own moment.
bool Engine::Impl::run_clock_to(base::Instant to) {
  while (true) {
    std::optional<base::Instant> next;
    for (const auto& one : all()) {
      auto asked = std::make_shared<std::promise<std::optional<base::Instant>>>();
      auto answer = asked->get_future();
      one.sequencer->on_strand([asked](projections::State& state) { asked->set_value(state.next_due()); });
      const auto due = answer.get();
      if (due && (!next || *due < *next)) next = due;
    }
    if (!next || *next > to) break;
    if (*next > clock.now()) clock.set_test_time(*next);
    for (const auto& one : all()) {
      auto swept = std::make_shared<std::promise<bool>>();
      auto answer = swept->get_future();
      one.scheduler->sweep([swept](bool well) { swept->set_value(well); });
      if (!answer.get()) return false;
    }
  }
  clock.set_test_time(std::max(to, clock.now()));
  return true;
}

SetUpDone Engine::Impl::set_up(const SetUp& request) {
  SetUpDone done;
  const auto token = read_line(store.layout.setup_token());
  if (!token || !eventstore::equal_in_constant_time(*token, request.token)) {
    done.kind = SetUpDone::Kind::wrong_token;
    return done;
  }
  auto facts = server_log->facts();
  if (facts.workspaces.empty()) {
    base::IdSource ids(clock.now().ms, random());
    const domain::AddWorkspace command{.workspace = base::WorkspaceId{ids.other()}, .number = 1};
    auto decision = domain::decide_add_workspace(facts.workspaces, command);
    if (!decision || !server_log->append(*writer, {.kind = domain::ActorKind::setup}, command, std::move(*decision),
                                         base::CommandId{{random(), random()}})) {
      return done;
    }
    facts = server_log->facts();
  }
  const auto& added = facts.workspaces.front();
  if (!find(added.number) && !serve(added.number, added.workspace)) return done;
  const auto hash = eventstore::hash_password(request.admin_password);
  auto told = std::make_shared<std::promise<SetUpDone>>();
  auto answer = told->get_future();
  CommandRequest command{.actor = {.kind = domain::ActorKind::setup}, .command = request.open};
  command.side_writes = [hash, number = added.number](const domain::CommitContent& content) {
    std::vector<eventstore::SideWrite> writes;
    for (const auto& event : content.events) {
      const auto* invited = std::get_if<domain::MemberInvited>(&event);
      if (invited) writes.push_back(Credentials::password_write(number, invited->member.id, hash));
    }
    return writes;
  };
  find(added.number)
      ->sequencer->submit(
          std::move(command),
          [told](const projections::State&, const CommandOutcome& outcome) {
            SetUpDone result;
            if (outcome.kind == CommandOutcome::Kind::refused) {
              result.kind = SetUpDone::Kind::refused;
              result.refusal = *outcome.refusal;
            } else if (outcome.kind == CommandOutcome::Kind::accepted) {
              result.kind = SetUpDone::Kind::done;
              for (const auto& event : outcome.commit->content.events) {
                if (const auto* invited = std::get_if<domain::MemberInvited>(&event)) result.admin = invited->member.id;
              }
            }
            return [told, result] { told->set_value(result); };
          },
          [told](Failure) { told->set_value(SetUpDone{}); });
  done = answer.get();
  if (done.kind != SetUpDone::Kind::done) return done;
  auto session = credentials->start_session(added.number, done.admin, real_now());
  if (session) done.session = *session;
  ::unlink(store.layout.setup_token().c_str());
  return done;
}

std::optional<domain::RefusalCode> Engine::Impl::clock_refusal(base::MemberId admin, const domain::Command& command) {
  const auto one = find(1);
  if (!one) return domain::RefusalCode::forbidden;
  const domain::ClockFacts facts{
      .log_is_empty = false, .is_test = clock.is_test(), .now = clock.now(), .real_now = real_now()};
  auto asked = std::make_shared<std::promise<std::optional<domain::RefusalCode>>>();
  auto answer = asked->get_future();
  one->sequencer->on_strand([asked, facts, admin, command](projections::State& state) {
    const auto rights = domain::Rights::of_member(state.workspace(), admin);
    const auto* advance = std::get_if<domain::AdvanceTestClock>(&command);
    const auto decision = advance ? domain::decide_advance_test_clock(facts, *advance, rights)
                                  : domain::decide_release_test_clock(facts, rights);
    asked->set_value(decision ? std::nullopt : std::optional(decision.error().code));
  });
  return answer.get();
}

ClockDone Engine::Impl::advance(base::MemberId admin, base::Instant to) {
  const domain::AdvanceTestClock command{.to = to};
  if (const auto refusal = clock_refusal(admin, command)) {
    return {.kind = ClockDone::Kind::refused, .refusal = *refusal, .now = clock.now()};
  }
  const domain::Actor actor{.kind = domain::ActorKind::member, .id = admin.ulid};
  if (!server_log->append(*writer, actor, command, {domain::TestClockAdvanced{.to = to}},
                          base::CommandId{{random(), random()}})) {
    return {};
  }
  if (!run_clock_to(to)) return {};
  return {.kind = ClockDone::Kind::done, .now = clock.now()};
}

ClockDone Engine::Impl::release(base::MemberId admin) {
  if (const auto refusal = clock_refusal(admin, domain::ReleaseTestClock{})) {
    return {.kind = ClockDone::Kind::refused, .refusal = *refusal, .now = clock.now()};
  }
  const domain::Actor actor{.kind = domain::ActorKind::member, .id = admin.ulid};
  if (!server_log->append(*writer, actor, domain::ReleaseTestClock{}, {domain::TestClockReleased{}},
                          base::CommandId{{random(), random()}})) {
    return {};
  }
  clock.set_test_time(std::nullopt);
  for (const auto& one : all()) one.sequencer->start();
  return {.kind = ClockDone::Kind::done, .now = clock.now()};
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() {
  stop();
}

std::expected<std::unique_ptr<Engine>, StartError> Engine::open(EngineOptions options) {
  auto store = eventstore::open_store({.data = options.data, .keys = options.keys});
  if (!store) return std::unexpected(start_error(store.error()));
  auto impl = std::make_unique<Impl>(std::move(options), std::move(*store));
  auto& self = *impl;
  self.threads = std::make_unique<Threads>(self.options.strand_threads, self.options.workers);
  self.password_threads = std::make_unique<Threads>(1, 1);
  auto credentials = Credentials::open(self.store.log->side_store(), self.store.vault->random(), real_now());
  if (!credentials) return std::unexpected(StartError{credentials.error().message, "look at the disk"});
  self.credentials = std::move(*credentials);
  self.files = std::make_unique<eventstore::SealedFiles>(self.store.layout.files(), self.store.vault->server_key());
  auto server_log = ServerLog::open(*self.store.log, *self.store.vault);
  if (!server_log) return std::unexpected(start_error(server_log.error()));
  self.server_log = std::move(*server_log);
  self.start_writer();
  if (auto started = self.start_clock(); !started) return std::unexpected(started.error());
  const auto facts = self.server_log->facts();
  if (facts.clock_is_test) self.clock.set_test_time(facts.clock_at);
  for (const auto& added : facts.workspaces) {
    if (auto served = self.serve(added.number, added.workspace); !served) return std::unexpected(served.error());
  }
  if (auto offered = self.offer_set_up(); !offered) return std::unexpected(offered.error());
  for (const auto& one : self.all()) one.sequencer->start();
  auto engine = std::unique_ptr<Engine>(new Engine(std::move(impl)));
  // An advance that a crash cut off goes on in order, before anybody is served.
  if (facts.clock_is_test && !engine->impl_->run_clock_to(facts.clock_at)) {
    return std::unexpected(StartError{"what fell due on the test clock could not be run", "look at the log above"});
  }
  return engine;
}

std::shared_ptr<Sequencer> Engine::workspace() const {
  return workspace(1);
}

std::shared_ptr<Sequencer> Engine::workspace(eventstore::WorkspaceNumber number) const {
  const auto one = impl_->find(number);
  return one ? one->sequencer : nullptr;
}

void Engine::set_up(SetUp request, std::function<void(SetUpDone)> done) {
  impl_->password_threads->on_worker(
      [this, request = std::move(request), done = std::move(done)] { done(impl_->set_up(request)); });
}

void Engine::advance_test_clock(base::MemberId admin, base::Instant to, std::function<void(ClockDone)> done) {
  impl_->password_threads->on_worker([this, admin, to, done = std::move(done)] { done(impl_->advance(admin, to)); });
}

void Engine::release_test_clock(base::MemberId admin, std::function<void(ClockDone)> done) {
  impl_->password_threads->on_worker([this, admin, done = std::move(done)] { done(impl_->release(admin)); });
}

void Engine::sweep(eventstore::WorkspaceNumber number, std::function<void(bool)> done) {
  const auto one = impl_->find(number);
  if (!one) return done(false);
  one->scheduler->sweep(std::move(done));
}

Clock& Engine::clock() {
  return impl_->clock;
}
Credentials& Engine::credentials() {
  return *impl_->credentials;
}
eventstore::SealedFiles& Engine::files() {
  return *impl_->files;
}
const eventstore::Log& Engine::log() const {
  return *impl_->store.log;
}
eventstore::KeyVault& Engine::vault() {
  return *impl_->store.vault;
}
Threads& Engine::threads() {
  return *impl_->threads;
}

bool Engine::on_password_thread(Work work) {
  if (impl_->passwords_waiting.load() >= kPasswordQueueMax) return false;
  ++impl_->passwords_waiting;
  impl_->password_threads->on_worker([this, work = std::move(work)]() mutable {
    work();
    --impl_->passwords_waiting;
  });
  return true;
}

std::vector<std::string> Engine::warnings() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->warnings;
}

bool Engine::needs_set_up() const {
  const auto facts = impl_->server_log->facts();
  return facts.workspaces.empty() || impl_->store.log->end(facts.workspaces.front().number) == 0;
}

void Engine::stop() {
  if (impl_->stopped) return;
  impl_->stopped = true;
  impl_->password_threads->stop();
  impl_->threads->stop();
  impl_->writer->stop();
  if (auto closed = impl_->store.close(); !closed) spdlog::error("{}", eventstore::describe(closed.error()));
}

}  // namespace highseas::engine
