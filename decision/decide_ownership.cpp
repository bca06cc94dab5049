// decide_ownership — claim, assign, transfer, release, move, lock: each record on what the ones before it left.
#include "decision/commands.hpp"
#include "decision/items.hpp"
#include "decision/pool_desk.hpp"
#include "domain/records/record_place.hpp"

namespace highseas::decision {
namespace {

// Judges every target by `decide(facts)`.
template <class DecideOne>
Outcome each_target(const Request& request, const domain::PoolTargets& targets, PoolDesk& desk, DecideOne decide) {
  Items items(request);
  for (std::size_t i = 0; i < targets.records.size(); ++i) {
    const auto record = targets.records[i];
    items.add(i, record, decide(desk.facts(targets.form, record)), [&](const auto& events) { desk.note(events); });
  }
  return answer_of(items.take(), targets.single);
}

}  // namespace

Outcome decide_claims(Situation& situation, const Request& request, const domain::ClaimRecords& command) {
  PoolDesk desk(situation);
  return each_target(request, command.targets, desk, [&](const domain::OwnershipFacts& facts) {
    domain::ClaimLimits limits;
    const auto* pool = domain::claim_pool_of(facts, situation.workspace());
    if (const auto member = situation.rights().member(); member && pool) {
      limits = {.holding = desk.holding(*member, pool->id), .claims_today = desk.claims_today(*member, pool->id)};
    }
    return domain::decide_claim(facts, limits, situation.context());
  });
}

Outcome decide_assigns(Situation& situation, const Request& request, const domain::AssignRecords& command) {
  PoolDesk desk(situation);
  std::vector<base::MemberId> unfit;  // the same for every record
  for (const auto member : command.members) {
    if (!domain::may_hold(situation.workspace(), command.targets.form, member)) unfit.push_back(member);
  }
  return each_target(request, command.targets, desk, [&](const domain::OwnershipFacts& facts) {
    domain::AssignFacts assign;
    assign.unfit = unfit;
    const auto pool = facts.pool ? facts.pool : facts.home_pool;
    for (const auto member : command.members) assign.holdings.push_back(pool ? desk.holding(member, *pool) : 0);
    const bool in_turn = command.strategy == domain::AssignStrategy::round_robin;
    if (pool && in_turn) assign.last_assigned = desk.last_assigned(*pool);
    return domain::decide_assign(facts, command, assign, situation.context());
  });
}

Outcome decide_transfers(Situation& situation, const Request& request, const domain::TransferRecords& command) {
  PoolDesk desk(situation);
  const bool may_hold = domain::may_hold(situation.workspace(), command.targets.form, command.owner);
  return each_target(request, command.targets, desk, [&](const domain::OwnershipFacts& facts) {
    const auto holding = facts.home_pool ? desk.holding(command.owner, *facts.home_pool) : 0;
    return domain::decide_transfer(facts, command, {.holding = holding, .may_hold = may_hold}, situation.context());
  });
}

Outcome decide_releases(Situation& situation, const Request& request, const domain::ReleaseRecords& command) {
  PoolDesk desk(situation);
  return each_target(request, command.targets, desk, [&](const domain::OwnershipFacts& facts) {
    return domain::decide_release(facts, command, situation.context());
  });
}

Outcome decide_moves(Situation& situation, const Request& request, const domain::MoveRecords& command) {
  PoolDesk desk(situation);
  return each_target(request, command.targets, desk, [&](const domain::OwnershipFacts& facts) {
    return domain::decide_move(facts, command, situation.context());
  });
}

Outcome decide_locks(Situation& situation, const Request& request, const domain::LockRecords& command) {
  PoolDesk desk(situation);
  return each_target(request, command.targets, desk, [&](const domain::OwnershipFacts& facts) {
    return domain::decide_lock(facts, command, situation.context());
  });
}

}  // namespace highseas::decision
