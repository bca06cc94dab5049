// text — values and actors as text.
#pragma once

#include <string>
#include <string_view>

#include "domain/commit_content.hpp"
#include "domain/forms/fact_fields.hpp"
#include "projections/image_names.hpp"

namespace highseas::replay {

// A value as JSON, of a field or of what every record has: choices by key, ids as they are written outside.
std::string value_json(const domain::Workspace& workspace, const domain::FieldDefinition& field,
                       const base::Value& value);
std::string fact_json(const domain::Workspace& workspace, const domain::FormDefinition& form,
                      const domain::FactField& fact, const base::Value& value);
// "李娜"; "自动回收"; with whom it stands for: "importer (李娜)".
std::string actor_text(const domain::Actor& actor, const domain::Workspace& workspace, codec::Lang lang);

}  // namespace highseas::replay
