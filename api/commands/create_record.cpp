// create_record — POST /v1/{form}: a record of any form; of follow-ups, one on the customer or lead that it names.
#include "api/handlers.hpp"
#include "api/read/object_reader.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_reader.hpp"
#include "api/render/created_record.hpp"

namespace highseas::api {

void create_record(App&, const CallPtr& call) {
  const auto form = form_of(*call, domain::kCreate);
  if (!form) return call->refuse(form.error());
  domain::Faults faults;
  auto item = read_record(*call, **form, domain::RecordOperation::create, call->body(), "", faults);
  if (faults.any()) {
    check_rest(call->design(), **form, item, nullptr, "", faults);
    return call->refuse(problem_of(faults, call->language()));
  }
  domain::WriteRecords command{.form = (*form)->number, .atomic = true, .origin = origin_of(*call), .items = {}};
  command.items.push_back(std::move(item));
  submit(call, std::move(command), [call, form = *form](const projections::State& state, const auto& outcome) {
    return created_answer(*call, state, *form, outcome);
  });
}

}  // namespace highseas::api
