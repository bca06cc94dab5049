// directory_body — whatever can be known to be wrong here is told here, beside the other faults of the body.
#include "api/read/directory_body.hpp"

#include <algorithm>

#include "domain/directory/directory_decider.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

bool is_live(const domain::Workspace& workspace, base::DepartmentId id) {
  const auto found = workspace.departments.find(id);
  return found != workspace.departments.end() && !found->second.removed;
}

std::optional<base::RoleId> role_of(const domain::Workspace& workspace, const std::string& text) {
  if (const auto* role = workspace.role_by_key(text)) return role->id;
  const auto id = base::parse_id<base::RoleTag>(text);
  if (!id) return std::nullopt;
  const auto found = workspace.roles.find(*id);
  return found != workspace.roles.end() && !found->second.removed ? id : std::nullopt;
}

}  // namespace

std::optional<std::vector<base::RoleId>> read_roles(ObjectReader& body, const domain::Workspace& workspace,
                                                    domain::Faults& faults) {
  const auto* member = body.find("roles");
  if (!member) return std::nullopt;
  std::vector<base::RoleId> roles;
  if (member->is_null()) return roles;
  const auto* items = body.array("roles");
  for (std::size_t at = 0; items && at < items->size(); ++at) {
    const auto* text = (*items)[at].as_string();
    const auto role = text ? role_of(workspace, *text) : std::nullopt;
    if (role) {
      roles.push_back(*role);
    } else {
      faults.add(json::pointer_with(body.pointer("roles"), at),
                 text ? RefusalCode::unknown_role : RefusalCode::wrong_type);
    }
  }
  return roles;
}

std::optional<std::vector<base::DepartmentId>> read_departments(ObjectReader& body, const domain::Workspace& workspace,
                                                                domain::Faults& faults) {
  const auto* one = body.find("department");
  const auto* many = body.find("departments");
  std::vector<base::DepartmentId> departments;
  if (many && !many->is_null()) {
    departments = body.ids<base::DepartmentTag>("departments", RefusalCode::unknown_department).value_or(departments);
    for (std::size_t at = 0; at < departments.size(); ++at) {
      if (is_live(workspace, departments[at])) continue;
      faults.add(json::pointer_with(body.pointer("departments"), at), RefusalCode::unknown_department);
    }
  }
  if (one && !one->is_null()) {
    const auto id = body.id<base::DepartmentTag>("department", RefusalCode::unknown_department);
    if (id && !is_live(workspace, *id)) {
      body.fault("department", RefusalCode::unknown_department);
    } else if (id && many && (departments.empty() || departments.front() != *id)) {
      body.fault("department", RefusalCode::invalid_value);  // not the first of `departments`
    } else if (id && !many) {
      departments.push_back(*id);
    }
  }
  if (!one && !many) return std::nullopt;
  return departments;
}

std::string required_text(ObjectReader& body, std::string_view name, std::size_t max_code_points,
                          domain::Faults& faults) {
  if (!body.required(name)) return {};
  const auto before = faults.all().size();
  const auto text = body.text(name, max_code_points);
  if (!text && faults.all().size() == before) body.fault(name, RefusalCode::required);
  return text.value_or("");
}

std::optional<std::string> read_email(ObjectReader& body) {
  const auto* member = body.given("email");
  if (!member) return std::nullopt;
  const auto* text = member->as_string();
  if (text && domain::is_email_address(*text)) return *text;
  body.fault("email", text ? RefusalCode::invalid_value : RefusalCode::wrong_type);
  return std::nullopt;
}

}  // namespace highseas::api
