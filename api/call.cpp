// call — answering, and what a failure of the engine becomes.
#include "api/call.hpp"

#include <utility>

#include "api/render/plain_answers.hpp"
#include "base/assert.hpp"

namespace highseas::api {

Call::Call(http::Request request, http::Responder responder)
    : request_(std::move(request)),
      responder_(std::move(responder)),
      language_(language_of(request_.headers.find("Accept-Language"))) {}

const std::string& Call::parameter(const std::string& name) const {
  const auto found = parameters_.find(name);
  HS_ASSERT(found != parameters_.end());
  return found->second;
}

std::string_view Call::idempotency_key() const {
  return request_.headers.find("Idempotency-Key").value_or("");
}

std::string Call::fingerprint() const {
  const auto if_match = request_.headers.find("If-Match").value_or("");
  return request_.method + '\n' + request_.target + '\n' + std::string(if_match) + '\n' + request_.body;
}

void Call::respond(http::Response response) {
  if (before_answer_) return std::exchange(before_answer_, nullptr)(std::move(response));
  if (when_done_ && response.status < 300) std::exchange(when_done_, nullptr)();
  when_done_ = nullptr;  // it may hold this
  responder_(std::move(response));
}

void Call::refuse(const Problem& problem) {
  if (caller_ && is_handled_) return respond(refused_at(*this, problem, head_));
  auto response = problem_response(problem, language_, request_.path);
  if (caller_ && response.status < 500) response.headers.set("Highseas-Position", std::to_string(head_));
  respond(std::move(response));
}

void Call::fail(engine::Failure failure) {
  Problem problem;
  switch (failure) {
    case engine::Failure::overloaded:
      problem = Problem::of("overloaded");
      break;
    case engine::Failure::storage:
      problem = Problem::of("storage");
      break;
    case engine::Failure::outcome_unknown:
      problem = Problem::of("outcome-unknown");
      break;
    case engine::Failure::behind:
      problem = Problem::of("behind");
      break;
    case engine::Failure::stopping:
      problem = Problem::of("stopping");
      break;
  }
  problem.headers.emplace_back("Retry-After", "1");
  refuse(problem);
}

engine::Fail Call::on_failure(const std::shared_ptr<Call>& self) const {
  return [self](engine::Failure failure) { self->fail(failure); };
}

http::Response answer(int status, std::string json, eventstore::Position position) {
  auto response = http::Response::json(status, std::move(json));
  response.headers.set("Highseas-Position", std::to_string(position));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace highseas::api
