// shipped_groups — domain.md's table as data: a line is what one group may do with the records of one form.
#include "domain/directory/shipped_groups.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace highseas::domain {
namespace {

constexpr std::uint32_t kRwd = kRead | kWrite | kDelete;
constexpr std::uint32_t kEverything = kRwd | kExport | kPool | kAssign;

struct Line {
  std::string_view group;
  std::string_view form;
  Scope scope = Scope::all;
  std::uint32_t operations = 0;
  std::string_view hidden_field = {};
};

constexpr auto kLines = std::to_array<Line>({
    {kAdmin, "leads", Scope::all, kEverything},
    {kAdmin, "customers", Scope::all, kEverything},
    {kAdmin, "contacts", Scope::all, kRwd | kExport},
    {kAdmin, "follow-ups", Scope::all, kRwd | kExport},
    {kAdmin, "products", Scope::all, kRwd | kExport},

    {kManager, "leads", Scope::department_and_below, kEverything},
    {kManager, "leads", Scope::managed_pools, kEverything},
    {kManager, "customers", Scope::department_and_below, kEverything},
    {kManager, "customers", Scope::managed_pools, kEverything},
    {kManager, "contacts", Scope::of_visible, kRead | kWrite},
    {kManager, "follow-ups", Scope::of_visible, kRead | kWrite},
    {kManager, "products", Scope::all, kRead},

    {kSalesperson, "leads", Scope::own_and_collaborating, kRead | kWrite | kPool},
    {kSalesperson, "leads", Scope::claimable_pools, kRead | kPool},
    {kSalesperson, "customers", Scope::own_and_collaborating, kRead | kWrite | kPool},
    {kSalesperson, "customers", Scope::claimable_pools, kRead | kPool},
    {kSalesperson, "contacts", Scope::of_visible, kRead},
    {kSalesperson, "contacts", Scope::of_own, kWrite},
    {kSalesperson, "follow-ups", Scope::of_visible, kRead},
    {kSalesperson, "follow-ups", Scope::of_own, kWrite},
    {kSalesperson, "products", Scope::all, kRead, "cost"},

    {kAuditor, "leads", Scope::all, kRead | kExport},
    {kAuditor, "customers", Scope::all, kRead | kExport},
    {kAuditor, "contacts", Scope::all, kRead | kExport},
    {kAuditor, "follow-ups", Scope::all, kRead | kExport},
    {kAuditor, "products", Scope::all, kRead | kExport},
});

constexpr auto kDirectoryAndDesign = std::to_array(
    {Thing::members, Thing::departments, Thing::roles, Thing::pools, Thing::pipelines, Thing::calendars, Thing::forms});
constexpr auto kRulesAndAccess =
    std::to_array({Thing::rules, Thing::workflows, Thing::groups, Thing::keys, Thing::webhooks, Thing::settings});

std::vector<ThingGrant> thing_grants(std::string_view group) {
  const bool admin = group == kAdmin;
  const bool auditor = group == kAuditor;
  std::vector<ThingGrant> grants;
  for (const auto thing : kDirectoryAndDesign) {
    grants.push_back({.thing = thing, .read = true, .write = admin, .scope = Scope::all});
  }
  for (const auto thing : kRulesAndAccess) {
    const bool of_work = thing == Thing::rules || thing == Thing::workflows;
    if (!admin && !auditor && !(group == kManager && of_work)) continue;
    grants.push_back({.thing = thing, .read = true, .write = admin, .scope = Scope::all});
  }
  const auto reports = group == kManager       ? Scope::department_and_below
                       : group == kSalesperson ? Scope::own
                                               : Scope::all;
  grants.push_back({.thing = Thing::reports, .read = true, .write = false, .scope = reports});
  if (admin || auditor) {
    grants.push_back({.thing = Thing::audit, .read = true, .write = false, .scope = Scope::all});
  }
  return grants;
}

}  // namespace

std::vector<Role> shipped_roles(base::IdSource& ids) {
  std::vector<Role> roles;
  const auto add = [&](std::string_view key, std::string zh, std::string en) {
    roles.push_back({.id = base::RoleId{ids.other()},
                     .key = std::string(key),
                     .label = {std::move(zh), std::move(en)},
                     .removed = false});
  };
  add(kAdmin, "管理员", "Administrator");
  add(kManager, "主管", "Manager");
  add(kSalesperson, "销售", "Salesperson");
  add(kAuditor, "审计", "Auditor");
  return roles;
}

std::vector<Grant> shipped_grants(std::string_view group_key, const FormDefinition& form) {
  std::vector<Grant> grants;
  for (const auto& line : kLines) {
    if (line.group != group_key || line.form != form.slug) continue;
    Grant grant{.form = form.number,
                .operations = line.operations,
                .scope = line.scope,
                .condition = {},
                .hidden_fields = {},
                .read_only_fields = {}};
    if (!line.hidden_field.empty()) {
      const auto field = std::ranges::find(form.fields, line.hidden_field, &FieldDefinition::key);
      HS_ASSERT(field != form.fields.end());  // a line that hides what does not exist would show it
      grant.hidden_fields.push_back(field->number);
    }
    grants.push_back(std::move(grant));
  }
  return grants;
}

std::vector<PermissionGroup> shipped_groups(std::span<const FormDefinition> forms, std::span<const Role> roles,
                                            base::IdSource& ids) {
  std::vector<PermissionGroup> groups;
  for (const auto& role : roles) {
    PermissionGroup group{.id = base::GroupId{ids.other()},
                          .key = role.key,
                          .label = role.label,
                          .audience = {.members = {}, .departments = {}, .roles = {role.id}},
                          .grants = {},
                          .things = thing_grants(role.key),
                          .removed = false};
    for (const auto& form : forms) {
      for (auto& grant : shipped_grants(role.key, form)) group.grants.push_back(std::move(grant));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace highseas::domain
