// set_up — POST /v1/setup: whoever holds the one-time token of the data directory opens the workspace.
#include "api/access.hpp"
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/read/directory_body.hpp"
#include "api/read/password_rules.hpp"
#include "api/render/session_json.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "domain/directory/directory_decider.hpp"
#include "domain/workspace/open_workspace.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kTextMax = 300;  // what is longer is refused here, the rest where it is decided

// The part of the body below `name`, or an empty object whose members are all missing.
const json::Json& part(ObjectReader& body, std::string_view name) {
  static const json::Json empty(json::Json::Object{});
  const auto* found = body.given(name);
  return found ? *found : empty;
}

// All faults are told before anything is decided: the password is no part of the command, and may be one of several.
engine::SetUp read_set_up(const json::Json& json, domain::Faults& faults) {
  using enum domain::RefusalCode;
  engine::SetUp request;
  ObjectReader body(json, "", faults);
  request.token = required_text(body, "setup_token", kTextMax, faults);
  ObjectReader workspace(part(body, "workspace"), "/workspace", faults);
  request.open.name = required_text(workspace, "name", domain::kNameLengthMax, faults);
  request.open.time_zone = required_text(workspace, "time_zone", kTextMax, faults);
  request.open.currency = required_text(workspace, "currency", kTextMax, faults);
  if (!request.open.time_zone.empty() && !base::Zone::find(request.open.time_zone)) {
    workspace.fault("time_zone", invalid_value);
  }
  if (!request.open.currency.empty() && !domain::is_currency(request.open.currency)) {
    workspace.fault("currency", invalid_value);
  }
  workspace.finish();
  ObjectReader admin(part(body, "admin"), "/admin", faults);
  request.open.admin_name = required_text(admin, "name", domain::kNameLengthMax, faults);
  request.open.admin_email = required_text(admin, "email", kTextMax, faults);
  if (!request.open.admin_email.empty() && !domain::is_email_address(request.open.admin_email)) {
    admin.fault("email", invalid_value);
  }
  request.admin_password = read_password(admin, "password").value_or("");
  admin.finish();
  body.finish();
  return request;
}

void tell(App& app, const CallPtr& call, const engine::SetUpDone& done) {
  using Kind = engine::SetUpDone::Kind;
  switch (done.kind) {
    case Kind::wrong_token:
      return call->refuse(Problem::of(app.engine().needs_set_up() ? "wrong-setup-token" : "already-set-up"));
    case Kind::refused:
      return call->refuse(problem_of(*done.refusal, call->language()));
    case Kind::failed:
      return call->fail(engine::Failure::storage);
    case Kind::overloaded:
      return call->fail(engine::Failure::overloaded);
    case Kind::done:
      break;
  }
  const bool has_session = !done.session.token.empty();
  record_access(app, *call,
                {.kind = engine::AccessKind::workspace_set_up,
                 .member = done.admin,
                 .by = done.admin,
                 .session = has_session ? std::optional(done.session.id) : std::nullopt});
  // The workspace is open, but the session could not be kept: she logs in once the store is well.
  if (!has_session) return call->refuse(Problem::of("internal"));
  const auto design = app.engine().workspace()->design();
  call->respond(session_answer(app, *design, done.admin, done.session, durable_position(app)));
}

}  // namespace

void set_up(App& app, const CallPtr& call) {
  if (!app.engine().needs_set_up()) return call->refuse(Problem::of("already-set-up"));
  // Whoever does not hold the token learns nothing of her body's faults.
  const auto* given = call->body().find("setup_token");
  const auto* token = given ? given->as_string() : nullptr;
  if (!token || !app.engine().is_set_up_token(*token)) return call->refuse(Problem::of("wrong-setup-token"));
  domain::Faults faults;
  auto request = read_set_up(call->body(), faults);
  const auto& password = request.admin_password;
  if (!password.empty() && is_weak_password(password, request.open.admin_email)) {
    return call->refuse(weak_password(faults, "/admin/password", call->language()));
  }
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  if (call->dry_run()) return call->respond(would_accept(durable_position(app)));
  app.engine().set_up(std::move(request), [&app, call](const engine::SetUpDone& done) { tell(app, call, done); });
}

}  // namespace highseas::api
