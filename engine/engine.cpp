// engine — wiring: store, writer, one sequencer a workspace with its scheduler and jobs, recovery after a failed write.
#include "engine/engine.hpp"

#include <spdlog/spdlog.h>

#include <array>

#include "decision/decide.hpp"
#include "engine/engine_impl.hpp"

namespace highseas::engine {
namespace {

constexpr std::int64_t kRecoveryIntervalMs = 3'600'000;  // a second failure within it ends the program
constexpr std::size_t kPasswordQueueMax = 64;
constexpr std::size_t kClockQueueMax = 4;
constexpr std::int64_t kRoomCheckMs = 200;

// The remedy stands by itself, so that it is said once.
template <class Error>
StartError start_error(Error error) {
  auto remedy = std::exchange(error.remedy, {});
  return {eventstore::describe(error), std::move(remedy)};
}

std::string secret_key(eventstore::WorkspaceNumber number) {
  return "workspace-secret/" + std::to_string(number);
}

}  // namespace

Engine::Impl::Impl(EngineOptions given, eventstore::Store opened)
    : options(std::move(given)), store(std::move(opened)), passwords(kPasswordQueueMax), clock_work(kClockQueueMax) {
  threads = std::make_unique<Threads>(options.strand_threads, options.workers);
  checkpoints = std::make_unique<Checkpoints>(store.layout.checkpoints(), *store.log, *store.vault);
  files = std::make_unique<eventstore::SealedFiles>(store.layout.files(), store.vault->server_key());
}

std::optional<Engine::Impl::Served> Engine::Impl::find(eventstore::WorkspaceNumber number) const {
  const std::lock_guard lock(mutex);
  const auto found = served.find(number);
  if (found == served.end()) return std::nullopt;
  return found->second;
}

std::vector<Engine::Impl::Served> Engine::Impl::all() const {
  const std::lock_guard lock(mutex);
  std::vector<Served> each;
  for (const auto& [number, one] : served) each.push_back(one);
  return each;
}

std::uint64_t Engine::Impl::random() {
  std::array<std::uint8_t, 8> bytes{};
  store.vault->random().fill(bytes);
  std::uint64_t value = 0;
  for (const auto byte : bytes) value = value << 8 | byte;
  return value;
}

bool Engine::Impl::room() {
  if (options.free_space) return eventstore::has_room(store.layout.root, options.free_space);
  const auto now = real_now().ms;
  // While there is none each asks anew: writes go on as soon as there is.
  if (!has_room || now - room_checked_ms.load() >= kRoomCheckMs) {
    room_checked_ms = now;
    has_room = eventstore::has_room(store.layout.root);
  }
  return has_room;
}

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

// Of a directory that has commits: beside a fresh one it is made as all else is.
void Engine::Impl::tell_of_a_new_signing_key() const {
  if (!store.signing_key.was_created() || store.log->workspaces().empty()) return;
  spdlog::warn("there was no signing key, so {} was made: it signs heads of the log from now on",
               eventstore::SigningKey::path_in(options.keys.empty() ? store.layout.keys() : options.keys));
}

// On the writer's thread. Nothing seen in memory is trusted any more. The log is opened again only after every strand
// knows: what one of them decided before on lost commits can no longer reach the writer then.
void Engine::Impl::on_failed(const eventstore::AppendError& error) {
  spdlog::error("a write failed: {}", eventstore::describe(error));
  const auto now = real_now().ms;
  const bool again = failed_at_ms != 0 && now - failed_at_ms < kRecoveryIntervalMs;
  failed_at_ms = now;
  server_log->failed();
  const auto each = all();
  // One more than the strands, for this thread: so that the last of them begins, however many there are.
  const auto left = std::make_shared<std::atomic<std::size_t>>(each.size() + 1);
  const auto one_less = [this, left, again, why = eventstore::describe(error)] {
    if (--*left > 0) return;
    if (again) return fail_for_good("the store failed twice within an hour: " + why);
    threads->on_worker([this] { recover(); });
  };
  for (const auto& one : each) one.sequencer->failed(one_less);
  one_less();
}

void Engine::Impl::fail_for_good(const std::string& why) {
  if (options.fatal) return options.fatal(why);
  spdlog::critical("{}", why);
}

void Engine::Impl::recover() {
  if (auto resumed = writer->resume(); !resumed) return fail_for_good(eventstore::describe(resumed.error()));
  if (auto reloaded = server_log->reload(*store.log, *store.vault); !reloaded) {
    return fail_for_good(eventstore::describe(reloaded.error()));
  }
  for (const auto& one : all()) {
    auto folded = checkpoints->fold(one.sequencer->number());
    if (!folded) return fail_for_good(eventstore::describe(folded.error()));
    one.sequencer->recovered(std::move(folded->state));
  }
  spdlog::info("reopened after a failed write: what is on disk was folded again");
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

std::expected<void, StartError> Engine::Impl::serve_access(eventstore::WorkspaceNumber number) {
  const auto key = trail_key(store.log->side_store(), store.vault->server_key(), store.vault->random(), number);
  if (!key) return std::unexpected(StartError{key.error().message, "look at the disk"});
  auto read = access_trail->serve(number, *key, real_now());
  if (read) read = api_key_uses->serve(number, *key);
  if (!read) return std::unexpected(StartError{read.error().message, "look at the disk"});
  return {};
}

std::expected<void, StartError> Engine::Impl::serve(eventstore::WorkspaceNumber number, base::WorkspaceId id) {
  auto secret = secret_of(number);
  if (!secret) return std::unexpected(secret.error());
  if (auto read = serve_access(number); !read) return read;
  auto folded = checkpoints->fold(number);
  if (!folded) return std::unexpected(start_error(folded.error()));
  guard_the_clock(*folded->state);
  // Filled below: the hook needs what is made after the sequencer, and is first called by its start().
  auto after = std::make_shared<Served>(Served{.number = number});
  auto sequencer = std::make_shared<Sequencer>(
      SequencerParts{
          .number = number,
          .workspace = id,
          .log = *store.log,
          .vault = *store.vault,
          .writer = *writer,
          .clock = clock,
          .threads = *threads,
          .secret = std::move(*secret),
          .has_room = [this] { return room(); },
          .random = [this] { return random(); },
          .after_commit = [this, after](const auto& now, const auto* commit) { after_commit(*after, now, commit); }},
      std::move(folded->state));
  after->scheduler = std::make_shared<Scheduler>(sequencer, clock, guard);
  after->jobs = std::make_shared<JobRunner>(sequencer, *threads, *files);
  after->checkpoints =
      std::make_shared<CheckpointKeeper>(sequencer, *threads, *checkpoints, options.checkpoints, *folded);
  Served one = *after;  // the hook's own copy names no sequencer: it would hold itself
  one.sequencer = std::move(sequencer);
  const std::lock_guard lock(mutex);
  served.insert_or_assign(number, std::move(one));
  return {};
}

// Before anything of the workspace is swept.
void Engine::Impl::guard_the_clock(const projections::State& state) {
  if (clock.is_test()) return;
  const auto doubt = clock_doubt(state, real_now());
  if (doubt == ClockDoubt::none) return;
  guard.hold();
  spdlog::warn("sweeps are held back: {}; see that the clock is right, then POST /v1/clock/accept",
               doubt == ClockDoubt::behind ? "the clock is more than an hour behind the last commit"
                                           : "more than a fifth of all owned records would be recycled at once");
}

void Engine::Impl::end_sessions_of_leaving(eventstore::WorkspaceNumber number, base::MemberId member,
                                           std::optional<base::MemberId> by) {
  const auto ended = credentials->end_sessions_of(number, member);
  if (ended == 0) return;
  AccessEntry entry{.kind = AccessKind::sessions_ended, .member = member, .by = by};
  entry.count = static_cast<std::uint32_t>(ended);
  access_trail->record(number, std::move(entry), real_now());
}

// On the strand.
void Engine::Impl::after_commit(const Served& one, const projections::State& now, const domain::Commit* commit) {
  bool job_started = commit == nullptr;
  if (commit) {
    for (const auto& event : commit->content.events) {
      job_started |= std::holds_alternative<domain::JobStarted>(event);
      const auto* leaving = std::get_if<domain::MemberLeaving>(&event);
      if (leaving) end_sessions_of_leaving(one.number, leaving->member, commit->actor.member());
    }
  }
  if (job_started) one.jobs->look(now);
  one.scheduler->look(now);
  one.checkpoints->look(now, commit);
}

// A log that another version has written says from here on by what it is decided. Before anything else is.
void Engine::Impl::write_decision_basis(const Served& one) const {
  if (store.log->end(one.number) == 0) return;  // not opened yet: its first commit says so
  auto written = std::make_shared<std::promise<bool>>();
  auto answer = written->get_future();
  one.sequencer->submit(
      {.actor = {.kind = domain::ActorKind::upgrader}, .command = decision::current_basis()},
      [written](const auto&, const auto&) { return [written] { written->set_value(true); }; },
      [written](Failure) { written->set_value(false); });
  if (answer.get()) return;
  spdlog::warn("workspace {}: by what this version decides could not be written down; the next start tries again",
               one.number);
}

std::expected<void, StartError> Engine::Impl::start() {
  auto opened = Credentials::open(store.log->side_store(), store.vault->random(), real_now());
  if (!opened) return std::unexpected(StartError{opened.error().message, "look at the disk"});
  credentials = std::move(*opened);
  access_trail = std::make_unique<AccessTrail>(store.log->side_store(), store.vault->random());
  api_key_uses = std::make_unique<ApiKeyUses>(store.log->side_store(), store.vault->random());
  audit_trees = std::make_unique<AuditTrees>(*store.log, store.signing_key);
  tell_of_a_new_signing_key();
  auto facts_of_server = ServerLog::open(*store.log, *store.vault);
  if (!facts_of_server) return std::unexpected(start_error(facts_of_server.error()));
  server_log = std::move(*facts_of_server);
  start_writer();
  if (auto started = start_clock(); !started) return started;
  const auto facts = server_log->facts();
  if (facts.clock_is_test) clock.set_test_time(facts.clock_at);
  for (const auto& added : facts.workspaces) {
    if (auto serving = serve(added.number, added.workspace); !serving) return serving;
  }
  if (auto offered = offer_set_up(); !offered) return offered;
  for (const auto& one : all()) {
    write_decision_basis(one);
    one.sequencer->start();
  }
  // An advance that a crash cut off goes on in order, before anybody is served.
  if (facts.clock_is_test && !run_clock_to(facts.clock_at)) {
    return std::unexpected(StartError{"what fell due on the test clock could not be run", "look at the log above"});
  }
  return {};
}

// Whoever waits is answered, then nothing runs any more, and only then is the state written down.
void Engine::Impl::stop() {
  if (stopped) return;
  stopped = true;
  passwords.stop();
  clock_work.stop();
  for (const auto& one : all()) {
    auto closed = std::make_shared<std::promise<void>>();
    auto done = closed->get_future();
    one.sequencer->close([closed] { closed->set_value(); });
    done.wait();
  }
  if (writer) writer->stop();
  threads->stop();
  if (access_trail) access_trail->flush();
  for (const auto& one : all()) one.checkpoints->finish(*one.sequencer, store.log->end(one.sequencer->number()));
  if (auto closed = store.close(); !closed) spdlog::error("{}", eventstore::describe(closed.error()));
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() {
  stop();
}

std::expected<std::unique_ptr<Engine>, StartError> Engine::open(EngineOptions options) {
  auto store = eventstore::open_store({.data = options.data, .keys = options.keys, .wrap_log = options.wrap_log});
  if (!store) return std::unexpected(start_error(store.error()));
  auto engine = std::unique_ptr<Engine>(new Engine(std::make_unique<Impl>(std::move(options), std::move(*store))));
  if (auto started = engine->impl_->start(); !started) return std::unexpected(started.error());
  return engine;
}

std::shared_ptr<Sequencer> Engine::workspace() const {
  return workspace(1);
}

std::shared_ptr<Sequencer> Engine::workspace(eventstore::WorkspaceNumber number) const {
  const auto one = impl_->find(number);
  return one ? one->sequencer : nullptr;
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
AccessTrail& Engine::access_trail() {
  return *impl_->access_trail;
}
ApiKeyUses& Engine::api_key_uses() {
  return *impl_->api_key_uses;
}
AuditTrees& Engine::audit_trees() {
  return *impl_->audit_trees;
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
  return impl_->passwords.post(std::move(work));
}

std::vector<std::string> Engine::warnings() const {
  if (!impl_->clock.is_test() && impl_->guard.holds(real_clock_offset_ms())) return {"clock-held"};
  return {};
}

void Engine::accept_clock() {
  impl_->guard.accept(real_clock_offset_ms());
  for (const auto& one : impl_->all()) one.sequencer->start();
}

bool Engine::needs_set_up() const {
  const auto facts = impl_->server_log->facts();
  return facts.workspaces.empty() || impl_->store.log->end(facts.workspaces.front().number) == 0;
}

void Engine::stop() {
  impl_->stop();
}

}  // namespace highseas::engine
