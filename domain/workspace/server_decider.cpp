// server_decider — the log of workspace 0.
#include "domain/workspace/server_decider.hpp"

namespace highseas::domain {

Decision decide_add_workspace(std::span<const WorkspaceAdded> known, const AddWorkspace& command) {
  if (command.number == 0) return refuse(RefusalCode::out_of_range);
  for (const auto& other : known) {
    const bool same_id = other.workspace == command.workspace;
    const bool same_number = other.number == command.number;
    if (same_id && same_number) return already_true();
    if (same_id || same_number) return refuse(RefusalCode::key_taken);
  }
  return accept(WorkspaceAdded{.workspace = command.workspace, .number = command.number});
}

Decision decide_start_test_clock(const ClockFacts& facts, const StartTestClock& command) {
  if (facts.is_test) return already_true();
  if (!facts.log_is_empty) return refuse(RefusalCode::clock_not_test);
  return accept(TestClockStarted{command.at});
}

Decision decide_advance_test_clock(const ClockFacts& facts, const AdvanceTestClock& command, const Rights& rights) {
  if (!rights.writes(Thing::settings)) return refuse(RefusalCode::forbidden);
  if (!facts.is_test) return refuse(RefusalCode::clock_not_test);
  if (command.to < facts.now) return refuse(RefusalCode::before_now);
  if (command.to == facts.now) return already_true();
  return accept(TestClockAdvanced{command.to});
}

Decision decide_release_test_clock(const ClockFacts& facts, const Rights& rights) {
  if (!rights.writes(Thing::settings)) return refuse(RefusalCode::forbidden);
  if (!facts.is_test) return refuse(RefusalCode::clock_not_test);
  if (facts.now + kReleaseGapMsMax < facts.real_now) return refuse(RefusalCode::too_early);
  return accept(TestClockReleased{});
}

Decision decide_change_decision_basis(const Workspace& workspace, const ChangeDecisionBasis& command,
                                      const Rights& rights) {
  if (!rights.is_system()) return refuse(RefusalCode::forbidden);
  DecisionBasisChanged basis{.generations = command.generations,
                             .unicode_version = command.unicode_version,
                             .zone_version = command.zone_version};
  if (basis == workspace.basis) return already_true();
  return accept(std::move(basis));
}

}  // namespace highseas::domain
