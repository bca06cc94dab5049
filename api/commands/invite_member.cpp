// invite_member — POST /v1/members/invite: the token is made here, told once, and kept by its hash with the commit.
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/read/directory_body.hpp"
#include "api/render/directory_json.hpp"
#include "api/submit.hpp"

namespace highseas::api {
namespace {

const domain::MemberInvited* invited_in(const domain::CommitContent& content) {
  for (const auto& event : content.events) {
    if (const auto* invited = std::get_if<domain::MemberInvited>(&event)) return invited;
  }
  return nullptr;
}

// A repeat has the answer again, but for the token.
http::Response invited_answer(const App& app, const projections::State& state, const engine::CommandOutcome& outcome,
                              const std::string& token) {
  const auto* invited = invited_in(outcome.commit->content);
  const bool repeated = outcome.kind == engine::CommandOutcome::Kind::repeated;
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("member");
  write_member(writer, state.workspace(), invited->member);
  writer.key("invitation").begin_object();
  if (repeated) {
    writer.null_member("token").null_member("url");
  } else {
    writer.member("token", token).member("url", app.options().public_url + "/invitations/" + token);
  }
  writer.member("expires_at", base::format_instant(invited->expires_at)).end_object().end_object();
  auto response = answer(201, std::move(text), outcome.position);
  response.headers.set("Location", "/v1/members/" + base::format_id(invited->member.id));
  return response;
}

}  // namespace

void invite_member(App& app, const CallPtr& call) {
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  domain::InviteMember command;
  command.name = required_text(body, "name", domain::kNameLengthMax, faults);
  if (body.required("email")) command.email = read_email(body).value_or("");
  body.required("roles");
  command.roles = read_roles(body, call->design(), faults).value_or(command.roles);
  command.departments = read_departments(body, call->design(), faults).value_or(command.departments);
  body.finish();
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  const auto token = engine::fresh_token(app.engine().vault().random());
  submit(call, std::move(command),
         [&app, token](const projections::State& state, const engine::CommandOutcome& outcome) {
           return invited_answer(app, state, outcome, token);
         },
         {.side_writes = [token, number = call->workspace()->number()](const domain::CommitContent& content) {
           const auto* invited = invited_in(content);
           return std::vector{engine::Credentials::invitation_write(
               token, {.workspace = number, .invitation = invited->invitation, .member = invited->member.id})};
         }});
}

}  // namespace highseas::api
