// change_form — PATCH /v1/forms/{slug}: the whole form as it is to be is decided at once.
#include <algorithm>

#include "api/handlers.hpp"
#include "api/read/form_body.hpp"
#include "api/read/object_reader.hpp"
#include "api/render/form_json.hpp"
#include "domain/forms/form_decider.hpp"

namespace highseas::api {
namespace {

// Where the body could not be read whole nothing is sent: what the decider would have found in the rest of it is told
// along, so that all faults are told at once.
void add_decided_faults(const Call& call, const domain::FormDefinition& wanted, domain::Faults& faults) {
  const auto decision = domain::decide(domain::FormFacts{}, domain::ChangeForm{wanted},
                                       {.workspace = call.design(), .rights = call.rights()});
  if (decision) return;
  const auto told = faults.all();
  for (const auto& fault : decision.error().faults) {
    const auto same = [&](const domain::InputFault& other) { return other.pointer == fault.pointer; };
    if (std::ranges::none_of(told, same)) faults.add(fault.pointer, fault.code, fault.field, fault.detail);
  }
}

}  // namespace

void change_form(App&, const CallPtr& call) {
  const auto* present = call->design().form_by_slug(call->parameter("slug"));
  if (!present) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  auto wanted = read_form(call->body(), call->design(), call->rights(), *present, faults);
  if (faults.any()) {
    if (!call->rights().writes(domain::Thing::forms)) return call->refuse(Problem::of("forbidden"));
    add_decided_faults(*call, wanted, faults);
    return call->refuse(problem_of(faults, call->language()));
  }
  submit(call, domain::ChangeForm{std::move(wanted)},
         [call, number = present->number](const projections::State& state, const engine::CommandOutcome& outcome) {
           const auto& workspace = state.workspace();
           const auto form = form_json(workspace, call->rights(), workspace.forms.at(number));
           return answer(200, json::to_text(form), outcome.position);
         });
}

}  // namespace highseas::api
