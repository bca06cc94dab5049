// transient_answers — jobs that are over when they are told of and that the log does not know.
#pragma once

#include "api/app.hpp"

namespace highseas::api {

// The caller's own; null: there is none.
TransientJobPtr transient_job(App& app, const Call& call, base::JobId id);
// `now`: of the workspace.
base::JobId fresh_transient_id(App& app, base::Instant now);
// Keeps it under its id and answers `202` with its body.
http::Response keep_transient(App& app, base::JobId id, TransientJob job, eventstore::Position position);

}  // namespace highseas::api
