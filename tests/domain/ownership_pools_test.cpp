// ownership_pools_test — pools are added, changed and removed.
#include "domain/ownership/pool_decider.hpp"
#include "tests/domain/company.hpp"

namespace highseas::domain::tests {
namespace {

class Pools : public testing::Test {
 protected:
  PoolDefinition new_pool() const {
    PoolDefinition pool;
    pool.form = shipped::kCustomers;
    pool.name = "华东公海";
    pool.claimers = Audience{.members = {company.east_seller}, .departments = {company.east}, .roles = {}};
    pool.hidden_fields = {shipped::customers::kPhone};
    return pool;
  }
  Decision add(const PoolDefinition& pool, const PoolFacts& facts = {}) {
    return decide_add_pool(facts, {pool}, Asking(company, company.admin));
  }
  Decision change(const PoolDefinition& pool, const PoolFacts& facts = {}) {
    return decide_change_pool(facts, {pool}, Asking(company, company.admin));
  }
  Decision remove(base::PoolId pool, std::uint64_t records = 0) {
    return decide_remove_pool({.records = records, .holding_excludes_fault = {}}, {pool},
                              Asking(company, company.admin));
  }

  Company company;
};

TEST_F(Pools, are_added_under_a_fresh_id) {
  auto expected = new_pool();
  const auto added = happened<PoolAdded>(add(new_pool())).pool;
  EXPECT_FALSE(added.id.ulid.is_zero());
  expected.id = added.id;
  EXPECT_EQ(added, expected);
}

TEST_F(Pools, are_written_by_admins_alone) {
  const Asking manager(company, company.east_manager);
  EXPECT_TRUE(refused(decide_add_pool({}, {new_pool()}, manager), RefusalCode::forbidden));
  EXPECT_TRUE(refused(decide_change_pool({}, {company.pool(company.sea)}, manager), RefusalCode::forbidden));
  EXPECT_TRUE(refused(decide_remove_pool({}, {company.sea}, manager), RefusalCode::forbidden));
  const Asking stranger(company, company.stranger);
  EXPECT_TRUE(refused(decide_change_pool({}, {company.pool(company.sea)}, stranger), RefusalCode::not_found));
  EXPECT_TRUE(refused(decide_remove_pool({}, {company.sea}, stranger), RefusalCode::not_found));
}

TEST_F(Pools, tell_all_their_faults_at_once) {
  auto pool = new_pool();
  pool.name = "公海";
  pool.managers = Audience{.members = {company.stranger}, .departments = {}, .roles = {base::RoleId{{1, 2}}}};
  pool.claimers->departments.push_back(base::DepartmentId{{1, 2}});
  pool.hidden_fields = {shipped::customers::kPhone, 7777};
  pool.cool_down_days = kPoolDaysMax + 1;
  pool.protect_new_days = kPoolDaysMax + 1;
  EXPECT_EQ(faults_of(add(pool, {.records = 0, .holding_excludes_fault = expression::Error{}})),
            (std::map<std::string, RefusalCode>{{"/name", RefusalCode::name_taken},
                                                {"/managers/members/0", RefusalCode::unknown_member},
                                                {"/managers/roles/0", RefusalCode::unknown_role},
                                                {"/claimers/departments/1", RefusalCode::unknown_department},
                                                {"/hidden_fields/1", RefusalCode::unknown_field},
                                                {"/holding_excludes", RefusalCode::bad_expression},
                                                {"/cool_down_days", RefusalCode::out_of_range},
                                                {"/protect_new_days", RefusalCode::out_of_range}}));
}

TEST_F(Pools, belong_to_a_pooled_form) {
  auto pool = new_pool();
  pool.form = shipped::kProducts;
  EXPECT_TRUE(refused(add(pool), RefusalCode::unknown_form));
  pool.form = 7777;
  EXPECT_TRUE(refused(add(pool), RefusalCode::unknown_form));
}

TEST_F(Pools, may_share_a_name_with_a_pool_of_another_form) {
  auto pool = new_pool();
  pool.name = "线索池";
  EXPECT_TRUE(add(pool));
}

TEST_F(Pools, change_but_never_their_form) {
  auto pool = company.pool(company.sea);
  EXPECT_TRUE(nothing_happens(change(pool)));
  pool.holding_limit = 50;
  EXPECT_EQ(happened<PoolChanged>(change(pool)).pool, pool);
  pool.form = shipped::kLeads;
  pool.hidden_fields = {};
  EXPECT_TRUE(refused(change(pool), RefusalCode::read_only_field));
  pool.id = base::PoolId{{1, 2}};
  EXPECT_TRUE(refused(change(pool), RefusalCode::not_found));
}

// Others deleted pools with customers in them.
TEST_F(Pools, are_removed_only_when_empty_and_never_the_last_of_a_form) {
  EXPECT_TRUE(refused(remove(company.sea), RefusalCode::pool_not_empty));
  company.open_second_sea();
  EXPECT_TRUE(refused(remove(company.second_sea, 1), RefusalCode::pool_not_empty));
  EXPECT_EQ(happened<PoolRemoved>(remove(company.second_sea)).pool, company.second_sea);
  EXPECT_TRUE(refused(remove(base::PoolId{{1, 2}}), RefusalCode::not_found));
}

// A rule went on governing by the id of a pool that was gone.
TEST_F(Pools, are_not_removed_while_a_rule_that_is_switched_on_names_them) {
  company.open_second_sea();
  const base::RuleId id{{5, 1}};
  RecycleRulePublished rule{.rule = id, .version = 1, .draft = {}};
  rule.draft.name = "二公海 30 天";
  rule.draft.pools = {company.second_sea};
  fold(company.workspace, {rule});
  const auto named = remove(company.second_sea);
  ASSERT_TRUE(refused(named, RefusalCode::pool_in_use));
  EXPECT_EQ(named.error().names, std::vector<std::string>{"二公海 30 天"});

  rule.version = 2;
  rule.draft.pools = {company.sea};
  rule.draft.target_pool = company.second_sea;
  fold(company.workspace, {rule});
  EXPECT_TRUE(refused(remove(company.second_sea), RefusalCode::pool_in_use)) << "its target";

  rule.version = 3;
  rule.draft.target_pool = {};
  rule.existing = Existing::new_only;
  fold(company.workspace, {rule});
  EXPECT_TRUE(refused(remove(company.second_sea), RefusalCode::pool_in_use)) << "older periods are under version 2";

  rule.version = 4;
  rule.existing = Existing::now;
  fold(company.workspace, {rule});
  EXPECT_TRUE(remove(company.second_sea)) << "no version in force names it";
  rule.version = 5;
  rule.draft.pools = {company.second_sea};
  fold(company.workspace, {rule, RecycleRuleSwitched{.rule = id, .enabled = false}});
  EXPECT_TRUE(remove(company.second_sea)) << "switched off";
}

TEST_F(Pools, are_forgotten_by_departments_when_removed) {
  company.open_second_sea();
  company.workspace.departments.at(company.east).customer_pool = company.second_sea;
  company.workspace.departments.at(company.west).customer_pool = company.sea;
  fold(company.workspace, {PoolRemoved{company.second_sea}});
  EXPECT_EQ(company.workspace.departments.at(company.east).customer_pool, std::nullopt);
  EXPECT_EQ(company.workspace.departments.at(company.west).customer_pool, company.sea);
}

}  // namespace
}  // namespace highseas::domain::tests
