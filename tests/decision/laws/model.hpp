// model — what a company must look like, by the plainest reckoning: lists that are counted anew each time. It knows the
// laws of domain.md and nothing of how they are kept.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "base/instant.hpp"

namespace highseas::decision::tests {

inline constexpr std::uint64_t kDailyClaims = 2;
inline constexpr std::uint64_t kHoldings = 3;
inline constexpr std::int64_t kCoolDownDays = 2;
inline constexpr std::int64_t kProtectedDays = 1;  // in the second pool
inline constexpr std::int64_t kRuleDays = 5;

struct Thing {
  base::RecordId id;
  std::optional<base::MemberId> owner;
  std::optional<base::PoolId> pool;
  base::PoolId home;
  bool deleted = false;
  bool won = false;
  std::uint32_t name = 0;  // names and phones that mean the same have the same number
  std::optional<std::uint32_t> phone;
  base::Instant owned_since;
  base::Instant pooled_since;
  std::optional<base::Instant> followed_up;     // the latest that counts
  std::optional<base::Instant> lock_end;        // of the last lock
  std::optional<base::Instant> status_changed;  // since it was created
  std::map<base::MemberId, base::Instant> cooling_until;
};

class Model {
 public:
  Model(base::PoolId sea, base::PoolId second) : sea_(sea), second_(second) {}

  std::vector<Thing> things;
  base::Instant now;

  Thing& named(base::RecordId id) { return *std::ranges::find(things, id, &Thing::id); }

  // --- counted anew
  std::uint64_t held(base::MemberId member, base::PoolId home) const {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        things, [&](const Thing& thing) { return !thing.deleted && thing.owner == member && thing.home == home; }));
  }
  std::uint64_t claimed_today(base::MemberId member, base::PoolId pool) const {
    return static_cast<std::uint64_t>(std::ranges::count(claims_, std::tuple(member, pool, day_of(now))));
  }
  bool has_room(base::MemberId member, base::PoolId home) const {
    return home != sea_ || held(member, home) < kHoldings;
  }
  // The live ones that share a name or phone with it.
  std::vector<base::RecordId> in_the_way(std::optional<base::RecordId> self, std::optional<std::uint32_t> name,
                                         std::optional<std::uint32_t> phone) const {
    std::vector<base::RecordId> found;
    for (const auto& thing : things) {
      if (thing.deleted || thing.id == self) continue;
      if (thing.name == name || (phone && thing.phone == phone)) found.push_back(thing.id);
    }
    return found;
  }
  std::optional<base::Instant> due(const Thing& thing) const {
    if (thing.deleted || !thing.owner || thing.home != sea_ || thing.won) return std::nullopt;
    auto at = std::max(thing.owned_since, thing.followed_up.value_or(thing.owned_since)) + days(kRuleDays);
    if (thing.lock_end) at = std::max(at, *thing.lock_end);
    if (thing.status_changed) at = std::max(at, *thing.status_changed);
    return at;
  }
  bool is_locked(const Thing& thing) const { return thing.lock_end && *thing.lock_end > now; }

  // --- what may happen
  bool may_claim(const Thing& thing, base::MemberId member) const {
    if (thing.deleted || !thing.pool) return false;
    if (*thing.pool == second_ && thing.pooled_since + days(kProtectedDays) > now) return false;
    const auto cooling = thing.cooling_until.find(member);
    if (cooling != thing.cooling_until.end() && cooling->second > now) return false;
    if (*thing.pool == sea_ && claimed_today(member, sea_) >= kDailyClaims) return false;
    return has_room(member, *thing.pool);
  }

  // --- what happens
  void claim(Thing& thing, base::MemberId member) {
    claims_.emplace_back(member, *thing.pool, day_of(now));
    begin_period(thing, member);
  }
  void begin_period(Thing& thing, base::MemberId member) {
    if (thing.pool) thing.home = *thing.pool;
    thing.pool.reset();
    thing.owner = member;
    thing.owned_since = now;
  }
  // `of`: the pool whose cool-down it is.
  void end_period(Thing& thing, base::PoolId of) {
    if (of == sea_) {
      auto& until = thing.cooling_until[*thing.owner];
      until = std::max(until, now + days(kCoolDownDays));
    }
    thing.owner.reset();
  }
  void enter(Thing& thing, base::PoolId pool) {
    thing.pool = pool;
    thing.pooled_since = now;
  }
  void follow_up(Thing& thing, base::MemberId author, base::Instant occurred_at) {
    const auto due_at = due(thing);
    const bool counts = thing.owner == author && occurred_at >= thing.owned_since && (!due_at || now < *due_at);
    if (counts) thing.followed_up = std::max(occurred_at, thing.followed_up.value_or(occurred_at));
  }

  static std::int64_t days(std::int64_t count) { return count * base::kMsPerDay; }

 private:
  // Of the company in Shanghai, eight hours ahead.
  static std::int64_t day_of(base::Instant at) { return (at.ms + 8 * 3'600'000) / base::kMsPerDay; }

  base::PoolId sea_;
  base::PoolId second_;
  std::vector<std::tuple<base::MemberId, base::PoolId, std::int64_t>> claims_;
};

}  // namespace highseas::decision::tests
