// trigger — a kind of clause of recycle rules, and the registry of them. A kind is one file in this folder and one line
// in registry.cpp.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "domain/recycling/recycle_events.hpp"
#include "rules/recycle/recycle_facts.hpp"

namespace highseas::rules {

struct TriggerKind {
  domain::TriggerType type = domain::TriggerType::no_follow_up;
  std::string_view key;  // "no_follow_up"
  // Whether a draft without protect_when spares won records.
  bool spares_won = false;
  // What did not happen for so many days ("30 天" + "未跟进"); empty where not yet known.
  std::string_view idle_zh = {};
  std::string_view idle_en = {};
  // The latest of the facts that the clause counts from; nothing: it is satisfied and can't be due. Null: the program
  // does not know the clause yet, and drafts with it are refused.
  std::optional<base::Instant> (*counted_from)(const RecycleFacts& facts) = nullptr;

  bool not_yet() const { return counted_from == nullptr; }
};

// Of each TriggerType, in its order.
std::span<const TriggerKind> trigger_kinds();
const TriggerKind& trigger_kind(domain::TriggerType type);
// Nothing for a key that is none.
const TriggerKind* trigger_kind_by_key(std::string_view key);

}  // namespace highseas::rules
