// text — lines for people and JSON objects for programs, out of events and values.
#pragma once

#include <string>
#include <string_view>

#include "domain/commit_content.hpp"
#include "domain/forms/fact_fields.hpp"
#include "projections/image_names.hpp"

namespace highseas::replay {

std::string quoted(std::string_view text);  // as a JSON string
// A value as JSON, of a field or of what every record has: choices by key, ids as they are written outside.
std::string value_json(const domain::Workspace& workspace, const domain::FieldDefinition& field,
                       const base::Value& value);
std::string fact_json(const domain::Workspace& workspace, const domain::FormDefinition& form,
                      const domain::FactField& fact, const base::Value& value);
std::string actor_text(const domain::Actor& actor, const projections::ImageNames& names);

}  // namespace highseas::replay
