// ownership_decider — one record at a time; who sees it, who may, what is wrong with the input, what stands against it.
#include "domain/ownership/ownership_decider.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "domain/faults.hpp"

namespace highseas::domain {
namespace {

Decision refuse_until(RefusalCode code, base::Instant until) {
  auto refusal = Refusal::of(code);
  refusal.until = until;
  return refuse(std::move(refusal));
}

Decision refuse_limit(RefusalCode code, std::uint64_t limit) {
  auto refusal = Refusal::of(code);
  refusal.limit = limit;
  return refuse(std::move(refusal));
}

Decision refuse_owned(base::MemberId owner) {
  auto refusal = Refusal::of(RefusalCode::already_owned);
  refusal.owner = owner;
  return refuse(std::move(refusal));
}

Decision refuse_fault(std::string pointer, RefusalCode code) {
  Faults faults;
  faults.add(std::move(pointer), code);
  return faults.refusal();
}

base::Instant days_after(base::Instant at, std::uint32_t days) {
  return at + static_cast<std::int64_t>(days) * base::kMsPerDay;
}

std::optional<base::Instant> cool_down_from(base::Instant at, std::uint32_t days) {
  if (days == 0) return std::nullopt;
  return days_after(at, days);
}

bool sees(const OwnershipFacts& facts, const DecisionContext& context) {
  return facts.exists && context.rights.may(facts.form, kRead, facts.standing());
}

bool may_assign(const OwnershipFacts& facts, const DecisionContext& context) {
  return context.rights.may(facts.form, kAssign, facts.standing());
}

// What the commands of those who administer a pool share. Nothing: go on.
std::optional<RefusalCode> assigner_refused(const OwnershipFacts& facts, const DecisionContext& context) {
  if (!sees(facts, context)) return RefusalCode::not_found;
  if (!may_assign(facts, context)) return RefusalCode::forbidden;
  return std::nullopt;
}

// The pool, where it is one of the record's form.
const PoolDefinition* pool_for(const OwnershipFacts& facts, base::PoolId id, const Workspace& workspace) {
  const auto* pool = workspace.pool(id);
  return pool && pool->form == facts.form ? pool : nullptr;
}

bool at_limit(const PoolDefinition& pool, bool counts_for_holding, std::uint64_t holding) {
  return pool.holding_limit && counts_for_holding && holding >= *pool.holding_limit;
}

// Until when the member is kept from claiming what was hers, as the events that ended her periods said.
std::optional<base::Instant> cooling_until(const OwnershipFacts& facts, base::MemberId member) {
  std::optional<base::Instant> until;
  for (const auto& period : facts.former) {
    if (period.member == member) until = std::max(until, period.cool_down_until);
  }
  return until;
}

Decision claim_from_pool(const OwnershipFacts& facts, const ClaimLimits& limits, base::MemberId member,
                         const DecisionContext& context) {
  const auto* pool = pool_for(facts, *facts.pool, context.workspace);
  HS_ASSERT(pool);
  if (pool->protect_new_days > 0) {
    HS_ASSERT(facts.pooled_since);
    const auto until = days_after(*facts.pooled_since, pool->protect_new_days);
    if (until > context.now) return refuse_until(RefusalCode::new_in_pool, until);
  }
  if (const auto until = cooling_until(facts, member); until && *until > context.now) {
    return refuse_until(RefusalCode::cool_down, *until);
  }
  if (pool->daily_claim_limit && limits.claims_today >= *pool->daily_claim_limit) {
    return refuse_limit(RefusalCode::daily_claim_limit, *pool->daily_claim_limit);
  }
  if (at_limit(*pool, facts.counts_for_holding, limits.holding)) {
    return refuse_limit(RefusalCode::holding_limit, *pool->holding_limit);
  }
  return accept(Claimed{.record = facts.record, .form = facts.form, .owner = member, .pool = pool->id});
}

bool is_unfit(const AssignFacts& assign, base::MemberId member) {
  return std::ranges::find(assign.unfit, member) != assign.unfit.end();
}

}  // namespace

const PoolDefinition* home_pool_of(const OwnershipFacts& facts, const Workspace& workspace) {
  if (!facts.home_pool) return nullptr;
  const auto* pool = pool_for(facts, *facts.home_pool, workspace);
  return pool ? pool : workspace.first_pool(facts.form);
}

const PoolDefinition* claim_pool_of(const OwnershipFacts& facts, const Workspace& workspace) {
  return facts.pool ? pool_for(facts, *facts.pool, workspace) : home_pool_of(facts, workspace);
}

Decision decide_claim(const OwnershipFacts& facts, const ClaimLimits& limits, const DecisionContext& context) {
  const auto member = context.rights.member();
  const auto* pool = facts.exists ? claim_pool_of(facts, context.workspace) : nullptr;
  if (!member || !pool) return refuse(RefusalCode::not_found);
  const RecordStanding in_pool{
      .owner = std::nullopt, .pool = pool->id, .collaborators = {}, .root = nullptr, .root_form = 0};
  const bool claimer = context.rights.may(facts.form, kPool, in_pool);
  if (!claimer && !sees(facts, context)) return refuse(RefusalCode::not_found);
  if (facts.deleted) return refuse(sees(facts, context) ? RefusalCode::deleted : RefusalCode::not_found);
  if (facts.owner == member) return already_true();
  if (!claimer) return refuse(RefusalCode::not_a_claimer);
  if (facts.owner) return refuse_owned(*facts.owner);
  HS_ASSERT(facts.pool);  // a live record has an owner or lies in a pool
  return claim_from_pool(facts, limits, *member, context);
}

std::optional<base::MemberId> choose_assignee(const AssignRecords& command, const AssignFacts& assign,
                                              const PoolDefinition& pool, bool counts_for_holding) {
  const auto& members = command.members;
  HS_ASSERT(!members.empty() && members.size() == assign.holdings.size());
  std::size_t first = 0;
  if (command.strategy == AssignStrategy::round_robin && assign.last_assigned) {
    const auto last = std::ranges::find(members, *assign.last_assigned);
    if (last != members.end()) first = static_cast<std::size_t>(last - members.begin()) + 1;
  }
  std::optional<std::size_t> chosen;
  for (std::size_t step = 0; step < members.size(); ++step) {
    const auto at = (first + step) % members.size();
    if (is_unfit(assign, members[at]) || at_limit(pool, counts_for_holding, assign.holdings[at])) continue;
    if (command.strategy != AssignStrategy::least_loaded) return members[at];
    if (!chosen || assign.holdings[at] < assign.holdings[*chosen]) chosen = at;
  }
  if (!chosen) return std::nullopt;
  return members[*chosen];
}

Decision decide_assign(const OwnershipFacts& facts, const AssignRecords& command, const AssignFacts& assign,
                       const DecisionContext& context) {
  if (const auto code = assigner_refused(facts, context)) return refuse(*code);
  const bool to_member = command.strategy == AssignStrategy::to_member;
  Faults faults;
  if (command.members.empty()) faults.add(to_member ? "/owner" : "/members", RefusalCode::required);
  if (to_member && command.members.size() > 1) faults.add("/owner", RefusalCode::invalid_value);
  for (std::size_t at = 0; at < command.members.size(); ++at) {
    if (context.workspace.is_active(command.members[at])) continue;
    faults.add(to_member ? "/owner" : "/members/" + std::to_string(at), RefusalCode::unknown_member);
  }
  const bool none_fit = std::ranges::all_of(command.members, [&](auto member) { return is_unfit(assign, member); });
  if (!faults.any() && none_fit) faults.add(to_member ? "/owner" : "/members", RefusalCode::unknown_member);
  if (faults.any()) return faults.refusal();
  if (facts.deleted) return refuse(RefusalCode::deleted);
  if (facts.owner) {
    if (to_member && command.members.front() == *facts.owner) return already_true();
    return refuse_owned(*facts.owner);
  }
  HS_ASSERT(facts.pool);
  const auto* pool = pool_for(facts, *facts.pool, context.workspace);
  HS_ASSERT(pool);
  const auto owner = choose_assignee(command, assign, *pool, facts.counts_for_holding);
  if (!owner) return refuse_limit(RefusalCode::holding_limit, *pool->holding_limit);
  return accept(Assigned{.record = facts.record, .form = facts.form, .owner = *owner, .pool = pool->id});
}

Decision decide_transfer(const OwnershipFacts& facts, const TransferRecords& command, const NewOwner& new_owner,
                         const DecisionContext& context) {
  if (const auto code = assigner_refused(facts, context)) return refuse(*code);
  if (!context.workspace.is_active(command.owner) || !new_owner.may_hold) {
    return refuse_fault("/owner", RefusalCode::unknown_member);
  }
  if (facts.deleted) return refuse(RefusalCode::deleted);
  if (!facts.owner) return refuse(RefusalCode::not_owned);
  if (*facts.owner == command.owner) return already_true();
  const auto* home = home_pool_of(facts, context.workspace);
  if (home && at_limit(*home, facts.counts_for_holding, new_owner.holding)) {
    return refuse_limit(RefusalCode::holding_limit, *home->holding_limit);
  }
  return accept(Transferred{.record = facts.record,
                            .form = facts.form,
                            .from = *facts.owner,
                            .to = command.owner,
                            .note = command.note,
                            .cool_down_until = cool_down_from(context.now, home ? home->cool_down_days : 0)});
}

Decision decide_release(const OwnershipFacts& facts, const ReleaseRecords& command, const DecisionContext& context) {
  if (!sees(facts, context)) return refuse(RefusalCode::not_found);
  // A collaborator has the pool operations of her grant, but what is not hers is not hers to give back.
  const bool hers = !facts.owner || facts.owner == context.rights.member();
  const bool may_release = hers && context.rights.may(facts.form, kPool, facts.standing());
  if (!may_release && !may_assign(facts, context)) return refuse(RefusalCode::forbidden);
  const auto* pool =
      command.pool ? pool_for(facts, *command.pool, context.workspace) : home_pool_of(facts, context.workspace);
  if (!pool) return refuse_fault("/pool", RefusalCode::unknown_pool);
  if (facts.deleted) return refuse(RefusalCode::deleted);
  if (!facts.owner) return refuse(RefusalCode::not_owned);
  return accept(Released{.record = facts.record,
                         .form = facts.form,
                         .from = *facts.owner,
                         .pool = pool->id,
                         .cool_down_until = cool_down_from(context.now, pool->cool_down_days),
                         .left = false,
                         .reason = command.reason,
                         .note = command.note});
}

Decision decide_move(const OwnershipFacts& facts, const MoveRecords& command, const DecisionContext& context) {
  if (const auto code = assigner_refused(facts, context)) return refuse(*code);
  if (!pool_for(facts, command.pool, context.workspace)) return refuse_fault("/pool", RefusalCode::unknown_pool);
  if (facts.deleted) return refuse(RefusalCode::deleted);
  if (!facts.pool) return refuse(RefusalCode::not_in_pool);
  if (*facts.pool == command.pool) return already_true();
  return accept(MovedToPool{.record = facts.record, .form = facts.form, .from = *facts.pool, .to = command.pool});
}

Decision decide_lock(const OwnershipFacts& facts, const LockRecords& command, const DecisionContext& context) {
  if (const auto code = assigner_refused(facts, context)) return refuse(*code);
  if (command.until && *command.until <= context.now) return refuse_fault("/until", RefusalCode::before_now);
  if (facts.deleted) return refuse(RefusalCode::deleted);
  const bool locked = facts.locked_until && *facts.locked_until > context.now;
  if (command.until ? locked && *facts.locked_until == *command.until : !locked) return already_true();
  return accept(Locked{.record = facts.record, .form = facts.form, .until = command.until, .reason = command.reason});
}

Decision decide_recycle(const OwnershipFacts& facts, const std::optional<DueNow>& due,
                        std::optional<base::JobId> backfill, const DecisionContext& context) {
  if (!facts.exists) return refuse(RefusalCode::not_found);
  if (!context.rights.is_system() && !context.rights.writes(Thing::rules)) return refuse(RefusalCode::forbidden);
  if (facts.deleted || !facts.owner) return already_true();
  const bool locked = facts.locked_until && *facts.locked_until > context.now;
  if (!due || locked) return refuse(RefusalCode::not_due);
  HS_ASSERT(!due->rules.empty());
  const PoolDefinition* pool = due->target_pool ? pool_for(facts, *due->target_pool, context.workspace) : nullptr;
  if (!pool) pool = home_pool_of(facts, context.workspace);  // a target that has been removed: home
  HS_ASSERT(pool);
  const auto days = std::max(due->cool_down_days, pool->cool_down_days);
  return accept(Recycled{.record = facts.record,
                         .form = facts.form,
                         .from = *facts.owner,
                         .pool = pool->id,
                         .cool_down_until = cool_down_from(context.now, days),
                         .rules = due->rules,
                         .backfill = backfill});
}

Decision decide_hand_over(const OwnershipFacts& facts, const HandOverPlan& plan, const DecisionContext& context) {
  if (!facts.exists) return refuse(RefusalCode::not_found);
  if (!context.rights.is_system() && !context.rights.writes(Thing::members)) return refuse(RefusalCode::forbidden);
  if (facts.deleted || facts.owner != plan.member) return already_true();
  if (plan.to) {
    if (!context.workspace.is_active(*plan.to)) return refuse(RefusalCode::not_active);
    return accept(Transferred{.record = facts.record,
                              .form = facts.form,
                              .from = plan.member,
                              .to = *plan.to,
                              .note = {},
                              .cool_down_until = std::nullopt});  // whoever has left claims nothing
  }
  const auto* home = home_pool_of(facts, context.workspace);
  HS_ASSERT(home);  // only records of pooled forms are released
  return accept(Released{.record = facts.record,
                         .form = facts.form,
                         .from = plan.member,
                         .pool = home->id,
                         .cool_down_until = std::nullopt,  // whoever has left claims nothing
                         .left = true,
                         .reason = {},
                         .note = {}});
}

}  // namespace highseas::domain
