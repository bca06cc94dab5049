// world — opens, sets up, asks.
#include "world.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "projections/canonical_dump.hpp"
#include "projections/record_table.hpp"

namespace highseas::engine::tests {
namespace {

constexpr std::chrono::seconds kPatience{60};

std::string first_line(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

std::vector<std::string> names_in(const projections::Image& image) {
  std::vector<std::string> names;
  const auto* table = image.table(kCustomers);
  for (projections::Row row = 0; table && row < table->size(); ++row) {
    if (table->deleted(row)) continue;
    const auto record = image.record(kCustomers, table->id(row));
    const auto name = record->value(domain::shipped::customers::kName);
    if (const auto* text = std::get_if<std::string>(&name)) names.push_back(*text);
  }
  std::ranges::sort(names);
  return names;
}

World::World(Options options) : options_(options) {
  open();
  set_up();
}

World::~World() {
  if (log_) log_->release();
  if (engine_) engine_->stop();
}

void World::open() {
  auto opened = Engine::open({.data = data(),
                              .keys = "",
                              .test_clock = options_.now ? base::parse_instant(options_.now) : std::nullopt,
                              .strand_threads = 1,
                              .workers = options_.workers,
                              .checkpoints = options_.checkpoints,
                              .fatal =
                                  [this](const std::string& why) {
                                    if (!ended_.exchange(true)) fatal_.set_value(why);
                                  },
                              .wrap_log =
                                  [this](std::unique_ptr<eventstore::Log> beneath) {
                                    auto log = std::make_unique<FaultyLog>(std::move(beneath));
                                    log_ = log.get();
                                    return log;
                                  },
                              .free_space =
                                  [this](const std::string&) {
                                    if (writes_with_room-- > 0) return free_bytes.load();
                                    ++writes_without_room;
                                    return std::uint64_t{0};
                                  }});
  if (!opened) throw std::runtime_error(opened.error().message + ": " + opened.error().remedy);
  engine_ = std::move(*opened);
}

void World::open_in_real_time() {
  options_.now = nullptr;
  open();
}

void World::close() {
  engine_->stop();
  engine_.reset();
  log_ = nullptr;
}

// The store's last failure leaves the engine nothing to write when it stops.
void World::crash() {
  log_->fail_reopening(true);
  log_->fail_next(FaultyLog::Fault::before_writing);
  submit(customer("of whom nobody hears")).get();
  log_->reopened(1);
  close();
}

void World::set_up() {
  const auto told = std::make_shared<std::promise<SetUpDone>>();
  SetUp request{.token = first_line(data() + "/setup-token"),
                .open = {.name = "海东机械",
                         .time_zone = "Asia/Shanghai",
                         .currency = "CNY",
                         .admin_name = "周敏",
                         .admin_email = "zhou@example.com"},
                .admin_password = "correct horse battery"};
  engine_->set_up(std::move(request), [told](SetUpDone done) { told->set_value(std::move(done)); });
  const auto done = told->get_future().get();
  if (done.kind != SetUpDone::Kind::done) throw std::runtime_error("the set-up was refused");
  admin_ = done.admin;
}

std::future<Told> World::submit(domain::Command command, const std::string& key, bool dry_run) {
  const auto told = std::make_shared<std::promise<Told>>();
  auto answer = told->get_future();
  CommandRequest request{.actor = actor(),
                         .command = std::move(command),
                         .idempotency_key = key,
                         .fingerprint = key.empty() ? "" : "POST /v1/customers",
                         .cause = std::nullopt,
                         .dry_run = dry_run,
                         .side_writes = {}};
  sequencer().submit(
      std::move(request),
      [told](const projections::State&, const CommandOutcome& outcome) {
        Told now{.failure = std::nullopt, .kind = outcome.kind, .position = outcome.position};
        if (outcome.commit) now.events = outcome.commit->content.events;
        if (outcome.refusal) now.refusal = outcome.refusal->code;
        return [told, now] { told->set_value(now); };
      },
      [told](Failure failure) { told->set_value({.failure = failure}); });
  return answer;
}

domain::Command World::customer(const std::string& name, std::optional<base::PoolId> pool) {
  domain::RecordItem item;
  item.values = {{domain::shipped::customers::kName, name}};
  item.pool = pool;
  return domain::WriteRecords{.form = kCustomers, .items = {std::move(item)}};
}

std::future<Seen> World::query(std::uint64_t min_position) {
  const auto told = std::make_shared<std::promise<Seen>>();
  auto answer = told->get_future();
  sequencer().query(
      min_position,
      [told](const projections::State& state) {
        return [told, seen = Seen{std::nullopt, names_in(state.image())}] { told->set_value(seen); };
      },
      [told](Failure failure) { told->set_value({failure, {}}); });
  return answer;
}

std::future<Seen> World::scan(std::function<void()> first) {
  const auto told = std::make_shared<std::promise<Seen>>();
  auto answer = told->get_future();
  sequencer().scan(
      0,
      [told, first = std::move(first)](const projections::Image& image) {
        if (first) first();
        return [told, seen = Seen{std::nullopt, names_in(image)}] { told->set_value(seen); };
      },
      [told](Failure failure) { told->set_value({failure, {}}); });
  return answer;
}

std::uint64_t World::position() {
  const auto told = std::make_shared<std::promise<std::uint64_t>>();
  sequencer().on_strand([told](projections::State& state) { told->set_value(state.position()); },
                        [told](Failure) { told->set_value(0); });
  return told->get_future().get();
}

std::string World::dump() {
  const auto told = std::make_shared<std::promise<std::string>>();
  sequencer().on_strand([told](projections::State& state) { told->set_value(projections::canonical_dump(state)); },
                        [told](Failure) { told->set_value(""); });
  return told->get_future().get();
}

bool World::recovered() {
  return log_->reopened(1) && eventually([](const projections::State&) { return true; });
}

bool World::eventually(const std::function<bool(const projections::State&)>& wanted) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < end) {
    const auto told = std::make_shared<std::promise<bool>>();
    sequencer().query(
        0,
        [told, &wanted](const projections::State& state) {
          return [told, yes = wanted(state)] { told->set_value(yes); };
        },
        [told](Failure) { told->set_value(false); });
    if (told->get_future().get()) return true;
    std::this_thread::yield();
  }
  return false;
}

}  // namespace highseas::engine::tests
