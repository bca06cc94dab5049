// restore_record — POST /v1/{form}/{id}/restore: back from the bin, where nothing stands in its way since.
#include "api/handlers.hpp"
#include "api/read/record_address.hpp"
#include "api/render/record_json.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::api {

void restore_record(App&, const CallPtr& call) {
  const auto address = record_address(*call, domain::kRead | domain::kDelete);
  if (!address) return call->refuse(address.error());
  // What is never deleted has nothing to restore.
  if (address->form->number == domain::shipped::kFollowUps) return call->refuse(Problem::of("not-found"));
  domain::RecordItem item;
  item.operation = domain::RecordOperation::restore;
  item.record = address->record;
  item.expected_version = expected_version(*call);
  domain::WriteRecords command{.form = address->form->number, .atomic = true, .items = {}};
  command.items.push_back(std::move(item));
  submit(call, std::move(command), [call, address = *address](const projections::State& state, const auto& outcome) {
    return record_answer(*call, state, outcome, address.form->number, address.record, 200);
  });
}

}  // namespace highseas::api
