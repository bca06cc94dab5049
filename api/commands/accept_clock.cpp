// accept_clock — POST /v1/clock/accept: the real clock is right, and sweeps that it held back go on.
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/json/writer.hpp"

namespace highseas::api {

void accept_clock(App& app, const CallPtr& call) {
  if (!call->rights().writes(domain::Thing::settings)) return call->refuse(Problem::of("forbidden"));
  if (call->dry_run()) return call->respond(would_accept(durable_position(app)));
  app.engine().accept_clock();
  std::string text;
  json::Writer writer(text);
  writer.begin_object().member("now", base::format_instant(app.engine().clock().now())).end_object();
  call->respond(answer(200, std::move(text), durable_position(app)));
}

}  // namespace highseas::api
