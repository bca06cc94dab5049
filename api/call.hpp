// call — one request on its way to its answer: who asks, in what language, with what body. Shared by what it is waiting
// for.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/server.hpp"
#include "api/json/value.hpp"
#include "api/problem.hpp"
#include "domain/actor.hpp"
#include "domain/permissions/permissions.hpp"
#include "engine/credentials.hpp"
#include "engine/sequencer.hpp"

namespace highseas::api {

struct Caller {
  domain::Actor actor;
  base::MemberId member;
  std::optional<engine::Session> session;  // none: an API key
};

// A member's rights with the design that a request is read by; immutable, for any thread.
struct RightsNow {
  std::shared_ptr<const domain::Workspace> workspace;
  domain::Rights rights;
  std::shared_ptr<const domain::Workspace> judged_by;  // the rights' own: the same, but for repeats
};

struct Route;

class Call {
 public:
  Call(http::Request request, http::Responder responder);

  const http::Request& request() const { return request_; }
  Language language() const { return language_; }
  // A part of the path by the name that its pattern gives it ("id"); asking for another is a fault of the program.
  const std::string& parameter(const std::string& name) const;
  std::optional<std::string_view> query(std::string_view name) const { return request_.query.find(name); }
  // The body as JSON: an empty object where the route takes none or an optional one that is absent.
  const json::Json& body() const { return body_; }

  // Of routes for members.
  const Caller& caller() const { return *caller_; }
  bool has_caller() const { return caller_.has_value(); }
  const std::shared_ptr<engine::Sequencer>& workspace() const { return workspace_; }
  const std::shared_ptr<const RightsNow>& rights_now() const { return rights_; }
  const domain::Workspace& design() const { return *rights_->workspace; }
  const domain::Rights& rights() const { return rights_->rights; }
  eventstore::Position min_position() const { return min_position_; }
  // Of memory that it holds while it waits, roughly: the request, and the body as JSON beside.
  std::size_t bytes() const { return request_.target.size() + 2 * request_.body.size(); }
  bool dry_run() const { return dry_run_; }
  // Empty: none was sent.
  std::string_view idempotency_key() const;
  // Tells a repeat from a reuse of its key.
  std::string fingerprint() const;
  // A request that was accepted before and could not be taken again as it came: it is read as it was then, and what
  // only it used up (a preview's token) is not asked for.
  bool is_repeat() const { return is_repeat_; }
  // The answer rests on a commit, which the log remembers with the key.
  void set_logged() { logged_ = true; }

  // Is called once, before an answer that says that it was done.
  void when_done(std::move_only_function<void()> tell) { when_done_ = std::move(tell); }

  // Once, from any thread.
  void respond(http::Response response);
  void refuse(const Problem& problem);
  void fail(engine::Failure failure);
  // The same as a function that may be handed on; each keeps the call alive.
  engine::Fail on_failure(const std::shared_ptr<Call>& self) const;

 private:
  friend class App;
  http::Request request_;
  http::Responder responder_;
  Language language_;
  const Route* route_ = nullptr;
  std::map<std::string, std::string> parameters_;
  json::Json body_;
  std::optional<Caller> caller_;
  std::shared_ptr<engine::Sequencer> workspace_;
  std::shared_ptr<const RightsNow> rights_;
  eventstore::Position min_position_ = 0;
  eventstore::Position head_ = 0;  // of the log when the caller was known: what a refusal before the decision rests on
  bool dry_run_ = false;
  bool is_handled_ = false;  // its route has it: whatever is wrong now is wrong with what is asked for
  bool is_repeat_ = false;
  std::atomic<bool> logged_ = false;
  std::move_only_function<void()> when_done_;
  // Takes what would be answered, once; set for writes with an idempotency key.
  std::move_only_function<void(http::Response)> before_answer_;
};

using CallPtr = std::shared_ptr<Call>;

// An answer with the position that it rests on.
http::Response answer(int status, std::string json, eventstore::Position position);

}  // namespace highseas::api
