// registry — the stored number of every event and command. A number is given once and never reused; a new meaning is a
// new line with the next number.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "codec/shapes/directory.hpp"
#include "codec/shapes/forms.hpp"
#include "codec/shapes/jobs.hpp"
#include "codec/shapes/ownership.hpp"
#include "codec/shapes/records.hpp"
#include "codec/shapes/recycling.hpp"
#include "codec/shapes/workspace.hpp"

namespace highseas::codec {

template <class T>
inline constexpr std::uint16_t kStoredNumber = 0;

#define HS_NUMBER(number, type) \
  template <>                   \
  inline constexpr std::uint16_t kStoredNumber<domain::type> = number;

// Events. Numbers of one group lie together; the gaps are for those to come.
HS_NUMBER(1, RecordCreated)
HS_NUMBER(2, RecordChanged)
HS_NUMBER(3, RecordDeleted)
HS_NUMBER(4, RecordRestored)
HS_NUMBER(20, Claimed)
HS_NUMBER(21, Assigned)
HS_NUMBER(22, Transferred)
HS_NUMBER(23, Released)
HS_NUMBER(24, Recycled)
HS_NUMBER(25, MovedToPool)
HS_NUMBER(26, Locked)
HS_NUMBER(27, RecycleReminded)
HS_NUMBER(28, PoolAdded)
HS_NUMBER(29, PoolChanged)
HS_NUMBER(30, PoolRemoved)
HS_NUMBER(40, FollowedUp)
HS_NUMBER(41, FollowUpCorrected)
HS_NUMBER(60, FormAdded)
HS_NUMBER(61, FormChanged)
HS_NUMBER(62, FormRemoved)
HS_NUMBER(63, ChoiceAdded)
HS_NUMBER(64, DedupRuleChanged)
HS_NUMBER(80, WorkspaceOpened)
HS_NUMBER(81, WorkspaceAdded)
HS_NUMBER(82, CalendarChanged)
HS_NUMBER(83, TestClockStarted)
HS_NUMBER(84, TestClockAdvanced)
HS_NUMBER(85, TestClockReleased)
HS_NUMBER(86, DecisionBasisChanged)
HS_NUMBER(100, MemberInvited)
HS_NUMBER(101, MemberJoined)
HS_NUMBER(102, MemberChanged)
HS_NUMBER(103, MemberLeaving)
HS_NUMBER(104, MemberDeactivated)
HS_NUMBER(105, DepartmentChanged)
HS_NUMBER(106, RoleChanged)
HS_NUMBER(107, PermissionGroupChanged)
HS_NUMBER(108, ApiKeyIssued)
HS_NUMBER(109, ApiKeyRevoked)
HS_NUMBER(120, RecycleRulePublished)
HS_NUMBER(121, RecycleRuleSwitched)
HS_NUMBER(122, BackfillStarted)
HS_NUMBER(123, BackfillEnded)
HS_NUMBER(140, JobStarted)
HS_NUMBER(141, JobAdvanced)
HS_NUMBER(142, JobEnded)
HS_NUMBER(143, FileAdded)
HS_NUMBER(144, FileRemoved)

// Commands, in numbers of their own. DecisionGeneration names them.
HS_NUMBER(1, OpenWorkspace)
HS_NUMBER(2, AddWorkspace)
HS_NUMBER(3, StartTestClock)
HS_NUMBER(4, AdvanceTestClock)
HS_NUMBER(5, ReleaseTestClock)
HS_NUMBER(6, ChangeDecisionBasis)
HS_NUMBER(20, WriteRecords)
HS_NUMBER(21, ImportRows)
HS_NUMBER(40, ClaimRecords)
HS_NUMBER(41, AssignRecords)
HS_NUMBER(42, TransferRecords)
HS_NUMBER(43, ReleaseRecords)
HS_NUMBER(44, MoveRecords)
HS_NUMBER(45, LockRecords)
HS_NUMBER(46, RecycleRecords)
HS_NUMBER(47, HandOverRecords)
HS_NUMBER(48, AddPool)
HS_NUMBER(49, ChangePool)
HS_NUMBER(50, RemovePool)
HS_NUMBER(60, WriteFollowUp)
HS_NUMBER(61, CorrectFollowUp)
HS_NUMBER(80, ChangeForm)
HS_NUMBER(81, ChangeDedupRules)
HS_NUMBER(100, InviteMember)
HS_NUMBER(101, AcceptInvitation)
HS_NUMBER(102, ChangeMember)
HS_NUMBER(103, DeactivateMember)
HS_NUMBER(104, FinishDeactivation)
HS_NUMBER(105, AddDepartment)
HS_NUMBER(106, ChangeDepartment)
HS_NUMBER(107, IssueApiKey)
HS_NUMBER(108, RevokeApiKey)
HS_NUMBER(120, PublishRecycleRule)
HS_NUMBER(121, SwitchRecycleRule)
HS_NUMBER(122, EndBackfill)
HS_NUMBER(140, StartImport)
HS_NUMBER(141, EndJob)
HS_NUMBER(142, AddFile)

#undef HS_NUMBER

struct Registered {
  std::uint16_t number = 0;
  std::string_view name;
};

// The numbers and names of a variant's alternatives, by their index in it.
template <class Variant>
inline constexpr auto kRegistry = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array{Registered{kStoredNumber<std::variant_alternative_t<I, Variant>>,
                               Shape<std::variant_alternative_t<I, Variant>>::kName}...};
}(std::make_index_sequence<std::variant_size_v<Variant>>());

template <class Variant>
constexpr bool registry_is_whole() {
  const auto& all = kRegistry<Variant>;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].number == 0) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (all[i].number == all[j].number) return false;
    }
  }
  return all.size() == std::variant_size_v<Variant>;
}
static_assert(registry_is_whole<domain::Event>(), "an event has no number, or two have the same");
static_assert(registry_is_whole<domain::Command>(), "a command has no number, or two have the same");

}  // namespace highseas::codec
