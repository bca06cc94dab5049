// no_follow_up — nobody has spoken with the customer: counts from the last follow-up, at the earliest from the day it
// was owned.
#include <algorithm>

#include "rules/recycle/triggers/trigger.hpp"

namespace highseas::rules {
namespace {

std::optional<base::Instant> counted_from(const RecycleFacts& facts) {
  return std::max(facts.owned_since, facts.last_follow_up.value_or(facts.owned_since));
}

}  // namespace

TriggerKind no_follow_up() {
  return {.type = domain::TriggerType::no_follow_up,
          .key = "no_follow_up",
          .spares_won = true,
          .idle_zh = "未跟进",
          .idle_en = "without a follow-up",
          .counted_from = counted_from};
}

}  // namespace highseas::rules
