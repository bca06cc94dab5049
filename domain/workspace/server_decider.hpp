// server_decider — what belongs to the server and not to one company: workspaces, the test clock, the decision basis.
#pragma once

#include <span>

#include "domain/context.hpp"
#include "domain/decision.hpp"
#include "domain/workspace/workspace_commands.hpp"

namespace highseas::domain {

// The same id and number again: nothing. out_of_range: number 0 is the server's own; key_taken: id or number is.
Decision decide_add_workspace(std::span<const WorkspaceAdded> known, const AddWorkspace& command);

struct ClockFacts {
  bool log_is_empty = false;  // of workspace 0
  bool is_test = false;       // started and not released
  base::Instant now;          // business time: of a test clock where it stands
  base::Instant real_now;
};

// A clock that runs already stays where it stands: nothing. clock_not_test: the directory has a past in real time.
Decision decide_start_test_clock(const ClockFacts& facts, const StartTestClock& command);
// `rights`: of the admin who asks. forbidden, clock_not_test, before_now.
Decision decide_advance_test_clock(const ClockFacts& facts, const AdvanceTestClock& command, const Rights& rights);
// forbidden, clock_not_test, too_early: it stands more than an hour behind real time.
Decision decide_release_test_clock(const ClockFacts& facts, const Rights& rights);

// By the system alone. The same as in force: nothing. forbidden.
Decision decide_change_decision_basis(const Workspace& workspace, const ChangeDecisionBasis& command,
                                      const Rights& rights);

inline constexpr std::int64_t kReleaseGapMsMax = 3'600'000;  // so that advancing to now and releasing fits in between

}  // namespace highseas::domain
