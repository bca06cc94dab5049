// value_reader — one field's value out of JSON, by the field's type, strictly.
#pragma once

#include <string>
#include <string_view>

#include "api/json/value.hpp"
#include "domain/faults.hpp"
#include "domain/records/record_commands.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::api {

// Appends the value (null takes one away) and the new words of an open list to the item. Faults: wrong-type,
// invalid-value, out-of-range, too-many-decimals, unknown-choice, unknown-member, unknown-department,
// unknown-reference. Whether the value may stand there at all is the decider's to say.
void read_value(const domain::Workspace& workspace, const domain::FieldDefinition& field, const json::Json& json,
                const std::string& pointer, domain::RecordItem& item, domain::Faults& faults);

}  // namespace highseas::api
