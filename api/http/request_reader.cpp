// request_reader.cpp — reads requests with Boost.Beast's parser, and checks by itself what Beast lets through.
#include "api/http/request_reader.hpp"

#include <algorithm>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "api/http/target.hpp"
#include "base/assert.hpp"

namespace highseas::api::http {
namespace {

namespace beast = boost::beast::http;
using Parser = beast::request_parser<beast::string_body>;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "GET / HTTP/2.0" is a version that is not spoken here; "GET / ABC" is no HTTP at all.
bool names_an_http_version(std::string_view bytes) {
  const auto end = bytes.find_first_of("\r\n");
  const auto line = bytes.substr(0, end);
  const auto space = line.rfind(' ');
  if (space == std::string_view::npos || end == std::string_view::npos || bytes[end] == '\n') {
    return false;
  }
  const auto version = line.substr(space + 1);
  return version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' &&
         is_digit(version[7]);
}

FaultKind fault_of_error(const boost::system::error_code& error, std::string_view bytes, std::size_t head_limit) {
  if (error == beast::error::bad_version) {
    return names_an_http_version(bytes) ? FaultKind::bad_version : FaultKind::malformed_request;
  }
  if (error == beast::error::body_limit) {
    return FaultKind::body_too_large;
  }
  if (error == beast::error::header_limit) {
    const bool within_first_line = bytes.substr(0, head_limit).find('\n') == std::string_view::npos;
    return within_first_line ? FaultKind::target_too_long : FaultKind::head_too_large;
  }
  return FaultKind::malformed_request;
}

// RFC 9110 7.2: a host and a port, nothing that could be taken for another part of an address.
bool is_host(std::string_view host) {
  return std::ranges::none_of(host, [](char c) {
    return c <= ' ' || c == '/' || c == '@' || c == '?' || c == '#' || c == '\\' || c == ',' || c == 0x7f;
  });
}

// The lines of a head that came whole.
template <class Take>
void each_line(std::string_view bytes, Take take) {
  for (auto end = bytes.find("\r\n"); end != std::string_view::npos && end > 0; end = bytes.find("\r\n")) {
    take(bytes.substr(0, end));
    bytes.remove_prefix(end + 2);
  }
}

}  // namespace

struct RequestReader::State {
  explicit State(const ServerOptions& server_options) : options(server_options) { begin(); }

  void begin() {
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(options.max_head_bytes));
    // The limit depends on the head; until that is read there is none to apply.
    parser->body_limit(boost::none);
    head = {};
    started = false;
    head_done = false;
    expects_continue = false;
    fault.reset();
  }

  std::optional<FaultKind> check_head();
  std::optional<FaultKind> check_framing() const;
  std::optional<FaultKind> check_expectation();
  void copy_head();
  void salvage_head(std::string_view bytes);

  const ServerOptions& options;
  std::optional<Parser> parser;
  RequestHead head;
  bool started = false;
  bool head_done = false;
  bool expects_continue = false;
  std::optional<FaultKind> fault;
};

void RequestReader::State::copy_head() {
  const auto& message = parser->get();
  head.method = std::string(view(message.method_string()));
  head.target = std::string(view(message.target()));
  // Taken now: Beast would add the trailers of a chunked body to the same fields later.
  for (const auto& field : message) {
    head.headers.add(std::string(view(field.name_string())), std::string(view(field.value())));
  }
}

// Of a head that Beast refuses it tells nothing: the language that a refusal is told in is taken from the bytes.
void RequestReader::State::salvage_head(std::string_view bytes) {
  bytes = bytes.substr(0, options.max_head_bytes);
  each_line(bytes, [&](std::string_view field) {
    const auto colon = field.find(':');
    if (colon == std::string_view::npos || !same_name(field.substr(0, colon), "Accept-Language")) return;
    const auto value = field.find_first_not_of(" \t", colon + 1);
    if (value != std::string_view::npos) head.headers.set("Accept-Language", std::string(field.substr(value)));
  });
}

std::optional<FaultKind> RequestReader::State::check_framing() const {
  const bool http_1_0 = parser->get().version() == 10;
  const auto hosts = head.headers.count("Host");
  if (hosts > 1 || (hosts == 0 && !http_1_0) || !is_host(head.headers.find("Host").value_or(""))) {
    return FaultKind::malformed_request;
  }
  const auto lengths = head.headers.count("Content-Length");
  // Beast takes a list of equal lengths, which another server on the way may read otherwise.
  if (!std::ranges::all_of(head.headers.find("Content-Length").value_or(""), is_digit)) {
    return FaultKind::malformed_request;
  }
  const auto codings = head.headers.count("Transfer-Encoding");
  if (lengths > 1 || (lengths > 0 && codings > 0) || (codings > 0 && http_1_0)) {
    return FaultKind::malformed_request;
  }
  if (codings > 1 || (codings == 1 && !same_name(*head.headers.find("Transfer-Encoding"), "chunked"))) {
    return FaultKind::unknown_transfer_coding;
  }
  if (codings == 1 && !parser->chunked()) {
    return FaultKind::malformed_request;
  }
  return std::nullopt;
}

