// document — the description of the API (OpenAPI 3.1), made from the route table and the workspace's forms.
#pragma once

#include <string>
#include <string_view>

#include "api/json/value.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::api {

// Paths with {form} stand there once for each form that they serve.
json::Json openapi_document(const domain::Workspace& workspace, const std::string& public_url);

}  // namespace highseas::api
