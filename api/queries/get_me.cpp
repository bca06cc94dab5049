// get_me — GET /v1/me: who asks, by what, in which company, and what she may do.
#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/render/directory_json.hpp"
#include "api/render/session_json.hpp"

namespace highseas::api {
namespace {

void write_workspace(json::Writer& writer, const domain::Workspace& workspace) {
  writer.key("workspace").begin_object();
  writer.member("id", base::format_id(workspace.id)).member("name", workspace.name);
  writer.member("time_zone", workspace.time_zone).member("currency", workspace.currency).end_object();
}

void write_credential(json::Writer& writer, const Caller& caller) {
  writer.member("credential", caller.session ? "session" : "api_key");
  if (caller.session) {
    writer.key("session");
    write_session(writer, *caller.session, true);
    writer.null_member("api_key");
  } else {
    writer.null_member("session").member("api_key", base::format_id(base::ApiKeyId{caller.actor.id}));
  }
}

http::Response me(const Call& call, const projections::State& state) {
  const auto& workspace = state.workspace();
  const auto& member = workspace.members.at(call.caller().member);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("member");
  write_member(writer, workspace, member);
  writer.key("roles").begin_array();
  for (const auto id : member.roles) {
    if (const auto role = workspace.roles.find(id); role != workspace.roles.end()) write_role(writer, role->second);
  }
  writer.end_array().key("departments").begin_array();
  for (const auto id : member.departments) {
    const auto department = workspace.departments.find(id);
    if (department != workspace.departments.end()) write_department(writer, department->second);
  }
  writer.end_array();
  write_workspace(writer, workspace);
  write_credential(writer, call.caller());
  writer.key("permissions");
  write_permissions(writer, workspace, member);
  writer.member("position", state.position()).end_object();
  return answer(200, std::move(text), state.position());
}

}  // namespace

void get_me(App&, const CallPtr& call) {
  ask(call, [call](const projections::State& state) { return me(*call, state); });
}

}  // namespace highseas::api
