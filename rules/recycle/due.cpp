// due — clauses first, then what puts them off (grace, changed conditions, leaves, locks), last the time of day.
#include "rules/recycle/due.hpp"

#include <algorithm>

#include "rules/recycle/triggers/trigger.hpp"

namespace highseas::rules {
namespace {

using domain::DayKind;
using domain::Match;

struct Clause {
  const domain::Trigger* trigger = nullptr;
  base::Instant counted_from;
  base::Instant ended_at;
};

// 24 hours each, during which the clock stands still in leaves.
base::Instant natural_end(base::Instant start, std::uint32_t days, std::span<const Leave> leaves) {
  auto left = std::int64_t{days} * base::kMsPerDay;
  auto at = start;
  for (const auto& leave : leaves) {
    if (leave.to <= at) continue;
    if (leave.from > at) {
      if (leave.from.ms - at.ms >= left) break;
      left -= leave.from.ms - at.ms;
    }
    at = leave.to;
  }
  return at + left;
}

// A date of which a leave takes any part does not count.
base::Instant working_end(base::Instant start, std::uint32_t days, std::span<const Leave> leaves,
                          const Calendar& calendar) {
  if (leaves.empty()) return calendar.after_working_days(start, days);
  return calendar.after_working_days_that(start, days, [&](base::Date date) {
    const auto begin = calendar.zone().instant(date, 0);
    const auto end = calendar.zone().instant(base::Date{date.days + 1}, 0);
    return std::ranges::none_of(leaves, [&](const Leave& leave) { return leave.from < end && leave.to > begin; });
  });
}

std::optional<Clause> judge_clause(const domain::Trigger& trigger, const RecycleFacts& facts, DayKind day_kind,
                                   std::span<const Leave> leaves, const Calendar& calendar) {
  const auto& kind = trigger_kind(trigger.type);
  if (kind.not_yet()) return std::nullopt;
  const auto from = kind.counted_from(facts);
  if (!from) return std::nullopt;
  const auto end = day_kind == DayKind::working ? working_end(*from, trigger.days, leaves, calendar)
                                                : natural_end(*from, trigger.days, leaves);
  return Clause{.trigger = &trigger, .counted_from = *from, .ended_at = end};
}

// Any: the earliest; all: the latest. Of equal ones the first in the draft decides.
std::optional<Clause> deciding_clause(const RecycleFacts& facts, const domain::RecycleDraft& draft,
                                      std::span<const Leave> leaves, const Calendar& calendar) {
  std::optional<Clause> decides;
  for (const auto& trigger : draft.triggers) {
    const auto clause = judge_clause(trigger, facts, draft.calendar, leaves, calendar);
    if (!clause) {
      if (draft.match == Match::all) return std::nullopt;
      continue;
    }
    if (!decides ||
        (draft.match == Match::any ? clause->ended_at < decides->ended_at : clause->ended_at > decides->ended_at)) {
      decides = clause;
    }
  }
  return decides;
}

// Nobody loses a record without warning: whatever spared it until lately puts it off by the notice, whether or not the
// days ended under it. Were it not so, a follow-up that moves the end beyond a lock would bring the due instant
// forward.
base::Instant put_off(base::Instant ended_at, const RecycleFacts& facts, const CompiledRule& rule,
                      std::span<const Leave> leaves) {
  const auto notice_ms = std::int64_t{rule.notice_days()} * base::kMsPerDay;
  auto at = ended_at;
  if (rule.existing == domain::Existing::grace && facts.period_began_at < rule.published_at) {
    at = std::max(at, rule.published_at + std::int64_t{rule.grace_days} * base::kMsPerDay);
  }
  if (const auto changed = conditions_changed_at(facts, rule)) at = std::max(at, *changed + notice_ms);
  if (facts.locked_until) at = std::max(at, *facts.locked_until + notice_ms);
  for (const auto& leave : leaves) {
    if (leave.from < at) at = std::max(at, leave.to + notice_ms);
  }
  return at;
}

Due never(NeverReason reason) {
  return Due{.kind = DueKind::never, .never = reason};
}

Due faulted(expression::Fault fault, bool in_protect_when) {
  return Due{.kind = DueKind::faulted, .fault = fault, .fault_in_protect_when = in_protect_when};
}

}  // namespace

std::optional<base::Instant> conditions_changed_at(const RecycleFacts& facts, const CompiledRule& rule) {
  std::optional<base::Instant> latest;
  for (const auto& change : facts.field_changes) {
    if (!std::ranges::binary_search(rule.condition_slots, change.slot)) continue;
    if (!latest || change.at > *latest) latest = change.at;
  }
  return latest;
}

Due due(const RecycleFacts& facts, const expression::RecordSource& record, const CompiledRule& rule,
        const Calendar& calendar) {
  if (facts.deleted) return never(NeverReason::deleted);
  if (!facts.owner) return never(NeverReason::not_owned);
  if (!rule.governs(facts.form, facts.home_pool)) return never(NeverReason::not_governed);
  if (rule.applies_when) {
    const auto applies = expression::evaluate(*rule.applies_when, record, {});
    if (!applies) return faulted(applies.error(), false);
    if (!*applies) return never(NeverReason::does_not_apply);
  }
  if (rule.protect_when) {
    const auto shields = expression::evaluate(*rule.protect_when, record, {});
    if (!shields) return faulted(shields.error(), true);
    if (*shields) return never(NeverReason::is_protected);
  }
  const auto leaves = rule.draft.pause_on_leave ? facts.leaves : std::span<const Leave>{};
  const auto clause = deciding_clause(facts, rule.draft, leaves, calendar);
  if (!clause) return never(NeverReason::is_satisfied);
  auto at = put_off(clause->ended_at, facts, rule, leaves);
  if (rule.draft.at_ms) at = calendar.first_time_of_day(at, *rule.draft.at_ms);
  return Due{.kind = DueKind::at,
             .at = at,
             .ended_at = clause->ended_at,
             .trigger = clause->trigger->type,
             .days = clause->trigger->days,
             .counted_from = clause->counted_from,
             .provisional = rule.draft.calendar == DayKind::working &&
                            calendar.is_provisional(calendar.zone().local_date(clause->ended_at))};
}

const JudgedRule* DueOfAll::deciding() const {
  return !rules.empty() && rules.front().due.kind == DueKind::at ? &rules.front() : nullptr;
}

std::optional<base::Instant> DueOfAll::at() const {
  const auto* first = deciding();
  return first ? std::optional(first->due.at) : std::nullopt;
}

std::vector<domain::DueRule> DueOfAll::due_by(base::Instant by) const {
  std::vector<domain::DueRule> found;
  for (const auto& judged : rules) {
    if (!judged.due.is_due_by(by)) break;
    found.push_back({.rule = judged.rule->rule,
                     .version = judged.rule->version,
                     .due_at = judged.due.at,
                     .trigger = static_cast<std::uint8_t>(judged.due.trigger),
                     .days = judged.due.days,
                     .counted_from = judged.due.counted_from});
  }
  return found;
}

bool DueOfAll::any_faulted() const {
  return std::ranges::any_of(rules, [](const JudgedRule& judged) { return judged.due.kind == DueKind::faulted; });
}

DueOfAll due_of_all(const RecycleFacts& facts, const expression::RecordSource& record,
                    std::span<const CompiledRule* const> rules, const Calendar& calendar) {
  DueOfAll all;
  all.rules.reserve(rules.size());
  for (const auto* rule : rules) all.rules.push_back({rule, due(facts, record, *rule, calendar)});
  std::ranges::sort(all.rules, [](const JudgedRule& left, const JudgedRule& right) {
    const bool left_at = left.due.kind == DueKind::at;
    const bool right_at = right.due.kind == DueKind::at;
    if (left_at != right_at) return left_at;
    if (left_at && left.due.at != right.due.at) return left.due.at < right.due.at;
    return left.rule->rule < right.rule->rule;
  });
  return all;
}

}  // namespace highseas::rules
