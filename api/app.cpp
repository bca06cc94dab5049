// app — routing, credentials, headers and bodies, in this order: whoever is not known learns nothing of her body's
// faults.
#include "api/app.hpp"

#include <algorithm>
#include <charconv>

#include "api/access.hpp"
#include "api/json/parse.hpp"
#include "api/read/if_match.hpp"
#include "base/assert.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kIdempotencyKeyMax = 200;
constexpr std::string_view kSessionCookie = "highseas_session";

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(path.front() == '/' ? 1 : 0);
    const auto end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return parts;
}

bool is_parameter(std::string_view part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

// How many literal parts match, where the pattern fits; nothing where it does not.
std::optional<std::size_t> fit(std::string_view pattern, const std::vector<std::string_view>& path) {
  const auto parts = segments(pattern);
  if (parts.size() != path.size()) return std::nullopt;
  std::size_t literal = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (is_parameter(parts[i])) {
      if (path[i].empty()) return std::nullopt;
    } else if (parts[i] == path[i]) {
      literal += parts.size() - i;  // an earlier literal part weighs more
    } else {
      return std::nullopt;
    }
  }
  return literal;
}

std::optional<std::string_view> cookie(std::optional<std::string_view> header, std::string_view name) {
  if (!header) return std::nullopt;
  auto rest = *header;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(';'), rest.size());
    auto pair = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + 1));
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) return pair.substr(name.size() + 1);
  }
  return std::nullopt;
}

bool sends_credentials(const http::Request& request) {
  return request.headers.contains("Authorization") || cookie(request.headers.find("Cookie"), kSessionCookie);
}

bool is_unsafe(std::string_view method) {
  return method != "GET" && method != "HEAD";
}

// A page of another site sent it. Ours are at the public address, or wherever the browser found us.
bool is_foreign(const http::Headers& headers, std::string_view public_url) {
  const auto origin = headers.find("Origin");
  if (!origin || *origin == public_url) return false;
  const auto authority = origin->find("://");
  return authority == std::string_view::npos || origin->substr(authority + 3) != headers.find("Host").value_or("");
}

