// decide — sends each command to its decision; forgetting one does not compile.
#include "decision/decide.hpp"

#include "base/text.hpp"
#include "base/zone.hpp"
#include "decision/commands.hpp"
#include "domain/directory/department_decider.hpp"
#include "domain/directory/directory_decider.hpp"
#include "domain/files/file_decider.hpp"
#include "domain/forms/form_decider.hpp"
#include "domain/workspace/server_decider.hpp"

namespace highseas::decision {
namespace {

struct Decide {
  Situation& s;
  const Request& r;

  Outcome operator()(const domain::OpenWorkspace& c) const { return decide_open(s, r, c); }
  Outcome operator()(const domain::ChangeDecisionBasis& c) const {
    return whole(s, r, domain::decide_change_decision_basis(s.workspace(), c, s.rights()));
  }
  Outcome operator()(const domain::WriteRecords& c) const { return decide_write_records(s, r, c); }
  Outcome operator()(const domain::ImportRows& c) const { return decide_import_rows(s, r, c); }
  Outcome operator()(const domain::ClaimRecords& c) const { return decide_claims(s, r, c); }
  Outcome operator()(const domain::AssignRecords& c) const { return decide_assigns(s, r, c); }
  Outcome operator()(const domain::TransferRecords& c) const { return decide_transfers(s, r, c); }
  Outcome operator()(const domain::ReleaseRecords& c) const { return decide_releases(s, r, c); }
  Outcome operator()(const domain::MoveRecords& c) const { return decide_moves(s, r, c); }
  Outcome operator()(const domain::LockRecords& c) const { return decide_locks(s, r, c); }
  Outcome operator()(const domain::RecycleRecords& c) const { return decide_recycle_records(s, r, c); }
  Outcome operator()(const domain::HandOverRecords& c) const { return decide_hand_over(s, r, c); }
  Outcome operator()(const domain::AddPool& c) const { return decide_add_pool(s, r, c); }
  Outcome operator()(const domain::ChangePool& c) const { return decide_change_pool(s, r, c); }
  Outcome operator()(const domain::RemovePool& c) const { return decide_remove_pool(s, r, c); }
  Outcome operator()(const domain::WriteFollowUp& c) const { return decide_write_follow_up(s, r, c); }
  Outcome operator()(const domain::CorrectFollowUp& c) const { return decide_correct_follow_up(s, r, c); }
  Outcome operator()(const domain::ChangeForm& c) const { return decide_change_form(s, r, c); }
  Outcome operator()(const domain::ChangeDedupRules& c) const {
    return whole(s, r, domain::decide(c, domain::FormContext{.workspace = s.workspace(), .rights = s.rights()}));
  }
  Outcome operator()(const domain::InviteMember& c) const {
    return whole(s, r, domain::decide_invite_member(c, s.context()));
  }
  Outcome operator()(const domain::AcceptInvitation& c) const {
    return whole(s, r, domain::decide_accept_invitation(c, s.context()));
  }
  Outcome operator()(const domain::ChangeMember& c) const {
    return whole(s, r, domain::decide_change_member(c, s.context()));
  }
  Outcome operator()(const domain::DeactivateMember& c) const { return decide_deactivation(s, r, c); }
  Outcome operator()(const domain::FinishDeactivation& c) const { return decide_deactivation_end(s, r, c); }
  Outcome operator()(const domain::AddDepartment& c) const {
    return whole(s, r, domain::decide_add_department(c, s.context()));
  }
  Outcome operator()(const domain::ChangeDepartment& c) const {
    return whole(s, r, domain::decide_change_department(c, s.context()));
  }
  Outcome operator()(const domain::IssueApiKey& c) const {
    return whole(s, r, domain::decide_issue_api_key(c, s.context()));
  }
  Outcome operator()(const domain::RevokeApiKey& c) const {
    return whole(s, r, domain::decide_revoke_api_key(c, s.context()));
  }
  Outcome operator()(const domain::PublishRecycleRule& c) const { return decide_publish_rule(s, r, c); }
  Outcome operator()(const domain::SwitchRecycleRule& c) const { return decide_switch_rule(s, r, c); }
  Outcome operator()(const domain::EndBackfill& c) const { return decide_end_backfill(s, r, c); }
  Outcome operator()(const domain::StartImport& c) const {
    const domain::ImportFacts facts{.file_known = s.file_exists(c.plan.file)};
    return whole(s, r, domain::decide_start_import(facts, c, s.context()));
  }
  Outcome operator()(const domain::EndJob& c) const {
    return whole(s, r, domain::decide_end_job(s.job(c.job), c, s.context()));
  }
  Outcome operator()(const domain::AddFile& c) const {
    const bool known = s.state().image().file(c.file.file) != nullptr;
    return whole(s, r, domain::decide_add_file(known, c, s.context()));
  }

  // Of workspace 0, whose log the server itself keeps (engine/server_log): here they have no place.
  Outcome operator()(const domain::AddWorkspace&) const { return misplaced(); }
  Outcome operator()(const domain::StartTestClock&) const { return misplaced(); }
  Outcome operator()(const domain::AdvanceTestClock&) const { return misplaced(); }
  Outcome operator()(const domain::ReleaseTestClock&) const { return misplaced(); }

  static Outcome misplaced() { return std::unexpected(domain::Refusal::of(domain::RefusalCode::not_allowed_here)); }
};

}  // namespace

std::expected<Decided, domain::Refusal> decide(const projections::State& state, const Request& request) {
  Situation situation(state, request);
  return std::visit(Decide{situation, request}, request.command);
}

}  // namespace highseas::decision
