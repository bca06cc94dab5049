// items — events of the accepted, outcomes of the rest.
#include "decision/items.hpp"

#include <algorithm>

namespace highseas::decision {

domain::ItemOutcome outcome_of(std::uint64_t index, std::optional<base::Ulid> record, const domain::Refusal* refusal) {
  domain::ItemOutcome outcome{.index = index, .status = domain::OutcomeStatus::skipped, .record = record};
  if (!refusal) return outcome;
  outcome.status = domain::OutcomeStatus::refused;
  outcome.code = refusal->code;
  outcome.until = refusal->until;
  if (refusal->owner) outcome.other = refusal->owner->ulid;
  if (!refusal->duplicates.empty()) outcome.other = refusal->duplicates.front().record.ulid;
  if (!refusal->faults.empty()) {
    outcome.field = refusal->faults.front().field;
    outcome.code = refusal->faults.front().code;
  }
  return outcome;
}

bool Items::add(std::uint64_t index, std::optional<base::RecordId> record, domain::Decision decision,
                const std::function<void(const domain::Events&)>& note) {
  const auto ulid = record ? std::optional(record->ulid) : std::nullopt;
  if (!decision) {
    decided_.content.outcomes.push_back(outcome_of(index, ulid, &decision.error()));
    decided_.results.push_back({record, std::move(decision.error())});
    return false;
  }
  if (decision->empty()) {
    decided_.content.outcomes.push_back(outcome_of(index, ulid, nullptr));
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
  const auto found = std::ranges::find(*request_.recorded, index, &domain::ItemOutcome::index);
  if (found == request_.recorded->end()) return false;
  decided_.content.outcomes.push_back(*found);
  decided_.results.push_back({});
  return true;
}

Outcome answer_of(Decided decided, bool single) {
  if (single && decided.results.size() == 1 && decided.results.front().refusal) {
    return std::unexpected(std::move(*decided.results.front().refusal));
  }
  return decided;
}

}  // namespace highseas::decision
