// ownership_events — a record of a pooled form changes hands. Stored once with their form, shown as CustomerClaimed,
// LeadClaimed …
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/ownership/pool_definition.hpp"

namespace highseas::domain {

struct Claimed {
  base::RecordId record;
  FormNumber form = 0;
  base::MemberId owner;
  base::PoolId pool;  // that it lay in: its home pool from now on
  bool operator==(const Claimed&) const = default;
};

struct Assigned {
  base::RecordId record;
  FormNumber form = 0;
  base::MemberId owner;
  base::PoolId pool;
  bool operator==(const Assigned&) const = default;
};

struct Transferred {
  base::RecordId record;
  FormNumber form = 0;
  base::MemberId from;
  base::MemberId to;
  std::string note;
  std::optional<base::Instant> cool_down_until;  // for the member in `from`, whose period ends here too
  bool operator==(const Transferred&) const = default;
};

struct Released {
  base::RecordId record;
  FormNumber form = 0;
  base::MemberId from;
  base::PoolId pool;
  std::optional<base::Instant> cool_down_until;  // for the member in `from`
  bool left = false;                             // given back because its owner leaves the company
  std::string reason;
  std::string note;
  bool operator==(const Released&) const = default;
};

// A rule that was due for the record, and the version that it was judged by.
struct DueRule {
  base::RuleId rule;
  std::uint32_t version = 0;
  base::Instant due_at;
  std::uint8_t trigger = 0;  // rules/recycle trigger number of the clause that decided
  std::uint32_t days = 0;
  base::Instant counted_from;  // the latest of the facts that the clause counts from
  bool operator==(const DueRule&) const = default;
};

struct Recycled {
  base::RecordId record;
  FormNumber form = 0;
  base::MemberId from;
  base::PoolId pool;
  std::optional<base::Instant> cool_down_until;
  std::vector<DueRule> rules;           // all that were due, the deciding one first
  std::optional<base::JobId> backfill;  // none: an ordinary sweep
  bool operator==(const Recycled&) const = default;
};

struct MovedToPool {
  base::RecordId record;
  FormNumber form = 0;
  base::PoolId from;
  base::PoolId to;
  bool operator==(const MovedToPool&) const = default;
};

struct Locked {
  base::RecordId record;
  FormNumber form = 0;
  std::optional<base::Instant> until;  // absent: the lock is taken off
  std::string reason;
  bool operator==(const Locked&) const = default;
};

struct RecycleReminded {
  base::RecordId record;
  FormNumber form = 0;
  base::MemberId owner;
  base::RuleId rule;
  std::uint32_t version = 0;
  base::Instant due_at;
  std::uint32_t days_before = 0;
  bool operator==(const RecycleReminded&) const = default;
};

struct PoolAdded {
  PoolDefinition pool;
  bool operator==(const PoolAdded&) const = default;
};

struct PoolChanged {
  PoolDefinition pool;
  bool operator==(const PoolChanged&) const = default;
};

struct PoolRemoved {
  base::PoolId pool;
  bool operator==(const PoolRemoved&) const = default;
};

}  // namespace highseas::domain
