// recycling_decider — publishing a rule with its backfill, switching it, ending the backfill: on facts handed in.
// Whether the actor may write rules is judged before (permissions).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/decision.hpp"
#include "domain/recycling/recycle_commands.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::domain {

struct PublishRecycleRuleFacts {
  // Of the draft and of `existing`, as the rules room finds them on the state of now; all of them.
  std::vector<InputFault> faults;
  // What the draft makes due at the preview's instant, on the state of now.
  std::uint64_t affected_count = 0;
  std::uint64_t affected_digest = 0;
  base::MemberId member;    // for whom the backfill runs
  base::RuleId fresh_rule;  // taken where the command names none
  base::JobId fresh_job;
};

// Refusals: unknown_rule; every fault of the draft; preview_stale (`limit`: the count of now) where the affected set is
// another than the preview showed and accept_changes is not set.
// Accepted: RecycleRulePublished (the next version), RecycleRuleSwitched where the rule was off (what is published is
// meant to act), BackfillStarted, JobStarted, in this order.
Decision decide_publish_recycle_rule(const PublishRecycleRule& command, const Workspace& workspace,
                                     const PublishRecycleRuleFacts& facts);

// Refusals: unknown_rule. Nothing where it stands so already.
Decision decide_switch_recycle_rule(const SwitchRecycleRule& command, const Workspace& workspace);

// Refusals: not_found, job_ended. Accepted: BackfillEnded, JobEnded.
Decision decide_end_backfill(const EndBackfill& command, const Workspace& workspace);

}  // namespace highseas::domain
