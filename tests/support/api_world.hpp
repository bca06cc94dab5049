// api_world — a company on a temporary directory and a test clock, spoken to through the API without sockets.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/app.hpp"
#include "api/json/value.hpp"
#include "tests/support/temporary_directory.hpp"

namespace highseas::test_support {

// What came back, with its body as JSON (null where it has none).
struct ApiAnswer {
  int status = 0;
  api::http::Headers headers;
  std::string text;
  api::json::Json body;

  std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
  // By a JSON pointer: "/items/0/name"; null where there is nothing.
  const api::json::Json& at(std::string_view pointer) const;
  // The text there; empty where there is none.
  std::string string(std::string_view pointer) const;
  std::int64_t number(std::string_view pointer) const;  // -1 where there is none
  std::size_t size(std::string_view pointer) const;     // of an array or object; 0 where there is none
  bool has(std::string_view pointer) const;
  // The codes of `errors`, each with its pointer: "required /name"; sorted.
  std::vector<std::string> errors() const;
};

// What is answered to the responder that `ask` is given.
ApiAnswer answer_of(const std::function<void(api::http::Responder)>& ask);

struct Person {
  base::MemberId id;
  std::string name;
  std::string token;  // of a session

  std::string id_text() const { return base::format_id(id); }
};

// An admin; a manager of the department that one salesperson belongs to; another salesperson, of no department; an
// auditor. Pools and forms are those that ship.
class ApiWorld {
 public:
  // `change`: of how the engine is opened.
  explicit ApiWorld(std::string_view now = "2026-03-02T01:00:00Z",
                    const std::function<void(engine::EngineOptions&)>& change = {});
  ~ApiWorld();

  Person admin, manager, seller, other_seller, auditor;
  base::DepartmentId department;

  std::string remote_address = "127.0.0.1";  // of all who call

  using Headers = std::vector<std::pair<std::string, std::string>>;
  ApiAnswer call(std::string_view method, std::string_view target, const Person* who = nullptr, std::string body = "",
                 const Headers& headers = {});
  ApiAnswer get(const Person& who, std::string_view target) { return call("GET", target, &who); }
  ApiAnswer post(const Person& who, std::string_view target, std::string body, const Headers& headers = {}) {
    return call("POST", target, &who, std::move(body), headers);
  }
  ApiAnswer patch(const Person& who, std::string_view target, std::string body, const Headers& headers = {}) {
    return call("PATCH", target, &who, std::move(body), headers);
  }

  // A customer of that name, owned by `who`; its id.
  std::string customer_of(const Person& who, const std::string& name);
  // A customer of that name in the customers' pool; its id.
  std::string customer_in_pool(const std::string& name);
  std::string customer_pool() const;

  // One more active member with a session.
  Person join(const std::string& name, const std::string& email, std::string_view role,
              std::vector<base::DepartmentId> departments);
  // The id of the job that was started last.
  std::string newest_job();
  // Until none is under way: what they commit comes in between else.
  void wait_for_jobs();

  // Decides a command in somebody's name, past the API; whether it was accepted.
  bool command(const domain::Actor& actor, domain::Command command);
  // Runs all that falls due until then.
  void advance_clock(std::string_view to);
  // One second.
  void wait_a_moment();
  std::uint64_t position();

  engine::Engine& engine() { return *engine_; }
  api::App& app() { return *app_; }
  std::shared_ptr<const domain::Workspace> design() const { return engine_->workspace()->design(); }
  static domain::Actor actor(const Person& who);

 private:
  std::string session_of(base::MemberId member);
  void set_up();

  TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<api::App> app_;
};

}  // namespace highseas::test_support
