// shelf — a bounded table of what members were told and may come back to for a while: the oldest go first.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "base/ids.hpp"
#include "base/instant.hpp"

namespace highseas::api {

struct ShelfBounds {
  std::int64_t life_ms;
  std::size_t of_member;  // how many
  std::size_t weight;     // of all together, in whatever they are weighed by; the newest stays in any case
};

// Times are real ones. Its user locks.
template <class Key, class Thing>
class Shelf {
 public:
  explicit Shelf(ShelfBounds bounds) : bounds_(bounds) {}

  void put(Key key, base::MemberId member, std::size_t weight, Thing thing, base::Instant now) {
    forget_old(now);
    weight_ += weight;
    slots_.insert_or_assign(std::move(key), Slot{std::move(thing), member, weight, now});
    const auto hers = [&](const auto& each) { return each.second.member == member; };
    if (static_cast<std::size_t>(std::ranges::count_if(slots_, hers)) > bounds_.of_member) forget_oldest(member);
    while (slots_.size() > 1 && weight_ > bounds_.weight) forget_oldest({});
  }
  // The member's own; null: expired, or never there. Valid until the next put() or find().
  Thing* find(const Key& key, base::MemberId member, base::Instant now) {
    forget_old(now);
    const auto found = slots_.find(key);
    return found == slots_.end() || found->second.member != member ? nullptr : &found->second.thing;
  }
  // Anybody's, expired or not.
  Thing* find(const Key& key) {
    const auto found = slots_.find(key);
    return found == slots_.end() ? nullptr : &found->second.thing;
  }

 private:
  struct Slot {
    Thing thing;
    base::MemberId member;
    std::size_t weight;
    base::Instant added_at;
  };

  void forget_old(base::Instant now) {
    for (auto at = slots_.begin(); at != slots_.end();) {
      at = now.ms - at->second.added_at.ms >= bounds_.life_ms ? forget(at) : std::next(at);
    }
  }
  // Of the member, or of all.
  void forget_oldest(std::optional<base::MemberId> member) {
    forget(std::ranges::min_element(slots_, {}, [&](const auto& each) {
      return std::pair(member && each.second.member != *member, each.second.added_at);
    }));
  }
  auto forget(typename std::map<Key, Slot>::iterator at) {
    weight_ -= at->second.weight;
    return slots_.erase(at);
  }

  ShelfBounds bounds_;
  std::map<Key, Slot> slots_;
  std::size_t weight_ = 0;
};

}  // namespace highseas::api
