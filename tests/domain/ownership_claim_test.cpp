// ownership_claim_test — who may claim what lies in a pool, and what stands against it.
#include "tests/domain/ownership_facts.hpp"

namespace highseas::domain::tests {
namespace {

class Claim : public testing::Test {
 protected:
  Decision claim(base::MemberId member, const OwnershipFacts& facts, ClaimLimits limits = {},
                 base::Instant now = kStart) {
    return decide_claim(facts, limits, Asking(company, member, now));
  }

  Company company;
};

TEST_F(Claim, of_a_pooled_customer_makes_the_claimer_its_owner) {
  const auto event = happened<Claimed>(claim(company.east_seller, customer_in(company.sea)));
  EXPECT_EQ(event.owner, company.east_seller);
  EXPECT_EQ(event.pool, company.sea);
  EXPECT_EQ(event.form, shipped::kCustomers);
}

TEST_F(Claim, is_open_to_managers_and_admins_too) {
  EXPECT_EQ(happened<Claimed>(claim(company.east_manager, customer_in(company.sea))).owner, company.east_manager);
  EXPECT_EQ(happened<Claimed>(claim(company.admin, customer_in(company.sea))).owner, company.admin);
}

TEST_F(Claim, of_a_record_that_does_not_exist_is_not_found) {
  OwnershipFacts nothing;
  nothing.form = shipped::kCustomers;
  EXPECT_TRUE(refused(claim(company.east_seller, nothing), RefusalCode::not_found));
}

TEST_F(Claim, by_who_may_neither_claim_there_nor_see_it_is_not_found) {
  company.open_second_sea();
  EXPECT_TRUE(refused(claim(company.east_seller, customer_in(company.second_sea)), RefusalCode::not_found));
  EXPECT_TRUE(refused(claim(company.east_seller, customer_of(company.west_seller, company.second_sea)),
                      RefusalCode::not_found));
  EXPECT_TRUE(refused(claim(company.gone, customer_in(company.sea)), RefusalCode::not_found));
  EXPECT_TRUE(refused(claim(company.stranger, customer_in(company.sea)), RefusalCode::not_found));
}

TEST_F(Claim, by_who_sees_it_but_may_not_claim_is_refused_as_not_a_claimer) {
  EXPECT_TRUE(refused(claim(company.auditor, customer_in(company.sea)), RefusalCode::not_a_claimer));
}

TEST_F(Claim, of_what_one_owns_already_changes_nothing) {
  EXPECT_TRUE(nothing_happens(claim(company.east_seller, customer_of(company.east_seller, company.sea))));
  company.open_second_sea();  // where she is no claimer
  EXPECT_TRUE(nothing_happens(claim(company.east_seller, customer_of(company.east_seller, company.second_sea))));
}

TEST_F(Claim, of_what_another_owns_names_the_owner_to_who_might_have_claimed_it) {
  const auto decision = claim(company.east_seller, customer_of(company.west_seller, company.sea));
  ASSERT_TRUE(refused(decision, RefusalCode::already_owned));
  EXPECT_EQ(decision.error().owner, company.west_seller);
}

TEST_F(Claim, of_a_deleted_record_is_refused_and_not_found_where_it_was_never_seen) {
  auto facts = customer_in(company.sea);
  facts.deleted = true;
  EXPECT_TRUE(refused(claim(company.east_seller, facts), RefusalCode::deleted));
  facts = customer_of(company.west_seller, company.sea);
  facts.deleted = true;
  EXPECT_TRUE(refused(claim(company.east_seller, facts), RefusalCode::not_found));
}

TEST_F(Claim, is_refused_while_the_record_is_new_in_the_pool) {
  company.pool(company.sea).protect_new_days = 3;
  const auto facts = customer_in(company.sea, day(10));
  const auto decision = claim(company.east_seller, facts, {}, day(13) - 1);
  ASSERT_TRUE(refused(decision, RefusalCode::new_in_pool));
  EXPECT_EQ(decision.error().until, day(13));
  EXPECT_TRUE(refused(claim(company.east_manager, facts, {}, day(12)), RefusalCode::new_in_pool));
  EXPECT_TRUE(claim(company.east_seller, facts, {}, day(13)));
}

TEST_F(Claim, is_refused_to_a_former_owner_until_the_event_s_cool_down_ends) {
  auto facts = customer_in(company.sea);
  facts.former = {{.member = company.east_seller, .cool_down_until = day(8)}};
  const auto decision = claim(company.east_seller, facts, {}, day(8) - 1);
  ASSERT_TRUE(refused(decision, RefusalCode::cool_down));
  EXPECT_EQ(decision.error().until, day(8));
  EXPECT_TRUE(claim(company.east_seller, facts, {}, day(8)));
  EXPECT_TRUE(claim(company.east_colleague, facts, {}, day(2)));
}

// Others kept the last owner only: a colleague claims and releases, and the cool-down is gone.
TEST_F(Claim, is_refused_to_a_former_owner_though_a_colleague_held_it_in_between) {
  auto facts = customer_in(company.sea);
  facts.former = {{.member = company.east_seller, .cool_down_until = day(8)},
                  {.member = company.east_colleague, .cool_down_until = std::nullopt}};
  EXPECT_TRUE(refused(claim(company.east_seller, facts, {}, day(3)), RefusalCode::cool_down));
  EXPECT_TRUE(claim(company.east_colleague, facts, {}, day(3)));
}

TEST_F(Claim, is_refused_at_the_daily_limit) {
  company.pool(company.sea).daily_claim_limit = 2;
  EXPECT_TRUE(claim(company.east_seller, customer_in(company.sea), {.holding = 9, .claims_today = 1}));
  const auto decision = claim(company.east_seller, customer_in(company.sea), {.holding = 0, .claims_today = 2});
  ASSERT_TRUE(refused(decision, RefusalCode::daily_claim_limit));
  EXPECT_EQ(decision.error().limit, 2u);
}

TEST_F(Claim, is_refused_at_the_holding_limit) {
  company.pool(company.sea).holding_limit = 5;
  EXPECT_TRUE(claim(company.east_seller, customer_in(company.sea), {.holding = 4, .claims_today = 0}));
  const auto decision = claim(company.east_seller, customer_in(company.sea), {.holding = 5, .claims_today = 0});
  ASSERT_TRUE(refused(decision, RefusalCode::holding_limit));
  EXPECT_EQ(decision.error().limit, 5u);
}

TEST_F(Claim, of_a_record_that_the_pool_leaves_out_of_the_count_passes_the_holding_limit) {
  company.pool(company.sea).holding_limit = 5;
  auto facts = customer_in(company.sea);
  facts.counts_for_holding = false;
  EXPECT_TRUE(claim(company.east_seller, facts, {.holding = 5, .claims_today = 0}));
}

TEST_F(Claim, names_the_protection_before_the_cool_down_and_the_limits_last) {
  auto& pool = company.pool(company.sea);
  pool.protect_new_days = 3;
  pool.daily_claim_limit = 0;
  pool.holding_limit = 0;
  auto facts = customer_in(company.sea);
  facts.former = {{.member = company.east_seller, .cool_down_until = day(8)}};
  EXPECT_TRUE(refused(claim(company.east_seller, facts, {}, day(1)), RefusalCode::new_in_pool));
  EXPECT_TRUE(refused(claim(company.east_seller, facts, {}, day(4)), RefusalCode::cool_down));
  EXPECT_TRUE(refused(claim(company.east_seller, facts, {}, day(9)), RefusalCode::daily_claim_limit));
  pool.daily_claim_limit = 1;
  EXPECT_TRUE(refused(claim(company.east_seller, facts, {}, day(9)), RefusalCode::holding_limit));
}

// What was moved or recycled elsewhere has its old home until its next owner comes.
TEST_F(Claim, is_judged_by_the_pool_that_it_lies_in_and_not_by_its_old_home) {
  company.open_second_sea();  // the west's people alone claim there
  auto facts = customer_in(company.second_sea);
  facts.home_pool = company.sea;
  EXPECT_TRUE(refused(claim(company.east_seller, facts), RefusalCode::not_found));
  EXPECT_EQ(happened<Claimed>(claim(company.west_seller, facts)).pool, company.second_sea);
  company.pool(company.sea).holding_limit = 0;
  EXPECT_TRUE(claim(company.west_seller, facts));
  company.pool(company.second_sea).holding_limit = 0;
  EXPECT_TRUE(refused(claim(company.west_seller, facts), RefusalCode::holding_limit));
}

TEST_F(Claim, works_for_leads_alike) {
  auto facts = customer_in(company.lead_pool);
  facts.form = shipped::kLeads;
  EXPECT_EQ(happened<Claimed>(claim(company.west_seller, facts)).form, shipped::kLeads);
}

}  // namespace
}  // namespace highseas::domain::tests
