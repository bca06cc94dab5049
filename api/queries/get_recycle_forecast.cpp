// get_recycle_forecast — GET /v1/{form}/{id}/recycle-forecast: every rule that governs the record, when, and why.
#include "api/handlers.hpp"
#include "api/read/record_address.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/rule_json.hpp"
#include "codec/enum_keys.hpp"
#include "projections/query/list.hpp"
#include "projections/recycle_judge.hpp"

namespace highseas::api {
namespace {

std::string_view outcome_of(const rules::Due& due) {
  switch (due.kind) {
    case rules::DueKind::at:
      return "due";
    case rules::DueKind::faulted:
      return "faulted";
    case rules::DueKind::never:
      return "never";
  }
  return {};
}

void write_due(json::Writer& writer, const rules::Due& due) {
  if (due.kind != rules::DueKind::at) {
    for (const auto* name : {"due_at", "ended_at", "counted_from", "trigger", "days"}) writer.null_member(name);
    writer.member("provisional", false);
    return;
  }
  writer.member("due_at", base::format_instant(due.at)).member("ended_at", base::format_instant(due.ended_at));
  writer.member("counted_from", base::format_instant(due.counted_from));
  writer.member("trigger", codec::enum_key(due.trigger)).member("days", due.days);
  writer.member("provisional", due.provisional);
}

void write_forecast(json::Writer& writer, const Call& call, const projections::State& state,
                    const projections::RecordView& record, const rules::JudgedRule& judged) {
  const auto& rule = *judged.rule;
  const projections::RecordFacts facts(record, rule.condition_slots);
  const auto words = judged.due.kind == rules::DueKind::at
                         ? rules::explain(rules::explained(judged.due, rule, facts.get()), state.zone())
                         : rules::explain_not_due(judged.due, rule);
  writer.begin_object().key("rule").begin_object().member("id", base::format_id(rule.rule));
  writer.member("name", rule.draft.name).end_object().member("version", rule.version);
  writer.member("outcome", outcome_of(judged.due));
  write_due(writer, judged.due);
  writer.member("explanation", in(call.language(), words)).end_object();
}

}  // namespace

void get_recycle_forecast(App&, const CallPtr& call) {
  const auto address = record_address(*call, domain::kRead);
  if (!address) return call->refuse(address.error());
  if (!address->form->behaviours.pooled) return call->refuse(Problem::of("not-found"));
  ask(call, [call, address = *address](const projections::State& state) {
    const auto form = address.form->number;
    const auto record = projections::get(state.image(), call->rights(), form, address.record);
    if (!record) return refused_at(*call, Problem::of("not-found"), state.position());
    const auto judged = state.judge(form, address.record);
    std::string text;
    json::Writer writer(text);
    writer.begin_object().key("items").begin_array();
    for (const auto& rule : judged.rules) write_forecast(writer, *call, state, *record, rule);
    writer.end_array().null_member("next_cursor").member("position", state.position()).end_object();
    return answer(200, std::move(text), state.position());
  });
}

}  // namespace highseas::api
