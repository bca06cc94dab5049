// log_in — POST /v1/sessions: the same answer in the same time for an unknown account and a wrong password.
#include <algorithm>

#include "api/access.hpp"
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/read/password_rules.hpp"
#include "api/render/session_json.hpp"
#include "base/text.hpp"
#include "eventstore/passwords.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kEmailMax = 254;

struct Attempt {
  std::string email;
  std::string password;
  std::optional<std::string> workspace;
  std::string account;  // what failures are counted by
};

// Compared where there is no account, so that nobody learns of it by the time that it takes.
const std::string& hash_of_nobody() {
  static const std::string hash = eventstore::hash_password("nobody has this password");
  return hash;
}

// The member of that address, in the workspace that is meant.
const domain::Member* member_of(const domain::Workspace* design, const Attempt& attempt) {
  if (!design) return nullptr;
  if (attempt.workspace && *attempt.workspace != base::format_id(design->id)) return nullptr;
  return design->member_by_email(attempt.email);
}

// What was typed is not kept, only whose it is: a password may stand where the address should.
void record(App& app, const Call& call, engine::AccessKind kind, const domain::Member* member,
            std::optional<base::Ulid> session = std::nullopt) {
  engine::AccessEntry entry{.kind = kind, .session = session};
  if (member) entry.member = member->id;
  const bool is_hers = kind == engine::AccessKind::logged_in || kind == engine::AccessKind::log_in_tried;
  if (is_hers) entry.by = entry.member;
  record_access(app, call, std::move(entry));
}

// On the password thread: one after the other, so that tries sent at once are slowed down too.
void try_log_in(App& app, const CallPtr& call, const Attempt& attempt) {
  using enum engine::AccessKind;
  const auto& address = call->request().remote_address;
  const auto workspace = app.engine().workspace();
  const auto design = workspace ? workspace->design() : nullptr;
  const auto* member = member_of(design.get(), attempt);
  if (const auto wait = app.login_guard().wait_ms(attempt.account, address, engine::real_now())) {
    record(app, *call, log_in_backed_off, member);
    auto problem = Problem::of("too-many-attempts");
    problem.headers.emplace_back("Retry-After", std::to_string(std::max<std::int64_t>(1, (*wait + 999) / 1000)));
    return call->refuse(problem);
  }
  auto& credentials = app.engine().credentials();
  const auto& nobody = hash_of_nobody();
  const bool is_active = member && member->state == domain::MemberState::active;
  const auto hash = is_active ? credentials.password_hash(workspace->number(), member->id) : std::nullopt;
  const bool right = eventstore::verify_password(hash ? *hash : nobody, attempt.password);
  if (!hash || !right) {
    app.login_guard().failed(attempt.account, address, engine::real_now());
    record(app, *call, log_in_failed, member);
    auto problem = Problem::of("bad-credentials");
    problem.headers.emplace_back("WWW-Authenticate", "Bearer");  // RFC 9110: of every 401
    return call->refuse(problem);
  }
  app.login_guard().succeeded(attempt.account, address, engine::real_now());
  const auto position = durable_position(app);
  if (call->dry_run()) {
    record(app, *call, log_in_tried, member);
    return call->respond(would_accept(position));
  }
  if (eventstore::needs_rehash(*hash)) {
    // Where this fails the old hash stays good.
    (void)credentials.set_password_hash(workspace->number(), member->id, eventstore::hash_password(attempt.password));
  }
  const auto session = credentials.start_session(workspace->number(), member->id, engine::real_now());
  if (!session) return call->fail(engine::Failure::storage);
  record(app, *call, logged_in, member, session->id);
  call->respond(session_answer(app, *design, member->id, *session, position));
}

}  // namespace

void log_in(App& app, const CallPtr& call) {
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  Attempt attempt;
  if (body.required("email")) attempt.email = body.text("email", kEmailMax).value_or("");
  attempt.password = read_password(body, "password").value_or("");
  attempt.workspace = body.text("workspace", kEmailMax);
  body.finish();
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  attempt.account = base::normal_form_1(base::NormalFormKind::email, attempt.email);
  const bool taken =
      app.engine().on_password_thread([&app, call, attempt = std::move(attempt)] { try_log_in(app, call, attempt); });
  if (!taken) call->fail(engine::Failure::overloaded);
}

}  // namespace highseas::api
