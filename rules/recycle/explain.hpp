// explain — a due date, or a recycling, in words: in the forecast before it, in the history after it.
#pragma once

#include <optional>
#include <string>

#include "base/bilingual.hpp"
#include "rules/recycle/due.hpp"

namespace highseas::rules {

using Explanation = base::Bilingual;

// What the words are made of.
struct Explained {
  std::string rule_name;
  std::uint32_t version = 0;
  domain::TriggerType trigger = domain::TriggerType::no_follow_up;
  std::uint32_t days = 0;
  domain::DayKind day_kind = domain::DayKind::natural;
  base::Instant owned_since;
  std::optional<base::Instant> last_follow_up;
  std::optional<base::Instant> last_data_change;
  base::Instant counted_from;
  base::Instant ended_at;  // of the days
  base::Instant due_at;
  std::optional<base::Instant> locked_until;  // of a lock that lasts beyond the days: it goes back only after it
  bool provisional = false;
};

// Of a due of kind `at`.
Explained explained(const Due& due, const CompiledRule& rule, const RecycleFacts& facts);

// Times are the zone's local ones, to the minute.
Explanation explain(const Explained& what, const base::Zone& zone);
// Why a record was recycled, of the version that its event names.
Explanation explain_recycling(const domain::DueRule& due, const domain::RecycleRulePublished& version,
                              const base::Zone& zone);
// Why a record is not due under a rule, of kinds `never` and `faulted`.
Explanation explain_not_due(const Due& due, const CompiledRule& rule);

}  // namespace highseas::rules
