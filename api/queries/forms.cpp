// forms — GET /v1/forms, /v1/forms/{slug} and /v1/forms/{slug}/dedup.
#include "api/handlers.hpp"
#include "api/render/form_json.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/small_list.hpp"

namespace highseas::api {
namespace {

template <class Render>
void get_of_form(const CallPtr& call, Render render) {
  if (!call->rights().reads(domain::Thing::forms)) return call->refuse(Problem::of("forbidden"));
  ask(call, [call, render](const projections::State& state) {
    const auto* form = state.workspace().form_by_slug(call->parameter("slug"));
    if (!form) return refused_at(*call, Problem::of("not-found"), state.position());
    return answer(200, json::to_text(render(*call, state.workspace(), *form)), state.position());
  });
}

}  // namespace

void list_forms(App&, const CallPtr& call) {
  if (!call->rights().reads(domain::Thing::forms)) return call->refuse(Problem::of("forbidden"));
  const auto page = small_page(*call);
  if (!page) return call->refuse(page.error());
  ask(call, [call, page = *page](const projections::State& state) {
    const auto& workspace = state.workspace();
    std::vector<base::Ulid> keys;
    for (const auto& [number, form] : workspace.forms) {
      if (!form.removed) keys.push_back({.high = 0, .low = number});
    }
    const auto write = [&](json::Writer& writer, base::Ulid key) {
      const auto& form = workspace.forms.at(static_cast<domain::FormNumber>(key.low));
      writer.json(form_json(workspace, call->rights(), form));
    };
    return small_list_answer(page, std::move(keys), write, state.position());
  });
}

void get_form(App&, const CallPtr& call) {
  get_of_form(call, [](const Call& asked, const domain::Workspace& workspace, const domain::FormDefinition& form) {
    return form_json(workspace, asked.rights(), form);
  });
}

void get_dedup_rules(App&, const CallPtr& call) {
  get_of_form(call, [](const Call& asked, const domain::Workspace&, const domain::FormDefinition& form) {
    return json::Json(json::Json::Object{{"rules", dedup_json(asked.rights(), form)}});
  });
}

}  // namespace highseas::api
