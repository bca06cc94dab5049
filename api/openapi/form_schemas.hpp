// form_schemas — a form's records as schemas: what is answered, what creates one, what changes one.
#pragma once

#include <string>

#include "api/json/value.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::api {

// "follow-ups" → "FollowUps": schemas of a form are called so, with Record, Input, Patch, Batch and List behind it.
std::string schema_stem(std::string_view slug);

void add_form_schemas(json::Json::Object& schemas, const domain::Workspace& workspace,
                      const domain::FormDefinition& form);

// `{"$ref": "#/components/schemas/NAME"}`.
json::Json schema_ref(std::string_view name);

// `{items, next_cursor, position}` of such items.
json::Json list_schema(json::Json item, bool with_total);

}  // namespace highseas::api
