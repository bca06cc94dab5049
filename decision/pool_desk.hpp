// pool_desk — the ownership facts that a command touches, with what its items before did laid over them: so that limits
// hold within one commit too.
#pragma once

#include <map>
#include <utility>

#include "decision/situation.hpp"

namespace highseas::decision {

class PoolDesk {
 public:
  explicit PoolDesk(Situation& situation) : situation_(situation) {}

  const domain::OwnershipFacts& facts(domain::FormNumber form, base::RecordId record);
  std::uint64_t holding(base::MemberId member, base::PoolId home_pool) const;
  std::uint64_t claims_today(base::MemberId member, base::PoolId pool) const;
  // The member who got the latest record that was assigned from the pool.
  std::optional<base::MemberId> last_assigned(base::PoolId pool) const;
  // Lays an accepted item's events over the facts.
  void note(const domain::Events& events);

 private:
  domain::OwnershipFacts load(domain::FormNumber form, base::RecordId record) const;
  void take(domain::OwnershipFacts& facts, base::MemberId owner);
  void give(domain::OwnershipFacts& facts, base::PoolId pool, std::optional<base::Instant> cool_down_until);

  Situation& situation_;
  std::map<base::RecordId, domain::OwnershipFacts> facts_;
  std::map<std::pair<base::MemberId, base::PoolId>, std::int64_t> holdings_;  // what this commit adds or takes
  std::map<std::pair<base::MemberId, base::PoolId>, std::uint64_t> claims_;
  std::map<base::PoolId, base::MemberId> last_assigned_;
};

}  // namespace highseas::decision
