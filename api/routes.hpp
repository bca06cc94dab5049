// routes — the route table: one line a route, from which dispatch, OpenAPI and the permission tests are made.
#pragma once

#include <span>
#include <string_view>

#include "api/call.hpp"

namespace highseas::api {

class App;

enum class Access : std::uint8_t {
  anybody,  // no credentials are asked for
  guest,    // the same, but whoever sends some is told more: bad ones are refused
  member,   // session or API key of an active member
};

enum class Body : std::uint8_t {
  none,           // an action: no body, {} or an empty one
  json,           // application/json, an object
  optional_json,  // absent counts as {}
  merge_patch,    // application/merge-patch+json or application/json
  multipart,      // multipart/form-data, up to 32 MiB
};

using Handle = void (*)(App& app, const CallPtr& call);

struct Route {
  std::string_view method;
  std::string_view pattern;    // "/v1/{form}/{id}/history": literal parts win over parameters
  std::string_view operation;  // of OpenAPI: "claimRecord"
  Handle handle;
  Access access = Access::member;
  Body body = Body::none;
  std::string_view query = {};  // the query parameters that it takes, separated by blanks
  std::string_view summary_zh = {};
  std::string_view summary_en = {};
};

std::span<const Route> routes();

}  // namespace highseas::api
