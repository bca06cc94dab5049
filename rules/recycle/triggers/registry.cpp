// registry — every kind of clause, in the order of TriggerType.
#include <array>

#include "base/assert.hpp"
#include "rules/recycle/triggers/trigger.hpp"

namespace highseas::rules {

// A line each: the function in the file of that name, or a key that comes with the sales process.
#define HIGHSEAS_TRIGGERS(BUILT, NOT_YET) \
  BUILT(no_follow_up)                     \
  BUILT(no_data_change)                   \
  NOT_YET(no_opportunity, true)           \
  NOT_YET(no_deal, false)                 \
  NOT_YET(stage_unchanged, false)         \
  NOT_YET(contract_ended, false)

#define HIGHSEAS_DECLARE(name) TriggerKind name();
#define HIGHSEAS_NOTHING(name, won)
HIGHSEAS_TRIGGERS(HIGHSEAS_DECLARE, HIGHSEAS_NOTHING)
#undef HIGHSEAS_DECLARE
#undef HIGHSEAS_NOTHING

namespace {

const auto& registry() {
#define HIGHSEAS_CALL(name) name(),
#define HIGHSEAS_NAME(name, won) \
  TriggerKind{.type = domain::TriggerType::name, .key = #name, .spares_won = (won), .counted_from = nullptr},
  static const std::array kKinds{HIGHSEAS_TRIGGERS(HIGHSEAS_CALL, HIGHSEAS_NAME)};
#undef HIGHSEAS_CALL
#undef HIGHSEAS_NAME
  return kKinds;
}

}  // namespace

std::span<const TriggerKind> trigger_kinds() {
  return registry();
}

const TriggerKind& trigger_kind(domain::TriggerType type) {
  for (const auto& kind : registry()) {
    if (kind.type == type) return kind;
  }
  HS_ASSERT(!"a trigger type without a line in the registry");
  return registry().front();
}

const TriggerKind* trigger_kind_by_key(std::string_view key) {
  for (const auto& kind : registry()) {
    if (kind.key == key) return &kind;
  }
  return nullptr;
}

}  // namespace highseas::rules
