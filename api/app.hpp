// app — from an HTTP request to its route: who is there, what she sends, and the way of a command to the engine.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "api/call.hpp"
#include "api/login_guard.hpp"
#include "api/previews.hpp"
#include "api/remembered_answers.hpp"
#include "api/routes.hpp"
#include "api/transient_jobs.hpp"
#include "engine/engine.hpp"

namespace highseas::api {

struct AppOptions {
  std::string public_url = "http://127.0.0.1:8080";  // of links in answers (invitations)
  bool secure_cookies = false;
};

class App {
 public:
  App(engine::Engine& engine, AppOptions options);

  // The handler of the HTTP server. Any thread.
  void handle(http::Request request, http::Responder responder);

  engine::Engine& engine() { return engine_; }
  const AppOptions& options() const { return options_; }
  LoginGuard& login_guard() { return login_guard_; }
  base::Instant started_at() const { return started_at_; }  // real time
  Previews& previews() { return previews_; }
  TransientJobs& transient_jobs() { return transient_jobs_; }
  // Of an active member; null for anybody else.
  std::shared_ptr<const RightsNow> rights_of(const engine::Sequencer& workspace, base::MemberId member);

 private:
  std::optional<Problem> prepare(Call& call);
  // Of a write with an idempotency key: true where it is answered already.
  bool answer_remembered(const CallPtr& call);
  void watch_answer(const CallPtr& call);
  void reconsider(const CallPtr& call, http::Response refused);
  std::optional<Problem> find_route(Call& call) const;
  std::optional<Problem> authenticate(Call& call);
  void note_key_use(const Call& call);
  std::optional<Problem> read_headers(Call& call) const;
  std::optional<Problem> read_body(Call& call) const;

  engine::Engine& engine_;
  AppOptions options_;
  const base::Instant started_at_ = engine::real_now();
  LoginGuard login_guard_;
  Previews previews_;
  RememberedAnswers remembered_;
  std::mutex mutex_;
  std::weak_ptr<const domain::Workspace> rights_design_;                         // guarded by mutex_
  std::unordered_map<base::MemberId, std::shared_ptr<const RightsNow>> rights_;  // of that design; guarded by mutex_
  TransientJobs transient_jobs_;
};

// --- commands

// What came of it, at the moment at which it was decided. The state is the one that it left.
using RenderAccepted =
    std::move_only_function<http::Response(const projections::State& state, const engine::CommandOutcome& outcome)>;

// As in engine::CommandRequest.
struct Submission {
  std::function<std::vector<eventstore::SideWrite>(const domain::CommitContent&)> side_writes = {};
  bool tells_records = true;
  std::shared_ptr<const decision::Prejudged> prejudged = {};
};

// Sends the command in the caller's name, with Idempotency-Key and dry_run as asked for. Accepted, nothing-to-do and
// repeated ones are rendered by `render`; a refusal becomes its problem document; a dry run is answered here.
void submit(const CallPtr& call, domain::Command command, RenderAccepted render, Submission how = {});

// The same, of one record that must have the version that If-Match names, where it names one.
void submit_if_match(const CallPtr& call, domain::FormNumber form, base::RecordId record, domain::Command command,
                     RenderAccepted render);

// The same; what is to be told of an accepted one (or one that left nothing to do) takes long to look up: on a worker,
// in a snapshot that holds it.
void submit_then_scan(const CallPtr& call, domain::Command command,
                      std::move_only_function<http::Response(const projections::Image&)> render);

// The response, told once its position is durable.
engine::Answer told_later(const CallPtr& call, http::Response response);

// --- queries

// On the strand: one record, one page of an index.
void ask(const CallPtr& call, std::move_only_function<http::Response(const projections::State&)> render);
// On a worker with a snapshot: what may take longer than a millisecond.
void scan(const CallPtr& call, std::move_only_function<http::Response(const projections::Image&)> render);

}  // namespace highseas::api
