// fault.cpp — status, code and words of each refusal that the server makes by itself.
#include "api/http/fault.hpp"

#include <utility>

#include "api/json/writer.hpp"

namespace highseas::api::http {

Fault fault_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::malformed_request:
      return {
          400, "malformed-request", "Malformed request", "The bytes sent are not a well-formed HTTP/1.1 request.", {}};
    case FaultKind::bad_target:
      return {400,
              "bad-target",
              "Bad request target",
              "The request target is not a path with well-formed percent-encoding of valid UTF-8.",
              {}};
    case FaultKind::bad_path:
      return {400, "bad-path", "Bad path", "The path contains a segment that names another directory.", {}};
    case FaultKind::request_timeout:
      return {408, "request-timeout", "Request timeout", "The request did not arrive in time.", {}};
    case FaultKind::body_too_large:
      return {413, "body-too-large", "Body too large", "The body is larger than this address takes.", {}};
    case FaultKind::target_too_long:
      return {414, "target-too-long", "Request target too long", "The request target is longer than 8 KiB.", {}};
    case FaultKind::bad_expectation:
      return {417, "bad-expectation", "Expectation failed", "The only expectation known is 100-continue.", {}};
    case FaultKind::head_too_large:
      return {431, "headers-too-large", "Headers too large", "The request's header lines are too large.", {}};
    case FaultKind::internal:
      return {500, "internal", "Internal error", "The request could not be answered.", {}};
    case FaultKind::unknown_transfer_coding:
      return {
          501, "unknown-transfer-coding", "Unknown transfer coding", "The only transfer coding known is chunked.", {}};
    case FaultKind::too_many_connections:
      return {503, "too-many-connections", "Too many connections", "The server has all the connections it takes.", {}};
    case FaultKind::too_many_bodies:
      return {503, "busy", "Busy", "The server is receiving all the data it takes at once.", {}};
    case FaultKind::stopping:
      return {503, "stopping", "Stopping", "The server is stopping.", {}};
    case FaultKind::bad_version:
      return {505, "http-version", "HTTP version not supported", "The versions known are HTTP/1.1 and HTTP/1.0.", {}};
  }
  std::unreachable();
}

std::string problem_document(const Fault& fault) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object()
      .member("type", "https://highseas.dev/problems/" + std::string(fault.code))
      .member("title", fault.title)
      .member("status", fault.status)
      .member("detail", fault.detail)
      .member("code", fault.code);
  fault.path.empty() ? writer.null_member("instance") : writer.member("instance", fault.path);
  writer.end_object();
  return out;
}

Response fault_response(FaultKind kind, const ServerOptions& options, std::string_view accept_language,
                        std::string_view path) {
  Fault fault = fault_of(kind);
  fault.accept_language = accept_language;
  fault.path = path;
  Response response;
  response.status = fault.status;
  response.headers.add("Content-Type", "application/problem+json");
  response.headers.add("Cache-Control", "no-store");
  if (fault.status == 503) {
    response.headers.add("Retry-After", std::to_string(options.retry_after_s));
  }
  response.body = options.render_fault ? options.render_fault(fault) : problem_document(fault);
  response.close = true;
  return response;
}

}  // namespace highseas::api::http
