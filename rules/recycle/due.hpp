// due — the one function from which index, sweep, reminders, forecast, preview and backfill are made: when a record
// goes back to the pool under a rule, and by which clause.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/ownership/ownership_events.hpp"
#include "expression/evaluate.hpp"
#include "rules/calendar/calendar.hpp"
#include "rules/recycle/compiled_rule.hpp"
#include "rules/recycle/recycle_facts.hpp"

namespace highseas::rules {

enum class DueKind : std::uint8_t {
  never,
  at,
  faulted,  // a condition could not be evaluated: the record is left alone under this rule, and to be listed
};
enum class NeverReason : std::uint8_t {
  none,
  not_owned,  // it lies in a pool
  deleted,
  not_governed,    // of another form or home pool
  does_not_apply,  // applies_when is false
  is_protected,    // protect_when is true
  is_satisfied,    // the clauses can't be due on the present facts
};

struct Due {
  DueKind kind = DueKind::never;
  NeverReason never = NeverReason::none;     // of kind never
  std::optional<expression::Fault> fault{};  // of kind faulted
  bool fault_in_protect_when = false;        // else in applies_when
  // Of kind at:
  base::Instant at{};        // when it is taken: shields, notice and time of day counted
  base::Instant ended_at{};  // when the days of the deciding clause are over; at or before `at`
  domain::TriggerType trigger = domain::TriggerType::no_follow_up;  // of the deciding clause
  std::uint32_t days = 0;
  base::Instant counted_from{};  // the latest of the facts that the clause counts from
  bool provisional = false;      // rests on days beyond the calendar's last year
  bool operator==(const Due&) const = default;

  bool is_due_by(base::Instant by) const { return kind == DueKind::at && at <= by; }
};

// Pure: equal inputs, equal answer. The record's values are asked for by the slots of the schema that the rule was
// compiled with, and only where the facts do not rule it out before. A later fact never makes natural days end
// earlier; with working days the date never falls, but the time of day on it is that of the later fact (of two starts
// on one weekend the later may have the earlier hour).
Due due(const RecycleFacts& facts, const expression::RecordSource& record, const CompiledRule& rule,
        const Calendar& calendar);

// "conditions_changed_at": the last change, after its creation, of a field that the rule's expressions name, or of
// its home pool while it is owned.
std::optional<base::Instant> conditions_changed_at(const RecycleFacts& facts, const CompiledRule& rule);

// A rule's answer on a record.
struct JudgedRule {
  const CompiledRule* rule = nullptr;
  Due due;
};

// What all rules that govern a record say of it.
struct DueOfAll {
  std::vector<JudgedRule> rules;  // those with a due instant first, earliest first (equal ones by rule id)

  // The earliest due wins; nothing: never.
  const JudgedRule* deciding() const;
  std::optional<base::Instant> at() const;
  // Those due by then, the deciding one first, as Recycled names them.
  std::vector<domain::DueRule> due_by(base::Instant by) const;
  bool any_faulted() const;
};

// One rule's trouble never stops another.
DueOfAll due_of_all(const RecycleFacts& facts, const expression::RecordSource& record,
                    std::span<const CompiledRule* const> rules, const Calendar& calendar);

}  // namespace highseas::rules
