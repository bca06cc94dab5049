// beside_the_log — nothing to render but the position.
#include "api/commands/beside_the_log.hpp"

#include "engine/sequencer.hpp"

namespace highseas::api {

eventstore::Position durable_position(App& app) {
  const auto workspace = app.engine().workspace();
  return workspace ? app.engine().log().end(workspace->number()) : 0;
}

http::Response nothing_to_tell(eventstore::Position position) {
  http::Response response;
  response.status = 204;
  response.headers.set("Highseas-Position", std::to_string(position));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response would_accept(eventstore::Position position) {
  return answer(200, R"({"would":"accept","events":[]})", position);
}

}  // namespace highseas::api
