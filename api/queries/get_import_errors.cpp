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
#include "engine/jobs/import_source.hpp"

namespace highseas::api {
namespace {

using Refused = std::map<std::uint64_t, std::vector<domain::ItemOutcome>>;  // by row: all that is wrong with it

Refused refused_rows(const projections::JobView& job) {
  Refused rows;
  for (const auto& chunk : job.outcomes) {
    for (const auto& outcome : chunk->outcomes) {
      if (outcome.status == domain::OutcomeStatus::refused) rows[outcome.index].push_back(outcome);
    }
  }
  return rows;
}

struct Reasons {
  std::string codes;
  std::string fields;
  std::string details;

  static void add(std::string& to, std::string_view text) {
    if (!to.empty() && !text.empty()) to += "; ";
    to += text;
  }
};

Reasons reasons_of(const RowErrorContext& context, const std::vector<domain::ItemOutcome>& faults) {
  Reasons reasons;
  const auto* form = context.definition();
  for (const auto& fault : faults) {
    const auto* field = form ? form->field(fault.field) : nullptr;
    Reasons::add(reasons.codes, domain::refusal_key(fault.code));
    if (field) Reasons::add(reasons.fields, context.language == Language::zh ? field->label.zh : field->label.en);
    Reasons::add(reasons.details, row_detail(context, fault));
  }
  return reasons;
}

// The reasons stand behind the widest row: none of a row's cells is lost or moved.
std::string table_of(const engine::ImportSource& source, const Refused& refused, const RowErrorContext& context) {
  auto header = source.shape().header;
  auto width = header.size();
  for (const auto& row : source.rows()) {
    if (refused.contains(row.number)) width = std::max(width, row.cells.size());
  }
  const bool zh = context.language == Language::zh;
  header.resize(width);
  header.insert(header.end(),
                {zh ? "错误代码" : "error code", zh ? "错误字段" : "error field", zh ? "错误说明" : "error detail"});
  std::string text(kCsvBom);
  append_csv_row(text, header);
  for (const auto& row : source.rows()) {
    const auto found = refused.find(row.number);
    if (found == refused.end()) continue;
    auto reasons = reasons_of(context, found->second);
    auto cells = row.cells;
    cells.resize(width);
    cells.push_back(std::move(reasons.codes));
    cells.push_back(std::move(reasons.fields));
    cells.push_back(std::move(reasons.details));
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
  response.body = table_of(**source, refused_rows(*job),
                           {.image = image, .rights = call.rights(), .form = plan->form, .language = call.language()});
  response.headers.set("Highseas-Position", std::to_string(image.position()));
  set_download_headers(response, "text/csv; charset=utf-8", "errors.csv");
  return response;
}

}  // namespace

void get_import_errors(App& app, const CallPtr& call) {
  scan(call, [&app, call](const projections::Image& image) { return errors_answer(app, *call, image); });
}

}  // namespace highseas::api
