// ownership_commands — claim, assign, transfer, release, move, lock: on one record or on up to a thousand, each with
// its own outcome.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/ownership/pool_definition.hpp"

namespace highseas::domain {

// What all of them share. `single`: one record asked for by itself, whose refusal is the answer.
struct PoolTargets {
  FormNumber form = 0;
  bool single = true;
  std::vector<base::RecordId> records;
  bool operator==(const PoolTargets&) const = default;
};

struct ClaimRecords {
  PoolTargets targets;
  bool operator==(const ClaimRecords&) const = default;
};

enum class AssignStrategy : std::uint8_t { to_member = 1, round_robin = 2, least_loaded = 3 };

struct AssignRecords {
  PoolTargets targets;
  AssignStrategy strategy = AssignStrategy::to_member;
  std::vector<base::MemberId> members;  // one, for to_member
  bool operator==(const AssignRecords&) const = default;
};

struct TransferRecords {
  PoolTargets targets;
  base::MemberId owner;
  std::string note;
  bool operator==(const TransferRecords&) const = default;
};

struct ReleaseRecords {
  PoolTargets targets;
  std::optional<base::PoolId> pool;  // absent: home
  std::string reason;
  std::string note;
  bool operator==(const ReleaseRecords&) const = default;
};

struct MoveRecords {
  PoolTargets targets;
  base::PoolId pool;
  bool operator==(const MoveRecords&) const = default;
};

struct LockRecords {
  PoolTargets targets;
  std::optional<base::Instant> until;  // absent: unlock
  std::string reason;
  bool operator==(const LockRecords&) const = default;
};

// A sweep's or backfill's chunk: the ids that were due when it was made. Each is judged again.
struct RecycleRecords {
  FormNumber form = 0;
  std::vector<base::RecordId> records;
  std::optional<base::JobId> backfill;
  bool operator==(const RecycleRecords&) const = default;
};

// A chunk of a hand-over: records of a member who leaves, given to her successor or released.
struct HandOverRecords {
  base::JobId job;
  FormNumber form = 0;
  std::uint64_t done = 0;
  std::vector<base::RecordId> records;
  bool operator==(const HandOverRecords&) const = default;
};

struct AddPool {
  PoolDefinition pool;  // its id is fresh
  bool operator==(const AddPool&) const = default;
};

struct ChangePool {
  PoolDefinition pool;
  bool operator==(const ChangePool&) const = default;
};

struct RemovePool {
  base::PoolId pool;
  bool operator==(const RemovePool&) const = default;
};

}  // namespace highseas::domain
