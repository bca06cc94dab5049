// fold — one commit's events into the image. Every event has a line: forgetting one does not compile.
#pragma once

#include "domain/commit_content.hpp"
#include "projections/indexes.hpp"
#include "projections/moments.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {

class Fold {
 public:
  Fold(Image& image, Indexes& indexes, const domain::Commit& commit)
      : image_(image), indexes_(indexes), commit_(commit) {}

  void run();
  // Of a commit cut down to some of its events, others before it left out: see past.hpp. Remembers no command.
  void run_part();

  // records (fold_records.cpp)
  void operator()(const domain::RecordCreated& e);
  void operator()(const domain::RecordChanged& e);
  void operator()(const domain::RecordDeleted& e);
  void operator()(const domain::RecordRestored& e);
  // activity (fold_follow_ups.cpp)
  void operator()(const domain::FollowedUp& e);
  void operator()(const domain::FollowUpCorrected& e);
  // pool (fold_ownership.cpp)
  void operator()(const domain::Claimed& e);
  void operator()(const domain::Assigned& e);
  void operator()(const domain::Transferred& e);
  void operator()(const domain::Released& e);
  void operator()(const domain::Recycled& e);
  void operator()(const domain::MovedToPool& e);
  void operator()(const domain::Locked& e);
  void operator()(const domain::RecycleReminded& e);
  // design and directory
  void operator()(const domain::PoolAdded& e);
  void operator()(const domain::PoolChanged& e);
  void operator()(const domain::PoolRemoved& e);
  void operator()(const domain::FormAdded& e);
  void operator()(const domain::FormChanged& e);
  void operator()(const domain::FormRemoved& e) { evolve(e); }
  void operator()(const domain::ChoiceAdded& e) { evolve(e); }
  void operator()(const domain::DedupRuleChanged& e);
  void operator()(const domain::WorkspaceOpened& e);
  void operator()(const domain::CalendarChanged& e);
  void operator()(const domain::DecisionBasisChanged& e) { evolve(e); }
  void operator()(const domain::MemberInvited& e) { evolve(e); }
  void operator()(const domain::MemberJoined& e) { evolve(e); }
  void operator()(const domain::MemberChanged& e) { evolve(e); }
  void operator()(const domain::MemberLeaving& e) { evolve(e); }
  void operator()(const domain::MemberDeactivated& e) { evolve(e); }
  void operator()(const domain::DepartmentChanged& e) { evolve(e); }
  void operator()(const domain::RoleChanged& e) { evolve(e); }
  void operator()(const domain::PermissionGroupChanged& e) { evolve(e); }
  void operator()(const domain::ApiKeyIssued& e) { evolve(e); }
  void operator()(const domain::ApiKeyRevoked& e) { evolve(e); }
  // rules
  void operator()(const domain::RecycleRulePublished& e);
  void operator()(const domain::RecycleRuleSwitched& e);
  void operator()(const domain::BackfillStarted& e) {
    evolve(e);
    indexes_.start_backfill(e);
  }
  void operator()(const domain::BackfillEnded& e);
  // jobs and files (fold_jobs.cpp)
  void operator()(const domain::JobStarted& e);
  void operator()(const domain::JobAdvanced& e);
  void operator()(const domain::JobEnded& e);
  void operator()(const domain::FileAdded& e);
  void operator()(const domain::FileRemoved& e);
  // The server's own, in the log of workspace 0: nothing here follows from them.
  void operator()(const domain::WorkspaceAdded&) {}
  void operator()(const domain::TestClockStarted&) {}
  void operator()(const domain::TestClockAdvanced&) {}
  void operator()(const domain::TestClockReleased&) {}

 private:
  struct Place {
    RecordTable& table;
    Row row;
  };

  void begin();
  void evolve(const domain::Event& event);
  RecordTable& table(domain::FormNumber form);
  Place place(domain::FormNumber form, base::RecordId id);
  Row add_row(RecordTable& table, base::RecordId id);
  void history(RecordTable& table, Row row);
  // The version rises: data, owner, pool or lock have changed.
  void changed(RecordTable& table, Row row);
  std::optional<base::MemberId> actor() const { return commit_.actor.member(); }
  std::optional<base::DepartmentId> department_of(base::MemberId member) const;
  const domain::FormDefinition& definition(domain::FormNumber form) const;
  void set_values(RecordTable& table, Row row, const std::vector<domain::FieldValue>& values);
  void set_root_of_contact(RecordTable& table, Row row);
  Moment moment(MomentKind kind, const RecordTable& table, Row row) const;

  // ownership
  void enter_ownership(RecordTable& table, Row row, base::MemberId owner, domain::OwnedBy how);
  void leave_pool(MomentKind kind, RecordTable& table, Row row, base::MemberId owner, base::PoolId pool);
  void enter_pool(RecordTable& table, Row row, base::PoolId pool, domain::PooledBy how, std::string_view reason);
  void leave_owner(RecordTable& table, Row row, base::MemberId from, std::optional<base::Instant> cool_down_until);
  void cool_down(RecordTable& table, Row row, base::MemberId from, std::optional<base::Instant> until);
  // follow-ups
  void refresh_follow_ups(Place subject);
  // jobs
  template <class Change>
  void change_job(base::JobId id, const Change& change);

  Image& image_;
  Indexes& indexes_;
  const domain::Commit& commit_;
  std::uint32_t index_ = 0;                               // of the event in the commit
  std::shared_ptr<domain::Workspace> changed_workspace_;  // this commit's own copy
};

}  // namespace highseas::projections
