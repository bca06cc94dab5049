// ownership_facts — facts of one customer for the tests, and how events change them.
#pragma once

#include <stdexcept>

#include "domain/ownership/ownership_decider.hpp"
#include "tests/domain/company.hpp"

namespace highseas::domain::tests {

inline OwnershipFacts customer_in(base::PoolId pool, base::Instant since = kStart) {
  OwnershipFacts facts;
  facts.record = base::RecordId{{5, 1}};
  facts.form = shipped::kCustomers;
  facts.exists = true;
  facts.pool = pool;
  facts.home_pool = pool;
  facts.pooled_since = since;
  return facts;
}

inline OwnershipFacts customer_of(base::MemberId owner, base::PoolId home, base::Instant since = kStart) {
  auto facts = customer_in(home);
  facts.pool = std::nullopt;
  facts.pooled_since = std::nullopt;
  facts.owner = owner;
  facts.owned_since = since;
  return facts;
}

namespace folding {

inline void begin_period(OwnershipFacts& facts, base::MemberId owner, base::Instant at) {
  if (facts.pool) facts.home_pool = facts.pool;
  facts.owner = owner;
  facts.owned_since = at;
  facts.pool = std::nullopt;
  facts.pooled_since = std::nullopt;
}

inline void end_period(OwnershipFacts& facts, std::optional<base::Instant> cool_down_until) {
  facts.former.push_back({.member = *facts.owner, .cool_down_until = cool_down_until});
  facts.owner = std::nullopt;
  facts.owned_since = std::nullopt;
}

inline void into_pool(OwnershipFacts& facts, base::PoolId pool, base::Instant at) {
  facts.pool = pool;
  facts.pooled_since = at;
}

}  // namespace folding

// What the tables will make of it.
inline void evolve(OwnershipFacts& facts, const Event& event, base::Instant at) {
  using namespace folding;
  if (const auto* claimed = std::get_if<Claimed>(&event)) {
    begin_period(facts, claimed->owner, at);
  } else if (const auto* assigned = std::get_if<Assigned>(&event)) {
    begin_period(facts, assigned->owner, at);
  } else if (const auto* transferred = std::get_if<Transferred>(&event)) {
    end_period(facts, transferred->cool_down_until);
    begin_period(facts, transferred->to, at);
  } else if (const auto* released = std::get_if<Released>(&event)) {
    end_period(facts, released->cool_down_until);
    into_pool(facts, released->pool, at);
  } else if (const auto* recycled = std::get_if<Recycled>(&event)) {
    end_period(facts, recycled->cool_down_until);
    into_pool(facts, recycled->pool, at);
  } else if (const auto* moved = std::get_if<MovedToPool>(&event)) {
    into_pool(facts, moved->to, at);
  } else if (const auto* locked = std::get_if<Locked>(&event)) {
    facts.locked_until = locked->until;
  } else {
    throw std::logic_error("no event of ownership");
  }
}

}  // namespace highseas::domain::tests
