// list_sessions — GET /v1/sessions: where she is logged in, the latest first.
#include <algorithm>

#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/render/session_json.hpp"
#include "api/render/small_list.hpp"

namespace highseas::api {
namespace {

// A session's own id is random; in its place in the list its beginning comes first.
base::Ulid place_of(const engine::Session& session) {
  return {.high = static_cast<std::uint64_t>(session.created_at.ms), .low = session.id.low};
}

}  // namespace

void list_sessions(App& app, const CallPtr& call) {
  const auto page = small_page(*call);
  if (!page) return call->refuse(page.error());
  const auto& caller = call->caller();
  const auto sessions = app.engine().credentials().sessions_of(call->workspace()->number(), caller.member);
  std::vector<base::Ulid> keys;
  for (const auto& session : sessions) keys.push_back(place_of(session));
  const auto write = [&](json::Writer& writer, base::Ulid key) {
    const auto session = std::ranges::find(sessions, key, place_of);
    write_session(writer, *session, caller.session && caller.session->id == session->id);
  };
  call->respond(small_list_answer(*page, std::move(keys), write, durable_position(app)));
}

}  // namespace highseas::api
