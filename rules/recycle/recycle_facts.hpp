// recycle_facts — what the fold keeps of a record so that `due` can judge it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "domain/forms/form_definition.hpp"

namespace highseas::rules {

// When a field last changed after the record's creation. `slot` as the caller's expression schema numbers it.
struct FieldChange {
  std::uint32_t slot = 0;
  base::Instant at;
  bool operator==(const FieldChange&) const = default;
};

// A leave of the owner: [from, to).
struct Leave {
  base::Instant from;
  base::Instant to;
  bool operator==(const Leave&) const = default;
};

// Plain values; the spans must outlive the call that they are handed to.
struct RecycleFacts {
  domain::FormNumber form = 0;
  bool deleted = false;                             // in the bin, merged or converted
  std::optional<base::MemberId> owner{};            // none: it lies in a pool, and is never due
  base::PoolId home_pool{};                         // decides which rules govern it
  base::Instant owned_since{};                      // a fact that an undo carries over into the new period
  base::Instant period_began_at{};                  // of the ownership period; owned_since but after an undo
  std::optional<base::Instant> last_follow_up{};    // occurred_at of the latest effective one (follow_up_decider)
  std::optional<base::Instant> last_data_change{};  // by its owner or a collaborator, within the period
  // The end of the last lock: the date that it was given, or the moment at which it was taken off earlier.
  std::optional<base::Instant> locked_until{};
  // Those of the fields that rules name, in any order. "conditions_changed_at" of a rule is the latest of its fields.
  std::span<const FieldChange> field_changes{};
  std::span<const Leave> leaves{};  // of the owner, by `from`; read by rules with pause_on_leave only
};

}  // namespace highseas::rules
