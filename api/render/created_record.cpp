// created_record — the id stands in the commit's event.
#include "api/render/created_record.hpp"

#include "api/render/event_json.hpp"
#include "api/render/record_json.hpp"
#include "base/assert.hpp"

namespace highseas::api {

http::Response created_answer(const Call& call, const projections::State& state, const domain::FormDefinition& form,
                              const engine::CommandOutcome& outcome) {
  HS_ASSERT(outcome.commit);
  std::optional<base::RecordId> id;
  for (const auto& event : outcome.commit->content.events) {
    const auto about = record_of(event);
    if (about && about->form == form.number) id = about->record;
  }
  HS_ASSERT(id);
  auto response = record_answer(call, state, outcome, form.number, *id, 201);
  response.headers.set("Location", "/v1/" + form.slug + "/" + base::format_id(form.prefix, id->ulid));
  return response;
}

}  // namespace highseas::api
