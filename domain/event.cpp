// event — stored names, and whose section an event stands in.
#include "domain/event.hpp"

#include <type_traits>

namespace highseas::domain {
namespace {

#define HS_EVENT_NAME(type)                        \
  std::string_view operator()(const type&) const { \
    return #type;                                  \
  }

struct NameOf {
  HS_EVENT_NAME(RecordCreated)
  HS_EVENT_NAME(RecordChanged)
  HS_EVENT_NAME(RecordDeleted)
  HS_EVENT_NAME(RecordRestored)
  HS_EVENT_NAME(Claimed)
  HS_EVENT_NAME(Assigned)
  HS_EVENT_NAME(Transferred)
  HS_EVENT_NAME(Released)
  HS_EVENT_NAME(Recycled)
  HS_EVENT_NAME(MovedToPool)
  HS_EVENT_NAME(Locked)
  HS_EVENT_NAME(RecycleReminded)
  HS_EVENT_NAME(PoolAdded)
  HS_EVENT_NAME(PoolChanged)
  HS_EVENT_NAME(PoolRemoved)
  HS_EVENT_NAME(FollowedUp)
  HS_EVENT_NAME(FollowUpCorrected)
  HS_EVENT_NAME(FormAdded)
  HS_EVENT_NAME(FormChanged)
  HS_EVENT_NAME(FormRemoved)
  HS_EVENT_NAME(ChoiceAdded)
  HS_EVENT_NAME(DedupRuleChanged)
  HS_EVENT_NAME(WorkspaceOpened)
  HS_EVENT_NAME(WorkspaceAdded)
  HS_EVENT_NAME(CalendarChanged)
  HS_EVENT_NAME(TestClockStarted)
  HS_EVENT_NAME(TestClockAdvanced)
  HS_EVENT_NAME(TestClockReleased)
  HS_EVENT_NAME(DecisionBasisChanged)
  HS_EVENT_NAME(MemberInvited)
  HS_EVENT_NAME(MemberJoined)
  HS_EVENT_NAME(MemberChanged)
  HS_EVENT_NAME(MemberLeaving)
  HS_EVENT_NAME(MemberDeactivated)
  HS_EVENT_NAME(DepartmentChanged)
  HS_EVENT_NAME(RoleChanged)
  HS_EVENT_NAME(PermissionGroupChanged)
  HS_EVENT_NAME(ApiKeyIssued)
  HS_EVENT_NAME(ApiKeyRevoked)
  HS_EVENT_NAME(RecycleRulePublished)
  HS_EVENT_NAME(RecycleRuleSwitched)
  HS_EVENT_NAME(BackfillStarted)
  HS_EVENT_NAME(BackfillEnded)
  HS_EVENT_NAME(JobStarted)
  HS_EVENT_NAME(JobAdvanced)
  HS_EVENT_NAME(JobEnded)
  HS_EVENT_NAME(FileAdded)
  HS_EVENT_NAME(FileRemoved)
};

#undef HS_EVENT_NAME

template <class T>
concept OnRecord = requires(const T& event) {
  { event.record } -> std::convertible_to<base::RecordId>;
};

}  // namespace

Event::Event() = default;
Event::Event(const Event&) = default;
Event::Event(Event&&) noexcept = default;
Event& Event::operator=(const Event&) = default;
Event& Event::operator=(Event&&) noexcept = default;
Event::~Event() = default;

bool Event::operator==(const Event& other) const {
  return static_cast<const EventVariant&>(*this) == static_cast<const EventVariant&>(other);
}

std::string_view event_name(const Event& event) {
  return std::visit(NameOf{}, event);
}

std::optional<Subject> subject_of(const Event& event) {
  return std::visit(
      []<class T>(const T& e) -> std::optional<Subject> {
        if constexpr (OnRecord<T>) {
          return Subject{e.record.ulid, e.record.ulid};
        } else if constexpr (std::is_same_v<T, FollowedUp> || std::is_same_v<T, FollowUpCorrected>) {
          return Subject{e.follow_up.ulid, e.subject.ulid};
        } else if constexpr (std::is_same_v<T, MemberInvited> || std::is_same_v<T, MemberChanged>) {
          return Subject{e.member.id.ulid, e.member.id.ulid};
        } else if constexpr (std::is_same_v<T, FileAdded>) {
          return Subject{e.file.ulid, e.file.ulid};
        } else {
          return std::nullopt;
        }
      },
      event);
}

}  // namespace highseas::domain
