// ownership_decider — may this record change hands: claim, assign, transfer, release, move, lock, recycle, hand over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/context.hpp"
#include "domain/decision.hpp"
#include "domain/jobs/job_events.hpp"
#include "domain/ownership/ownership_commands.hpp"

namespace highseas::domain {

// An ownership period that is over. Kept for everyone whose own period ended within a cool-down, also where a colleague
// held the record in between.
struct FormerPeriod {
  base::MemberId member;
  std::optional<base::Instant> cool_down_until;  // as the event that ended it said
  bool operator==(const FormerPeriod&) const = default;
};

// What is true of one record of a pooled form. One that does not exist: `exists` false, the rest unread.
struct OwnershipFacts {
  base::RecordId record;
  FormNumber form = 0;
  bool exists = false;
  bool deleted = false;
  std::optional<base::MemberId> owner;  // owner or pool, never both
  std::optional<base::PoolId> pool;
  std::optional<base::PoolId> home_pool;  // of a pooled form; moves with its next owner only
  std::optional<base::Instant> owned_since;
  std::optional<base::Instant> pooled_since;
  std::optional<base::Instant> locked_until;
  std::vector<base::MemberId> collaborators;
  std::vector<FormerPeriod> former;
  bool counts_for_holding = true;  // holding_excludes of the pool that it lies in, or else of home, leaves it in

  RecordStanding standing() const {
    return {.owner = owner, .pool = pool, .collaborators = collaborators, .root = nullptr, .root_form = 0};
  }
};

// Of the claiming member in the record's claim_pool_of(), as of before this item.
struct ClaimLimits {
  std::uint64_t holding = 0;       // records whose home pool it is that she owns, without those that are left out
  std::uint64_t claims_today = 0;  // of Claimed events in the workspace's day: releasing gives none back
};

// For the pool that the record lies in, as of before this item.
struct AssignFacts {
  std::vector<std::uint64_t> holdings;          // one for each of the command's members, in their order
  std::optional<base::MemberId> last_assigned;  // who got the latest record that was assigned from this pool
  std::vector<base::MemberId> unfit{};          // those of the members who may not hold records of the form
};

struct NewOwner {
  std::uint64_t holding = 0;  // in the record's home pool
  bool may_hold = true;       // records of the form
};

// Under which rules the record is due now, found by `due` on the facts of now.
struct DueNow {
  std::vector<DueRule> rules;               // the deciding one first; never empty
  std::optional<base::PoolId> target_pool;  // of the deciding rule; absent: home
  std::uint32_t cool_down_days = 0;         // of the deciding rule
};

// Where a record goes back to: its home pool, or the form's first one where that has been removed. Null: not pooled.
const PoolDefinition* home_pool_of(const OwnershipFacts& facts, const Workspace& workspace);

// By whose claimers and limits a claim is judged: the pool that it lies in; of one that is owned, where it would go.
const PoolDefinition* claim_pool_of(const OwnershipFacts& facts, const Workspace& workspace);

// Judged as if the record lay in that pool. not_found: she may neither claim there nor see the record; own already:
// nothing; not_a_claimer; deleted; already_owned (owner); new_in_pool (until); cool_down (until); daily_claim_limit and
// holding_limit (limit).
Decision decide_claim(const OwnershipFacts& facts, const ClaimLimits& limits, const DecisionContext& context);

// not_found, forbidden, unknown_member (also whoever may not hold it; with a strategy: where none may), deleted,
// already_owned (owner; who has it already: nothing), holding_limit (with a strategy: of every member named who may).
Decision decide_assign(const OwnershipFacts& facts, const AssignRecords& command, const AssignFacts& assign,
                       const DecisionContext& context);

// Round robin goes on after the member who got the latest one; least loaded takes the fewest held, ties in the order
// given. Members who are unfit or at the pool's limit are passed over; nothing where all are. `members` must not be
// empty.
std::optional<base::MemberId> choose_assignee(const AssignRecords& command, const AssignFacts& assign,
                                              const PoolDefinition& pool, bool counts_for_holding);

// not_found, forbidden, unknown_member (also whoever may not hold it), deleted, not_owned, holding_limit.
Decision decide_transfer(const OwnershipFacts& facts, const TransferRecords& command, const NewOwner& new_owner,
                         const DecisionContext& context);

// By its owner, or by whoever may assign it. not_found, forbidden, unknown_pool, deleted, not_owned.
Decision decide_release(const OwnershipFacts& facts, const ReleaseRecords& command, const DecisionContext& context);

// not_found, forbidden, unknown_pool, deleted, not_in_pool.
Decision decide_move(const OwnershipFacts& facts, const MoveRecords& command, const DecisionContext& context);

// Without an end it takes the lock off. not_found, forbidden, before_now, deleted.
Decision decide_lock(const OwnershipFacts& facts, const LockRecords& command, const DecisionContext& context);

// Judges again what was due when the chunk was made. Deleted or in a pool: nothing; no longer due or locked: not_due.
Decision decide_recycle(const OwnershipFacts& facts, const std::optional<DueNow>& due,
                        std::optional<base::JobId> backfill, const DecisionContext& context);

// To the successor, whatever she holds, or released. Not (any more) of the member who leaves, or in the bin: nothing.
// not_active: the successor has left too.
Decision decide_hand_over(const OwnershipFacts& facts, const HandOverPlan& plan, const DecisionContext& context);

}  // namespace highseas::domain
