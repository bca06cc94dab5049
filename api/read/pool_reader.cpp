// pool_reader — member by member, so that a patch touches what it names and nothing else.
#include "api/read/pool_reader.hpp"

#include "api/read/object_reader.hpp"
#include "api/read/whole_number.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

constexpr std::size_t kExpressionMax = 4'000;  // code points, as the language takes

std::optional<base::RoleId> role_by(const domain::Workspace& workspace, const std::string& text) {
  if (const auto* role = workspace.role_by_key(text)) return role->id;
  return base::parse_id<base::RoleTag>(text);
}

std::vector<base::RoleId> read_roles(const domain::Workspace& workspace, ObjectReader& reader, domain::Faults& faults) {
  std::vector<base::RoleId> roles;
  const auto* given = reader.array("roles");
  for (std::size_t at = 0; given && at < given->size(); ++at) {
    const auto* text = (*given)[at].as_string();
    const auto role = text ? role_by(workspace, *text) : std::nullopt;
    if (role) {
      roles.push_back(*role);
    } else {
      faults.add(json::pointer_with(reader.pointer("roles"), at),
                 text ? RefusalCode::unknown_role : RefusalCode::wrong_type);
    }
  }
  return roles;
}

void read_audience(const domain::Workspace& workspace, ObjectReader& body, std::string_view name,
                   std::optional<domain::Audience>& audience, domain::Faults& faults) {
  const auto* given = body.find(name);
  if (!given) return;
  audience.reset();
  if (given->is_null()) return;
  ObjectReader reader(*given, body.pointer(name), faults);
  domain::Audience read;
  read.members = reader.ids<base::MemberTag>("members", RefusalCode::unknown_member).value_or(read.members);
  read.departments =
      reader.ids<base::DepartmentTag>("departments", RefusalCode::unknown_department).value_or(read.departments);
  read.roles = read_roles(workspace, reader, faults);
  reader.finish();
  audience = std::move(read);
}

void read_hidden_fields(const domain::FormDefinition* form, ObjectReader& body, domain::PoolDefinition& pool,
                        domain::Faults& faults) {
  const auto* given = body.find("hidden_fields");
  if (!given) return;
  pool.hidden_fields.clear();
  const auto* keys = body.array("hidden_fields");
  for (std::size_t at = 0; keys && at < keys->size(); ++at) {
    const auto* key = (*keys)[at].as_string();
    const auto* field = key && form ? form->field_by_key(*key) : nullptr;
    if (field) {
      pool.hidden_fields.push_back(field->number);
    } else if (form || !key) {
      faults.add(json::pointer_with("/hidden_fields", at), key ? RefusalCode::unknown_field : RefusalCode::wrong_type);
    }
  }
}

void read_limit(ObjectReader& body, std::string_view name, std::optional<std::uint32_t>& limit) {
  if (!body.find(name)) return;
  limit = whole_number(body, name);
}

void read_days(ObjectReader& body, std::string_view name, std::uint32_t& days) {
  if (!body.find(name)) return;
  days = whole_number(body, name).value_or(0);
}

}  // namespace

domain::PoolDefinition read_pool(const domain::Workspace& workspace, const json::Json& json,
                                 domain::PoolDefinition pool, bool is_new, domain::Faults& faults) {
  ObjectReader body(json, "", faults);
  if (is_new) {
    body.required("name");
    body.required("form");
  } else if (body.find("id")) {
    const auto id = body.id<base::PoolTag>("id", RefusalCode::read_only_field);
    if (id && *id != pool.id) body.fault("id", RefusalCode::read_only_field);
  }
  if (body.find("name")) pool.name = body.text("name", domain::kNameLengthMax).value_or("");
  if (const auto slug = body.text("form", domain::kNameLengthMax)) {
    const auto* named = workspace.form_by_slug(*slug);
    pool.form = named ? named->number : 0;  // the decider says that there is none
  } else if (body.find("form") && !is_new) {
    body.fault("form", RefusalCode::read_only_field);
  }
  read_audience(workspace, body, "managers", pool.managers, faults);
  read_audience(workspace, body, "claimers", pool.claimers, faults);
  read_hidden_fields(workspace.form(pool.form), body, pool, faults);
  read_limit(body, "daily_claim_limit", pool.daily_claim_limit);
  read_limit(body, "holding_limit", pool.holding_limit);
  if (body.find("holding_excludes")) pool.holding_excludes = body.text("holding_excludes", kExpressionMax).value_or("");
  read_days(body, "cool_down_days", pool.cool_down_days);
  read_days(body, "protect_new_days", pool.protect_new_days);
  body.finish();
  return pool;
}

}  // namespace highseas::api
