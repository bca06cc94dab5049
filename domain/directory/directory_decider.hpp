// directory_decider — invite, admit, change and part from members; API keys.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/context.hpp"
#include "domain/decision.hpp"
#include "domain/directory/directory_commands.hpp"
#include "domain/jobs/job_decider.hpp"

namespace highseas::domain {

inline constexpr std::int64_t kInvitationDays = 7;

// A member's address: one @, something before it, a domain with a dot, no blanks, at most 254 bytes.
bool is_email_address(const std::string& text);

// Whoever was invited before, and whose invitations have all expired, is invited anew under the same id.
// forbidden; faults: required, too_long, invalid_value, email_taken, unknown_role, unknown_department.
Decision decide_invite_member(const InviteMember& command, const DecisionContext& context);

// Admission by a token that was checked beside the log. not_found; invitation_used: used or expired.
Decision decide_accept_invitation(const AcceptInvitation& command, const DecisionContext& context);

// forbidden, not_found, the faults of an invitation, not_active, last_admin.
Decision decide_change_member(const ChangeMember& command, const DecisionContext& context);

struct DeactivationFacts {
  std::vector<FormCount> owns;     // live records of pooled forms, by form, none of them zero
  bool hand_over_running = false;  // a hand-over job of hers has not ended
};

// forbidden, not_found; faults: unknown_member (a successor who is none, or may not hold what she
// would get), invalid_value (successor and release); last_admin;
// still_owns (counts). Leaving already, with her job under way, or gone: nothing.
Decision decide_deactivate_member(const DeactivationFacts& facts, const DeactivateMember& command,
                                  const DecisionContext& context);

// The hand-over's last step. not_found, job_ended, forbidden, still_owns (counts).
Decision decide_finish_deactivation(const JobFacts& job, const DeactivationFacts& facts,
                                    const FinishDeactivation& command, const DecisionContext& context);

// For the actor herself. forbidden; faults: required, too_long, before_now.
Decision decide_issue_api_key(const IssueApiKey& command, const DecisionContext& context);
// forbidden, not_found.
Decision decide_revoke_api_key(const RevokeApiKey& command, const DecisionContext& context);

}  // namespace highseas::domain
