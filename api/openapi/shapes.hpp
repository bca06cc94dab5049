// shapes — what each operation takes and gives, by the names of schemas.
#pragma once

#include <span>
#include <string_view>

#include "api/json/value.hpp"

namespace highseas::api {

// Names: "Member", "Member[]" (a list of them with its cursor), "@" before what stands there for each form ("@Record").
// Empty: no body.
struct OperationShape {
  std::string_view operation;
  std::string_view request;
  int status = 200;
  std::string_view response;
  std::string_view media = "application/json";
};

// Of an operation of the route table; null where the table below lacks it, which a test forbids.
const OperationShape* shape_of(std::string_view operation);

// components/schemas that no form changes.
const json::Json::Object& fixed_schemas();

}  // namespace highseas::api
