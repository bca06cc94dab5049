// get_import_errors — GET /v1/imports/{id}/errors.csv: the refused rows as they were, with reasons, to mend and send
// again.
#include <algorithm>
#include <map>
#include <vector>

#include "api/handlers.hpp"
#include "api/render/csv_text.hpp"
#include "api/render/file_json.hpp"
#include "api/render/import_errors.hpp"
#include "api/render/job_json.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/transient_answers.hpp"
#include "engine/jobs/import_source.hpp"

namespace highseas::api {
namespace {

RefusedRows refused_rows(const projections::JobView& job) {
  RefusedRows rows;
  for (const auto& chunk : job.outcomes) {
    for (const auto& outcome : chunk->outcomes) {
      if (outcome.status == domain::OutcomeStatus::refused) rows[outcome.index].push_back(outcome);
    }
  }
  return rows;
}

http::Response download(std::string csv, eventstore::Position position) {
  http::Response response;
  response.status = 200;
  response.body = std::move(csv);
  response.headers.set("Highseas-Position", std::to_string(position));
  set_download_headers(response, "text/csv; charset=utf-8", "errors.csv");
  return response;
}

http::Response errors_answer(App& app, const Call& call, const projections::Image& image) {
  const auto id = base::parse_id<base::JobTag>(call.parameter("id"));
  const auto transient = id ? transient_job(app, call, *id) : nullptr;
  if (transient && !transient->errors_csv.empty()) return download(transient->errors_csv, image.position());
  const auto* job = id ? image.job(*id) : nullptr;
  const auto* plan = job ? std::get_if<domain::ImportPlan>(&job->plan) : nullptr;
  if (!plan || !may_see(call.rights(), *job) || !image.file(plan->file)) {
    return refused_at(call, Problem::of("not-found"), image.position());
  }
  const auto bytes = app.engine().files().load(plan->file);
  if (!bytes) return refused_at(call, Problem::of("storage"), image.position());
  const auto source = engine::ImportSource::open(*bytes);
  if (!source) return refused_at(call, Problem::of("bad-file"), image.position());
  const RowErrorContext context{
      .image = image, .rights = call.rights(), .form = plan->form, .language = call.language()};
  return download(refused_rows_csv(**source, refused_rows(*job), context), image.position());
}

}  // namespace

void get_import_errors(App& app, const CallPtr& call) {
  scan(call, [&app, call](const projections::Image& image) { return errors_answer(app, *call, image); });
}

}  // namespace highseas::api
