// items — a command on many records, decided one after the other on an overlay; folded once, at the end.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "decision/situation.hpp"

namespace highseas::decision {

// The item that left no event, as the commit keeps it: its place, why, and none of its values.
domain::ItemOutcome outcome_of(std::uint64_t index, std::optional<base::Ulid> record, const domain::Refusal* refusal);

// Decides `count` items and gathers events, results and outcomes. `note` lays an accepted item's events over the facts
// before the next is judged.
class Items {
 public:
  explicit Items(const Request& request) : request_(request), decided_(begin(request)) {}

  // True where it left events.
  bool add(std::uint64_t index, std::optional<base::RecordId> record, domain::Decision decision,
           const std::function<void(const domain::Events&)>& note);
  // True where the commit that is decided again says that this item left no event: then that is its outcome.
  bool is_recorded(std::uint64_t index);
  Decided take() { return std::move(decided_); }
  Decided& decided() { return decided_; }

 private:
  const Request& request_;
  Decided decided_;
};

// One record asked for by itself: its refusal is the command's.
Outcome answer_of(Decided decided, bool single);

}  // namespace highseas::decision
