// end_session — DELETE /v1/sessions/current and /v1/sessions/{id}: over at once, everywhere.
#include <algorithm>

#include "api/access.hpp"
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/render/session_json.hpp"

namespace highseas::api {

void log_out(App& app, const CallPtr& call) {
  const auto& session = call->caller().session;
  if (!session) return call->refuse(Problem::of("not-found"));  // a key has none
  const auto position = durable_position(app);
  if (call->dry_run()) return call->respond(would_accept(position));
  app.engine().credentials().end_session(session->id);
  record_access(app, *call,
                {.kind = engine::AccessKind::logged_out, .member = call->caller().member, .session = session->id});
  auto response = nothing_to_tell(position);
  response.headers.add("Set-Cookie", ended_session_cookie(app));
  call->respond(std::move(response));
}

void end_session(App& app, const CallPtr& call) {
  auto& credentials = app.engine().credentials();
  const auto id = base::parse_prefixed(kSessionPrefix, call->parameter("id"));
  const auto sessions = credentials.sessions_of(call->workspace()->number(), call->caller().member);
  const bool hers = id && std::ranges::any_of(sessions, [&](const auto& session) { return session.id == *id; });
  if (!hers) return call->refuse(Problem::of("not-found"));
  const auto position = durable_position(app);
  if (call->dry_run()) return call->respond(would_accept(position));
  credentials.end_session(*id);
  record_access(app, *call,
                {.kind = engine::AccessKind::session_ended, .member = call->caller().member, .session = id});
  call->respond(nothing_to_tell(position));
}

}  // namespace highseas::api
