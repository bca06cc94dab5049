// items — a command on many records, decided one after the other on an overlay; folded once, at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "decision/situation.hpp"

namespace highseas::decision {

// The item that left no event, as the commit keeps it: its place, why, and none of its values.
domain::ItemOutcome outcome_of(std::uint64_t index, std::optional<base::Ulid> record, const domain::Refusal* refusal);
// The same with all that is wrong: an outcome for each fault and for each record that stands in the way.
std::vector<domain::ItemOutcome> outcomes_of(std::uint64_t index, std::optional<base::Ulid> record,
                                             const domain::Refusal* refusal);

enum class Kept : std::uint8_t { first_fault, all_faults };

// Decides `count` items and gathers events, results and outcomes. `note` lays an accepted item's events over the facts
// before the next is judged.
class Items {
 public:
  explicit Items(const Request& request, Kept kept = Kept::first_fault)
      : request_(request), kept_(kept), decided_(begin(request)) {}

  // True where it left events.
  bool add(std::uint64_t index, std::optional<base::RecordId> record, domain::Decision decision,
           const std::function<void(const domain::Events&)>& note);
  // True where the commit that is decided again says that this item left no event: then that is its outcome.
  bool is_recorded(std::uint64_t index);
  Decided take() { return std::move(decided_); }
  Decided& decided() { return decided_; }

 private:
  void keep(std::uint64_t index, std::optional<base::Ulid> record, const domain::Refusal* refusal);

  const Request& request_;
  Kept kept_;
  Decided decided_;
};

// One record asked for by itself: its refusal is the command's.
Outcome answer_of(Decided decided, bool single);

}  // namespace highseas::decision
