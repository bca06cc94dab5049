// switch_recycle_rule — POST /v1/recycle-rules/{id}/switch: on or off; its versions stay.
#include "api/handlers.hpp"
#include "api/read/object_reader.hpp"
#include "api/render/rule_json.hpp"

namespace highseas::api {

void switch_recycle_rule(App&, const CallPtr& call) {
  if (!call->rights().reads(domain::Thing::rules)) return call->refuse(Problem::of("forbidden"));
  const auto id = base::parse_id<base::RuleTag>(call->parameter("id"));
  if (!id || !call->design().rules.contains(*id)) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  body.required("enabled");
  const auto enabled = body.boolean("enabled");
  body.finish();
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  submit(call, domain::SwitchRecycleRule{.rule = *id, .enabled = *enabled},
         [call, id = *id](const projections::State& state, const engine::CommandOutcome&) {
           std::string text;
           json::Writer writer(text);
           const auto& rule = state.workspace().rules.at(id);
           write_rule(writer, state.workspace(), id, rule, state.rule_book(), call->language());
           return answer(200, std::move(text), state.position());
         });
}

}  // namespace highseas::api
