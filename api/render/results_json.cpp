// results_json — results of a decision, or of a commit that is told again.
#include "api/render/results_json.hpp"

#include <memory>

#include "api/json/writer.hpp"
#include "api/render/event_json.hpp"
#include "api/render/value_json.hpp"
#include "api/submit.hpp"

namespace highseas::api {
namespace {

struct Result {
  std::optional<base::RecordId> record;
  std::optional<domain::Refusal> refusal;
};

domain::Refusal refusal_of(const domain::ItemOutcome& outcome) {
  auto refusal = domain::Refusal::of(outcome.code);
  refusal.until = outcome.until;
  if (outcome.code == domain::RefusalCode::already_owned && outcome.other) {
    refusal.owner = base::MemberId{*outcome.other};
  }
  return refusal;
}

// An accepted item left one event of its record, after the choices that it added; the others left an outcome.
std::vector<Result> results_of(const domain::CommitContent& content) {
  std::vector<base::RecordId> accepted;
  for (const auto& event : content.events) {
    if (const auto about = record_of(event)) accepted.push_back(about->record);
  }
  std::vector<Result> results(accepted.size() + content.outcomes.size());
  std::vector<bool> told(results.size());
  for (const auto& outcome : content.outcomes) {
    if (outcome.index >= results.size()) continue;
    told[outcome.index] = true;
    auto& result = results[outcome.index];
    if (outcome.record) result.record = base::RecordId{*outcome.record};
    if (outcome.status == domain::OutcomeStatus::refused) result.refusal = refusal_of(outcome);
  }
  auto next = accepted.begin();
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!told[i] && next != accepted.end()) results[i].record = *next++;
  }
  return results;
}

std::vector<Result> results_of(const engine::CommandOutcome& outcome) {
  if (!outcome.results) return outcome.commit ? results_of(outcome.commit->content) : std::vector<Result>();
  std::vector<Result> results;
  for (const auto& result : *outcome.results) results.push_back({result.record, result.refusal});
  return results;
}

}  // namespace

void AskedItems::refuse_all() {
  for (const auto place : sent_) items_[place].refusal = domain::Refusal::of(domain::RefusalCode::batch_refused);
  sent_.clear();
}

class ResultsWriter {
 public:
  ResultsWriter(const Call& call, const projections::State& state, const domain::FormDefinition& form,
                json::Writer& writer)
      : call_(call), state_(state), form_(form), writer_(writer) {}

  // Whether any is refused.
  bool run(const AskedItems& asked, const engine::CommandOutcome* outcome) {
    bool any_refused = false;
    const auto results = outcome ? results_of(*outcome) : std::vector<Result>();
    std::size_t next = 0;
    for (std::size_t i = 0; i < asked.items_.size(); ++i) {
      const auto& item = asked.items_[i];
      const bool sent = next < asked.sent_.size() && asked.sent_[next] == i;
      Result result{std::nullopt, item.refusal};
      if (sent && next < results.size()) result = results[next];
      if (sent && result.refusal) move_pointers(*result.refusal, next, i);
      next += sent ? 1 : 0;
      any_refused = any_refused || result.refusal;
      one(item.id, result);
    }
    return any_refused;
  }

 private:
  // The decider counts what was sent, the caller what she asked for.
  static void move_pointers(domain::Refusal& refusal, std::size_t sent, std::size_t asked) {
    if (sent == asked) return;
    const auto from = "/operations/" + std::to_string(sent) + "/";
    for (auto& fault : refusal.faults) {
      if (fault.pointer.starts_with(from)) {
        fault.pointer = "/operations/" + std::to_string(asked) + "/" + fault.pointer.substr(from.size());
      }
    }
  }

  void one(const std::optional<std::string>& id, const Result& result) {
    writer_.begin_object().member("status", result.refusal ? "refused" : "ok");
    if (result.record) {
      writer_.member("id", base::format_id(form_.prefix, result.record->ulid));
    } else if (id) {
      writer_.member("id", *id);
    } else {
      writer_.null_member("id");
    }
    if (result.refusal) refused(*result.refusal);
    writer_.end_object();
  }

  void refused(const domain::Refusal& refusal) {
    const auto problem = problem_of(refusal, call_.language());
    writer_.member("code", problem.code);
    writer_.member("detail", problem.detail.empty() ? detail_of(problem.code, call_.language()) : problem.detail);
    if (!problem.errors.empty()) {
      writer_.key("errors").begin_array();
      for (const auto& error : problem.errors) {
        writer_.begin_object().member("pointer", error.pointer).member("code", error.code);
        writer_.member("detail", error.detail).end_object();
      }
      writer_.end_array();
    }
    for (const auto& [name, value] : problem.extras) writer_.member(name, value);
    if (refusal.owner) writer_.member("owner", member_json(state_.workspace(), refusal.owner));
    if (!refusal.duplicates.empty()) {
      writer_.member("duplicates", duplicates_json(state_.image(), call_.rights(), refusal.duplicates));
    }
  }

  const Call& call_;
  const projections::State& state_;
  const domain::FormDefinition& form_;
  json::Writer& writer_;
};

namespace {

// What the real call would give of each item, beside what would be appended.
http::Response tried_results(const Call& call, const projections::State& state, const domain::FormDefinition& form,
                             const AskedItems& asked, const engine::CommandOutcome* outcome) {
  std::string results;
  json::Writer results_writer(results);
  results_writer.begin_array();
  const bool any_refused = ResultsWriter(call, state, form, results_writer).run(asked, outcome);
  results_writer.end_array();
  std::string text;
  json::Writer writer(text);
  const bool accepts = outcome && outcome->kind == engine::CommandOutcome::Kind::accepted;
  writer.begin_object().member("would", accepts ? "accept" : any_refused ? "refuse" : "nothing").key("events");
  if (outcome) {
    write_tried_events(writer, call, state, *outcome);
  } else {
    writer.begin_array().end_array();
  }
  writer.key("results").raw(results);
  writer.end_object();
  return answer(200, std::move(text), state.position());
}

}  // namespace

http::Response results_answer(const Call& call, const projections::State& state, const domain::FormDefinition& form,
                              const AskedItems& asked, const engine::CommandOutcome* outcome) {
  if (call.dry_run()) return tried_results(call, state, form, asked, outcome);
  const auto position = outcome ? outcome->position : state.position();
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("results").begin_array();
  ResultsWriter(call, state, form, writer).run(asked, outcome);
  writer.end_array().member("position", position).end_object();
  return answer(200, std::move(text), position);
}

void submit_items(const CallPtr& call, const domain::FormDefinition& form, domain::Command command, AskedItems asked) {
  auto told = [call, &form, asked = std::make_shared<const AskedItems>(std::move(asked))](
                  const projections::State& state, const engine::CommandOutcome& outcome) {
    return results_answer(*call, state, form, *asked, &outcome);
  };
  submit(call, std::move(command), told, {.tells_records = false}, {.tried = told});
}

}  // namespace highseas::api
