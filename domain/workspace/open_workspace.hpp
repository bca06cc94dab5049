// open_workspace — the first commit of a company: all that ships, as ordinary events, and its first admin.
#pragma once

#include <string_view>
#include <vector>

#include "domain/decision.hpp"
#include "domain/workspace/workspace_commands.hpp"

namespace highseas::domain {

// What the commit is made of besides the command.
struct OpeningFacts {
  bool already_open = false;  // its log has a commit
  base::WorkspaceId workspace;
  std::vector<FormDefinition> forms;  // those that ship
  CalendarChanged calendar;           // the holidays that ship; its id is made here
  DecisionBasisChanged basis;
};

// In this order: WorkspaceOpened, DecisionBasisChanged, FormAdded for each form, RoleChanged ×4,
// PermissionGroupChanged ×4, PoolAdded for each pooled form, CalendarChanged, MemberInvited and MemberJoined of the
// admin. already_set_up; faults (pointers as in the body of POST /v1/setup): required, too_long, invalid_value.
Decision decide_open_workspace(const OpeningFacts& facts, const OpenWorkspace& command, base::Instant now,
                               base::IdSource& ids);

// An active code of ISO 4217 ("CNY").
bool is_currency(std::string_view code);

}  // namespace highseas::domain
