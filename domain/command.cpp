// command — stored names.
#include "domain/command.hpp"

namespace highseas::domain {
namespace {

#define HS_COMMAND_NAME(type)                      \
  std::string_view operator()(const type&) const { \
    return #type;                                  \
  }

// Every command has a line here: forgetting one does not compile.
struct NameOf {
  HS_COMMAND_NAME(OpenWorkspace)
  HS_COMMAND_NAME(AddWorkspace)
  HS_COMMAND_NAME(StartTestClock)
  HS_COMMAND_NAME(AdvanceTestClock)
  HS_COMMAND_NAME(ReleaseTestClock)
  HS_COMMAND_NAME(ChangeDecisionBasis)
  HS_COMMAND_NAME(WriteRecords)
  HS_COMMAND_NAME(ImportRows)
  HS_COMMAND_NAME(ClaimRecords)
  HS_COMMAND_NAME(AssignRecords)
  HS_COMMAND_NAME(TransferRecords)
  HS_COMMAND_NAME(ReleaseRecords)
  HS_COMMAND_NAME(MoveRecords)
  HS_COMMAND_NAME(LockRecords)
  HS_COMMAND_NAME(RecycleRecords)
  HS_COMMAND_NAME(HandOverRecords)
  HS_COMMAND_NAME(AddPool)
  HS_COMMAND_NAME(ChangePool)
  HS_COMMAND_NAME(RemovePool)
  HS_COMMAND_NAME(WriteFollowUp)
  HS_COMMAND_NAME(CorrectFollowUp)
  HS_COMMAND_NAME(ChangeForm)
  HS_COMMAND_NAME(ChangeDedupRules)
  HS_COMMAND_NAME(InviteMember)
  HS_COMMAND_NAME(AcceptInvitation)
  HS_COMMAND_NAME(ChangeMember)
  HS_COMMAND_NAME(DeactivateMember)
  HS_COMMAND_NAME(FinishDeactivation)
  HS_COMMAND_NAME(AddDepartment)
  HS_COMMAND_NAME(ChangeDepartment)
  HS_COMMAND_NAME(IssueApiKey)
  HS_COMMAND_NAME(RevokeApiKey)
  HS_COMMAND_NAME(PublishRecycleRule)
  HS_COMMAND_NAME(SwitchRecycleRule)
  HS_COMMAND_NAME(EndBackfill)
  HS_COMMAND_NAME(StartImport)
  HS_COMMAND_NAME(EndJob)
  HS_COMMAND_NAME(AddFile)
};

#undef HS_COMMAND_NAME

}  // namespace

Command::Command() = default;
Command::Command(const Command&) = default;
Command::Command(Command&&) noexcept = default;
Command& Command::operator=(const Command&) = default;
Command& Command::operator=(Command&&) noexcept = default;
Command::~Command() = default;

bool Command::operator==(const Command& other) const {
  return static_cast<const CommandVariant&>(*this) == static_cast<const CommandVariant&>(other);
}

std::string_view command_name(const Command& command) {
  return std::visit(NameOf{}, command);
}

}  // namespace highseas::domain
