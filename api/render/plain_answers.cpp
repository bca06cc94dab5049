// plain_answers — a problem at a position, and an answer without a body.
#include "api/render/plain_answers.hpp"

namespace highseas::api {

http::Response refused_at(const Call& call, const Problem& problem, eventstore::Position position) {
  auto response = problem_response(problem, call.language(), call.request().path);
  if (response.status >= 500) return response;
  if (call.dry_run()) {
    return answer(200, R"({"would":"refuse","events":[],"problem":)" + response.body + "}", position);
  }
  response.headers.set("Highseas-Position", std::to_string(position));
  return response;
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace highseas::api
