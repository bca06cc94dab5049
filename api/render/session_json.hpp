// session_json — a session that was just begun, with its cookie; and sessions as their owner lists them.
#pragma once

#include "api/app.hpp"
#include "api/json/writer.hpp"

namespace highseas::api {

inline constexpr std::string_view kSessionPrefix = "ses_";

// 201 `{token, csrf_token, member, expires_at}`, and the cookie for a browser.
http::Response session_answer(const App& app, const domain::Workspace& workspace, base::MemberId member,
                              const engine::NewSession& session, eventstore::Position position);
// Of a browser that logs out.
std::string ended_session_cookie(const App& app);

void write_session(json::Writer& writer, const engine::Session& session, bool current);

}  // namespace highseas::api
