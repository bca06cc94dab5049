// directory_json — one thing after the other; numbers of forms and fields become keys.
#include "api/render/directory_json.hpp"

#include <array>
#include <map>
#include <utility>

#include "codec/enum_keys.hpp"
#include "domain/forms/fact_fields.hpp"

namespace highseas::api {
namespace {

constexpr auto kOperations = std::to_array<std::pair<std::uint32_t, std::string_view>>({
    {domain::kRead, "read"},
    {domain::kCreate, "create"},
    {domain::kChange, "change"},
    {domain::kDelete, "delete"},
    {domain::kExport, "export"},
    {domain::kPool, "pool"},
    {domain::kAssign, "assign"},
});

void write_operations(json::Writer& writer, std::uint32_t operations) {
  writer.key("operations").begin_array();
  for (const auto& [bit, key] : kOperations) {
    if (operations & bit) writer.string(key);
  }
  writer.end_array();
}

void write_fields(json::Writer& writer, std::string_view name, const domain::FormDefinition& form,
                  const std::vector<domain::FieldNumber>& fields) {
  writer.key(name).begin_array();
  for (const auto number : fields) {
    if (const auto* field = form.field(number)) {
      writer.string(field->key);
    } else if (const auto* fact = domain::fact_field(number)) {
      writer.string(fact->key);
    }
  }
  writer.end_array();
}

// Within an object that was begun.
void write_grant_parts(json::Writer& writer, const domain::FormDefinition& form, const domain::Grant& grant) {
  write_operations(writer, grant.operations);
  writer.member("scope", codec::enum_key(grant.scope)).member("condition", grant.condition);
  write_fields(writer, "hidden_fields", form, grant.hidden_fields);
  write_fields(writer, "read_only_fields", form, grant.read_only_fields);
}

void write_thing(json::Writer& writer, const domain::ThingGrant& grant) {
  writer.begin_object().member("thing", codec::enum_key(grant.thing));
  writer.member("read", grant.read).member("write", grant.write);
  writer.member("scope", codec::enum_key(grant.scope)).end_object();
}

void write_optional_id(json::Writer& writer, std::string_view name, const auto& id) {
  if (id) {
    writer.member(name, base::format_id(*id));
  } else {
    writer.null_member(name);
  }
}

json::Json text_or_null(const std::string& text) {
  return text.empty() ? json::Json() : json::Json(text);
}

}  // namespace

json::Json label_json(const domain::Label& label) {
  return json::Json::Object{{"zh", text_or_null(label.zh)}, {"en", text_or_null(label.en)}};
}

void write_member(json::Writer& writer, const domain::Workspace& workspace, const domain::Member& member) {
  writer.begin_object();
  writer.member("id", base::format_id(member.id)).member("name", member.name).member("email", member.email);
  writer.key("roles").begin_array();
  for (const auto id : member.roles) {
    const auto role = workspace.roles.find(id);
    writer.string(role == workspace.roles.end() ? base::format_id(id) : role->second.key);
  }
  writer.end_array();
  const auto first = member.departments.empty() ? std::nullopt : std::optional(member.departments.front());
  write_optional_id(writer, "department", first);
  write_ids(writer, "departments", member.departments);
  writer.member("state", codec::enum_key(member.state)).end_object();
}

void write_department(json::Writer& writer, const domain::Department& department) {
  writer.begin_object().member("id", base::format_id(department.id)).member("name", department.name);
  write_optional_id(writer, "parent", department.parent);
  write_ids(writer, "managers", department.managers);
  write_optional_id(writer, "customer_pool", department.customer_pool);
  writer.end_object();
}

void write_role(json::Writer& writer, const domain::Role& role) {
  writer.begin_object().member("id", base::format_id(role.id)).member("key", role.key);
  writer.member("label", label_json(role.label)).end_object();
}

void write_group(json::Writer& writer, const domain::Workspace& workspace, const domain::PermissionGroup& group) {
  writer.begin_object().member("id", base::format_id(group.id)).member("key", group.key);
  writer.member("label", label_json(group.label));
  writer.key("audience").begin_object();
  write_ids(writer, "members", group.audience.members);
  write_ids(writer, "departments", group.audience.departments);
  write_ids(writer, "roles", group.audience.roles);
  writer.end_object();
  writer.key("grants").begin_array();
  for (const auto& grant : group.grants) {
    const auto* form = workspace.form(grant.form);
    if (!form) continue;
    writer.begin_object().member("form", form->slug);
    write_grant_parts(writer, *form, grant);
    writer.end_object();
  }
  writer.end_array();
  writer.key("things").begin_array();
  for (const auto& grant : group.things) write_thing(writer, grant);
  writer.end_array().end_object();
}

void write_calendar(json::Writer& writer, const domain::CalendarChanged& calendar) {
  writer.begin_object().member("id", base::format_id(calendar.calendar)).member("name", calendar.name);
  writer.member("first_year", calendar.first_year).member("last_year", calendar.last_year);
  writer.key("days").begin_array();
  for (const auto& day : calendar.days) {
    writer.begin_object().member("date", base::format_date(day.date));
    writer.member("working", day.working).member("name", day.name).end_object();
  }
  writer.end_array().end_object();
}

void write_api_key(json::Writer& writer, const domain::ApiKey& key, std::optional<base::Instant> last_use) {
  writer.begin_object().member("id", base::format_id(key.id)).member("name", key.name);
  writer.member("member", base::format_id(key.member)).member("prefix", key.prefix);
  if (key.expires_at) {
    writer.member("expires_at", base::format_instant(*key.expires_at));
  } else {
    writer.null_member("expires_at");
  }
  if (last_use) {
    writer.member("last_used_at", base::format_instant(*last_use));
  } else {
    writer.null_member("last_used_at");
  }
  writer.member("revoked", key.revoked).end_object();
}

void write_permissions(json::Writer& writer, const domain::Workspace& workspace, const domain::Member& member) {
  std::map<domain::FormNumber, std::vector<std::pair<const domain::PermissionGroup*, const domain::Grant*>>> grants;
  std::map<domain::Thing, domain::ThingGrant> things;
  for (const auto& [id, group] : workspace.groups) {
    const bool hers = member.state == domain::MemberState::active && workspace.in_audience(group.audience, member);
    if (group.removed || !hers) continue;
    for (const auto& grant : group.grants) grants[grant.form].emplace_back(&group, &grant);
    for (const auto& grant : group.things) {
      auto& all =
          things.try_emplace(grant.thing, domain::ThingGrant{.thing = grant.thing, .scope = grant.scope}).first->second;
      all.read |= grant.read;
      all.write |= grant.write;
      all.scope = std::min(all.scope, grant.scope);  // in the order from all to own
    }
  }
  writer.begin_object().key("forms").begin_array();
  for (const auto& [number, given] : grants) {
    const auto* form = workspace.form(number);
    if (!form) continue;
    std::uint32_t operations = 0;
    for (const auto& [group, grant] : given) operations |= grant->operations;
    writer.begin_object().member("form", form->slug);
    write_operations(writer, operations);
    writer.key("grants").begin_array();
    for (const auto& [group, grant] : given) {
      writer.begin_object().member("group", group->key);
      write_grant_parts(writer, *form, *grant);
      writer.end_object();
    }
    writer.end_array().end_object();
  }
  writer.end_array().key("things").begin_array();
  for (const auto& [thing, grant] : things) write_thing(writer, grant);
  writer.end_array().end_object();
}

}  // namespace highseas::api
