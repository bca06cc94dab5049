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

// A draft, compiled against the image's design; judges one record after another.
class Judge {
 public:
  Judge(const projections::Image& image, const domain::RecycleDraft& draft, base::Instant at)
      : image_(image), calendar_(calendar_of(image.workspace())) {
    const auto* form = image.workspace().form(draft.form);
    const auto* table = image.table(draft.form);
    if (!form || !table) return;
    const projections::FormSchema schema(image.workspace(), *form);
    auto rule = rules::compile_rule({.draft = draft}, at, schema);
    if (!rule) return;  // check_draft names the faults
    rule_ = std::move(*rule);
    table_ = table;
  }

  projections::Row rows() const { return table_ ? static_cast<projections::Row>(table_->size()) : 0; }
  const projections::RecordTable& table() const { return *table_; }

  // Of a live, owned record.
  template <class Visit>
  void visit(projections::Row row, const Visit& visit) const {
    if (table_->deleted(row)) return;
    const projections::RecordView record(image_, *table_, row);
    if (!record.owner()) return;
    const projections::RecordFacts facts(record, rule_->condition_slots);
    visit(record, facts.get(), rules::due(facts.get(), record, *rule_, calendar_));
  }

 private:
  const projections::Image& image_;
  rules::Calendar calendar_;
  std::optional<rules::CompiledRule> rule_;
  const projections::RecordTable* table_ = nullptr;  // null: there is nothing to judge
};

constexpr std::int64_t kNoHistory = -1;

std::int64_t history_of(const projections::NumberColumn& heads, projections::Row row) {
  return heads.get_or(row, kNoHistory);
}

}  // namespace

void judge_each(const projections::Image& image, const domain::RecycleDraft& draft, base::Instant at,
                const VisitJudged& visit) {
  const Judge judge(image, draft, at);
  for (projections::Row row = 0; row < judge.rows(); ++row) judge.visit(row, visit);
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

std::shared_ptr<const Prejudged> prejudge(const projections::Image& image, const domain::RecycleDraft& draft,
                                          base::Instant at) {
  auto judged = std::make_shared<Prejudged>();
  judged->draft = draft;
  judged->at = at;
  judged->design = image.workspace_handle();
  const Judge judge(image, draft, at);
  if (judge.rows() > 0) judged->history = judge.table().hidden(projections::Hidden::history);
  judged->due.resize(judge.rows());
  for (projections::Row row = 0; row < judge.rows(); ++row) {
    judge.visit(row, [&](const auto& record, const auto&, const rules::Due& due) {
      if (!due.is_due_by(at)) return;
      judged->due[row] = true;
      ++judged->count;
      judged->digest += mixed(record.id().ulid);
    });
  }
  return judged;
}

// Every event that changes what a record is judged by is in its history. The design is compared by its address: after
// a failure it is another one, as histories may be.
AffectedSet affected_set(const projections::Image& image, const domain::RecycleDraft& draft, base::Instant at,
                         const Prejudged* prejudged) {
  const bool fits =
      prejudged && prejudged->design == image.workspace_handle() && prejudged->at == at && prejudged->draft == draft;
  AffectedSet set;
  if (fits) set = {prejudged->count, prejudged->digest};
  const Judge judge(image, draft, at);
  for (projections::Row row = 0; row < judge.rows(); ++row) {
    const bool known = fits && row < prejudged->due.size();
    if (known) {
      const auto& heads = judge.table().hidden(projections::Hidden::history);
      if (history_of(heads, row) == history_of(prejudged->history, row)) continue;
      if (prejudged->due[row]) {
        --set.count;
        set.digest -= mixed(judge.table().id(row).ulid);
      }
    }
    judge.visit(row, [&](const auto& record, const auto&, const rules::Due& due) {
      if (!due.is_due_by(at)) return;
      ++set.count;
      set.digest += mixed(record.id().ulid);
    });
  }
  return set;
}

}  // namespace highseas::decision
