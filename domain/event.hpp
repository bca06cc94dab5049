// event — every event there is. A new one is added here, in codec/ (the compiler says where), and in the folds.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "domain/directory/directory_events.hpp"
#include "domain/files/file_events.hpp"
#include "domain/follow_ups/follow_up_events.hpp"
#include "domain/forms/form_events.hpp"
#include "domain/jobs/job_events.hpp"
#include "domain/ownership/ownership_events.hpp"
#include "domain/records/record_events.hpp"
#include "domain/recycling/recycle_events.hpp"
#include "domain/workspace/workspace_events.hpp"

namespace highseas::domain {

using EventVariant = std::variant<
    // records
    RecordCreated, RecordChanged, RecordDeleted, RecordRestored,
    // pool
    Claimed, Assigned, Transferred, Released, Recycled, MovedToPool, Locked, RecycleReminded, PoolAdded, PoolChanged,
    PoolRemoved,
    // activity
    FollowedUp, FollowUpCorrected,
    // design
    FormAdded, FormChanged, FormRemoved, ChoiceAdded, DedupRuleChanged,
    // organisation
    WorkspaceOpened, WorkspaceAdded, CalendarChanged, TestClockStarted, TestClockAdvanced, TestClockReleased,
    DecisionBasisChanged, MemberInvited, MemberJoined, MemberChanged, MemberLeaving, MemberDeactivated,
    DepartmentChanged, RoleChanged, PermissionGroupChanged, ApiKeyIssued, ApiKeyRevoked,
    // rules
    RecycleRulePublished, RecycleRuleSwitched, BackfillStarted, BackfillEnded,
    // jobs and files
    JobStarted, JobAdvanced, JobEnded, FileAdded, FileRemoved>;

// The variant with its special members in one place: made anew in every file that touches an event, copying and
// comparing 48 alternatives took most of the build's time (5 of 7 s a file, measured).
struct Event : EventVariant {
  using EventVariant::EventVariant;
  Event();
  Event(const Event&);
  Event(Event&&) noexcept;
  Event& operator=(const Event&);
  Event& operator=(Event&&) noexcept;
  ~Event();
  bool operator==(const Event&) const;
};

using Events = std::vector<Event>;

// "Claimed": the stored name. What is shown for a form is codec's (CustomerClaimed).
std::string_view event_name(const Event& event);

// Whose section of a commit an event stands in, and whose key seals its text (log.md, Personal data).
struct Subject {
  base::Ulid subject;
  base::Ulid key_owner;
};
// Nothing: it belongs to no record or person, and stands in section 0, without sealed values.
std::optional<Subject> subject_of(const Event& event);

}  // namespace highseas::domain

// Asked like the variant that it is.
template <>
struct std::variant_size<highseas::domain::Event> : std::variant_size<highseas::domain::EventVariant> {};
template <std::size_t I>
struct std::variant_alternative<I, highseas::domain::Event>
    : std::variant_alternative<I, highseas::domain::EventVariant> {};
