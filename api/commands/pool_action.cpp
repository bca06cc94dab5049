// pool_action — addresses, targets, and answers of pool actions.
#include "api/commands/pool_action.hpp"

#include "api/read/batch_items.hpp"
#include "api/read/record_address.hpp"
#include "api/render/record_json.hpp"
#include "api/render/results_json.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

// Whoever may claim in a pool sees what lies there, so reading opens every action; the decider judges the rest.
std::uint32_t opening(std::uint32_t operation) {
  return operation | domain::kRead;
}

// Those of another prefix are no record of this form; the others go to the decider.
domain::PoolTargets targets_of(const domain::FormDefinition& form, const json::Json::Array& ids, AskedItems& asked,
                               domain::Faults& faults) {
  domain::PoolTargets targets{.form = form.number, .single = false, .records = {}};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto* text = ids[i].as_string();
    if (!text) {
      faults.add(json::pointer_with("/ids", i), RefusalCode::wrong_type);
      continue;
    }
    const auto id = base::parse_prefixed(form.prefix, *text);
    if (!id) {
      asked.add_refused(*text, domain::Refusal::of(RefusalCode::not_found));
      continue;
    }
    asked.add(*text);
    targets.records.push_back(base::RecordId{*id});
  }
  return targets;
}

}  // namespace

void act_on_one(const CallPtr& call, std::uint32_t operation, const ReadAction& read) {
  const auto address = record_address(*call, opening(operation));
  if (!address) return call->refuse(address.error());
  if (!address->form->behaviours.pooled) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  ObjectReader reader(call->body(), "", faults);
  auto command = read(reader, {.form = address->form->number, .single = true, .records = {address->record}});
  reader.finish();
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  const auto form = address->form->number;
  const auto record = address->record;
  submit_if_match(call, form, record, std::move(command), [call, form, record](const auto& state, const auto& outcome) {
    return record_answer(*call, state, outcome, form, record, 200);
  });
}

void act_on_many(const CallPtr& call, std::uint32_t operation, const ReadAction& read) {
  const auto found = form_of(*call, opening(operation));
  if (!found) return call->refuse(found.error());
  const auto* form = *found;
  if (!form->behaviours.pooled) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  ObjectReader reader(call->body(), "", faults);
  for (const auto* later : {"filter", "as_of"}) {
    if (reader.given(later)) reader.fault(later, RefusalCode::not_yet);
  }
  const auto* ids = reader.array("ids");
  if (ids && ids->size() > kLargestBatch) return call->refuse(too_many_items());
  if (!ids && !faults.any()) reader.fault("ids", RefusalCode::required);
  AskedItems asked;
  static const json::Json::Array none;
  auto targets = targets_of(*form, ids ? *ids : none, asked, faults);
  const bool nobody = targets.records.empty();
  auto command = read(reader, std::move(targets));
  reader.finish();
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  if (nobody) {
    return ask(call, [call, form, asked = std::move(asked)](const projections::State& state) {
      return results_answer(*call, state, *form, asked, nullptr);
    });
  }
  submit_items(call, *form, std::move(command), std::move(asked));
}

}  // namespace highseas::api
