// department_decider — the tree stays a tree, and nobody belongs to a department that is gone.
#include "domain/directory/department_decider.hpp"

#include <algorithm>

#include "domain/faults.hpp"

namespace highseas::domain {
namespace {

template <class Range, class T>
bool contains(const Range& range, const T& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

const Department* live_department(const Workspace& workspace, base::DepartmentId id) {
  const auto found = workspace.departments.find(id);
  return found != workspace.departments.end() && !found->second.removed ? &found->second : nullptr;
}

void check_managers(const Department& department, const Department* before, const Workspace& workspace,
                    Faults& faults) {
  for (std::size_t at = 0; at < department.managers.size(); ++at) {
    const auto id = department.managers[at];
    if (before && contains(before->managers, id)) continue;  // who has left since stays named until she is replaced
    const auto* member = workspace.member(id);
    if (member && (member->state == MemberState::active || member->state == MemberState::invited)) continue;
    faults.add("/managers/" + std::to_string(at), RefusalCode::unknown_member);
  }
}

bool name_is_taken(const Department& department, const Workspace& workspace) {
  return std::ranges::any_of(workspace.departments, [&](const auto& entry) {
    const auto& [id, other] = entry;
    return id != department.id && !other.removed && other.parent == department.parent && other.name == department.name;
  });
}

Department checked(Department department, const Department* before, const Workspace& workspace, Faults& faults) {
  department.name = checked_name(department.name, "/name", kNameLengthMax, faults);
  if (department.parent && !live_department(workspace, *department.parent)) {
    faults.add("/parent", RefusalCode::unknown_department);
  } else if (name_is_taken(department, workspace)) {
    faults.add("/name", RefusalCode::name_taken);
  }
  check_managers(department, before, workspace, faults);
  if (department.customer_pool) {
    const auto* pool = workspace.pool(*department.customer_pool);
    const auto* form = pool ? workspace.form(pool->form) : nullptr;
    if (!form || form->slug != "customers") faults.add("/customer_pool", RefusalCode::unknown_pool);
  }
  return department;
}

bool is_empty(base::DepartmentId id, const Workspace& workspace) {
  const bool has_departments = std::ranges::any_of(
      workspace.departments, [&](const auto& entry) { return !entry.second.removed && entry.second.parent == id; });
  const bool has_members = std::ranges::any_of(workspace.members, [&](const auto& entry) {
    return entry.second.state != MemberState::deactivated && contains(entry.second.departments, id);
  });
  return !has_departments && !has_members;
}

}  // namespace

Decision decide_add_department(const AddDepartment& command, const DecisionContext& context) {
  if (!context.rights.writes(Thing::departments)) return refuse(RefusalCode::forbidden);
  auto department = command.department;
  department.id = base::DepartmentId{context.ids.other()};
  department.removed = false;
  Faults faults;
  department = checked(std::move(department), nullptr, context.workspace, faults);
  if (faults.any()) return faults.refusal();
  return accept(DepartmentChanged{std::move(department)});
}

Decision decide_change_department(const ChangeDepartment& command, const DecisionContext& context) {
  const auto& workspace = context.workspace;
  const auto id = command.department.id;
  const auto* before = live_department(workspace, id);
  if (!before || !context.rights.reads(Thing::departments)) return refuse(RefusalCode::not_found);
  if (!context.rights.writes(Thing::departments)) return refuse(RefusalCode::forbidden);
  if (command.department.removed) {
    if (!is_empty(id, workspace)) return refuse(RefusalCode::department_not_empty);
    auto removed = *before;
    removed.removed = true;
    return accept(DepartmentChanged{std::move(removed)});
  }
  Faults faults;
  auto after = checked(command.department, before, workspace, faults);
  if (after.parent && contains(workspace.departments_below(id), *after.parent)) {
    faults.add("/parent", RefusalCode::cycle);
  }
  if (faults.any()) return faults.refusal();
  if (after == *before) return already_true();
  return accept(DepartmentChanged{std::move(after)});
}

}  // namespace highseas::domain
