// ownership_assign_test — assign, transfer, release, move and lock.
#include "domain/records/record_place.hpp"
#include "tests/domain/ownership_facts.hpp"

namespace highseas::domain::tests {
namespace {

class Ownership : public testing::Test {
 protected:
  static AssignRecords to(base::MemberId member) {
    return {.targets = {}, .strategy = AssignStrategy::to_member, .members = {member}};
  }
  static TransferRecords transfer_to(base::MemberId member) { return {.targets = {}, .owner = member, .note = "转交"}; }
  static ReleaseRecords release_to(std::optional<base::PoolId> pool = std::nullopt) {
    return {.targets = {}, .pool = pool, .reason = "无意向", .note = "再看"};
  }
  static LockRecords lock_until(std::optional<base::Instant> until) {
    return {.targets = {}, .until = until, .reason = "谈判中"};
  }

  Decision assign(base::MemberId who, const OwnershipFacts& facts, const AssignRecords& command,
                  std::vector<std::uint64_t> holdings = {0}) {
    return decide_assign(facts, command, {.holdings = std::move(holdings), .last_assigned = std::nullopt},
                         Asking(company, who));
  }
  Decision transfer(base::MemberId who, const OwnershipFacts& facts, base::MemberId owner, std::uint64_t holding = 0) {
    return decide_transfer(facts, transfer_to(owner), {.holding = holding}, Asking(company, who));
  }
  Decision release(base::MemberId who, const OwnershipFacts& facts, std::optional<base::PoolId> pool = std::nullopt) {
    return decide_release(facts, release_to(pool), Asking(company, who, day(5)));
  }
  Decision move(base::MemberId who, const OwnershipFacts& facts, base::PoolId pool) {
    return decide_move(facts, {.targets = {}, .pool = pool}, Asking(company, who));
  }
  Decision lock(base::MemberId who, const OwnershipFacts& facts, std::optional<base::Instant> until) {
    return decide_lock(facts, lock_until(until), Asking(company, who, day(5)));
  }

