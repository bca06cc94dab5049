// get_record — GET /v1/{form}/{id}: one record that she may see.
#include "api/handlers.hpp"
#include "api/read/page_query.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_parts.hpp"
#include "projections/query/list.hpp"

namespace highseas::api {

void get_record(App&, const CallPtr& call) {
  const auto address = record_address(*call, domain::kRead);
  if (!address) return call->refuse(address.error());
  auto parts = record_parts(*call, *address->form);
  if (!parts) return call->refuse(parts.error());
  const auto place = among(*call);
  if (!place) return call->refuse(place.error());
  ask(call, [call, address = *address, place = *place, parts = std::move(*parts)](const projections::State& state) {
    const auto form = address.form->number;
    if (projections::get(state.image(), call->rights(), form, address.record, place)) {
      return record_answer(*call, state.image(), form, address.record, 200, parts);
    }
    auto response = problem_response(Problem::of("not-found"), call->language(), call->request().path);
    response.headers.set("Highseas-Position", std::to_string(state.position()));
    return response;
  });
}

}  // namespace highseas::api
