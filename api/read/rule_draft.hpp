// rule_draft — the draft of a recycle rule out of JSON.
#pragma once

#include <string>

#include "api/json/value.hpp"
#include "domain/faults.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::api {

// `pointer`: of the draft in the body ("/draft"). The faults are all of them: those of kinds and keys, and those that
// rules::check_draft finds in the rest.
domain::RecycleDraft read_draft(const domain::Workspace& workspace, const json::Json& json, const std::string& pointer,
                                domain::Faults& faults);

}  // namespace highseas::api
