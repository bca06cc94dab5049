// get_import_errors — GET /v1/imports/{id}/errors.csv: the refused rows as they were, with reasons, to mend and send
// again.
#include <unordered_map>

#include "api/handlers.hpp"
#include "api/render/csv_text.hpp"
#include "api/render/file_json.hpp"
#include "api/render/job_json.hpp"
#include "api/render/plain_answers.hpp"
#include "engine/jobs/import_source.hpp"

namespace highseas::api {
namespace {

using Refused = std::unordered_map<std::uint64_t, const domain::ItemOutcome*>;

Refused refused_rows(const projections::JobView& job) {
  Refused rows;
  for (const auto& chunk : job.outcomes) {
    for (const auto& outcome : chunk->outcomes) {
      if (outcome.status == domain::OutcomeStatus::refused) rows.emplace(outcome.index, &outcome);
    }
  }
  return rows;
}

std::vector<std::string> header_of(const engine::ImportSource& source, Language language) {
  auto header = source.shape().header;
  const bool zh = language == Language::zh;
  header.push_back(zh ? "错误代码" : "error code");
  header.push_back(zh ? "错误字段" : "error field");
  header.push_back(zh ? "错误说明" : "error detail");
  return header;
}

std::string table_of(const engine::ImportSource& source, const Refused& refused, const domain::FormDefinition* form,
                     Language language) {
  std::string text(kCsvBom);
  append_csv_row(text, header_of(source, language));
  for (const auto& row : source.rows()) {
    const auto found = refused.find(row.number);
    if (found == refused.end()) continue;
    const auto& outcome = *found->second;
    const auto code = domain::refusal_key(outcome.code);
    const auto* field = form ? form->field(outcome.field) : nullptr;
    auto cells = row.cells;
    cells.resize(source.shape().header.size());
    cells.emplace_back(code);
    cells.push_back(!field ? std::string() : language == Language::zh ? field->label.zh : field->label.en);
    cells.push_back(detail_of(code, language));
    append_csv_row(text, cells);
  }
  return text;
}

http::Response errors_answer(App& app, const Call& call, const projections::Image& image) {
  const auto id = base::parse_id<base::JobTag>(call.parameter("id"));
  const auto* job = id ? image.job(*id) : nullptr;
  const auto* plan = job ? std::get_if<domain::ImportPlan>(&job->plan) : nullptr;
  if (!plan || !may_see(call.rights(), *job) || !image.file(plan->file)) {
    return refused_at(call, Problem::of("not-found"), image.position());
  }
  const auto bytes = app.engine().files().load(plan->file);
  if (!bytes) return refused_at(call, Problem::of("storage"), image.position());
  const auto source = engine::ImportSource::open(*bytes);
  if (!source) return refused_at(call, Problem::of("bad-file"), image.position());
  http::Response response;
  response.status = 200;
  response.body = table_of(**source, refused_rows(*job), image.workspace().form(plan->form), call.language());
  response.headers.set("Highseas-Position", std::to_string(image.position()));
  set_download_headers(response, "text/csv; charset=utf-8", "errors.csv");
  return response;
}

}  // namespace

void get_import_errors(App& app, const CallPtr& call) {
  scan(call, [&app, call](const projections::Image& image) { return errors_answer(app, *call, image); });
}

}  // namespace highseas::api