std::string media_type(const http::Request& request) {
  std::string type(request.headers.find("Content-Type").value_or(""));
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::ranges::transform(type, type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return type;
}

// Of JSON, which is UTF-8; and bytes as they are.
bool is_plain_utf8(const http::Request& request) {
  const auto coding = request.headers.find("Content-Encoding");
  if (coding && *coding != "identity") return false;
  std::string type(request.headers.find("Content-Type").value_or(""));
  std::ranges::transform(type, type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto at = type.find("charset=");
  if (at == std::string::npos) return true;
  auto charset = type.substr(at + 8, type.find(';', at) - at - 8);
  std::erase_if(charset, [](char c) { return c == '"' || c == ' '; });
  return charset == "utf-8" || charset == "utf8" || charset == "us-ascii";
}

bool takes(Body body, const std::string& type) {
  switch (body) {
    case Body::merge_patch:
      return type == "application/merge-patch+json" || type == "application/json";
    case Body::multipart:
      return type == "multipart/form-data";
    case Body::none:
    case Body::json:
    case Body::optional_json:
      return type == "application/json";
  }
  return false;
}

Problem json_problem(const json::JsonError& error, Language language) {
  auto problem = Problem::of(json::code_of(error.fault));
  problem.detail = in(language, error.detail());
  problem.extras.emplace_back("line", static_cast<std::uint64_t>(error.line));
  problem.extras.emplace_back("column", static_cast<std::uint64_t>(error.column));
  return problem;
}

}  // namespace

App::App(engine::Engine& engine, AppOptions options) : engine_(engine), options_(std::move(options)) {}

void App::handle(http::Request request, http::Responder responder) {
  const auto call = std::make_shared<Call>(std::move(request), std::move(responder));
  if (const auto problem = prepare(*call)) return call->refuse(*problem);
  const bool keyed = call->has_caller() && is_unsafe(call->request_.method) && !call->idempotency_key().empty();
  if (keyed && !call->dry_run()) {
    if (answer_remembered(call)) return;
    watch_answer(call);
  }
  call->is_handled_ = true;
  call->route_->handle(*this, call);
}

bool App::answer_remembered(const CallPtr& call) {
  auto found = remembered_.find(call->caller().actor, call->idempotency_key(), call->fingerprint(), engine::real_now());
  if (!found) return false;
  if (!found->same) {
    call->refuse(Problem::of("idempotency-key-reused"));
    return true;
  }
  found->response.headers.set("Idempotency-Replayed", "true");
  call->respond(std::move(found->response));
  return true;
}

// What was refused may have been accepted before, and stand in its own way now; what left no commit is remembered here.
void App::watch_answer(const CallPtr& call) {
  // The call holds this, so it must not hold the call.
  call->before_answer_ = [this, watched = std::weak_ptr<Call>(call)](http::Response response) {
    const auto held = watched.lock();
    HS_ASSERT(held);  // by whoever answers
    if (response.status >= 400 && response.status < 500) return reconsider(held, std::move(response));
    if (response.status < 300 && !held->logged_) {
      remembered_.add(held->caller().actor, held->idempotency_key(), held->fingerprint(), response, engine::real_now());
    }
    held->respond(std::move(response));
  };
}

void App::reconsider(const CallPtr& call, http::Response refused) {
  engine::CommandRequest request{.actor = call->caller().actor, .command = {}};
  request.idempotency_key = call->idempotency_key();
  request.fingerprint = call->fingerprint();
  auto tell = [this, call, refused = std::move(refused)](engine::KeyUse use, auto design_then) mutable {
    if (use == engine::KeyUse::other) return call->refuse(Problem::of("idempotency-key-reused"));
    if (use == engine::KeyUse::fresh || !design_then) return call->respond(std::move(refused));
    // Read by the design of then, judged by the rights of now.
    const auto& now = *call->rights_;
    call->rights_ = std::make_shared<const RightsNow>(RightsNow{std::move(design_then), now.rights, now.judged_by});
    call->is_repeat_ = true;
    call->route_->handle(*this, call);
  };
  call->workspace()->recall(std::move(request), std::move(tell), call->on_failure(call));
}

std::optional<Problem> App::prepare(Call& call) {
  if (auto problem = find_route(call)) return problem;
  const auto access = call.route_->access;
  if (access == Access::member || (access == Access::guest && sends_credentials(call.request_))) {
    if (auto problem = authenticate(call)) return problem;
  }
  if (auto problem = read_headers(call)) return problem;
  return read_body(call);
}

std::optional<Problem> App::find_route(Call& call) const {
  const auto path = segments(call.request_.path);
  const Route* best = nullptr;
  std::size_t best_fit = 0;
  std::string_view best_pattern;
  std::size_t best_pattern_fit = 0;
  for (const auto& route : routes()) {
    const auto fits = fit(route.pattern, path);
    if (!fits) continue;
    if (best_pattern.empty() || *fits > best_pattern_fit) {
      best_pattern = route.pattern;
      best_pattern_fit = *fits;
    }
    const bool same = route.method == call.request_.method || (route.method == "GET" && call.request_.method == "HEAD");
    if (same && (!best || *fits > best_fit)) {
      best = &route;
      best_fit = *fits;
    }
  }
  if (best_pattern.empty()) return Problem::of("not-found");
  // A more literal pattern of another method names the resource: /v1/customers/claim is no record's address.
  if (!best || best_fit < best_pattern_fit) {
    std::string allow;
    for (const auto& route : routes()) {
      if (route.pattern == best_pattern) allow += (allow.empty() ? "" : ", ") + std::string(route.method);
    }
    auto problem = Problem::of("method-not-allowed");
    problem.headers.emplace_back("Allow", allow);
    return problem;
  }
  call.route_ = best;
  const auto parts = segments(best->pattern);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (is_parameter(parts[i])) call.parameters_.emplace(parts[i].substr(1, parts[i].size() - 2), path[i]);
  }
  return std::nullopt;
}

std::optional<Problem> App::authenticate(Call& call) {
  auto unauthorized = [] {
    auto problem = Problem::of("unauthorized");
    problem.headers.emplace_back("WWW-Authenticate", "Bearer");
    return problem;
  };
  const auto header = call.request_.headers.find("Authorization");
  std::string_view token;
  bool by_cookie = false;
  if (header) {
    if (header->size() < 7 || !http::same_name(header->substr(0, 7), "Bearer ")) return unauthorized();
    token = header->substr(7);
  } else if (const auto found = cookie(call.request_.headers.find("Cookie"), kSessionCookie)) {
    token = *found;
    by_cookie = true;
  } else {
    return unauthorized();
  }
  Caller caller;
  eventstore::WorkspaceNumber number = 0;
  if (token.starts_with("hsk_")) {
    const auto owner = engine_.credentials().api_key(token);
    if (!owner) return unauthorized();
    number = owner->workspace;
    caller.member = owner->member;
    caller.actor = {.kind = domain::ActorKind::api_key, .id = owner->key.ulid, .on_behalf_of = owner->member};
  } else {
    auto session = engine_.credentials().session(token, engine::real_now());
    if (!session) return unauthorized();
    number = session->workspace;
    caller.member = session->member;
    caller.actor = {.kind = domain::ActorKind::member, .id = session->member.ulid, .on_behalf_of = std::nullopt};
    caller.session = std::move(session);
  }
  call.workspace_ = engine_.workspace(number);
  if (!call.workspace_) return unauthorized();
  call.head_ = engine_.log().end(number);
  call.rights_ = rights_of(*call.workspace_, caller.member);
  if (!call.rights_) return unauthorized();
  if (caller.actor.kind == domain::ActorKind::api_key) {
    const auto key = call.design().keys.find(base::ApiKeyId{caller.actor.id});
    if (key == call.design().keys.end() || key->second.revoked) return unauthorized();
    if (key->second.expires_at && *key->second.expires_at <= engine::real_now()) return unauthorized();
  }
  call.caller_ = std::move(caller);
  if (by_cookie && is_unsafe(call.request_.method)) {
    const auto csrf = call.request_.headers.find("X-CSRF-Token");
    if (!csrf || !engine_.credentials().csrf_matches(*call.caller_->session, *csrf)) return Problem::of("csrf");
    if (is_foreign(call.request_.headers, options_.public_url)) return Problem::of("csrf");
  }
  if (call.caller_->actor.kind == domain::ActorKind::api_key) note_key_use(call);
  return std::nullopt;
}

