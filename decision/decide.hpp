// decide — from a command and the state at a position to events. Deterministic: the server and the auditor's `redecide`
// run this same code.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <vector>

#include "domain/commit_content.hpp"
#include "domain/refusal.hpp"

namespace highseas::projections {
class State;
}

namespace highseas::decision {

struct Prejudged;

struct Request {
  domain::Actor actor;
  domain::Command command;
  base::Instant now;            // the commit's business time
  std::uint64_t seed = 0;       // of its fresh ids
  base::WorkspaceId workspace;  // whose log it is for
  // Of a commit that is decided again: the items that left no event then. Their values are in no commit, so they are
  // taken as recorded and the others decided.
  const std::vector<domain::ItemOutcome>* recorded = nullptr;
  // What was judged beside the strand (preview.hpp): it makes the decision quicker and no other. Null: nothing was.
  const Prejudged* prejudged = nullptr;
};

// What came of one item of a batch, in the order asked.
struct ItemResult {
  std::optional<base::RecordId> record;
  std::optional<domain::Refusal> refusal;  // none: accepted, or already true
};

struct Decided {
  domain::CommitContent content;    // no events: nothing to append
  std::vector<ItemResult> results;  // one an item; empty for commands without items
};

// The refusal is that of the whole command: of a single item, or of an atomic batch (its faults point into the batch).
std::expected<Decided, domain::Refusal> decide(const projections::State& state, const Request& request);

// Raised when the same input would be decided otherwise (log.md, What is recorded to decide again).
std::vector<domain::DecisionGeneration> decision_generations();
// What this program decides by; ChangeDecisionBasis writes it into a log that says otherwise.
domain::ChangeDecisionBasis current_basis();

}  // namespace highseas::decision
