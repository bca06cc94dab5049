// import_trial — two dry runs: the start of the job, and a batch made of its first rows.
#include "api/commands/import_trial.hpp"

#include <algorithm>

#include "api/render/import_warnings.hpp"
#include "api/render/job_json.hpp"
#include "api/render/plain_answers.hpp"

namespace highseas::api {
namespace {

// The first rows of a chunk, those that could not be read counted.
domain::ImportRows first_rows(domain::ImportRows chunk) {
  std::vector<std::uint64_t> numbers = chunk.rows;
  for (const auto& outcome : chunk.unreadable) numbers.push_back(outcome.index);
  if (numbers.size() <= kTrialRows) return chunk;
  std::ranges::sort(numbers);
  const auto last = numbers[kTrialRows - 1];
  std::erase_if(chunk.unreadable, [&](const auto& outcome) { return outcome.index > last; });
  const auto end = std::ranges::upper_bound(chunk.rows, last);
  const auto kept = static_cast<std::size_t>(end - chunk.rows.begin());
  chunk.rows.resize(kept);
  chunk.items.resize(kept);
  return chunk;
}

}  // namespace

ImportTrial::ImportTrial(CallPtr call, const projections::Image& image, OpenedImport opened, base::Instant now)
    : call_(std::move(call)), opened_(std::move(opened)), now_(now) {
  chunk_ = first_rows(opened_.source->chunk(image, base::JobId{}, opened_.request.plan, 0));
  for (const auto& outcome : chunk_.unreadable) {
    rows_.push_back({.number = outcome.index,
                     .outcome = "refused",
                     .faults = {{.pointer = {}, .code = outcome.code, .field = outcome.field, .detail = {}}}});
  }
}

engine::CommandRequest ImportTrial::dry(domain::Command command) const {
  engine::CommandRequest request{.actor = call_->caller().actor, .command = std::move(command)};
  request.dry_run = true;
  return request;
}

void ImportTrial::run() {
  const domain::StartImport command{.plan = opened_.request.plan, .total = opened_.source->shape().rows};
  call_->workspace()->submit(
      dry(command),
      [self = shared_from_this()](const projections::State& state,
                                  const engine::CommandOutcome& outcome) -> std::move_only_function<void()> {
        if (outcome.kind != engine::CommandOutcome::Kind::refused) return [self] { self->try_rows(); };
        const auto problem = problem_of(*outcome.refusal, self->call_->language());
        return [self, response = refused_at(*self->call_, problem, state.position())]() mutable {
          self->call_->respond(std::move(response));
        };
      },
      call_->on_failure(call_));
}

void ImportTrial::try_rows() {
  domain::WriteRecords command{
      .form = chunk_.form, .atomic = false, .origin = domain::Origin::import, .items = chunk_.items};
  call_->workspace()->submit(
      dry(std::move(command)),
      [self = shared_from_this()](const projections::State& state, const engine::CommandOutcome& outcome) {
        if (outcome.results) self->judge(*outcome.results);
        return [self, response = self->answer_of(state.workspace(), state.position())]() mutable {
          self->call_->respond(std::move(response));
        };
      },
      call_->on_failure(call_));
}

void ImportTrial::judge(const std::vector<decision::ItemResult>& results) {
  for (std::size_t i = 0; i < results.size() && i < chunk_.rows.size(); ++i) {
    rows_.push_back(judged(chunk_.rows[i], results[i].refusal));
  }
  std::ranges::sort(rows_, {}, &Row::number);
}

ImportTrial::Row ImportTrial::judged(std::uint64_t number, const std::optional<domain::Refusal>& refusal) const {
  Row row{.number = number, .outcome = "created", .faults = {}};
  if (!refusal) return row;
  const bool one_duplicate = refusal->code == domain::RefusalCode::duplicate_record && refusal->duplicates.size() == 1;
  if (one_duplicate && chunk_.on_duplicate != domain::OnDuplicate::refuse) {
    row.outcome = chunk_.on_duplicate == domain::OnDuplicate::skip ? "skipped" : "updated";
    return row;
  }
  row.outcome = "refused";
  row.faults = refusal->faults;
  if (row.faults.empty()) {
    domain::FieldNumber field = 0;
    if (!refusal->duplicates.empty() && !refusal->duplicates.front().matched.empty()) {
      field = refusal->duplicates.front().matched.front();
    }
    row.faults.push_back({.pointer = {}, .code = refusal->code, .field = field, .detail = {}});
  }
  return row;
}

std::uint64_t ImportTrial::count(std::string_view outcome) const {
  return static_cast<std::uint64_t>(std::ranges::count(rows_, outcome, &Row::outcome));
}

void ImportTrial::write_result(json::Writer& writer, const domain::Workspace& workspace) const {
  const auto* form = workspace.form(chunk_.form);
  writer.begin_object().member("rows", static_cast<std::uint64_t>(rows_.size()));
  for (const auto* outcome : {"created", "updated", "skipped", "refused"}) writer.member(outcome, count(outcome));
  writer.key("errors").begin_array();
  for (const auto& row : rows_) {
    for (const auto& fault : row.faults) {
      write_row_error(writer, form, row.number, fault.field, fault.code, call_->language());
    }
  }
  writer.end_array().key("items").begin_array();
  for (const auto& row : rows_) {
    writer.begin_object().member("row", row.number).member("outcome", row.outcome).end_object();
  }
  writer.end_array().end_object();
}

// Shaped like the job that it would be.
http::Response ImportTrial::answer_of(const domain::Workspace& workspace, eventstore::Position position) const {
  std::string text;
  json::Writer writer(text);
  const auto done = static_cast<std::uint64_t>(rows_.size());
  writer.begin_object().null_member("id").member("type", "import").member("state", "succeeded").member("trial", true);
  writer.member("done", done).member("total", opened_.source->shape().rows);
  writer.member("started_at", base::format_instant(now_)).member("ended_at", base::format_instant(now_));
  writer.null_member("eta").key("result");
  write_result(writer, workspace);
  writer.null_member("error");
  write_left_out(writer, opened_.left_out, call_->language());
  writer.end_object();
  return answer(200, std::move(text), position);
}

}  // namespace highseas::api
