// directory_body — roles by key or id, and departments, as bodies name them.
#pragma once

#include <optional>
#include <vector>

#include "api/read/object_reader.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::api {

// `roles`: keys or ids. unknown-role for what is neither.
std::optional<std::vector<base::RoleId>> read_roles(ObjectReader& body, const domain::Workspace& workspace,
                                                    domain::Faults& faults);

// `departments` (ids), or `department` for one. Null takes them away.
std::optional<std::vector<base::DepartmentId>> read_departments(ObjectReader& body, const domain::Workspace& workspace,
                                                                domain::Faults& faults);

// A text that must be there and say something.
std::string required_text(ObjectReader& body, std::string_view name, std::size_t max_code_points,
                          domain::Faults& faults);

// The member's address. invalid-value for what is none.
std::optional<std::string> read_email(ObjectReader& body);

}  // namespace highseas::api
