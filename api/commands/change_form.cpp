// change_form — PATCH /v1/forms/{slug}: the whole form as it is to be is decided at once.
#include "api/handlers.hpp"
#include "api/read/form_body.hpp"
#include "api/render/form_json.hpp"
#include "api/submit.hpp"

namespace highseas::api {

void change_form(App&, const CallPtr& call) {
  const auto* present = call->design().form_by_slug(call->parameter("slug"));
  if (!present) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  auto wanted = read_form(call->body(), call->design(), call->rights(), *present, faults);
  if (faults.any()) return refuse_unread(call, domain::ChangeForm{std::move(wanted)}, std::move(faults));
  submit(call, domain::ChangeForm{std::move(wanted)},
         [call, number = present->number](const projections::State& state, const engine::CommandOutcome& outcome) {
           const auto& workspace = state.workspace();
           const auto form = form_json(workspace, call->rights(), workspace.forms.at(number));
           return answer(200, json::to_text(form), outcome.position);
         });
}

}  // namespace highseas::api
