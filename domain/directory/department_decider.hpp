// department_decider — add, change, move and remove departments.
#pragma once

#include "domain/context.hpp"
#include "domain/decision.hpp"
#include "domain/directory/directory_commands.hpp"

namespace highseas::domain {

// Its id is fresh, whatever the command carries. forbidden; faults: required, too_long, name_taken,
// unknown_department (the parent), unknown_member, unknown_pool.
Decision decide_add_department(const AddDepartment& command, const DecisionContext& context);
// Besides those: not_found, cycle; department_not_empty where it is to be removed and has members or departments.
Decision decide_change_department(const ChangeDepartment& command, const DecisionContext& context);

}  // namespace highseas::domain
