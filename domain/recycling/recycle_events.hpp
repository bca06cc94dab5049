// recycle_events — recycle rules as published: a version never changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

enum class TriggerType : std::uint8_t {
  no_follow_up = 1,
  no_data_change = 2,
  no_opportunity = 3,
  no_deal = 4,
  stage_unchanged = 5,
  contract_ended = 6,
};
enum class Match : std::uint8_t { any = 1, all = 2 };
enum class DayKind : std::uint8_t { natural = 1, working = 2 };
enum class Existing : std::uint8_t { now = 1, grace = 2, new_only = 3 };

struct Trigger {
  TriggerType type = TriggerType::no_follow_up;
  std::uint32_t days = 0;
  bool operator==(const Trigger&) const = default;
};

struct RecycleDraft {
  std::string name;
  FormNumber form = 0;
  std::vector<base::PoolId> pools;
  std::string applies_when;  // expression; empty = all
  Match match = Match::any;
  std::vector<Trigger> triggers;
  std::optional<std::string> protect_when;  // absent: what ships; empty: none
  DayKind calendar = DayKind::natural;
  std::optional<std::uint32_t> at_ms;        // time of day in the workspace's zone; absent: at once
  std::vector<std::uint32_t> remind_before;  // days
  std::optional<base::PoolId> target_pool;   // absent: home
  std::uint32_t cool_down_days = 0;
  std::optional<std::uint32_t> daily_cap;
  bool pause_on_leave = false;
  std::optional<std::uint32_t> notice_days;
  bool operator==(const RecycleDraft&) const = default;
};

struct RecycleRulePublished {
  base::RuleId rule;
  std::uint32_t version = 0;  // 1, 2, 3 …
  RecycleDraft draft;
  Existing existing = Existing::now;
  std::uint32_t grace_days = 0;
  bool operator==(const RecycleRulePublished&) const = default;
};

struct RecycleRuleSwitched {
  base::RuleId rule;
  bool enabled = false;
  bool operator==(const RecycleRuleSwitched&) const = default;
};

// From here to BackfillEnded the records that the version makes due at that instant belong to the job; the sweep leaves
// them alone.
struct BackfillStarted {
  base::JobId job;
  base::RuleId rule;
  std::uint32_t version = 0;
  base::Instant judged_at;
  bool operator==(const BackfillStarted&) const = default;
};

struct BackfillEnded {
  base::JobId job;
  bool cancelled = false;
  bool operator==(const BackfillEnded&) const = default;
};

}  // namespace highseas::domain