void App::note_key_use(const Call& call) {
  const base::ApiKeyId key{call.caller().actor.id};
  const auto number = call.workspace()->number();
  const bool is_new = engine_.api_key_uses().used(number, key, call.request().remote_address, engine::real_now());
  if (!is_new) return;
  record_access(*this, call,
                {.kind = engine::AccessKind::api_key_new_address, .member = call.caller().member, .api_key = key});
}

std::optional<Problem> App::read_headers(Call& call) const {
  const auto& headers = call.request_.headers;
  if (const auto text = headers.find("Highseas-Min-Position")) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), call.min_position_);
    if (error != std::errc{} || end != text->data() + text->size()) return Problem::of("bad-position");
  }
  if (const auto key = headers.find("Idempotency-Key"); key && (key->empty() || key->size() > kIdempotencyKeyMax)) {
    return Problem::of("bad-idempotency-key");
  }
  if (const auto tags = headers.find("If-Match"); tags && !parse_if_match(*tags)) return Problem::of("bad-if-match");
  if (const auto dry = call.query("dry_run")) {
    if (*dry != "true" && *dry != "false") return Problem::of("bad-parameter");
    call.dry_run_ = *dry == "true";
  }
  const bool writes = is_unsafe(call.request_.method);
  for (const auto& item : call.request_.query) {
    if (call.request_.query.count(item.name) > 1) {
      auto problem = Problem::of("bad-parameter");
      problem.extras.emplace_back("parameter", item.name);
      return problem;
    }
    if (writes && item.name == "dry_run") continue;
    const auto known = std::string(" ") + std::string(call.route_->query) + " ";
    if (known.find(" " + item.name + " ") != std::string::npos && !item.name.empty()) continue;
    auto problem = Problem::of("unknown-parameter");
    problem.extras.emplace_back("parameter", item.name);
    return problem;
  }
  return std::nullopt;
}

std::optional<Problem> App::read_body(Call& call) const {
  const auto& request = call.request_;
  const auto kind = call.route_->body;
  call.body_ = json::Json(json::Json::Object{});
  if (request.body.empty() && kind != Body::json && kind != Body::merge_patch && kind != Body::multipart)
    return std::nullopt;
  if (!takes(kind, media_type(request))) {
    // An action without a body may name no type.
    if (!(kind == Body::none && !request.headers.contains("Content-Type")))
      return Problem::of("unsupported-media-type");
  }
  if (!is_plain_utf8(request)) return Problem::of("unsupported-media-type");
  if (kind == Body::multipart) return std::nullopt;
  auto parsed = json::parse(request.body);
  if (!parsed) return json_problem(parsed.error(), call.language_);
  if (!parsed->is_object()) return Problem::of("not-an-object");
  if (kind == Body::none && !parsed->as_object()->empty()) {
    auto problem = Problem::of("unknown-field");
    for (const auto& [name, value] : *parsed->as_object()) {
      problem.errors.push_back(
          {json::pointer_with("", name), "unknown-field", detail_of("unknown-field", call.language_)});
    }
    return problem;
  }
  call.body_ = std::move(*parsed);
  return std::nullopt;
}

std::shared_ptr<const RightsNow> App::rights_of(const engine::Sequencer& workspace, base::MemberId member) {
  auto design = workspace.design();
  const std::lock_guard lock(mutex_);
  if (rights_design_.lock() != design) {
    rights_.clear();
    rights_design_ = design;
  }
  if (const auto found = rights_.find(member); found != rights_.end()) return found->second;
  const auto* known = design->member(member);
  if (!known || known->state != domain::MemberState::active) return nullptr;
  auto rights = domain::Rights::of_member(*design, member);
  auto now = std::make_shared<const RightsNow>(RightsNow{design, std::move(rights), design});
  rights_.emplace(member, now);
  return now;
}

}  // namespace highseas::api
