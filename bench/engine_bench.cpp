// engine_bench — durable commits a second in process, with so many under way at once, and a start that reads them all
// again.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>

#include "domain/forms/shipped.hpp"
#include "engine/engine.hpp"

using namespace highseas;

namespace {

namespace fields = domain::shipped::customers;
using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kRun{5};

[[noreturn]] void give_up(const char* why) {
  std::fprintf(stderr, "engine_bench: %s\n", why);
  std::exit(1);
}

std::string first_line(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return line;
}

base::MemberId set_up(engine::Engine& engine, const std::string& data) {
  std::promise<engine::SetUpDone> told;
  engine.set_up({.token = first_line(data + "/setup-token"),
                 .open = {.name = "测试企业",
                          .time_zone = "Asia/Shanghai",
                          .currency = "CNY",
                          .admin_name = "龚管理",
                          .admin_email = "admin@example.com"},
                 .admin_password = "correct horse battery"},
                [&told](engine::SetUpDone done) { told.set_value(std::move(done)); });
  const auto done = told.get_future().get();
  if (done.kind != engine::SetUpDone::Kind::done) give_up("the set-up was refused");
  return done.admin;
}

// Each answer sends the next command, so that always `clients` are under way.
class Load {
 public:
  Load(engine::Sequencer& sequencer, base::MemberId member) : sequencer_(sequencer), member_(member) {}

  double commits_per_second(unsigned clients) {
    done_ = 0;
    idle_ = 0;
    clients_ = clients;
    told_ = {};
    const auto start = Clock::now();
    end_ = start + kRun;
    for (unsigned i = 0; i < clients; ++i) send();
    told_.get_future().wait();
    return static_cast<double>(done_) / std::chrono::duration<double>(Clock::now() - start).count();
  }

 private:
  void send() {
    const auto number = ++made_;
    domain::WriteRecords command;
    command.form = domain::shipped::kCustomers;
    command.items.emplace_back().values = {{fields::kName, "上海" + std::to_string(number) + "精密机械有限公司"},
                                           {fields::kPhone, "138" + std::to_string(10'000'000 + number)}};
    sequencer_.submit(
        {.actor = {.kind = domain::ActorKind::member, .id = member_.ulid, .on_behalf_of = {}},
         .command = std::move(command)},
        [this](const projections::State&, const engine::CommandOutcome& outcome) {
          if (outcome.kind != engine::CommandOutcome::Kind::accepted) give_up("a customer was refused");
          return [this] { answered(); };
        },
        [](engine::Failure) { give_up("the engine failed"); });
  }

  void answered() {
    ++done_;
    if (Clock::now() < end_) return send();
    if (++idle_ == clients_) told_.set_value();
  }

  engine::Sequencer& sequencer_;
  base::MemberId member_;
  std::atomic<std::uint64_t> made_{0};
  std::atomic<std::uint64_t> done_{0};
  std::atomic<unsigned> idle_{0};
  unsigned clients_ = 0;
  Clock::time_point end_;
  std::promise<void> told_;
};

std::unique_ptr<engine::Engine> open(const std::string& data) {
  auto opened = engine::Engine::open({.data = data, .keys = {}, .test_clock = {}, .fatal = {}});
  if (!opened) give_up(opened.error().message.c_str());
  return std::move(*opened);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) give_up("say the directory to write in, which must be empty");
  const std::string data = argv[1];
  auto engine = open(data);
  const auto admin = set_up(*engine, data);
  Load load(*engine->workspace(), admin);
  for (const unsigned clients : {1u, 64u}) {
    std::printf("durable commits in process, %u under way: %.0f /s\n", clients, load.commits_per_second(clients));
  }
  const auto commits = engine->log().end(1);
  engine->stop();
  engine.reset();
  std::filesystem::remove_all(data + "/checkpoints");
  const auto start = Clock::now();
  engine = open(data);
  const auto seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("a start that reads the whole log: %.0f commits/s\n", static_cast<double>(commits) / seconds);
  const auto asked = Clock::now();
  if (!engine->audit_trees().signed_head(1, engine->workspace()->design()->id)) give_up("the head was not signed");
  const auto signing = std::chrono::duration<double>(Clock::now() - asked).count();
  std::printf("a first signed head, over the whole log: %.0f commits/s\n", static_cast<double>(commits) / signing);
  engine->stop();
}
