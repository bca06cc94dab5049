// departments — POST /v1/departments, PATCH and DELETE /v1/departments/{id}.
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/read/directory_body.hpp"
#include "api/render/directory_json.hpp"
#include "api/submit.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

// Lays the body over the department; null takes parent, managers and pool away.
void read_department(ObjectReader& body, domain::Department& department, domain::Faults& faults) {
  if (body.find("name") || department.name.empty()) {
    department.name = required_text(body, "name", domain::kNameLengthMax, faults);
  }
  if (body.find("parent")) department.parent = body.id<base::DepartmentTag>("parent", RefusalCode::unknown_department);
  if (body.find("managers")) {
    department.managers =
        body.ids<base::MemberTag>("managers", RefusalCode::unknown_member).value_or(std::vector<base::MemberId>());
  }
  if (body.find("customer_pool")) {
    department.customer_pool = body.id<base::PoolTag>("customer_pool", RefusalCode::unknown_pool);
  }
  body.finish();
}

const domain::Department* live_department(const Call& call) {
  const auto id = base::parse_id<base::DepartmentTag>(call.parameter("id"));
  if (!id) return nullptr;
  const auto& departments = call.design().departments;
  const auto found = departments.find(*id);
  return found != departments.end() && !found->second.removed ? &found->second : nullptr;
}

http::Response department_answer(int status, const domain::Department& department, eventstore::Position position) {
  std::string text;
  json::Writer writer(text);
  write_department(writer, department);
  return answer(status, std::move(text), position);
}

const domain::Department& changed_in(const domain::CommitContent& content) {
  return std::get<domain::DepartmentChanged>(content.events.front()).department;
}

}  // namespace

void add_department(App&, const CallPtr& call) {
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  domain::AddDepartment command;
  read_department(body, command.department, faults);
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  submit(call, std::move(command), [](const projections::State&, const engine::CommandOutcome& outcome) {
    const auto& department = changed_in(outcome.commit->content);
    auto response = department_answer(201, department, outcome.position);
    response.headers.set("Location", "/v1/departments/" + base::format_id(department.id));
    return response;
  });
}

void change_department(App&, const CallPtr& call) {
  const auto* present = live_department(*call);
  if (!present) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  domain::ChangeDepartment command{*present};
  body.read_only({"id"});
  read_department(body, command.department, faults);
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  submit(call, std::move(command),
         [id = present->id](const projections::State& state, const engine::CommandOutcome& outcome) {
           return department_answer(200, state.workspace().departments.at(id), outcome.position);
         });
}

void remove_department(App&, const CallPtr& call) {
  const auto* present = live_department(*call);
  if (!present) return call->refuse(Problem::of("not-found"));
  domain::ChangeDepartment command{*present};
  command.department.removed = true;
  submit(call, std::move(command), [](const projections::State&, const engine::CommandOutcome& outcome) {
    return nothing_to_tell(outcome.position);
  });
}

}  // namespace highseas::api
