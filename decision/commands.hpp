// commands — one function a command; decide.cpp sends each to its own.
#pragma once

#include "decision/situation.hpp"

namespace highseas::decision {

// decide_records.cpp
Outcome decide_write_records(Situation& situation, const Request& request, const domain::WriteRecords& command);
Outcome decide_import_rows(Situation& situation, const Request& request, const domain::ImportRows& command);
// decide_follow_ups.cpp
Outcome decide_write_follow_up(Situation& situation, const Request& request, const domain::WriteFollowUp& command);
Outcome decide_correct_follow_up(Situation& situation, const Request& request, const domain::CorrectFollowUp& command);
// decide_ownership.cpp
Outcome decide_claims(Situation& situation, const Request& request, const domain::ClaimRecords& command);
Outcome decide_assigns(Situation& situation, const Request& request, const domain::AssignRecords& command);
Outcome decide_transfers(Situation& situation, const Request& request, const domain::TransferRecords& command);
Outcome decide_releases(Situation& situation, const Request& request, const domain::ReleaseRecords& command);
Outcome decide_moves(Situation& situation, const Request& request, const domain::MoveRecords& command);
Outcome decide_locks(Situation& situation, const Request& request, const domain::LockRecords& command);
// decide_recycling.cpp
Outcome decide_recycle_records(Situation& situation, const Request& request, const domain::RecycleRecords& command);
Outcome decide_publish_rule(Situation& situation, const Request& request, const domain::PublishRecycleRule& command);
Outcome decide_switch_rule(Situation& situation, const Request& request, const domain::SwitchRecycleRule& command);
Outcome decide_end_backfill(Situation& situation, const Request& request, const domain::EndBackfill& command);
// decide_directory.cpp
Outcome decide_deactivation(Situation& situation, const Request& request, const domain::DeactivateMember& command);
Outcome decide_hand_over(Situation& situation, const Request& request, const domain::HandOverRecords& command);
Outcome decide_deactivation_end(Situation& situation, const Request& request,
                                const domain::FinishDeactivation& command);
// decide_design.cpp
Outcome decide_change_form(Situation& situation, const Request& request, const domain::ChangeForm& command);
Outcome decide_add_pool(Situation& situation, const Request& request, const domain::AddPool& command);
Outcome decide_change_pool(Situation& situation, const Request& request, const domain::ChangePool& command);
Outcome decide_remove_pool(Situation& situation, const Request& request, const domain::RemovePool& command);
// decide_workspace.cpp
Outcome decide_open(Situation& situation, const Request& request, const domain::OpenWorkspace& command);

}  // namespace highseas::decision
