// recycle_commands — publish a rule, switch it, end its backfill.
#pragma once

#include "domain/recycling/recycle_events.hpp"

namespace highseas::domain {

// What the preview's token stood for: draft, position, instant and the digest of the affected set (log.md).
struct PublishRecycleRule {
  std::optional<base::RuleId> rule;  // absent: a new one
  RecycleDraft draft;
  Existing existing = Existing::now;
  std::uint64_t previewed_at_position = 0;
  base::Instant judged_at;
  std::uint64_t affected_count = 0;
  std::uint64_t affected_digest = 0;
  bool accept_changes = false;
  bool operator==(const PublishRecycleRule&) const = default;
};

struct SwitchRecycleRule {
  base::RuleId rule;
  bool enabled = false;
  bool operator==(const SwitchRecycleRule&) const = default;
};

// A chunk of a backfill is RecycleRecords with its job; this is its last step.
struct EndBackfill {
  base::JobId job;
  bool cancelled = false;
  bool operator==(const EndBackfill&) const = default;
};

}  // namespace highseas::domain
