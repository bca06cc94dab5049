// api_world — an engine, its application, and a mailbox in place of a socket.
#include "tests/support/api_world.hpp"

#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <future>
#include <stdexcept>
#include <thread>

#include "api/http/mailbox.hpp"
#include "api/http/target.hpp"
#include "api/json/parse.hpp"

namespace highseas::test_support {
namespace {

using api::json::Json;

const Json kNothing;

// Takes the one answer that comes to it.
class Inbox {
 public:
  api::http::Responder responder() {
    return api::http::Responder(std::make_unique<api::http::AnswerSlot>(api::http::AnswerSlot{mailbox_, {}}));
  }
  api::http::Response wait() {
    wait_until_there();
    auto answers = mailbox_->take();
    if (answers.size() != 1 || answers.front().dropped) throw std::runtime_error("the request was dropped");
    return std::move(answers.front().response);
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable arrived;
    bool there = false;
  };
  void wait_until_there() {
    std::unique_lock lock(state_->mutex);
    if (state_->arrived.wait_for(lock, std::chrono::seconds(60), [&] { return state_->there; })) return;
    throw std::runtime_error("no answer within a minute");
  }
  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::shared_ptr<api::http::Mailbox> mailbox_ = std::make_shared<api::http::Mailbox>([state = state_] {
    const std::lock_guard lock(state->mutex);
    state->there = true;
    state->arrived.notify_one();
  });
};

// Where there is one, in memory: what is tried here is no disk, and a world a test would wait for hundreds of syncs.
std::filesystem::path fast_directory() {
  const std::filesystem::path memory = "/dev/shm";
  return ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
}

std::string read_file(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

const Json& ApiAnswer::at(std::string_view pointer) const {
  const auto* found = &body;
  while (!pointer.empty() && found) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    const auto part = pointer.substr(0, end);
    pointer.remove_prefix(end);
    if (const auto* items = found->as_array()) {
      const auto index = std::stoul(std::string(part));
      found = index < items->size() ? &(*items)[index] : nullptr;
    } else {
      found = found->find(part);
    }
  }
  return found ? *found : kNothing;
}

std::string ApiAnswer::string(std::string_view pointer) const {
  const auto* found = at(pointer).as_string();
  return found ? *found : std::string();
}

std::int64_t ApiAnswer::number(std::string_view pointer) const {
  return at(pointer).as_int64().value_or(-1);
}

std::size_t ApiAnswer::size(std::string_view pointer) const {
  const auto& json = at(pointer);
  if (const auto* items = json.as_array()) return items->size();
  const auto* members = json.as_object();
  return members ? members->size() : 0;
}

bool ApiAnswer::has(std::string_view pointer) const {
  return &at(pointer) != &kNothing;
}

std::vector<std::string> ApiAnswer::errors() const {
  std::vector<std::string> found;
  const auto* items = at("/errors").as_array();
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    const auto place = "/errors/" + std::to_string(i);
    found.push_back(string(place + "/code") + " " + string(place + "/pointer"));
  }
  std::ranges::sort(found);
  return found;
}

ApiAnswer answer_of(const std::function<void(api::http::Responder)>& ask) {
  Inbox inbox;
  ask(inbox.responder());
  auto response = inbox.wait();
  ApiAnswer answer{.status = response.status, .headers = response.headers, .text = response.body, .body = {}};
  const auto type = answer.header("Content-Type");
  if (type.find("json") != std::string::npos && type.find("ndjson") == std::string::npos) {
    auto json = api::json::parse(answer.text);
    if (!json) throw std::runtime_error("the answer is no JSON: " + answer.text);
    answer.body = std::move(*json);
  }
  return answer;
}

ApiWorld::ApiWorld(std::string_view now, const std::function<void(engine::EngineOptions&)>& change)
    : directory_(fast_directory()) {
  engine::EngineOptions options{.data = directory_ / "data", .keys = "", .test_clock = base::parse_instant(now)};
  if (change) change(options);
  auto opened = engine::Engine::open(std::move(options));
  if (!opened) throw std::runtime_error(opened.error().message);
  engine_ = std::move(*opened);
  app_ = std::make_unique<api::App>(*engine_, api::AppOptions{});
  set_up();
}

// Requests hold the application: the engine's threads end before it goes.
ApiWorld::~ApiWorld() {
  engine_->stop();
}

void ApiWorld::set_up() {
  // Shared with the thread that answers, which may still be in it when its answer is taken.
  const auto told = std::make_shared<std::promise<engine::SetUpDone>>();
  engine::SetUp request{.token = read_file(directory_ / "data/setup-token"),
                        .open = {.name = "海东机械",
                                 .time_zone = "Asia/Shanghai",
                                 .currency = "CNY",
                                 .admin_name = "周敏",
                                 .admin_email = "zhou@example.com"},
                        .admin_password = "correct horse battery"};
  engine_->set_up(std::move(request), [told](engine::SetUpDone done) { told->set_value(std::move(done)); });
  const auto done = told->get_future().get();
  if (done.kind != engine::SetUpDone::Kind::done) throw std::runtime_error("the set-up was refused");
  admin = {.id = done.admin, .name = "周敏", .token = done.session.token};

  domain::AddDepartment add;
  add.department.name = "销售一部";
  if (!command(actor(admin), add)) throw std::runtime_error("no department");
  department = design()->departments.begin()->first;
  manager = join("陈刚", "chen@example.com", "manager", {department});
  seller = join("李娜", "li@example.com", "salesperson", {department});
  other_seller = join("王强", "wang@example.com", "salesperson", {});
  auditor = join("赵静", "zhao@example.com", "auditor", {});
}

Person ApiWorld::join(const std::string& name, const std::string& email, std::string_view role,
                      std::vector<base::DepartmentId> departments) {
  const auto* known = design()->role_by_key(role);
  if (!known) throw std::runtime_error("no such role");
  const domain::InviteMember invite{
      .name = name, .email = email, .roles = {known->id}, .departments = std::move(departments)};
  if (!command(actor(admin), invite)) throw std::runtime_error("not invited");
  const auto* member = design()->member_by_email(email);
  if (!member) throw std::runtime_error("the invited one is not there");
  const auto id = member->id;
  if (!command({.kind = domain::ActorKind::setup, .id = {}, .on_behalf_of = {}}, domain::AcceptInvitation{id})) {
    throw std::runtime_error("not joined");
  }
  return {.id = id, .name = name, .token = session_of(id)};
}

std::string ApiWorld::session_of(base::MemberId member) {
  const auto session = engine_->credentials().start_session(1, member, engine::real_now());
  if (!session) throw std::runtime_error("no session");
  return session->token;
}

ApiAnswer ApiWorld::call(std::string_view method, std::string_view target, const Person* who, std::string body,
                         const Headers& headers) {
  api::http::Request request;
  request.method = method;
  request.target = target;
  auto parsed = api::http::parse_target(target);
  if (!parsed) throw std::runtime_error("not a target");
  request.path = parsed->path;
  request.query = parsed->query;
  request.remote_address = remote_address;
  if (who) request.headers.add("Authorization", "Bearer " + who->token);
  for (const auto& [name, value] : headers) request.headers.add(name, value);
  if (!body.empty() && !request.headers.contains("Content-Type")) {
    request.headers.add("Content-Type", "application/json");
  }
  request.body = std::move(body);

  return answer_of([&](api::http::Responder responder) { app_->handle(std::move(request), std::move(responder)); });
}

std::string ApiWorld::customer_of(const Person& who, const std::string& name) {
  const auto made = post(who, "/v1/customers", R"({"name":")" + name + R"("})");
  if (made.status != 201) throw std::runtime_error("no customer: " + made.text);
  return made.string("/id");
}

std::string ApiWorld::customer_in_pool(const std::string& name) {
  const auto made = post(admin, "/v1/customers", R"({"name":")" + name + R"(","pool":")" + customer_pool() + R"("})");
  if (made.status != 201) throw std::runtime_error("no customer: " + made.text);
  return made.string("/id");
}

std::string ApiWorld::customer_pool() const {
  const auto now = design();
  return base::format_id(now->first_pool(now->form_by_slug("customers")->number)->id);
}

domain::Actor ApiWorld::actor(const Person& who) {
  return {.kind = domain::ActorKind::member, .id = who.id.ulid, .on_behalf_of = std::nullopt};
}

bool ApiWorld::command(const domain::Actor& actor, domain::Command command) {
  const auto told = std::make_shared<std::promise<bool>>();
  engine::CommandRequest request{.actor = actor, .command = std::move(command)};
  engine_->workspace()->submit(
      std::move(request),
      [told](const projections::State&, const engine::CommandOutcome& outcome) {
        const bool accepted = outcome.kind == engine::CommandOutcome::Kind::accepted;
        return [told, accepted] { told->set_value(accepted); };
      },
      [told](engine::Failure) { told->set_value(false); });
  return told->get_future().get();
}

void ApiWorld::advance_clock(std::string_view to) {
  const auto told = std::make_shared<std::promise<engine::ClockDone>>();
  engine_->advance_test_clock(admin.id, *base::parse_instant(to),
                              [told](engine::ClockDone done) { told->set_value(done); });
  if (told->get_future().get().kind != engine::ClockDone::Kind::done) throw std::runtime_error("the clock stands");
}

void ApiWorld::wait_a_moment() {
  advance_clock(base::format_instant(engine_->clock().now() + base::kMsPerSecond));
}

std::string ApiWorld::newest_job() {
  const auto told = std::make_shared<std::promise<std::string>>();
  engine_->workspace()->on_strand([told](projections::State& state) {
    const projections::JobView* newest = nullptr;
    for (const auto& [id, job] : state.image().jobs()) {
      if (!newest || job->started_position > newest->started_position) newest = job.get();
    }
    told->set_value(newest ? base::format_id(newest->id) : std::string());
  });
  return told->get_future().get();
}

void ApiWorld::wait_for_jobs() {
  for (int tries = 0; tries < 3'000; ++tries) {
    const auto told = std::make_shared<std::promise<bool>>();
    engine_->workspace()->on_strand([told](projections::State& state) {
      told->set_value(
          std::ranges::any_of(state.image().jobs(), [](const auto& job) { return !job.second->ended_at.has_value(); }));
    });
    if (!told->get_future().get()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("a job does not end");
}

std::uint64_t ApiWorld::position() {
  const auto told = std::make_shared<std::promise<std::uint64_t>>();
  engine_->workspace()->on_strand([told](projections::State& state) { told->set_value(state.position()); });
  return told->get_future().get();
}

}  // namespace highseas::test_support
