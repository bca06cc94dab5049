// pool_decider — add, change and remove pools.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/context.hpp"
#include "domain/decision.hpp"
#include "domain/ownership/ownership_commands.hpp"
#include "expression/expression.hpp"

namespace highseas::domain {

struct PoolFacts {
  std::uint64_t records = 0;                                // live ones that lie in it
  std::optional<expression::Error> holding_excludes_fault;  // why the expression does not compile against the form
};

// The new pool's id is fresh, whatever the command carries. forbidden; faults: required, too_long, name_taken,
// unknown_form, unknown_field, unknown_member, unknown_department, unknown_role, bad_expression, not_allowed_here,
// out_of_range.
Decision decide_add_pool(const PoolFacts& facts, const AddPool& command, const DecisionContext& context);
// Besides those: not_found, and read_only_field for its form.
Decision decide_change_pool(const PoolFacts& facts, const ChangePool& command, const DecisionContext& context);
// not_found, forbidden, pool_not_empty (records lie in it, or it is its form's last), pool_in_use (rules that are
// switched on name it; the refusal names them). Owned records and departments that have it as their pool get another by
// the fold.
Decision decide_remove_pool(const PoolFacts& facts, const RemovePool& command, const DecisionContext& context);

inline constexpr std::uint32_t kPoolDaysMax = 3650;  // of a cool-down or a protection

}  // namespace highseas::domain
