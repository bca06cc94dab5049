// items — events of the accepted, outcomes of the rest.
#include "decision/items.hpp"

namespace highseas::decision {

domain::ItemOutcome outcome_of(std::uint64_t index, std::optional<base::Ulid> record, const domain::Refusal* refusal) {
  return outcomes_of(index, record, refusal).front();
}

std::vector<domain::ItemOutcome> outcomes_of(std::uint64_t index, std::optional<base::Ulid> record,
                                             const domain::Refusal* refusal) {
  domain::ItemOutcome outcome{.index = index, .status = domain::OutcomeStatus::skipped, .record = record};
  if (!refusal) return {outcome};
  outcome.status = domain::OutcomeStatus::refused;
  outcome.code = refusal->code;
  outcome.until = refusal->until;
  if (refusal->owner) outcome.other = refusal->owner->ulid;
  std::vector<domain::ItemOutcome> outcomes;
  for (const auto& hit : refusal->duplicates) {
    outcome.other = hit.record.ulid;
    outcome.field = hit.matched.empty() ? 0 : hit.matched.front();
    outcomes.push_back(outcome);
  }
  for (const auto& fault : refusal->faults) {
    outcome.field = fault.field;
    outcome.code = fault.code;
    outcomes.push_back(outcome);
  }
  if (outcomes.empty()) outcomes.push_back(outcome);
  return outcomes;
}

void Items::keep(std::uint64_t index, std::optional<base::Ulid> record, const domain::Refusal* refusal) {
  auto outcomes = outcomes_of(index, record, refusal);
  if (kept_ == Kept::first_fault) outcomes.resize(1);
  auto& all = decided_.content.outcomes;
  all.insert(all.end(), outcomes.begin(), outcomes.end());
}

bool Items::add(std::uint64_t index, std::optional<base::RecordId> record, domain::Decision decision,
                const std::function<void(const domain::Events&)>& note) {
  const auto ulid = record ? std::optional(record->ulid) : std::nullopt;
  if (!decision) {
    keep(index, ulid, &decision.error());
    decided_.results.push_back({record, std::move(decision.error())});
    return false;
  }
  if (decision->empty()) {
    keep(index, ulid, nullptr);
    decided_.results.push_back({record, std::nullopt});
    return false;
  }
  if (note) note(*decision);
  for (auto& event : *decision) {
    if (const auto* created = std::get_if<domain::RecordCreated>(&event)) record = created->record;
    if (const auto* followed = std::get_if<domain::FollowedUp>(&event)) record = followed->follow_up;
    decided_.content.events.push_back(std::move(event));
  }
  decided_.results.push_back({record, std::nullopt});
  return true;
}

bool Items::is_recorded(std::uint64_t index) {
  if (!request_.recorded) return false;
  bool found = false;
  for (const auto& outcome : *request_.recorded) {
    if (outcome.index != index) continue;
    decided_.content.outcomes.push_back(outcome);
    found = true;
  }
  if (found) decided_.results.push_back({});
  return found;
}

Outcome answer_of(Decided decided, bool single) {
  if (single && decided.results.size() == 1 && decided.results.front().refusal) {
    return std::unexpected(std::move(*decided.results.front().refusal));
  }
  return decided;
}

}  // namespace highseas::decision
