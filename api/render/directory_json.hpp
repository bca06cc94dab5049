// directory_json — members, departments, roles, permission groups, calendars and API keys as JSON.
#pragma once

#include <string>
#include <vector>

#include "api/json/writer.hpp"
#include "domain/permissions/permissions.hpp"

namespace highseas::api {

// `{id, name, email, roles: [keys], department, departments: [ids], state}`.
void write_member(json::Writer& writer, const domain::Workspace& workspace, const domain::Member& member);
// `{id, name, parent, managers, customer_pool}`.
void write_department(json::Writer& writer, const domain::Department& department);
void write_role(json::Writer& writer, const domain::Role& role);
void write_group(json::Writer& writer, const domain::Workspace& workspace, const domain::PermissionGroup& group);
void write_calendar(json::Writer& writer, const domain::CalendarChanged& calendar);
// Without the secret, which nobody has any more.
void write_api_key(json::Writer& writer, const domain::ApiKey& key, std::optional<base::Instant> last_use);

// What the member may do: `{forms: [{form, operations, grants}], things: [{thing, read, write, scope}]}`, each grant
// with the group that gives it. Of one who is not active, nothing.
void write_permissions(json::Writer& writer, const domain::Workspace& workspace, const domain::Member& member);

// `{zh, en}`; an empty text is null.
json::Json label_json(const domain::Label& label);

// A member of the object with the ids as texts.
template <class Tag>
void write_ids(json::Writer& writer, std::string_view name, const std::vector<base::Id<Tag>>& ids) {
  writer.key(name).begin_array();
  for (const auto id : ids) writer.string(base::format_id(id));
  writer.end_array();
}

}  // namespace highseas::api
