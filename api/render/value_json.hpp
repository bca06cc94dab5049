// value_json — a stored value as JSON: choices by key, things by prefixed id, decimals as strings.
#pragma once

#include <string_view>

#include "api/json/writer.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::api {

// The value of a form's field, retired ones too.
void write_value(json::Writer& writer, const domain::Workspace& workspace, const domain::FieldDefinition& field,
                 const base::Value& value);
// Of an envelope key or fact of a record of that form. A count that nothing has raised yet is 0.
void write_fact(json::Writer& writer, const domain::Workspace& workspace, const domain::FormDefinition& form,
                const domain::FactField& fact, const base::Value& value);

// An id and a name: `{"id","name"}`; null where there is none.
json::Json member_json(const domain::Workspace& workspace, const std::optional<base::MemberId>& id);
json::Json pool_json(const domain::Workspace& workspace, const std::optional<base::PoolId>& id);

}  // namespace highseas::api
