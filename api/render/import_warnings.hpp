// import_warnings — what of an import's file is left out.
#pragma once

#include <string>
#include <vector>

#include "api/json/writer.hpp"
#include "api/problem.hpp"

namespace highseas::api {

// The member `warnings`: `[{code: "unknown-column", detail, column}]`.
void write_left_out(json::Writer& writer, const std::vector<std::string>& headers, Language language);

}  // namespace highseas::api
