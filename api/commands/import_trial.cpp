// import_trial — two dry runs: the start of the job, and the chunk of its first rows as the job would decide it.
#include "api/commands/import_trial.hpp"

#include <algorithm>
#include <set>

#include "api/render/import_warnings.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/transient_answers.hpp"
#include "decision/items.hpp"

namespace highseas::api {
ImportTrial::ImportTrial(App& app, CallPtr call, const projections::Image& image, OpenedImport opened,
                         base::Instant now)
    : app_(app), call_(std::move(call)), opened_(std::move(opened)), now_(now) {
  chunk_ = opened_.source->chunk(image, call_->rights(), base::JobId{}, opened_.request.plan, 0, kTrialRows);
  for (const auto& outcome : chunk_.unreadable) {
    if (rows_.empty() || rows_.back().number != outcome.index) rows_.push_back({outcome.index, "refused", {}});
    rows_.back().faults.push_back(outcome);
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
  call_->workspace()->submit(
      dry(chunk_),
      [self = shared_from_this()](const projections::State& state, const engine::CommandOutcome& outcome) {
        self->judge(outcome);
        return [self, response = self->answer_of(state)]() mutable { self->call_->respond(std::move(response)); };
      },
      call_->on_failure(call_));
}

void ImportTrial::judge(const engine::CommandOutcome& outcome) {
  std::set<base::Ulid> created;
  std::set<base::Ulid> updated;
  if (outcome.commit) {
    for (const auto& event : outcome.commit->content.events) {
      if (const auto* made = std::get_if<domain::RecordCreated>(&event)) created.insert(made->record.ulid);
      if (const auto* made = std::get_if<domain::FollowedUp>(&event)) created.insert(made->follow_up.ulid);
      if (const auto* changed = std::get_if<domain::RecordChanged>(&event)) updated.insert(changed->record.ulid);
    }
  }
  const std::vector<decision::ItemResult> none;
  const auto& results = outcome.results ? *outcome.results : none;
  for (std::size_t i = 0; i < results.size() && i < chunk_.rows.size(); ++i) {
    const auto number = chunk_.rows[i];
    const auto& [record, refusal] = results[i];
    Row row{.number = number, .outcome = "skipped", .faults = {}};
    if (refusal) {
      row.outcome = "refused";
      row.faults = decision::outcomes_of(number, record ? std::optional(record->ulid) : std::nullopt, &*refusal);
    } else if (record && created.contains(record->ulid) && made_.emplace(record->ulid, number).second) {
      row.outcome = "created";
    } else if (record && updated.contains(record->ulid)) {
      row.outcome = "updated";
    }
    rows_.push_back(std::move(row));
  }
  std::ranges::sort(rows_, {}, &Row::number);
}

std::uint64_t ImportTrial::count(std::string_view outcome) const {
  return static_cast<std::uint64_t>(std::ranges::count(rows_, outcome, &Row::outcome));
}

void ImportTrial::write_result(json::Writer& writer, const RowErrorContext& context) const {
  writer.begin_object().member("rows", static_cast<std::uint64_t>(rows_.size()));
  for (const auto* outcome : {"created", "updated", "skipped", "refused"}) writer.member(outcome, count(outcome));
  writer.key("errors").begin_array();
  for (const auto& row : rows_) {
    for (const auto& fault : row.faults) write_row_error(writer, context, fault);
  }
  writer.end_array().key("items").begin_array();
  for (const auto& row : rows_) {
    writer.begin_object().member("row", row.number).member("outcome", row.outcome).end_object();
  }
  writer.end_array().end_object();
}

// Shaped like the job that it would be.
std::string ImportTrial::body(base::JobId id, const RowErrorContext& context) const {
  std::string text;
  json::Writer writer(text);
  const auto done = static_cast<std::uint64_t>(rows_.size());
  writer.begin_object().member("id", base::format_id(id)).member("type", "import").member("state", "succeeded");
  writer.member("trial", true).member("done", done).member("total", opened_.source->shape().rows);
  writer.member("started_at", base::format_instant(now_)).member("ended_at", base::format_instant(now_));
  writer.null_member("eta").key("result");
  write_result(writer, context);
  writer.null_member("error");
  write_left_out(writer, opened_.left_out, call_->language());
  writer.end_object();
  return text;
}

// The newest first, as of a job in the log; they have no ids, since nothing was written.
std::vector<std::string> ImportTrial::items(const RowErrorContext& context) const {
  std::vector<std::string> items;
  for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object().null_member("id").member("row", row->number).member("outcome", row->outcome);
    if (row->faults.empty()) {
      writer.null_member("code").null_member("reason");
    } else {
      writer.member("code", domain::refusal_key(row->faults.front().code));
      writer.member("reason", row_detail(context, row->faults.front()));
    }
    writer.key("errors").begin_array();
    for (const auto& fault : row->faults) write_row_error(writer, context, fault);
    writer.end_array().end_object();
    items.push_back(std::move(text));
  }
  return items;
}

http::Response ImportTrial::answer_of(const projections::State& state) const {
  const RowErrorContext context{.image = state.image(),
                                .rights = call_->rights(),
                                .form = chunk_.form,
                                .language = call_->language(),
                                .made = &made_};
  RefusedRows refused;
  for (const auto& row : rows_) {
    if (!row.faults.empty()) refused[row.number] = row.faults;
  }
  const auto id = fresh_transient_id(app_, now_);
  TransientJob job{.member = call_->caller().member,
                   .body = body(id, context),
                   .items = items(context),
                   .errors_csv = refused_rows_csv(*opened_.source, refused, context)};
  return keep_transient(app_, id, std::move(job), state.position());
}

}  // namespace highseas::api
