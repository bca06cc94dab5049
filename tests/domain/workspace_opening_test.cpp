// workspace_opening_test — the first commit of a company, and what belongs to the server: workspaces and clocks.
#include "domain/faults.hpp"
#include "domain/workspace/server_decider.hpp"
#include "tests/domain/company.hpp"

namespace highseas::domain::tests {
namespace {

Decision open(const OpenWorkspace& command, bool already_open = false) {
  auto facts = opening_facts();
  facts.already_open = already_open;
  base::IdSource ids(kStart.ms, 1);
  return decide_open_workspace(facts, command, kStart, ids);
}

TEST(OpenWorkspace, writes_all_that_ships_in_a_fixed_order) {
  const auto events = open(opening_command());
  ASSERT_TRUE(events) << told(events);
  EXPECT_EQ(told(events),
            "accepted: WorkspaceOpened DecisionBasisChanged FormAdded FormAdded FormAdded FormAdded FormAdded "
            "RoleChanged RoleChanged RoleChanged RoleChanged PermissionGroupChanged PermissionGroupChanged "
            "PermissionGroupChanged PermissionGroupChanged PoolAdded PoolAdded CalendarChanged MemberInvited "
            "MemberJoined");
}

TEST(OpenWorkspace, gives_the_same_events_for_the_same_seed) {
  EXPECT_EQ(open(opening_command()), open(opening_command()));
}

TEST(OpenWorkspace, leaves_a_company_with_one_admin_and_two_pools) {
  const Company company;
  const auto& workspace = company.workspace;
  EXPECT_EQ(workspace.name, "东方机械");
  EXPECT_EQ(workspace.time_zone, "Asia/Shanghai");
  EXPECT_TRUE(workspace.is_active(company.admin));
  EXPECT_TRUE(workspace.has_role(*workspace.member(company.admin), "admin"));
  EXPECT_EQ(workspace.groups.size(), 4u);
  ASSERT_EQ(workspace.pools.size(), 2u);
  const auto& sea = *workspace.pool(company.sea);
  EXPECT_EQ(sea.name, "公海");
  EXPECT_EQ(workspace.pool(company.lead_pool)->name, "线索池");
  EXPECT_EQ(sea.daily_claim_limit, std::nullopt);
  EXPECT_EQ(sea.holding_limit, std::nullopt);
  EXPECT_EQ(sea.claimers, std::nullopt);
  namespace customers = shipped::customers;
  namespace leads = shipped::leads;
  EXPECT_EQ(sea.hidden_fields,
            (std::vector<FieldNumber>{customers::kPrimaryContact, customers::kPhone, customers::kEmail}));
  EXPECT_EQ(
      workspace.pool(company.lead_pool)->hidden_fields,
      (std::vector<FieldNumber>{leads::kContactName, leads::kMobile, leads::kPhone, leads::kEmail, leads::kWechat}));
}

TEST(OpenWorkspace, tells_all_faults_as_the_body_names_them) {
  const auto decision = open({.name = "",
                              .time_zone = "Mars/Olympus",
                              .currency = "RMB",
                              .admin_name = std::string(kNameLengthMax + 1, 'a'),
                              .admin_email = "nobody"});
  EXPECT_EQ(faults_of(decision),
            (std::map<std::string, RefusalCode>{{"/workspace/name", RefusalCode::required},
                                                {"/workspace/time_zone", RefusalCode::invalid_value},
                                                {"/workspace/currency", RefusalCode::invalid_value},
                                                {"/admin/name", RefusalCode::too_long},
                                                {"/admin/email", RefusalCode::invalid_value}}));
}

TEST(OpenWorkspace, happens_once) {
  EXPECT_TRUE(refused(open(opening_command(), true), RefusalCode::already_set_up));
}

TEST(Currency, is_an_active_code) {
  for (const auto* code : {"CNY", "USD", "AED", "ZWG", "JPY"}) EXPECT_TRUE(is_currency(code)) << code;
  for (const auto* code : {"", "CN", "cny", "RMB", "NYC", "Y C", "CNYX", "DEM"})
    EXPECT_FALSE(is_currency(code)) << code;
}

TEST(AddWorkspace, takes_each_id_and_number_once) {
  const WorkspaceAdded first{.workspace = base::WorkspaceId{{1, 1}}, .number = 1};
  const std::vector<WorkspaceAdded> known{first};
  EXPECT_EQ(happened<WorkspaceAdded>(decide_add_workspace({}, {first.workspace, 1})), first);
  EXPECT_TRUE(nothing_happens(decide_add_workspace(known, {first.workspace, 1})));
  EXPECT_TRUE(refused(decide_add_workspace(known, {first.workspace, 2}), RefusalCode::key_taken));
  EXPECT_TRUE(refused(decide_add_workspace(known, {base::WorkspaceId{{1, 2}}, 1}), RefusalCode::key_taken));
  EXPECT_TRUE(refused(decide_add_workspace(known, {base::WorkspaceId{{1, 2}}, 0}), RefusalCode::out_of_range));
  EXPECT_TRUE(decide_add_workspace(known, {base::WorkspaceId{{1, 2}}, 2}));
}

class TestClock : public testing::Test {
 protected:
  Company company;
  Rights admin = Rights::of_member(company.workspace, company.admin);
  Rights auditor = Rights::of_member(company.workspace, company.auditor);
  ClockFacts standing{.log_is_empty = false, .is_test = true, .now = day(10), .real_now = day(300)};
  ClockFacts real{.log_is_empty = false, .is_test = false, .now = day(300), .real_now = day(300)};
};

TEST_F(TestClock, starts_on_an_empty_directory_and_later_stays_where_it_stands) {
  const ClockFacts fresh{.log_is_empty = true, .is_test = false, .now = day(300), .real_now = day(300)};
  EXPECT_EQ(happened<TestClockStarted>(decide_start_test_clock(fresh, {day(0)})).at, day(0));
  EXPECT_TRUE(nothing_happens(decide_start_test_clock(standing, {day(0)})));
  EXPECT_TRUE(refused(decide_start_test_clock(real, {day(0)}), RefusalCode::clock_not_test));
}

TEST_F(TestClock, is_advanced_by_an_admin_and_never_backward) {
  EXPECT_EQ(happened<TestClockAdvanced>(decide_advance_test_clock(standing, {day(11)}, admin)).to, day(11));
  EXPECT_TRUE(nothing_happens(decide_advance_test_clock(standing, {day(10)}, admin)));
  EXPECT_TRUE(refused(decide_advance_test_clock(standing, {day(10) - 1}, admin), RefusalCode::before_now));
  EXPECT_TRUE(refused(decide_advance_test_clock(standing, {day(11)}, auditor), RefusalCode::forbidden));
  EXPECT_TRUE(refused(decide_advance_test_clock(real, {day(301)}, admin), RefusalCode::clock_not_test));
}

TEST_F(TestClock, is_released_once_it_has_come_up_to_real_time) {
  EXPECT_TRUE(refused(decide_release_test_clock(standing, admin), RefusalCode::too_early));
  standing.now = standing.real_now - kReleaseGapMsMax - 1;
  EXPECT_TRUE(refused(decide_release_test_clock(standing, admin), RefusalCode::too_early));
  standing.now = standing.real_now - kReleaseGapMsMax;
  EXPECT_TRUE(decide_release_test_clock(standing, admin));
  EXPECT_TRUE(refused(decide_release_test_clock(standing, auditor), RefusalCode::forbidden));
  EXPECT_TRUE(refused(decide_release_test_clock(real, admin), RefusalCode::clock_not_test));
}

TEST(DecisionBasis, is_changed_by_the_system_where_it_differs) {
  const Company company;
  const auto system = Rights::of_system(company.workspace);
  const auto basis = opening_facts().basis;
  ChangeDecisionBasis command{basis.generations, basis.unicode_version, basis.zone_version};
  EXPECT_TRUE(nothing_happens(decide_change_decision_basis(company.workspace, command, system)));
  command.generations.front().generation = 2;
  EXPECT_EQ(happened<DecisionBasisChanged>(decide_change_decision_basis(company.workspace, command, system))
                .generations.front()
                .generation,
            2u);
  const auto admin = Rights::of_member(company.workspace, company.admin);
  EXPECT_TRUE(refused(decide_change_decision_basis(company.workspace, command, admin), RefusalCode::forbidden));
}

}  // namespace
}  // namespace highseas::domain::tests
