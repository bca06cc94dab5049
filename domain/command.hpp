// command — every command there is. A new one is added here, in codec/, and in decision/ (the compiler says where).
#pragma once

#include <string_view>
#include <variant>

#include "domain/directory/directory_commands.hpp"
#include "domain/event.hpp"
#include "domain/files/file_commands.hpp"
#include "domain/follow_ups/follow_up_commands.hpp"
#include "domain/forms/form_commands.hpp"
#include "domain/jobs/job_commands.hpp"
#include "domain/ownership/ownership_commands.hpp"
#include "domain/records/record_commands.hpp"
#include "domain/recycling/recycle_commands.hpp"
#include "domain/workspace/workspace_commands.hpp"

namespace highseas::domain {

using CommandVariant = std::variant<
    // workspace
    OpenWorkspace, AddWorkspace, StartTestClock, AdvanceTestClock, ReleaseTestClock, ChangeDecisionBasis,
    // records
    WriteRecords, ImportRows,
    // pool
    ClaimRecords, AssignRecords, TransferRecords, ReleaseRecords, MoveRecords, LockRecords, RecycleRecords,
    HandOverRecords, AddPool, ChangePool, RemovePool,
    // activity
    WriteFollowUp, CorrectFollowUp,
    // design
    ChangeForm, ChangeDedupRules,
    // directory
    InviteMember, AcceptInvitation, ChangeMember, DeactivateMember, FinishDeactivation, AddDepartment, ChangeDepartment,
    IssueApiKey, RevokeApiKey,
    // rules
    PublishRecycleRule, SwitchRecycleRule, EndBackfill,
    // jobs and files
    StartImport, EndJob, AddFile>;

// Its special members in one place, as Event's.
struct Command : CommandVariant {
  using CommandVariant::CommandVariant;
  Command();
  Command(const Command&);
  Command(Command&&) noexcept;
  Command& operator=(const Command&);
  Command& operator=(Command&&) noexcept;
  ~Command();
  bool operator==(const Command&) const;
};

std::string_view command_name(const Command& command);

}  // namespace highseas::domain

// Asked like the variant that it is.
template <>
struct std::variant_size<highseas::domain::Command> : std::variant_size<highseas::domain::CommandVariant> {};
template <std::size_t I>
struct std::variant_alternative<I, highseas::domain::Command>
    : std::variant_alternative<I, highseas::domain::CommandVariant> {};
