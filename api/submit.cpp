// submit — from a handler to the sequencer and back: commands, questions and scans in the caller's name, and what is
// answered where there is nothing to render.
#include "api/submit.hpp"

#include "api/read/object_reader.hpp"
#include "api/read/record_address.hpp"
#include "api/render/event_json.hpp"
#include "api/render/plain_answers.hpp"

namespace highseas::api {
namespace {

void add_member(Problem& problem, std::string_view name, const domain::Workspace& workspace, base::MemberId id) {
  const auto* member = workspace.member(id);
  problem.extras.emplace_back(std::string(name),
                              json::Json::Object{{"id", base::format_id(id)}, {"name", member ? member->name : ""}});
}

http::Response refused(const Call& call, const projections::State& state, const domain::Refusal& refusal) {
  auto problem = problem_of(refusal, call.language());
  if (refusal.owner) add_member(problem, "owner", state.workspace(), *refusal.owner);
  if (!refusal.duplicates.empty()) {
    problem.extras.emplace_back("duplicates", duplicates_json(state.image(), call.rights(), refusal.duplicates));
  }
  if (!refusal.counts.empty()) {
    json::Json::Array counts;
    for (const auto& count : refusal.counts) {
      const auto form = state.workspace().forms.find(count.form);
      if (form == state.workspace().forms.end()) continue;
      counts.emplace_back(json::Json::Object{{"form", form->second.slug}, {"count", count.count}});
    }
    problem.extras.emplace_back("counts", std::move(counts));
  }
  return refused_at(call, problem, state.position());
}

http::Response tried(const Call& call, const projections::State& state, const engine::CommandOutcome& outcome) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.member("would", outcome.kind == engine::CommandOutcome::Kind::accepted ? "accept" : "nothing");
  write_tried_events(writer.key("events"), call, state, outcome);
  writer.end_object();
  return answer(200, std::move(text), state.position());
}

engine::CommandRequest request_of(const Call& call, domain::Command command) {
  engine::CommandRequest request{.actor = call.caller().actor, .command = std::move(command)};
  request.idempotency_key = call.idempotency_key();
  request.fingerprint = call.fingerprint();
  request.dry_run = call.dry_run();
  return request;
}

// The answer where there is nothing to render: a reused key, a dry run, a refusal.
std::optional<http::Response> settled(const Call& call, const projections::State& state,
                                      const engine::CommandOutcome& outcome) {
  using Kind = engine::CommandOutcome::Kind;
  if (outcome.kind == Kind::key_reused) {
    return refused_at(call, Problem::of("idempotency-key-reused"), state.position());
  }
  if (outcome.kind == Kind::refused) return refused(call, state, *outcome.refusal);
  if (call.dry_run()) return tried(call, state, outcome);
  return std::nullopt;
}

void mark(http::Response& response, const engine::CommandOutcome& outcome) {
  response.headers.set("Highseas-Position", std::to_string(outcome.position));
  if (outcome.kind == engine::CommandOutcome::Kind::repeated) response.headers.set("Idempotency-Replayed", "true");
}

bool is_in_log(const engine::CommandOutcome& outcome) {
  using Kind = engine::CommandOutcome::Kind;
  return outcome.kind == Kind::accepted || outcome.kind == Kind::repeated;
}

// What the handler says where the general words would say too little.
std::optional<engine::Answer> own_words(const CallPtr& call, OwnWords& words, const projections::State& state,
                                        const engine::CommandOutcome& outcome) {
  using Kind = engine::CommandOutcome::Kind;
  if (outcome.kind == Kind::refused) return words.refused ? words.refused(state, *outcome.refusal) : std::nullopt;
  if (!call->dry_run() || outcome.kind == Kind::key_reused || !words.tried) return std::nullopt;
  return told_later(call, words.tried(state, outcome));
}

void submit_request(const CallPtr& call, engine::CommandRequest request, RenderAccepted render, OwnWords words = {}) {
  auto on_decided = [call, render = std::move(render), words = std::move(words)](
                        const projections::State& state,
                        const engine::CommandOutcome& outcome) mutable -> engine::Answer {
    if (is_in_log(outcome)) call->set_logged();
    auto own = own_words(call, words, state, outcome);
    auto response = own ? std::nullopt : settled(*call, state, outcome);
    if (!own && !response) {
      response = render(state, outcome);
      mark(*response, outcome);
    }
    render = nullptr;  // what it holds is let go before anybody is told
    return own ? std::move(*own) : told_later(call, std::move(*response));
  };
  call->workspace()->submit(std::move(request), std::move(on_decided), call->on_failure(call));
}

}  // namespace

