// job_json — jobs as JSON: how far, how long yet, and what came of them.
#pragma once

#include "api/json/writer.hpp"
#include "api/problem.hpp"
#include "domain/permissions/permissions.hpp"
#include "projections/image.hpp"

namespace highseas::api {

// Whoever started it, and who may write the settings.
bool may_see(const domain::Rights& rights, const projections::JobView& job);

// "import", "hand_over", "backfill".
std::string_view job_type(const domain::JobPlan& plan);
// Whether `type` is one that jobs may have, now or later.
bool is_job_type(std::string_view type);

// `{id, type, state, done, total, started_at, ended_at, eta, result, error}`. `rights`: of whom it is told to. `now`:
// of the workspace.
void write_job(json::Writer& writer, const projections::Image& image, const projections::JobView& job,
               const domain::Rights& rights, Language language, base::Instant now);
// The same without its braces, for an answer that says more.
void write_job_members(json::Writer& writer, const projections::Image& image, const projections::JobView& job,
                       const domain::Rights& rights, Language language, base::Instant now);

}  // namespace highseas::api
