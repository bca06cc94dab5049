// fault.hpp — the refusals that the server makes by itself, as a closed list.
#pragma once

#include <string_view>

#include "api/http/server.hpp"

namespace highseas::api::http {

enum class FaultKind {
  malformed_request,
  bad_target,
  bad_path,
  request_timeout,
  body_too_large,
  target_too_long,
  bad_expectation,
  head_too_large,
  internal,
  unknown_transfer_coding,
  too_many_connections,
  too_many_bodies,
  stopping,
  bad_version,
};

/// Status and words of `kind`; what the request said is left empty.
Fault fault_of(FaultKind kind);

/// The answer to a request refused so: problem document, `Retry-After` with a 503, connection closed. `accept_language`
/// and `path` are the request's, as far as they were read.
Response fault_response(FaultKind kind, const ServerOptions& options, std::string_view accept_language = {},
                        std::string_view path = {});

}  // namespace highseas::api::http
