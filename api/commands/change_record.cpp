// change_record — PATCH /v1/{form}/{id}: a merge patch of its fields; owner and pool change by actions alone.
#include "api/handlers.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_reader.hpp"
#include "api/render/record_json.hpp"
#include "api/submit.hpp"

namespace highseas::api {
void change_record(App&, const CallPtr& call) {
  const auto address = record_address(*call, domain::kRead | domain::kChange);
  if (!address) return call->refuse(address.error());
  domain::Faults faults;
  auto item = read_record(*call, *address->form, domain::RecordOperation::update, call->body(), "", faults);
  item.record = address->record;
  item.expected_version = expected_version(*call);
  domain::WriteRecords command{.form = address->form->number, .atomic = true, .origin = origin_of(*call), .items = {}};
  command.items.push_back(std::move(item));
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  submit(call, std::move(command), [call, address = *address](const projections::State& state, const auto& outcome) {
    return record_answer(*call, state, outcome, address.form->number, address.record, 200);
  });
}

}  // namespace highseas::api
