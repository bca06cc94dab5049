// job_json — what each kind of job tells of itself.
#include "api/render/job_json.hpp"

#include <algorithm>
#include <array>

#include "api/render/import_errors.hpp"
#include "codec/enum_keys.hpp"
#include "domain/jobs/job_decider.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kErrorsShown = 1'000;
constexpr std::array<std::string_view, 7> kTypes{"import",    "bulk",   "backfill",  "undo",
                                                 "hand_over", "export", "simulation"};

template <class... Fs>
struct Overload : Fs... {
  using Fs::operator()...;
};

template <class Visit>
void each_outcome(const projections::JobView& job, const Visit& visit) {
  for (const auto& chunk : job.outcomes) {
    for (const auto& outcome : chunk->outcomes) visit(outcome);
  }
}

std::uint64_t count(const projections::JobView& job, domain::OutcomeStatus status) {
  std::uint64_t found = 0;
  each_outcome(job, [&](const domain::ItemOutcome& outcome) { found += outcome.status == status; });
  return found;
}

// A row has an outcome for each of its faults, one after the other.
std::uint64_t count_rows(const projections::JobView& job, domain::OutcomeStatus status) {
  std::uint64_t found = 0;
  std::optional<std::uint64_t> last;
  each_outcome(job, [&](const domain::ItemOutcome& outcome) {
    if (outcome.status != status || outcome.index == last) return;
    last = outcome.index;
    ++found;
  });
  return found;
}

void write_import(json::Writer& writer, const projections::Image& image, const projections::JobView& job,
                  const domain::ImportPlan& plan, const domain::Rights& rights, Language language) {
  using enum domain::OutcomeStatus;
  const RowErrorContext context{.image = image, .rights = rights, .form = plan.form, .language = language};
  writer.begin_object().member("rows", job.total).member("created", job.created).member("updated", job.updated);
  writer.member("skipped", count_rows(job, skipped)).member("refused", count_rows(job, refused));
  writer.key("errors").begin_array();
  std::size_t shown = 0;
  each_outcome(job, [&](const domain::ItemOutcome& outcome) {
    if (outcome.status == refused && shown++ < kErrorsShown) write_row_error(writer, context, outcome);
  });
  writer.end_array().end_object();
}

void write_result(json::Writer& writer, const projections::Image& image, const projections::JobView& job,
                  const domain::Rights& rights, Language language) {
  using enum domain::OutcomeStatus;
  writer.key("result");
  std::visit(Overload{[&](const domain::ImportPlan& plan) { write_import(writer, image, job, plan, rights, language); },
                      [&](const domain::HandOverPlan&) {
                        const auto left = count(job, refused) + count(job, skipped);
                        writer.begin_object().member("handed_over", job.done - std::min(job.done, left));
                        writer.member("refused", left).end_object();
                      },
                      [&](const domain::BackfillPlan& plan) {
                        writer.begin_object().member("rule", base::format_id(plan.rule));
                        writer.member("version", plan.version).member("recycled", job.recycled);
                        writer.member("spared", count(job, spared)).end_object();
                      }},
             job.plan);
}

// At the speed so far.
std::optional<base::Instant> eta(const projections::JobView& job, base::Instant now) {
  if (job.state != domain::JobState::running || job.done == 0 || job.done > job.total) return std::nullopt;
  const auto elapsed = std::max<std::int64_t>(now.ms - job.started_at.ms, 0);
  const auto left = static_cast<double>(job.total - job.done) / static_cast<double>(job.done);
  return now + static_cast<std::int64_t>(static_cast<double>(elapsed) * left);
}

void write_instant(json::Writer& writer, std::string_view name, std::optional<base::Instant> at) {
  if (at) {
    writer.member(name, base::format_instant(*at));
  } else {
    writer.null_member(name);
  }
}

}  // namespace

bool may_see(const domain::Rights& rights, const projections::JobView& job) {
  return rights.member() == job.member || rights.writes(domain::Thing::settings);
}

std::string_view job_type(const domain::JobPlan& plan) {
  return std::visit(Overload{[](const domain::ImportPlan&) { return kTypes[0]; },
                             [](const domain::HandOverPlan&) { return kTypes[4]; },
                             [](const domain::BackfillPlan&) { return kTypes[2]; }},
                    plan);
}

bool is_job_type(std::string_view type) {
  return std::ranges::find(kTypes, type) != kTypes.end();
}

void write_job(json::Writer& writer, const projections::Image& image, const projections::JobView& job,
               const domain::Rights& rights, Language language, base::Instant now) {
  writer.begin_object();
  write_job_members(writer, image, job, rights, language, now);
  writer.end_object();
}

void write_job_members(json::Writer& writer, const projections::Image& image, const projections::JobView& job,
                       const domain::Rights& rights, Language language, base::Instant now) {
  writer.member("id", base::format_id(job.id)).member("type", job_type(job.plan));
  writer.member("state", codec::enum_key(job.state)).member("done", job.done).member("total", job.total);
  writer.member("started_at", base::format_instant(job.started_at));
  write_instant(writer, "ended_at", job.ended_at);
  write_instant(writer, "eta", eta(job, now));
  write_result(writer, image, job, rights, language);
  if (job.error == domain::RefusalCode::none) {
    writer.null_member("error");
  } else {
    const auto code = domain::refusal_key(job.error);
    writer.key("error").begin_object().member("code", code).member("detail", detail_of(code, language)).end_object();
  }
}

}  // namespace highseas::api
