// accept_invitation — POST /v1/invitations/{token}/accept: a password, and whoever was invited is a member. The token
// goes and the hash comes with the commit, or neither does.
#include "api/access.hpp"
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/read/password_rules.hpp"
#include "api/render/session_json.hpp"
#include "eventstore/passwords.hpp"

namespace highseas::api {
namespace {

struct Acceptance {
  std::string token;
  engine::InvitationHolder holder;
  std::string password;
};

// The invitation itself, not another one of the same member: one that has run out stays out.
bool is_open(const domain::Workspace& workspace, const engine::InvitationHolder& holder, base::Instant now) {
  const auto found = workspace.invitations.find(holder.invitation);
  return found != workspace.invitations.end() && !found->second.used && found->second.expires_at > now;
}

// Told once the commit is on disk.
void tell_joined(App& app, const CallPtr& call, const engine::Sequencer& workspace, base::MemberId member,
                 eventstore::Position position) {
  const auto session = app.engine().credentials().start_session(workspace.number(), member, engine::real_now());
  record_access(app, *call,
                {.kind = engine::AccessKind::invitation_accepted,
                 .member = member,
                 .by = member,
                 .session = session ? std::optional(session->id) : std::nullopt});
  if (!session) return call->fail(engine::Failure::storage);
  call->respond(session_answer(app, *workspace.design(), member, *session, position));
}

void join(App& app, const CallPtr& call, const std::shared_ptr<engine::Sequencer>& workspace,
          const Acceptance& acceptance) {
  const auto member = acceptance.holder.member;
  engine::CommandRequest request{.actor = {.kind = domain::ActorKind::setup, .id = {}, .on_behalf_of = {}},
                                 .command = domain::AcceptInvitation{member}};
  request.dry_run = call->dry_run();
  request.side_writes = [number = workspace->number(), member, token = acceptance.token,
                         hash = eventstore::hash_password(acceptance.password)](const domain::CommitContent&) {
    return std::vector{engine::Credentials::password_write(number, member, hash),
                       engine::Credentials::invitation_erase(token)};
  };
  auto on_decided = [&app, call, workspace, member](
                        const projections::State&,
                        const engine::CommandOutcome& outcome) -> std::move_only_function<void()> {
    if (outcome.kind == engine::CommandOutcome::Kind::refused) {
      return [call, refusal = *outcome.refusal] { call->refuse(problem_of(refusal, call->language())); };
    }
    return [&app, call, workspace, member, position = outcome.position] {
      if (call->dry_run()) return call->respond(would_accept(position));
      tell_joined(app, call, *workspace, member, position);
    };
  };
  workspace->submit(std::move(request), std::move(on_decided), call->on_failure(call));
}

}  // namespace

void accept_invitation(App& app, const CallPtr& call) {
  const auto& token = call->parameter("token");
  const auto holder = app.engine().credentials().invitation(token);
  const auto workspace = holder ? app.engine().workspace(holder->workspace) : nullptr;
  const auto design = workspace ? workspace->design() : nullptr;
  if (!design || !is_open(*design, *holder, app.engine().clock().now())) {
    return call->refuse(Problem::of("invitation-used"));
  }
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  const auto password = read_password(body, "password").value_or("");
  body.finish();
  const auto* member = design->member(holder->member);
  if (!password.empty() && is_weak_password(password, member ? member->email : std::string())) {
    return call->refuse(weak_password(faults, "/password", call->language()));
  }
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  const bool taken =
      app.engine().on_password_thread([&app, call, workspace, acceptance = Acceptance{token, *holder, password}] {
        join(app, call, workspace, acceptance);
      });
  if (!taken) call->fail(engine::Failure::overloaded);
}

}  // namespace highseas::api
