// ownership_laws_test — the laws of domain.md on ownership, tried with commands by chance: decide, fold, decide again.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "tests/domain/ownership_facts.hpp"

namespace highseas::domain::tests {
namespace {

constexpr std::uint64_t kDailyLimit = 2;
constexpr std::uint64_t kHoldingLimit = 3;
constexpr std::uint32_t kCoolDownDays = 2;
constexpr std::size_t kRecords = 10;

// What an accepted claim must never be at odds with, kept apart from what the deciders are told.
struct Model {
  std::map<std::pair<base::MemberId, std::int64_t>, std::uint64_t> claims;  // of member and day
  std::map<std::pair<base::MemberId, std::size_t>, base::Instant> lost_at;  // of member and record
};

class Sea {
 public:
  Sea() {
    auto& pool = company_.pool(company_.sea);
    pool.daily_claim_limit = kDailyLimit;
    pool.holding_limit = kHoldingLimit;
    pool.cool_down_days = kCoolDownDays;
    for (std::size_t at = 0; at < kRecords; ++at) {
      records_.push_back(customer_in(company_.sea));
      records_.back().record = base::RecordId{{5, at + 1}};
    }
  }

  void step() {
    now_ = now_ + *rc::gen::inRange<std::int64_t>(0, base::kMsPerDay / 6);
    const auto at = *rc::gen::inRange<std::size_t>(0, kRecords);
    const auto who = *rc::gen::elementOf(people_);
    const auto target = *rc::gen::elementOf(sellers_);
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
      case 1:
      case 2:
        return claim(at, target);
      case 3:
        return apply(at, [&](const OwnershipFacts& facts) {
          return decide_assign(facts, {.targets = {}, .strategy = AssignStrategy::to_member, .members = {target}},
                               {.holdings = {held(target)}, .last_assigned = {}}, Asking(company_, who, now_));
        });
      case 4:
        return apply(at, [&](const OwnershipFacts& facts) {
          return decide_transfer(facts, {.targets = {}, .owner = target, .note = {}}, {.holding = held(target)},
                                 Asking(company_, who, now_));
        });
      case 5:
      case 6:
        return apply(at, [&](const OwnershipFacts& facts) {
          return decide_release(facts, {.targets = {}, .pool = {}, .reason = {}, .note = {}},
                                Asking(company_, who, now_));
        });
      default: {
        DueNow due;
        due.rules = {{.rule = {}, .version = 1, .due_at = now_, .trigger = 1, .days = 1, .counted_from = now_}};
        return apply(at, [&](const OwnershipFacts& facts) {
          return decide_recycle(facts, due, std::nullopt, Asking::system(company_, now_));
        });
      }
    }
  }

 private:
  std::uint64_t held(base::MemberId member) const {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(records_, [&](const auto& facts) { return facts.owner == member; }));
  }
  std::int64_t today() const { return (now_.ms - kStart.ms) / base::kMsPerDay; }

  void claim(std::size_t at, base::MemberId member) {
    auto& claims_today = model_.claims[{member, today()}];
    const auto before = claims_today;
    const auto lost = model_.lost_at.find({member, at});
    const bool owned_before = records_[at].owner.has_value();
    const auto changed = apply_counted(at, [&](const OwnershipFacts& facts) {
      return decide_claim(facts, {.holding = held(member), .claims_today = before}, Asking(company_, member, now_));
    });
    if (!changed) return;
    RC_ASSERT(!owned_before);
    ++claims_today;
    RC_ASSERT(claims_today <= kDailyLimit);
    RC_ASSERT(held(member) <= kHoldingLimit);
    if (lost != model_.lost_at.end()) RC_ASSERT(now_ >= lost->second + kCoolDownDays * base::kMsPerDay);
  }

  template <class Decide>
  void apply(std::size_t at, Decide decide) {
    (void)apply_counted(at, decide);
  }

  // True where something happened. What was accepted and folded is, asked again, nothing or refused.
  template <class Decide>
  bool apply_counted(std::size_t at, Decide decide) {
    auto& facts = records_[at];
    const auto decision = decide(facts);
    if (!decision || decision->empty()) return false;
    RC_ASSERT(decision->size() == 1u);
    const auto owner_before = facts.owner;
    evolve(facts, decision->front(), now_);
    if (owner_before && facts.owner != owner_before) model_.lost_at[{*owner_before, at}] = now_;
    RC_ASSERT(facts.owner.has_value() != facts.pool.has_value());  // law 1: never both, never neither
    if (facts.owner) {
      RC_ASSERT(held(*facts.owner) <= kHoldingLimit);  // claimed, assigned or transferred
    }
    const auto again = decide(facts);
    const bool settled = !again || again->empty();  // on its own: the macro does not short-circuit
    RC_ASSERT(settled);
    return true;
  }

  Company company_;
  std::vector<base::MemberId> sellers_{company_.east_seller, company_.east_colleague, company_.team_seller};
  std::vector<base::MemberId> people_{company_.east_seller, company_.east_colleague, company_.east_manager,
                                      company_.admin};
  std::vector<OwnershipFacts> records_;
  Model model_;
  base::Instant now_ = kStart;
};

RC_GTEST_PROP(OwnershipLaws, hold_under_any_interleaving, ()) {
  Sea sea;
  const auto steps = *rc::gen::inRange(1, 300);
  for (int step = 0; step < steps; ++step) sea.step();
}

// Law 2, within one commit too: each item is judged on what the items before it did.
TEST(OwnershipLaws, let_exactly_one_of_many_claims_win) {
  const Company company;
  auto facts = customer_in(company.sea);
  int winners = 0;
  for (const auto member : {company.east_seller, company.east_colleague, company.west_seller, company.team_seller}) {
    const auto decision = decide_claim(facts, {}, Asking(company, member));
    if (decision) {
      ++winners;
      evolve(facts, decision->front(), kStart);
    } else {
      EXPECT_TRUE(refused(decision, RefusalCode::already_owned));
      EXPECT_EQ(decision.error().owner, company.east_seller);
    }
  }
  EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace highseas::domain::tests
