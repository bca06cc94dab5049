// shipped_groups — the four roles and the four permission groups with which every company starts (domain.md's table).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/directory/directory.hpp"

namespace highseas::domain {

inline constexpr std::string_view kAdmin = "admin";
inline constexpr std::string_view kManager = "manager";
inline constexpr std::string_view kSalesperson = "salesperson";
inline constexpr std::string_view kAuditor = "auditor";

// admin, manager, salesperson, auditor, in this order, with fresh ids.
std::vector<Role> shipped_roles(base::IdSource& ids);

// One group for each of those roles, of the same key, whose audience is that role.
std::vector<PermissionGroup> shipped_groups(std::span<const FormDefinition> forms, std::span<const Role> roles,
                                            base::IdSource& ids);

// What the table gives the group of this key on this form; nothing for a form that it does not name. A form that ships
// later adds its lines to the table, and its FormAdded comes with a PermissionGroupChanged for each group that has any.
std::vector<Grant> shipped_grants(std::string_view group_key, const FormDefinition& form);

}  // namespace highseas::domain
