// preview — runs `due` of the draft over every owned record of its form.
#include "decision/preview.hpp"

#include "projections/query/form_schema.hpp"
#include "projections/record_table.hpp"
#include "projections/recycle_judge.hpp"
#include "rules/calendar/calendar.hpp"

namespace highseas::decision {
namespace {

constexpr std::int64_t kDays7Ms = 7 * base::kMsPerDay;
constexpr std::int64_t kDays30Ms = 30 * base::kMsPerDay;

// Equal sets, equal digests, whatever order; unequal ones differ but by a chance of 2^-64.
std::uint64_t mixed(base::Ulid id) {
  std::uint64_t bits = id.low ^ (id.high * 0x9E3779B97F4A7C15ull);
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ull;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBull;
  return bits ^ (bits >> 31);
}

rules::Calendar calendar_of(const domain::Workspace& workspace) {
  const auto zone = base::Zone::find(workspace.time_zone);
  return {workspace.calendar(), zone ? *zone : base::Zone::utc()};
}

void count(Affected& affected, const rules::Due& due, base::Instant at) {
  if (due.kind != rules::DueKind::at || due.at <= at) return;
  affected.in_7_days += due.at <= at + kDays7Ms;
  affected.in_30_days += due.at <= at + kDays30Ms;
}

}  // namespace

void judge_each(const projections::Image& image, const domain::RecycleDraft& draft, base::Instant at,
                const VisitJudged& visit) {
  const auto& workspace = image.workspace();
  const auto* form = workspace.form(draft.form);
  const auto* table = image.table(draft.form);
  if (!form || !table) return;
  const projections::FormSchema schema(workspace, *form);
  const auto rule = rules::compile_rule({.draft = draft}, at, schema);
  if (!rule) return;  // check_draft names the faults
  const auto calendar = calendar_of(workspace);
  for (projections::Row row = 0; row < table->size(); ++row) {
    if (table->deleted(row)) continue;
    const projections::RecordView record(image, *table, row);
    if (!record.owner()) continue;
    const projections::RecordFacts facts(record, rule->condition_slots);
    visit(record, facts.get(), rules::due(facts.get(), record, *rule, calendar));
  }
}

Affected affected_by(const projections::Image& image, const domain::RecycleDraft& draft, base::Instant at) {
  Affected affected;
  judge_each(image, draft, at, [&](const auto& record, const auto&, const rules::Due& due) {
    ++affected.owned;
    count(affected, due, at);
    if (!due.is_due_by(at)) return;
    ++affected.count;
    affected.digest += mixed(record.id().ulid);
    affected.due.push_back({record.id(), due, record.instant(domain::facts::kRecycleDueAt)});
  });
  return affected;
}

}  // namespace highseas::decision
