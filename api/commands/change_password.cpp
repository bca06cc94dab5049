// change_password — PUT /v1/me/password: needs the present one, and ends all other sessions.
#include <algorithm>

#include "api/access.hpp"
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/read/password_rules.hpp"
#include "base/text.hpp"
#include "eventstore/passwords.hpp"

namespace highseas::api {
namespace {

struct Change {
  std::string present;
  std::string wanted;
  std::string account;
};

Problem wrong_password(Language language) {
  auto problem = Problem::of("wrong-password");
  problem.errors.push_back({"/password", "wrong-password", detail_of("wrong-password", language)});
  return problem;
}

void record(App& app, const Call& call, engine::AccessKind kind) {
  record_access(app, call, {.kind = kind, .member = call.caller().member, .session = call.caller().session->id});
}

// On the password thread. Wrong ones count as failed log-ins: a stolen session is no way to guess.
void try_change(App& app, const CallPtr& call, const Change& change) {
  const auto& address = call->request().remote_address;
  if (const auto wait = app.login_guard().wait_ms(change.account, address, engine::real_now())) {
    record(app, *call, engine::AccessKind::log_in_backed_off);
    auto problem = Problem::of("too-many-attempts");
    problem.headers.emplace_back("Retry-After", std::to_string(std::max<std::int64_t>(1, (*wait + 999) / 1000)));
    return call->refuse(problem);
  }
  auto& credentials = app.engine().credentials();
  const auto number = call->workspace()->number();
  const auto member = call->caller().member;
  const auto hash = credentials.password_hash(number, member);
  if (!hash || !eventstore::verify_password(*hash, change.present)) {
    app.login_guard().failed(change.account, address, engine::real_now());
    record(app, *call, engine::AccessKind::password_change_failed);
    return call->refuse(wrong_password(call->language()));
  }
  const auto position = durable_position(app);
  if (call->dry_run()) return call->respond(would_accept(position));
  if (!credentials.set_password_hash(number, member, eventstore::hash_password(change.wanted))) {
    return call->fail(engine::Failure::storage);
  }
  credentials.end_sessions_of(number, member, call->caller().session->id);
  record(app, *call, engine::AccessKind::password_changed);
  call->respond(nothing_to_tell(position));
}

}  // namespace

void change_password(App& app, const CallPtr& call) {
  // A key acts for its member, and never takes her account over.
  if (!call->caller().session) return call->refuse(Problem::of("forbidden"));
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  Change change;
  change.present = read_password(body, "password").value_or("");
  change.wanted = read_password(body, "new_password").value_or("");
  body.finish();
  const auto* member = call->design().member(call->caller().member);
  const std::string email = member ? member->email : std::string();
  if (!change.wanted.empty() && is_weak_password(change.wanted, email)) {
    return call->refuse(weak_password(faults, "/new_password", call->language()));
  }
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  change.account = base::normal_form_1(base::NormalFormKind::email, email);
  const bool taken =
      app.engine().on_password_thread([&app, call, change = std::move(change)] { try_change(app, call, change); });
  if (!taken) call->fail(engine::Failure::overloaded);
}

}  // namespace highseas::api
