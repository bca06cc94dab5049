// compiled_rule — a published version of a recycle rule, or a draft of one, ready to judge records.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "domain/recycling/recycle_events.hpp"
#include "expression/expression.hpp"

namespace highseas::rules {

// What shields a record where a draft says nothing (recycle-rules: protect_when absent).
inline constexpr std::string_view kShippedProtection = "status == \"won\"";

// Immutable, cheap to copy where expressions go; used from any thread.
struct CompiledRule {
  base::RuleId rule;
  std::uint32_t version = 0;
  domain::RecycleDraft draft;
  base::Instant published_at;
  domain::Existing existing = domain::Existing::now;  // new_only also after a cancelled backfill
  std::uint32_t grace_days = 0;
  std::optional<expression::Compiled> applies_when;  // none: all records
  std::optional<expression::Compiled> protect_when;  // none: shields nothing
  std::vector<std::uint32_t> condition_slots;        // that either names, and home_pool: rising, each once

  bool governs(domain::FormNumber form, base::PoolId home_pool) const;
  // What the draft says, else the largest of remind_before, else none.
  std::uint32_t notice_days() const;
};

// An expression of a rule that does not compile: which, and why.
struct RuleFault {
  std::string part;  // "applies_when" or "protect_when"
  expression::Error error;
};

// Expressions are over the record's own fields: `now`, `today`, `me` and fields of other records ("customer.grade") are
// not_allowed_here. All faults at once.
// The shipped protection is left out for a form that has no choice field `status` with a choice `won`.
std::expected<CompiledRule, std::vector<RuleFault>> compile_rule(const domain::RecycleRulePublished& published,
                                                                 base::Instant published_at,
                                                                 const expression::Schema& schema);

}  // namespace highseas::rules