  Company company;
};

using Assign = Ownership;
using Transfer = Ownership;
using Release = Ownership;
using Move = Ownership;
using Lock = Ownership;

TEST_F(Assign, gives_a_pooled_customer_to_a_member) {
  const auto event =
      happened<Assigned>(assign(company.east_manager, customer_in(company.sea), to(company.west_seller)));
  EXPECT_EQ(event.owner, company.west_seller);
  EXPECT_EQ(event.pool, company.sea);
}

TEST_F(Assign, never_gives_to_whoever_may_not_hold_it) {
  EXPECT_FALSE(may_hold(company.workspace, shipped::kCustomers, company.auditor));
  EXPECT_FALSE(may_hold(company.workspace, shipped::kCustomers, company.gone));
  EXPECT_TRUE(may_hold(company.workspace, shipped::kCustomers, company.west_seller));
  EXPECT_TRUE(may_hold(company.workspace, shipped::kCustomers, company.west_manager));
  const auto facts = customer_in(company.sea);
  const Asking manager(company, company.east_manager);
  const auto refused_assign = decide_assign(
      facts, to(company.auditor), {.holdings = {0}, .last_assigned = {}, .unfit = {company.auditor}}, manager);
  EXPECT_EQ(faults_of(refused_assign).at("/owner"), RefusalCode::unknown_member);
  for (const auto strategy : {AssignStrategy::least_loaded, AssignStrategy::round_robin}) {
    const AssignRecords command{.targets = {}, .strategy = strategy, .members = {company.auditor, company.west_seller}};
    const AssignFacts assign{.holdings = {0, 5}, .last_assigned = {}, .unfit = {company.auditor}};
    EXPECT_EQ(happened<Assigned>(decide_assign(facts, command, assign, manager)).owner, company.west_seller);
    const AssignRecords nobody{.targets = {}, .strategy = strategy, .members = {company.auditor}};
    EXPECT_EQ(faults_of(decide_assign(facts, nobody, {.holdings = {0}, .last_assigned = {}, .unfit = {company.auditor}},
                                      manager))
                  .at("/members"),
              RefusalCode::unknown_member);
  }
}

TEST_F(Transfer, never_gives_to_whoever_may_not_hold_it) {
  const auto owned = customer_of(company.east_seller, company.sea);
  EXPECT_EQ(faults_of(decide_transfer(owned, transfer_to(company.auditor), {.may_hold = false},
                                      Asking(company, company.east_manager)))
                .at("/owner"),
            RefusalCode::unknown_member);
}

TEST_F(Assign, gets_around_protection_and_cool_down) {
  company.pool(company.sea).protect_new_days = 30;
  auto facts = customer_in(company.sea);
  facts.former = {{.member = company.west_seller, .cool_down_until = day(90)}};
  EXPECT_TRUE(assign(company.east_manager, facts, to(company.west_seller)));
}

TEST_F(Assign, is_forbidden_to_who_only_sees_the_record) {
  EXPECT_TRUE(
      refused(assign(company.east_seller, customer_in(company.sea), to(company.east_seller)), RefusalCode::forbidden));
  EXPECT_TRUE(
      refused(assign(company.auditor, customer_in(company.sea), to(company.east_seller)), RefusalCode::forbidden));
}

TEST_F(Assign, of_what_one_does_not_see_is_not_found) {
  company.open_second_sea();
  EXPECT_TRUE(refused(assign(company.east_manager, customer_in(company.second_sea), to(company.east_seller)),
                      RefusalCode::not_found));
  EXPECT_TRUE(refused(assign(company.admin, {}, to(company.east_seller)), RefusalCode::not_found));
}

TEST_F(Assign, to_nobody_or_to_who_is_not_here_is_a_fault) {
  const auto facts = customer_in(company.sea);
  EXPECT_TRUE(refused(assign(company.admin, facts, to(company.stranger)), RefusalCode::unknown_member));
  EXPECT_EQ(faults_of(assign(company.admin, facts, to(company.gone))).at("/owner"), RefusalCode::unknown_member);
  EXPECT_TRUE(refused(assign(company.admin, facts, {.targets = {}, .members = {}}, {}), RefusalCode::required));
  AssignRecords round{.targets = {},
                      .strategy = AssignStrategy::round_robin,
                      .members = {company.stranger, company.east_seller, company.gone}};
  const auto faults = faults_of(assign(company.admin, facts, round, {0, 0, 0}));
  EXPECT_EQ(faults.size(), 2u);
  EXPECT_TRUE(faults.contains("/members/0") && faults.contains("/members/2"));
}

TEST_F(Assign, of_what_somebody_owns_names_the_owner) {
  const auto facts = customer_of(company.east_seller, company.sea);
  const auto decision = assign(company.east_manager, facts, to(company.east_colleague));
  ASSERT_TRUE(refused(decision, RefusalCode::already_owned));
  EXPECT_EQ(decision.error().owner, company.east_seller);
  EXPECT_TRUE(nothing_happens(assign(company.east_manager, facts, to(company.east_seller))));
}

TEST_F(Assign, of_a_deleted_record_is_refused) {
  auto facts = customer_in(company.sea);
  facts.deleted = true;
  EXPECT_TRUE(refused(assign(company.admin, facts, to(company.east_seller)), RefusalCode::deleted));
}

TEST_F(Assign, is_refused_at_the_holding_limit_of_the_one_who_would_get_it) {
  company.pool(company.sea).holding_limit = 3;
  EXPECT_TRUE(assign(company.admin, customer_in(company.sea), to(company.east_seller), {2}));
  const auto decision = assign(company.admin, customer_in(company.sea), to(company.east_seller), {3});
  ASSERT_TRUE(refused(decision, RefusalCode::holding_limit));
  EXPECT_EQ(decision.error().limit, 3u);
}

TEST_F(Assign, round_robin_goes_on_after_the_member_who_got_the_latest) {
  AssignRecords command{.targets = {},
                        .strategy = AssignStrategy::round_robin,
                        .members = {company.east_seller, company.east_colleague, company.team_seller}};
  const auto chosen = [&](std::optional<base::MemberId> last, std::vector<std::uint64_t> holdings = {0, 0, 0}) {
    return choose_assignee(command, {.holdings = std::move(holdings), .last_assigned = last}, company.pool(company.sea),
                           true);
  };
  EXPECT_EQ(chosen(std::nullopt), company.east_seller);
  EXPECT_EQ(chosen(company.west_seller), company.east_seller);  // who is not among them
  EXPECT_EQ(chosen(company.east_seller), company.east_colleague);
  EXPECT_EQ(chosen(company.team_seller), company.east_seller);
  company.pool(company.sea).holding_limit = 2;
  EXPECT_EQ(chosen(company.east_seller, {0, 2, 0}), company.team_seller);
  EXPECT_EQ(chosen(company.east_seller, {2, 2, 2}), std::nullopt);
}

TEST_F(Assign, by_load_takes_the_fewest_held_and_the_first_of_equals) {
  AssignRecords command{.targets = {},
                        .strategy = AssignStrategy::least_loaded,
                        .members = {company.east_seller, company.east_colleague, company.team_seller}};
  const auto facts = customer_in(company.sea);
  EXPECT_EQ(happened<Assigned>(assign(company.admin, facts, command, {4, 1, 1})).owner, company.east_colleague);
  EXPECT_EQ(happened<Assigned>(assign(company.admin, facts, command, {0, 0, 0})).owner, company.east_seller);
  company.pool(company.sea).holding_limit = 1;
  EXPECT_TRUE(refused(assign(company.admin, facts, command, {4, 1, 1}), RefusalCode::holding_limit));
}

TEST_F(Transfer, hands_an_owned_customer_to_another_member) {
  const auto event = happened<Transferred>(
      transfer(company.east_manager, customer_of(company.east_seller, company.sea), company.west_seller));
  EXPECT_EQ(event.from, company.east_seller);
  EXPECT_EQ(event.to, company.west_seller);
  EXPECT_EQ(event.note, "转交");
}

TEST_F(Transfer, begins_the_cool_down_of_whoever_had_it) {
  const auto owned = customer_of(company.east_seller, company.sea);
  const auto transferred = [&] {
    return happened<Transferred>(transfer(company.east_manager, owned, company.west_seller));
  };
  EXPECT_EQ(transferred().cool_down_until, std::nullopt);
  company.pool(company.sea).cool_down_days = 7;
  EXPECT_EQ(transferred().cool_down_until, day(7));
}

TEST_F(Transfer, is_refused_with_its_reason) {
  const auto owned = customer_of(company.east_seller, company.sea);
  EXPECT_TRUE(refused(transfer(company.west_manager, owned, company.west_seller), RefusalCode::not_found));
  EXPECT_TRUE(refused(transfer(company.east_seller, owned, company.east_colleague), RefusalCode::forbidden));
  EXPECT_TRUE(refused(transfer(company.east_manager, owned, company.gone), RefusalCode::unknown_member));
  EXPECT_TRUE(
      refused(transfer(company.east_manager, customer_in(company.sea), company.east_seller), RefusalCode::not_owned));
  auto deleted = owned;
  deleted.deleted = true;
  EXPECT_TRUE(refused(transfer(company.east_manager, deleted, company.east_colleague), RefusalCode::deleted));
  company.pool(company.sea).holding_limit = 7;
  EXPECT_TRUE(refused(transfer(company.east_manager, owned, company.east_colleague, 7), RefusalCode::holding_limit));
  EXPECT_TRUE(transfer(company.east_manager, owned, company.east_colleague, 6));
}

TEST_F(Transfer, to_who_owns_it_changes_nothing) {
  company.pool(company.sea).holding_limit = 1;
  EXPECT_TRUE(
      nothing_happens(transfer(company.admin, customer_of(company.east_seller, company.sea), company.east_seller, 1)));
}

TEST_F(Release, gives_one_s_own_customer_back_to_its_home_pool) {
  const auto event = happened<Released>(release(company.east_seller, customer_of(company.east_seller, company.sea)));
  EXPECT_EQ(event.from, company.east_seller);
  EXPECT_EQ(event.pool, company.sea);
  EXPECT_EQ(event.cool_down_until, std::nullopt);
  EXPECT_FALSE(event.left);
  EXPECT_EQ(event.reason, "无意向");
  EXPECT_EQ(event.note, "再看");
}

// Others recorded the cool-down for the manager who pressed the button.
TEST_F(Release, by_a_manager_begins_the_cool_down_of_the_owner) {
  company.pool(company.sea).cool_down_days = 7;
  const auto event = happened<Released>(release(company.east_manager, customer_of(company.east_seller, company.sea)));
  EXPECT_EQ(event.from, company.east_seller);
  EXPECT_EQ(event.cool_down_until, day(12));
}

TEST_F(Release, into_another_pool_of_the_form_takes_that_pool_s_cool_down) {
  company.open_second_sea();
  company.pool(company.second_sea).cool_down_days = 2;
  const auto owned = customer_of(company.east_seller, company.sea);
  const auto event = happened<Released>(release(company.east_seller, owned, company.second_sea));
  EXPECT_EQ(event.pool, company.second_sea);
  EXPECT_EQ(event.cool_down_until, day(7));
}

TEST_F(Release, falls_back_to_the_form_s_first_pool_where_home_has_been_removed) {
  const auto owned = customer_of(company.east_seller, company.second_sea);  // never opened
  EXPECT_EQ(happened<Released>(release(company.east_seller, owned)).pool, company.sea);
}

TEST_F(Release, is_refused_with_its_reason) {
  const auto owned = customer_of(company.east_seller, company.sea);
  EXPECT_TRUE(refused(release(company.west_seller, owned), RefusalCode::not_found));
  EXPECT_TRUE(refused(release(company.auditor, owned), RefusalCode::forbidden));
  EXPECT_TRUE(refused(release(company.east_seller, owned, company.lead_pool), RefusalCode::unknown_pool));
  EXPECT_TRUE(refused(release(company.east_seller, owned, company.second_sea), RefusalCode::unknown_pool));
  EXPECT_TRUE(refused(release(company.east_seller, customer_in(company.sea)), RefusalCode::not_owned));
  auto shared = owned;
  shared.collaborators = {company.west_seller};
  EXPECT_TRUE(refused(release(company.west_seller, shared), RefusalCode::forbidden));
  auto deleted = owned;
  deleted.deleted = true;
  EXPECT_TRUE(refused(release(company.east_seller, deleted), RefusalCode::deleted));
}

TEST_F(Move, takes_a_customer_from_pool_to_pool) {
  company.open_second_sea();
  const auto event = happened<MovedToPool>(move(company.admin, customer_in(company.sea), company.second_sea));
  EXPECT_EQ(event.from, company.sea);
  EXPECT_EQ(event.to, company.second_sea);
  EXPECT_TRUE(nothing_happens(move(company.admin, customer_in(company.sea), company.sea)));
}

TEST_F(Move, is_refused_with_its_reason) {
  const auto pooled = customer_in(company.sea);
  EXPECT_TRUE(refused(move(company.admin, {}, company.sea), RefusalCode::not_found));
  EXPECT_TRUE(refused(move(company.east_seller, pooled, company.sea), RefusalCode::forbidden));
  EXPECT_TRUE(refused(move(company.admin, pooled, company.lead_pool), RefusalCode::unknown_pool));
  EXPECT_TRUE(refused(move(company.admin, pooled, company.second_sea), RefusalCode::unknown_pool));
  EXPECT_TRUE(refused(move(company.admin, customer_of(company.east_seller, company.sea), company.sea),
                      RefusalCode::not_in_pool));
  auto deleted = pooled;
  deleted.deleted = true;
  EXPECT_TRUE(refused(move(company.admin, deleted, company.sea), RefusalCode::deleted));
}

TEST_F(Lock, holds_until_a_moment_to_come) {
  const auto event =
      happened<Locked>(lock(company.east_manager, customer_of(company.east_seller, company.sea), day(9)));
  EXPECT_EQ(event.until, day(9));
  EXPECT_EQ(event.reason, "谈判中");
}

TEST_F(Lock, without_an_end_takes_it_off) {
  auto facts = customer_of(company.east_seller, company.sea);
  EXPECT_TRUE(nothing_happens(lock(company.east_manager, facts, std::nullopt)));
  facts.locked_until = day(4);  // over already
  EXPECT_TRUE(nothing_happens(lock(company.east_manager, facts, std::nullopt)));
  facts.locked_until = day(9);
  EXPECT_EQ(happened<Locked>(lock(company.east_manager, facts, std::nullopt)).until, std::nullopt);
  EXPECT_TRUE(nothing_happens(lock(company.east_manager, facts, day(9))));
  EXPECT_EQ(happened<Locked>(lock(company.east_manager, facts, day(20))).until, day(20));
}

TEST_F(Lock, is_refused_with_its_reason) {
  const auto facts = customer_of(company.east_seller, company.sea);
  EXPECT_TRUE(refused(lock(company.west_manager, facts, day(9)), RefusalCode::not_found));
  EXPECT_TRUE(refused(lock(company.east_seller, facts, day(9)), RefusalCode::forbidden));
  EXPECT_TRUE(refused(lock(company.east_manager, facts, day(5)), RefusalCode::before_now));
  auto deleted = facts;
  deleted.deleted = true;
  EXPECT_TRUE(refused(lock(company.east_manager, deleted, day(9)), RefusalCode::deleted));
}

}  // namespace
}  // namespace highseas::domain::tests
