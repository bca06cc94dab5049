// preview_figures — one pass over the owned records of the draft's form.
#include "api/render/preview_figures.hpp"

#include <algorithm>

#include "api/render/value_json.hpp"
#include "base/decimal.hpp"
#include "base/zone.hpp"
#include "decision/preview.hpp"

namespace highseas::api {
namespace {

constexpr std::int64_t kDays7Ms = 7 * base::kMsPerDay;
constexpr std::int64_t kDays30Ms = 30 * base::kMsPerDay;

void count(DueCounts& counts, const rules::Due& due, base::Instant at) {
  if (due.kind != rules::DueKind::at) return;
  if (due.at <= at) {
    ++counts.due_now;
    return;
  }
  counts.in_7_days += due.at <= at + kDays7Ms;
  counts.in_30_days += due.at <= at + kDays30Ms;
}

bool any(const DueCounts& counts) {
  return counts.due_now + counts.in_30_days > 0;
}

void write_counts(json::Writer& writer, const DueCounts& counts) {
  writer.member("due_now", counts.due_now).member("in_7_days", counts.in_7_days);
  writer.member("in_30_days", counts.in_30_days);
}

base::Instant end_of_day(const projections::Image& image, base::Instant at) {
  const auto zone = base::Zone::find(image.workspace().time_zone).value_or(base::Zone::utc());
  return zone.instant({zone.local_date(at).days + 1}, 0) - 1;
}

// Due today by the version in force of this rule.
bool due_under_old(const projections::RecordView& record, base::RuleId rule, base::Instant end) {
  const auto due = record.instant(domain::facts::kRecycleDueAt);
  if (!due || *due > end) return false;
  const auto deciding = record.value(domain::facts::kRecycleRule);
  const auto* named = std::get_if<base::Reference>(&deciding);
  return named && named->id == rule.ulid;
}

std::optional<PreviewOutcome> outcome_of(const projections::RecordView& record, const rules::Due& due,
                                         const Preview& preview, base::Instant end) {
  if (due.is_due_by(preview.judged_at)) return PreviewOutcome::due;
  if (preview.rule && !due.is_due_by(end) && due_under_old(record, *preview.rule, end)) return PreviewOutcome::spared;
  if (due.is_due_by(preview.judged_at + kDays30Ms)) return PreviewOutcome::later;
  return std::nullopt;
}

// Due ones by row, as the backfill takes them; then what comes later, soonest first; then the spared.
void sort_records(std::vector<PreviewedRecord>& records) {
  std::ranges::stable_sort(records, {}, [](const PreviewedRecord& item) {
    const auto at = item.outcome == PreviewOutcome::later ? item.due.at : base::Instant{};
    return std::pair(item.outcome, at);
  });
}

std::optional<std::string> share_of(std::uint64_t count, std::uint64_t owned) {
  if (count * 2 <= owned) return std::nullopt;
  const auto ten_thousandths = (count * 10'000 + owned / 2) / owned;
  return base::format_decimal({.mantissa = static_cast<std::int64_t>(ten_thousandths), .scale = 4});
}

}  // namespace

PreviewFigures PreviewFigures::of(const projections::Image& image, Preview& preview) {
  PreviewFigures figures;
  const auto end = end_of_day(image, preview.judged_at);
  decision::judge_each(
      image, preview.draft, preview.judged_at,
      [&](const projections::RecordView& record, const rules::RecycleFacts& facts, const rules::Due& due) {
        figures.add(image, record, due, preview.judged_at);
        const auto outcome = outcome_of(record, due, preview, end);
        if (!outcome) return;
        figures.spared_ += *outcome == PreviewOutcome::spared;
        preview.records.push_back({.record = record.id(),
                                   .outcome = *outcome,
                                   .due = due,
                                   .owned_since = facts.owned_since,
                                   .last_follow_up = facts.last_follow_up,
                                   .last_data_change = facts.last_data_change});
      });
  sort_records(preview.records);
  // The set that publishing holds to is counted by the function that it will ask again.
  const auto affected = decision::affected_by(image, preview.draft, preview.judged_at);
  preview.count = affected.count;
  preview.digest = affected.digest;
  preview.share = share_of(affected.count, affected.owned);
  return figures;
}

void PreviewFigures::add(const projections::Image& image, const projections::RecordView& record, const rules::Due& due,
                         base::Instant at) {
  ++owned_;
  faulted_ += due.kind == rules::DueKind::faulted;
  DueCounts one;
  count(one, due, at);
  if (!any(one)) return;
  const auto owner = record.owner();
  const auto* member = owner ? image.workspace().member(*owner) : nullptr;
  std::optional<base::DepartmentId> department;
  if (member && !member->departments.empty()) department = member->departments.front();
  count(all_, due, at);
  if (owner) count(by_owner_[*owner], due, at);
  count(by_department_[department], due, at);
  if (const auto pool = record.home_pool()) count(by_pool_[*pool], due, at);
}

void PreviewFigures::write(json::Writer& writer, const domain::Workspace& workspace) const {
  writer.begin_object();
  write_counts(writer, all_);
  writer.key("by_owner").begin_array();
  for (const auto& [owner, counts] : by_owner_) {
    writer.begin_object().member("owner", member_json(workspace, owner));
    write_counts(writer, counts);
    writer.end_object();
  }
  writer.end_array().key("by_department").begin_array();
  for (const auto& [id, counts] : by_department_) {
    writer.begin_object().key("department");
    if (id) {
      const auto found = workspace.departments.find(*id);
      writer.begin_object().member("id", base::format_id(*id));
      writer.member("name", found == workspace.departments.end() ? std::string() : found->second.name).end_object();
    } else {
      writer.null();
    }
    write_counts(writer, counts);
    writer.end_object();
  }
  writer.end_array().key("by_pool").begin_array();
  for (const auto& [pool, counts] : by_pool_) {
    writer.begin_object().member("pool", pool_json(workspace, pool));
    write_counts(writer, counts);
    writer.end_object();
  }
  writer.end_array().member("spared", spared_).member("owned", owned_).end_object();
}

}  // namespace highseas::api