engine::Answer told_later(const CallPtr& call, http::Response response) {
  std::size_t bytes = response.body.size();
  for (const auto& [name, value] : response.headers) bytes += name.size() + value.size();
  return {[call, response = std::move(response)]() mutable { call->respond(std::move(response)); }, bytes};
}

void write_tried_events(json::Writer& writer, const Call& call, const projections::State& state,
                        const engine::CommandOutcome& outcome) {
  writer.begin_array();
  if (outcome.kind == engine::CommandOutcome::Kind::accepted) {
    for (const auto& event : outcome.commit->content.events)
      write_event(writer, event, state.image(), call.rights(), call.language());
  }
  writer.end_array();
}

void submit(const CallPtr& call, domain::Command command, RenderAccepted render, Submission how) {
  submit(call, std::move(command), std::move(render), std::move(how), {});
}

void submit(const CallPtr& call, domain::Command command, RenderAccepted render, Submission how, OwnWords words) {
  auto request = request_of(*call, std::move(command));
  request.side_writes = std::move(how.side_writes);
  request.tells_records = how.tells_records;
  request.prejudged = std::move(how.prejudged);
  submit_request(call, std::move(request), std::move(render), std::move(words));
}

void refuse_unread(const CallPtr& call, domain::Command rest, domain::Faults faults) {
  auto on_decided = [call, faults = std::move(faults)](const projections::State& state,
                                                       const engine::CommandOutcome& outcome) mutable {
    const auto* refusal = outcome.refusal;
    const bool kept_out =
        refusal && (refusal->code == domain::RefusalCode::not_found || refusal->code == domain::RefusalCode::forbidden);
    if (kept_out) return told_later(call, refused(*call, state, *refusal));
    if (refusal) faults.add_untold(refusal->faults);
    return told_later(call, refused_at(*call, problem_of(faults, call->language()), state.position()));
  };
  auto request = request_of(*call, std::move(rest));
  request.idempotency_key.clear();
  request.dry_run = true;
  call->workspace()->submit(std::move(request), std::move(on_decided), call->on_failure(call));
}

void submit_if_match(const CallPtr& call, domain::FormNumber form, base::RecordId record, domain::Command command,
                     RenderAccepted render) {
  auto request = request_of(*call, std::move(command));
  if (const auto version = expected_version(*call)) request.expected_version = {form, record, *version};
  submit_request(call, std::move(request), std::move(render));
}

void submit_then_scan(const CallPtr& call, domain::Command command,
                      std::move_only_function<http::Response(const projections::Image&)> render) {
  auto on_decided = [call, render = std::move(render)](
                        const projections::State& state,
                        const engine::CommandOutcome& outcome) mutable -> engine::Answer {
    if (is_in_log(outcome)) call->set_logged();
    if (auto response = settled(*call, state, outcome)) return told_later(call, std::move(*response));
    auto on_snapshot = [call, render = std::move(render), kind = outcome.kind,
                        position = outcome.position](const projections::Image& image) mutable {
      auto response = render(image);
      mark(response, {.kind = kind, .position = position});
      return told_later(call, std::move(response));
    };
    return [call, position = outcome.position, on_snapshot = std::move(on_snapshot)]() mutable {
      call->workspace()->scan(position, std::move(on_snapshot), call->on_failure(call));
    };
  };
  auto request = request_of(*call, std::move(command));
  request.tells_records = false;  // what is told is looked up in the state of now
  call->workspace()->submit(std::move(request), std::move(on_decided), call->on_failure(call));
}

void ask(const CallPtr& call, std::move_only_function<http::Response(const projections::State&)> render) {
  call->workspace()->query(
      call->min_position(),
      [call, render = std::move(render)](const projections::State& state) mutable {
        return told_later(call, render(state));
      },
      call->on_failure(call), call->bytes());
}

void scan(const CallPtr& call, std::move_only_function<http::Response(const projections::Image&)> render) {
  call->workspace()->scan(
      call->min_position(),
      [call, render = std::move(render)](const projections::Image& image) mutable {
        return told_later(call, render(image));
      },
      call->on_failure(call), call->bytes());
}

}  // namespace highseas::api