std::optional<FaultKind> RequestReader::State::check_expectation() {
  const auto expectation = head.headers.find("Expect");
  if (!expectation || parser->get().version() == 10) {
    return std::nullopt;  // RFC 9110 10.1.1: ignored in HTTP/1.0
  }
  if (head.headers.count("Expect") > 1 || !same_name(*expectation, "100-continue")) {
    return FaultKind::bad_expectation;
  }
  expects_continue = !parser->is_done();
  return std::nullopt;
}

std::optional<FaultKind> RequestReader::State::check_head() {
  copy_head();
  head_done = true;
  if (head.target.size() > options.max_target_bytes) {
    return FaultKind::target_too_long;
  }
  if (auto found = check_framing()) {
    return found;
  }
  auto target = parse_target(head.target);
  if (!target) {
    return target.error();
  }
  head.path = std::move(target->path);
  head.query = std::move(target->query);
  if (auto found = check_expectation()) {
    return found;
  }
  const std::size_t limit = options.body_limit ? options.body_limit(head) : options.max_body_bytes;
  const auto length = parser->content_length();
  if (length && *length > limit) {
    return FaultKind::body_too_large;
  }
  parser->body_limit(limit);
  return std::nullopt;
}

RequestReader::RequestReader(const ServerOptions& options) : state_(std::make_unique<State>(options)) {}
RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::read(std::string_view bytes) {
  HS_ASSERT(!state_->fault);
  std::size_t consumed = 0;
  if (!state_->started) {
    // RFC 9112 2.2: empty lines before a request are let pass.
    while (bytes.substr(consumed).starts_with("\r\n")) {
      consumed += 2;
    }
    if (consumed == bytes.size() || bytes.substr(consumed) == "\r") {
      return {consumed, Event::need_more};
    }
    state_->started = true;
  }
  const auto failed = [&](FaultKind kind) {
    state_->fault = kind;
    return Step{consumed, Event::fault};
  };
  auto& parser = *state_->parser;
  while (!parser.is_done()) {
    const auto rest = bytes.substr(consumed);
    if (rest.empty()) {
      return {consumed, Event::need_more};
    }
    boost::system::error_code error;
    const std::size_t used = parser.put(boost::asio::const_buffer(rest.data(), rest.size()), error);
    consumed += used;
    if (error && error != beast::error::need_more) {
      if (!state_->head_done) state_->salvage_head(rest);
      const bool in_body = state_->head_done && error != beast::error::body_limit;
      return failed(in_body ? FaultKind::malformed_request
                            : fault_of_error(error, rest, state_->options.max_head_bytes));
    }
    if (!state_->head_done && parser.is_header_done()) {
      if (auto found = state_->check_head()) {
        return failed(*found);
      }
      return {consumed, parser.is_done() ? Event::request : Event::head};
    }
    if (used == 0) {
      // A chunk's size line or the trailers without an end: Beast would wait for ever.
      if (state_->head_done && rest.size() > state_->options.max_head_bytes) {
        return failed(FaultKind::malformed_request);
      }
      return {consumed, Event::need_more};
    }
  }
  return {consumed, Event::request};
}

bool RequestReader::started() const {
  return state_->started;
}
bool RequestReader::head_done() const {
  return state_->head_done;
}
bool RequestReader::expects_continue() const {
  return state_->expects_continue;
}
bool RequestReader::keep_alive() const {
  return state_->head_done && state_->parser->get().keep_alive();
}
bool RequestReader::is_http_1_0() const {
  return state_->head_done && state_->parser->get().version() == 10;
}
bool RequestReader::is_head() const {
  return state_->head.method == "HEAD";
}
std::size_t RequestReader::body_bytes() const {
  return state_->parser->get().body().size();
}

std::string_view RequestReader::accept_language() const {
  return state_->head.headers.find("Accept-Language").value_or(std::string_view());
}

std::string_view RequestReader::path() const {
  return state_->head.path;
}

FaultKind RequestReader::fault() const {
  HS_ASSERT(state_->fault);
  return *state_->fault;
}

Request RequestReader::take() {
  HS_ASSERT(state_->parser->is_done());
  Request request;
  static_cast<RequestHead&>(request) = std::move(state_->head);
  request.body = std::move(state_->parser->get().body());
  return request;
}

void RequestReader::reset() {
  state_->begin();
}

}  // namespace highseas::api::http
