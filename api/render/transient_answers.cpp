// transient_answers — an id, and the table behind it.
#include "api/render/transient_answers.hpp"

namespace highseas::api {

TransientJobPtr transient_job(App& app, const Call& call, base::JobId id) {
  return app.transient_jobs().find(id, call.caller().member, engine::real_now());
}

base::JobId fresh_transient_id(App& app, base::Instant now) {
  std::uint64_t seed = 0;
  for (const auto byte : app.engine().vault().random().bytes(sizeof(seed))) {
    seed = seed << 8 | static_cast<std::uint8_t>(byte);
  }
  return base::JobId{base::IdSource(now.ms, seed).other()};
}

http::Response keep_transient(App& app, base::JobId id, TransientJob job, eventstore::Position position) {
  auto response = answer(202, job.body, position);
  response.headers.set("Location", "/v1/jobs/" + base::format_id(id));
  app.transient_jobs().add(id, std::move(job), engine::real_now());
  return response;
}

}  // namespace highseas::api
