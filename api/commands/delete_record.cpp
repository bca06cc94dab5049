// delete_record — DELETE /v1/{form}/{id}: to the bin. Follow-ups are never deleted.
#include "api/handlers.hpp"
#include "api/read/record_address.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::api {

void delete_record(App&, const CallPtr& call) {
  const auto address = record_address(*call, domain::kRead | domain::kDelete);
  if (!address) return call->refuse(address.error());
  if (address->form->number == domain::shipped::kFollowUps) {
    auto problem = Problem::of("method-not-allowed");
    problem.headers.emplace_back("Allow", "GET, PATCH");
    return call->refuse(problem);
  }
  domain::RecordItem item;
  item.operation = domain::RecordOperation::remove;
  item.record = address->record;
  item.expected_version = expected_version(*call);
  domain::WriteRecords command{.form = address->form->number, .atomic = true, .items = {}};
  command.items.push_back(std::move(item));
  submit(call, std::move(command), [](const projections::State&, const engine::CommandOutcome&) {
    http::Response response;
    response.status = 204;
    response.headers.set("Cache-Control", "no-store");
    return response;
  });
}

}  // namespace highseas::api
