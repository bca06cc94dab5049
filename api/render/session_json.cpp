// session_json — tokens are told once, here.
#include "api/render/session_json.hpp"

#include "api/render/directory_json.hpp"

namespace highseas::api {
namespace {

std::string cookie(const App& app, std::string_view token, std::int64_t seconds) {
  std::string text = "highseas_session=" + std::string(token) +
                     "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
  if (app.options().secure_cookies) text += "; Secure";
  return text;
}

}  // namespace

http::Response session_answer(const App& app, const domain::Workspace& workspace, base::MemberId member,
                              const engine::NewSession& session, eventstore::Position position) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.member("token", session.token).member("csrf_token", session.csrf_token);
  writer.key("member");
  if (const auto* known = workspace.member(member)) {
    write_member(writer, workspace, *known);
  } else {
    writer.null();
  }
  writer.member("expires_at", base::format_instant(session.expires_at)).end_object();
  auto response = answer(201, std::move(text), position);
  response.headers.add("Set-Cookie", cookie(app, session.token, engine::kSessionAbsoluteMs / 1000));
  return response;
}

std::string ended_session_cookie(const App& app) {
  return cookie(app, "", 0);
}

void write_session(json::Writer& writer, const engine::Session& session, bool current) {
  writer.begin_object();
  writer.member("id", base::format_id(kSessionPrefix, session.id));
  writer.member("created_at", base::format_instant(session.created_at));
  writer.member("last_seen_at", base::format_instant(session.last_seen_at));
  writer.member("expires_at", base::format_instant(session.expires_at()));
  writer.member("current", current).end_object();
}

}  // namespace highseas::api
