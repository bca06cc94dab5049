// create_record — POST /v1/{form}: a record of any form; of follow-ups, one on the customer or lead that it names.
#include "api/handlers.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_reader.hpp"
#include "api/render/created_record.hpp"
#include "api/submit.hpp"

namespace highseas::api {

void create_record(App&, const CallPtr& call) {
  const auto form = form_of(*call, domain::kCreate);
  if (!form) return call->refuse(form.error());
  domain::Faults faults;
  auto item = read_record(*call, **form, domain::RecordOperation::create, call->body(), "", faults);
  domain::WriteRecords command{.form = (*form)->number, .atomic = true, .origin = origin_of(*call), .items = {}};
  command.items.push_back(std::move(item));
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  submit(call, std::move(command), [call, form = *form](const projections::State& state, const auto& outcome) {
    return created_answer(*call, state, *form, outcome);
  });
}

}  // namespace highseas::api
