// no_data_change — its owner and collaborators have written nothing down: counts from their last change of its data.
#include <algorithm>

#include "rules/recycle/triggers/trigger.hpp"

namespace highseas::rules {
namespace {

std::optional<base::Instant> counted_from(const RecycleFacts& facts) {
  return std::max(facts.owned_since, facts.last_data_change.value_or(facts.owned_since));
}

}  // namespace

TriggerKind no_data_change() {
  return {.type = domain::TriggerType::no_data_change,
          .key = "no_data_change",
          .spares_won = true,
          .idle_zh = "未修改资料",
          .idle_en = "without a change of its data",
          .counted_from = counted_from};
}

}  // namespace highseas::rules
