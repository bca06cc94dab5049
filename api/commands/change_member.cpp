// change_member — PATCH /v1/members/{id}: name, address, roles and departments.
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/read/directory_body.hpp"
#include "api/render/directory_json.hpp"
#include "api/submit.hpp"

namespace highseas::api {

void change_member(App&, const CallPtr& call) {
  const auto id = base::parse_id<base::MemberTag>(call->parameter("id"));
  if (!id) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  domain::ChangeMember command{.member = *id, .name = {}, .email = {}, .roles = {}, .departments = {}};
  if (body.find("name")) command.name = required_text(body, "name", domain::kNameLengthMax, faults);
  if (body.find("email") && body.required("email")) command.email = read_email(body);
  command.roles = read_roles(body, call->design(), faults);
  command.departments = read_departments(body, call->design(), faults);
  body.read_only({"id", "state"});
  body.finish();
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  submit(call, std::move(command), [id](const projections::State& state, const engine::CommandOutcome& outcome) {
    std::string text;
    json::Writer writer(text);
    write_member(writer, state.workspace(), state.workspace().members.at(*id));
    return answer(200, std::move(text), outcome.position);
  });
}

}  // namespace highseas::api
