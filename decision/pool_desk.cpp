// pool_desk — looks up once, then keeps what the items did.
#include "decision/pool_desk.hpp"

#include "base/assert.hpp"
#include "domain/forms/fact_fields.hpp"

namespace highseas::decision {

const domain::OwnershipFacts& PoolDesk::facts(domain::FormNumber form, base::RecordId record) {
  const auto found = facts_.find(record);
  if (found != facts_.end()) return found->second;
  return facts_.emplace(record, load(form, record)).first->second;
}

domain::OwnershipFacts PoolDesk::load(domain::FormNumber form, base::RecordId record) const {
  domain::OwnershipFacts facts{.record = record, .form = form};
  const auto view = situation_.state().record(form, record);
  if (!view) return facts;
  facts.exists = true;
  facts.deleted = view->deleted();
  facts.owner = view->owner();
  facts.pool = view->pool();
  facts.home_pool = view->home_pool();
  facts.owned_since = view->instant(domain::facts::kOwnedSince);
  facts.pooled_since = view->instant(domain::facts::kPooledSince);
  facts.locked_until = view->instant(domain::facts::kLockedUntil);
  facts.collaborators = view->collaborators();
  // The event that ended a period carries the longer of the rule's and the pool's cool-down.
  for (const auto& cool_down : situation_.state().cool_downs(form, record)) {
    facts.former.push_back({.member = cool_down.member, .cool_down_until = cool_down.until});
  }
  if (const auto pool = facts.pool ? facts.pool : facts.home_pool) {
    facts.counts_for_holding = situation_.state().counts_as_holding(*pool, *view);
  }
  return facts;
}

std::uint64_t PoolDesk::holding(base::MemberId member, base::PoolId home_pool) const {
  const auto known = static_cast<std::int64_t>(situation_.state().holdings(member, home_pool));
  const auto found = holdings_.find({member, home_pool});
  const auto now = known + (found == holdings_.end() ? 0 : found->second);
  return now < 0 ? 0 : static_cast<std::uint64_t>(now);
}

std::uint64_t PoolDesk::claims_today(base::MemberId member, base::PoolId pool) const {
  const auto found = claims_.find({member, pool});
  return situation_.state().claims_on(member, pool, situation_.today()) + (found == claims_.end() ? 0 : found->second);
}

std::optional<base::MemberId> PoolDesk::last_assigned(base::PoolId pool) const {
  const auto found = last_assigned_.find(pool);
  if (found != last_assigned_.end()) return found->second;
  return situation_.state().image().last_assigned(pool);
}

void PoolDesk::take(domain::OwnershipFacts& facts, base::MemberId owner) {
  if (facts.owner && facts.home_pool && facts.counts_for_holding) --holdings_[{*facts.owner, *facts.home_pool}];
  if (facts.pool) facts.home_pool = facts.pool;
  facts.owner = owner;
  facts.pool.reset();
  facts.owned_since = situation_.now();
  if (facts.home_pool && facts.counts_for_holding) ++holdings_[{owner, *facts.home_pool}];
}

void PoolDesk::give(domain::OwnershipFacts& facts, base::PoolId pool, std::optional<base::Instant> cool_down_until) {
  HS_ASSERT(facts.owner.has_value());
  if (facts.home_pool && facts.counts_for_holding) --holdings_[{*facts.owner, *facts.home_pool}];
  facts.former.insert(facts.former.begin(), {*facts.owner, cool_down_until});
  facts.owner.reset();
  facts.pool = pool;  // its home moves with the next owner only
  facts.pooled_since = situation_.now();
}

void PoolDesk::note(const domain::Events& events) {
  for (const auto& event : events) {
    if (const auto* claimed = std::get_if<domain::Claimed>(&event)) {
      take(facts_.at(claimed->record), claimed->owner);
      ++claims_[{claimed->owner, claimed->pool}];
    } else if (const auto* assigned = std::get_if<domain::Assigned>(&event)) {
      take(facts_.at(assigned->record), assigned->owner);
      last_assigned_.insert_or_assign(assigned->pool, assigned->owner);
    } else if (const auto* transferred = std::get_if<domain::Transferred>(&event)) {
      take(facts_.at(transferred->record), transferred->to);
    } else if (const auto* released = std::get_if<domain::Released>(&event)) {
      give(facts_.at(released->record), released->pool, released->cool_down_until);
    } else if (const auto* recycled = std::get_if<domain::Recycled>(&event)) {
      give(facts_.at(recycled->record), recycled->pool, recycled->cool_down_until);
    } else if (const auto* moved = std::get_if<domain::MovedToPool>(&event)) {
      facts_.at(moved->record).pool = moved->to;
    } else if (const auto* locked = std::get_if<domain::Locked>(&event)) {
      facts_.at(locked->record).locked_until = locked->until;
    }
  }
}

}  // namespace highseas::decision
