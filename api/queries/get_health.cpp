// get_health — GET /healthz and /readyz: whether the program runs, and whether it can answer.
#include "api/handlers.hpp"
#include "api/json/writer.hpp"

namespace highseas::api {
namespace {

http::Response health_answer(std::string text) {
  auto response = http::Response::json(200, std::move(text));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response ready_answer(App& app, std::string_view status) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().member("status", status);
  writer.key("warnings").begin_array();
  for (const auto& warning : app.engine().warnings()) writer.string(warning);
  writer.end_array().end_object();
  return health_answer(std::move(text));
}

}  // namespace

void get_health(App&, const CallPtr& call) {
  call->respond(health_answer(R"({"status":"ok"})"));
}

void get_readiness(App& app, const CallPtr& call) {
  const auto workspace = app.engine().workspace();
  if (!workspace || app.engine().needs_set_up()) return call->respond(ready_answer(app, "set-up-needed"));
  // Asked for real: a store that failed, or a strand that is stuck, is not ready.
  workspace->query(
      0,
      [&app, call](const projections::State&) { return [&app, call] { call->respond(ready_answer(app, "ready")); }; },
      call->on_failure(call));
}

}  // namespace highseas::api
