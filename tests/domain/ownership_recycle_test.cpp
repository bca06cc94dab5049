// ownership_recycle_test — what the sweep takes, and what a member who leaves hands over.
#include "tests/domain/ownership_facts.hpp"

namespace highseas::domain::tests {
namespace {

class Recycle : public testing::Test {
 protected:
  static DueNow due(std::uint32_t cool_down_days = 0) {
    DueNow now;
    now.rules = {{.rule = base::RuleId{{3, 1}},
                  .version = 2,
                  .due_at = day(4),
                  .trigger = 1,
                  .days = 30,
                  .counted_from = kStart}};
    now.cool_down_days = cool_down_days;
    return now;
  }
  Decision sweep(const OwnershipFacts& facts, const std::optional<DueNow>& what) {
    return decide_recycle(facts, what, std::nullopt, Asking::system(company, day(5)));
  }

  Company company;
};

TEST_F(Recycle, puts_what_is_due_back_into_its_home_pool_and_names_the_rules) {
  const auto event = happened<Recycled>(sweep(customer_of(company.east_seller, company.sea), due()));
  EXPECT_EQ(event.from, company.east_seller);
  EXPECT_EQ(event.pool, company.sea);
  EXPECT_EQ(event.rules, due().rules);
  EXPECT_EQ(event.cool_down_until, std::nullopt);
  EXPECT_EQ(event.backfill, std::nullopt);
}

TEST_F(Recycle, takes_the_longer_cool_down_of_rule_and_pool) {
  company.pool(company.sea).cool_down_days = 10;
  const auto owned = customer_of(company.east_seller, company.sea);
  EXPECT_EQ(happened<Recycled>(sweep(owned, due(3))).cool_down_until, day(15));
  EXPECT_EQ(happened<Recycled>(sweep(owned, due(20))).cool_down_until, day(25));
}

TEST_F(Recycle, goes_to_the_rule_s_target_pool_and_home_where_that_is_gone) {
  auto what = due();
  what.target_pool = company.second_sea;
  const auto owned = customer_of(company.east_seller, company.sea);
  EXPECT_EQ(happened<Recycled>(sweep(owned, what)).pool, company.sea);
  company.open_second_sea();
  EXPECT_EQ(happened<Recycled>(sweep(owned, what)).pool, company.second_sea);
}

TEST_F(Recycle, names_its_backfill) {
  const base::JobId job{{4, 1}};
  const auto decision =
      decide_recycle(customer_of(company.east_seller, company.sea), due(), job, Asking(company, company.admin, day(5)));
  EXPECT_EQ(happened<Recycled>(decision).backfill, job);
}

TEST_F(Recycle, leaves_what_is_no_longer_due_or_locked) {
  auto owned = customer_of(company.east_seller, company.sea);
  EXPECT_TRUE(refused(sweep(owned, std::nullopt), RefusalCode::not_due));
  owned.locked_until = day(6);
  EXPECT_TRUE(refused(sweep(owned, due()), RefusalCode::not_due));
  owned.locked_until = day(5);
  EXPECT_TRUE(sweep(owned, due()));
}

TEST_F(Recycle, never_touches_what_lies_in_a_pool_or_is_deleted) {
  EXPECT_TRUE(nothing_happens(sweep(customer_in(company.sea), due())));
  auto deleted = customer_of(company.east_seller, company.sea);
  deleted.deleted = true;
  EXPECT_TRUE(nothing_happens(sweep(deleted, due())));
  EXPECT_TRUE(refused(sweep({}, due()), RefusalCode::not_found));
}

TEST_F(Recycle, is_forbidden_on_behalf_of_who_may_not_write_rules_any_more) {
  const auto owned = customer_of(company.east_seller, company.sea);
  for (const auto member : {company.east_manager, company.east_seller, company.gone}) {
    EXPECT_TRUE(
        refused(decide_recycle(owned, due(), base::JobId{{4, 1}}, Asking(company, member)), RefusalCode::forbidden));
  }
}

class HandOver : public testing::Test {
 protected:
  Decision hand_over(const OwnershipFacts& facts, std::optional<base::MemberId> successor) {
    return decide_hand_over(facts, {.member = company.west_seller, .to = successor}, Asking(company, company.admin));
  }

  Company company;
};

TEST_F(HandOver, gives_the_successor_everything_whatever_the_limits_say) {
  company.pool(company.sea).holding_limit = 0;
  const auto event =
      happened<Transferred>(hand_over(customer_of(company.west_seller, company.sea), company.east_seller));
  EXPECT_EQ(event.from, company.west_seller);
  EXPECT_EQ(event.to, company.east_seller);
}

TEST_F(HandOver, releases_where_there_is_no_successor_and_says_that_she_left) {
  const auto event = happened<Released>(hand_over(customer_of(company.west_seller, company.sea), std::nullopt));
  EXPECT_EQ(event.from, company.west_seller);
  EXPECT_EQ(event.pool, company.sea);
  EXPECT_TRUE(event.left);
}

TEST_F(HandOver, leaves_what_is_not_hers_any_more) {
  EXPECT_TRUE(nothing_happens(hand_over(customer_of(company.east_colleague, company.sea), company.east_seller)));
  EXPECT_TRUE(nothing_happens(hand_over(customer_in(company.sea), company.east_seller)));
  auto deleted = customer_of(company.west_seller, company.sea);
  deleted.deleted = true;
  EXPECT_TRUE(nothing_happens(hand_over(deleted, company.east_seller)));
}

TEST_F(HandOver, is_refused_with_its_reason) {
  const auto owned = customer_of(company.west_seller, company.sea);
  EXPECT_TRUE(refused(hand_over({}, company.east_seller), RefusalCode::not_found));
  EXPECT_TRUE(refused(hand_over(owned, company.gone), RefusalCode::not_active));
  EXPECT_TRUE(refused(decide_hand_over(owned, {.member = company.west_seller, .to = company.east_seller},
                                       Asking(company, company.east_manager)),
                      RefusalCode::forbidden));
}

}  // namespace
}  // namespace highseas::domain::tests
