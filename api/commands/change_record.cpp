// change_record — PATCH /v1/{form}/{id}: a merge patch of its fields; owner and pool change by actions alone.
#include "api/handlers.hpp"
#include "api/read/object_reader.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_reader.hpp"
#include "api/render/record_json.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/query/list.hpp"

namespace highseas::api {
namespace {

// A body that can't be read whole: who may not see the record is told nothing of it.
http::Response refuse_faults(const Call& call, const projections::State& state, const RecordAddress& address,
                             const domain::RecordItem& item, domain::Faults faults) {
  const auto refused = [&](const Problem& problem) {
    auto response = problem_response(problem, call.language(), call.request().path);
    response.headers.set("Highseas-Position", std::to_string(state.position()));
    return response;
  };
  const auto record = projections::get(state.image(), call.rights(), address.form->number, address.record);
  if (!record) return refused(Problem::of("not-found"));
  const auto standing = record->standing();
  const bool may_change = call.rights().may(address.form->number, domain::kChange, standing.get());
  // Who wrote a follow-up may correct it, whoever owns the record now.
  const bool follow_up = address.form->number == domain::shipped::kFollowUps;
  if (!may_change && !follow_up) return refused(Problem::of("forbidden"));
  const auto present = record->values();
  check_rest(state.workspace(), record->definition(), item, &present, "", faults);
  return refused(problem_of(faults, call.language()));
}

}  // namespace

void change_record(App&, const CallPtr& call) {
  const auto address = record_address(*call, domain::kRead | domain::kChange);
  if (!address) return call->refuse(address.error());
  domain::Faults faults;
  auto item = read_record(*call, *address->form, domain::RecordOperation::update, call->body(), "", faults);
  item.record = address->record;
  item.expected_version = expected_version(*call);
  if (faults.any()) {
    return ask(call,
               [call, address = *address, item = std::move(item), faults = std::move(faults)](
                   const projections::State& state) { return refuse_faults(*call, state, address, item, faults); });
  }
  domain::WriteRecords command{.form = address->form->number, .atomic = true, .origin = origin_of(*call), .items = {}};
  command.items.push_back(std::move(item));
  submit(call, std::move(command), [call, address = *address](const projections::State& state, const auto& outcome) {
    return record_answer(*call, state, outcome, address.form->number, address.record, 200);
  });
}

}  // namespace highseas::api
