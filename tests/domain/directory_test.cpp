// directory_test — members come, change and leave; departments; API keys.
#include "domain/directory/department_decider.hpp"
#include "domain/directory/directory_decider.hpp"
#include "tests/domain/company.hpp"

namespace highseas::domain::tests {
namespace {

class Directory : public testing::Test {
 protected:
  InviteMember invitation() const {
    return {.name = "李雷",
            .email = "li.lei@example.com",
            .roles = {company.workspace.role_by_key(kSalesperson)->id},
            .departments = {company.east}};
  }
  Decision invite(const InviteMember& command, base::Instant now = kStart) {
    return decide_invite_member(command, Asking(company, company.admin, now));
  }
  Decision change(const ChangeMember& command) { return decide_change_member(command, Asking(company, company.admin)); }
  Decision deactivate(const DeactivateMember& command, const DeactivationFacts& facts = {}) {
    return decide_deactivate_member(facts, command, Asking(company, company.admin));
  }
  static ChangeMember change_of(base::MemberId member) {
    return {.member = member, .name = {}, .email = {}, .roles = {}, .departments = {}};
  }

  Company company;
};

using InviteMemberDecider = Directory;
using AcceptInvitationDecider = Directory;
using ChangeMemberDecider = Directory;
using DeactivateMemberDecider = Directory;
using DepartmentDecider = Directory;
using ApiKeyDecider = Directory;

TEST_F(InviteMemberDecider, makes_a_member_who_is_awaited_for_seven_days) {
  auto command = invitation();
  command.name = "  李雷 ";
  command.departments = {company.east, company.east};
  const auto event = happened<MemberInvited>(invite(command, day(1)));
  EXPECT_EQ(event.member.name, "李雷");
  EXPECT_EQ(event.member.state, MemberState::invited);
  EXPECT_EQ(event.member.departments, (std::vector{company.east}));
  EXPECT_EQ(event.expires_at, day(8));
  EXPECT_NE(event.member.id.ulid, event.invitation.ulid);
}

TEST_F(InviteMemberDecider, is_forbidden_to_all_but_admins) {
  for (const auto member : {company.east_manager, company.east_seller, company.auditor, company.gone}) {
    EXPECT_TRUE(refused(decide_invite_member(invitation(), Asking(company, member)), RefusalCode::forbidden));
  }
}

TEST_F(InviteMemberDecider, tells_all_faults_at_once) {
  const auto decision = invite({.name = " ",
                                .email = "no address",
                                .roles = {company.workspace.role_by_key(kAdmin)->id, base::RoleId{{1, 2}}},
                                .departments = {base::DepartmentId{{1, 2}}}});
  ASSERT_TRUE(refused(decision, RefusalCode::none));
  EXPECT_EQ(faults_of(decision),
            (std::map<std::string, RefusalCode>{{"/name", RefusalCode::required},
                                                {"/email", RefusalCode::invalid_value},
                                                {"/roles/1", RefusalCode::unknown_role},
                                                {"/departments/0", RefusalCode::unknown_department}}));
}

TEST_F(InviteMemberDecider, refuses_an_address_that_another_member_has_in_whatever_case) {
  auto command = invitation();
  command.email = "East.Seller@EXAMPLE.com";
  EXPECT_TRUE(refused(invite(command), RefusalCode::email_taken));
  command.email = "gone@example.com";  // she has left
  EXPECT_TRUE(invite(command));
}

TEST_F(InviteMemberDecider, invites_anew_only_once_the_first_invitation_has_expired) {
  const auto first = happened<MemberInvited>(invite(invitation()));
  fold(company.workspace, {first});
  EXPECT_TRUE(refused(invite(invitation(), day(6)), RefusalCode::email_taken));
  const auto second = happened<MemberInvited>(invite(invitation(), day(7)));
  EXPECT_EQ(second.member.id, first.member.id);
}

TEST(EmailAddress, has_one_at_sign_a_local_part_and_a_domain_with_a_dot) {
  for (const auto* good : {"a@b.cn", "li.lei+crm@mail.example.com", "王@例子.中国"}) {
    EXPECT_TRUE(is_email_address(good)) << good;
  }
  for (const auto* bad :
       {"", "a", "@b.cn", "a@", "a@b", "a@@b.cn", "a b@c.cn", "a@b..cn", "a@.cn", "a@b.cn.", "a@b.cn\n", "\xFF@b.cn"}) {
    EXPECT_FALSE(is_email_address(bad)) << bad;
  }
  EXPECT_FALSE(is_email_address(std::string(65, 'a') + "@b.cn"));
  EXPECT_FALSE(is_email_address("a@" + std::string(254, 'b') + ".cn"));
}

TEST_F(AcceptInvitationDecider, lets_the_member_in_once) {
  const auto invited = happened<MemberInvited>(invite(invitation()));
  fold(company.workspace, {invited});
  const AcceptInvitation command{invited.member.id};
  const auto accepted = decide_accept_invitation(command, Asking::system(company, day(6)));
  ASSERT_EQ(happened<MemberJoined>(accepted).member, invited.member.id);
  fold(company.workspace, *accepted);
  EXPECT_TRUE(company.workspace.is_active(invited.member.id));
  EXPECT_TRUE(
      refused(decide_accept_invitation(command, Asking::system(company, day(6))), RefusalCode::invitation_used));
}

TEST_F(AcceptInvitationDecider, is_refused_after_its_time_and_to_who_was_never_invited) {
  const auto invited = happened<MemberInvited>(invite(invitation()));
  fold(company.workspace, {invited});
  EXPECT_TRUE(refused(decide_accept_invitation({invited.member.id}, Asking::system(company, day(7))),
                      RefusalCode::invitation_used));
  EXPECT_TRUE(refused(decide_accept_invitation({company.stranger}, Asking::system(company)), RefusalCode::not_found));
}

TEST_F(ChangeMemberDecider, changes_what_is_named_and_nothing_else) {
  auto command = change_of(company.east_seller);
  command.departments = {company.west};
  const auto event = happened<MemberChanged>(change(command));
  auto expected = *company.workspace.member(company.east_seller);
  expected.departments = {company.west};
  EXPECT_EQ(event.member, expected);
  command.departments = {company.east};
  EXPECT_TRUE(nothing_happens(change(command)));
}

TEST_F(ChangeMemberDecider, is_refused_with_its_reason) {
  auto command = change_of(company.east_seller);
  command.email = "east.colleague@example.com";
  EXPECT_TRUE(refused(change(command), RefusalCode::email_taken));
  command.email = "EAST.seller@example.com";  // her own
  EXPECT_TRUE(change(command));
  command.email = std::nullopt;
  command.roles = {base::RoleId{{1, 2}}};
  EXPECT_TRUE(refused(change(command), RefusalCode::unknown_role));
  EXPECT_TRUE(refused(change(change_of(company.stranger)), RefusalCode::not_found));
  EXPECT_TRUE(refused(change(change_of(company.gone)), RefusalCode::not_active));
  EXPECT_TRUE(refused(decide_change_member(change_of(company.east_seller), Asking(company, company.east_manager)),
                      RefusalCode::forbidden));
}

TEST_F(ChangeMemberDecider, never_takes_the_role_from_the_last_admin) {
  auto command = change_of(company.admin);
  command.roles = {company.workspace.role_by_key(kManager)->id};
  EXPECT_TRUE(refused(change(command), RefusalCode::last_admin));
  company.add_member(company.auditor, "auditor@example.com", kAdmin, company.head_office);
  EXPECT_TRUE(change(command));
}

TEST_F(DeactivateMemberDecider, starts_a_hand_over_to_the_successor) {
  const DeactivationFacts facts{.owns = {{shipped::kCustomers, 12}, {shipped::kLeads, 3}}, .hand_over_running = false};
  const auto decision =
      deactivate({.member = company.east_seller, .hand_over_to = company.east_colleague, .release = false}, facts);
  ASSERT_TRUE(decision) << told(decision);
  ASSERT_EQ(decision->size(), 2u);
  const auto leaving = std::get<MemberLeaving>((*decision)[0]);
  const auto started = std::get<JobStarted>((*decision)[1]);
  EXPECT_EQ(leaving.member, company.east_seller);
  EXPECT_EQ(leaving.job, started.job);
  EXPECT_EQ(started.member, company.admin);
  EXPECT_EQ(started.total, 15u);
  EXPECT_EQ(started.plan, JobPlan(HandOverPlan{.member = company.east_seller, .to = company.east_colleague}));
}

TEST_F(DeactivateMemberDecider, tells_what_she_owns_where_nobody_said_what_becomes_of_it) {
  const DeactivationFacts facts{.owns = {{shipped::kCustomers, 12}}, .hand_over_running = false};
  const auto decision = deactivate({.member = company.east_seller, .hand_over_to = {}, .release = false}, facts);
  ASSERT_TRUE(refused(decision, RefusalCode::still_owns));
  EXPECT_EQ(decision.error().counts, facts.owns);
  EXPECT_TRUE(deactivate({.member = company.east_seller, .hand_over_to = {}, .release = true}, facts));
  EXPECT_TRUE(deactivate({.member = company.east_seller, .hand_over_to = {}, .release = false}));
}

TEST_F(DeactivateMemberDecider, is_refused_with_its_reason) {
  const auto to = [&](base::MemberId successor, bool release = false) {
    return deactivate({.member = company.east_seller, .hand_over_to = successor, .release = release});
  };
  EXPECT_TRUE(refused(to(company.stranger), RefusalCode::unknown_member));
  EXPECT_TRUE(refused(to(company.gone), RefusalCode::unknown_member));
  EXPECT_TRUE(refused(to(company.east_seller), RefusalCode::unknown_member));
  const DeactivationFacts facts{.owns = {{shipped::kCustomers, 1}}, .hand_over_running = false};
  EXPECT_TRUE(refused(deactivate({.member = company.east_seller, .hand_over_to = company.auditor}, facts),
                      RefusalCode::unknown_member))
      << "she could do nothing with it";
  EXPECT_TRUE(refused(to(company.east_colleague, true), RefusalCode::invalid_value));
  EXPECT_TRUE(refused(deactivate({.member = company.stranger, .hand_over_to = {}}), RefusalCode::not_found));
  EXPECT_TRUE(
      refused(deactivate({.member = company.admin, .hand_over_to = {}, .release = true}), RefusalCode::last_admin));
  EXPECT_TRUE(refused(decide_deactivate_member({}, {.member = company.east_seller, .hand_over_to = {}},
                                               Asking(company, company.east_manager)),
                      RefusalCode::forbidden));
}

TEST_F(DeactivateMemberDecider, changes_nothing_while_she_is_leaving_but_begins_again_where_the_job_has_failed) {
  const DeactivateMember command{.member = company.east_seller, .hand_over_to = {}, .release = true};
  fold(company.workspace, *deactivate(command));
  EXPECT_TRUE(nothing_happens(deactivate(command, {.owns = {}, .hand_over_running = true})));
  EXPECT_EQ(deactivate(command)->size(), 2u);
  fold(company.workspace, {MemberDeactivated{company.east_seller}});
  EXPECT_TRUE(nothing_happens(deactivate(command)));
}

TEST_F(DeactivateMemberDecider, is_finished_only_when_nothing_is_hers_any_more) {
  const auto begun = deactivate({.member = company.east_seller, .hand_over_to = {}, .release = true});
  fold(company.workspace, *begun);
  JobFacts job{.exists = true, .started = std::get<JobStarted>((*begun)[1]), .state = JobState::running, .done = 0};
  const FinishDeactivation command{job.started.job};
  const auto finish = [&](const DeactivationFacts& facts, base::MemberId who) {
    return decide_finish_deactivation(job, facts, command, Asking(company, who));
  };
  EXPECT_TRUE(refused(finish({.owns = {{shipped::kLeads, 1}}}, company.admin), RefusalCode::still_owns));
  EXPECT_TRUE(refused(finish({}, company.east_manager), RefusalCode::forbidden));
  const auto done = finish({}, company.admin);
  ASSERT_TRUE(done) << told(done);
  EXPECT_EQ(std::get<MemberDeactivated>((*done)[0]).member, company.east_seller);
  EXPECT_EQ(std::get<JobEnded>((*done)[1]).state, JobState::succeeded);
  job.state = JobState::succeeded;
  EXPECT_TRUE(refused(finish({}, company.admin), RefusalCode::job_ended));
  job.started.plan = ImportPlan{};
  EXPECT_TRUE(refused(finish({}, company.admin), RefusalCode::not_found));
}

TEST_F(DepartmentDecider, adds_one_below_another_under_a_fresh_id) {
  const Department command{.id = {},
                           .name = "华东二组",
                           .parent = company.east,
                           .managers = {company.east_seller},
                           .customer_pool = company.sea,
                           .removed = true};
  const auto event = happened<DepartmentChanged>(decide_add_department({command}, Asking(company, company.admin)));
  EXPECT_FALSE(event.department.id.ulid.is_zero());
  EXPECT_FALSE(event.department.removed);
  EXPECT_EQ(event.department.parent, company.east);
}

TEST_F(DepartmentDecider, tells_all_faults_of_a_new_one) {
  const Department command{.id = {},
                           .name = "",
                           .parent = base::DepartmentId{{1, 2}},
                           .managers = {company.east_manager, company.gone},
                           .customer_pool = company.lead_pool,
                           .removed = false};
  const auto faults = faults_of(decide_add_department({command}, Asking(company, company.admin)));
  EXPECT_EQ(faults, (std::map<std::string, RefusalCode>{{"/name", RefusalCode::required},
                                                        {"/parent", RefusalCode::unknown_department},
                                                        {"/managers/1", RefusalCode::unknown_member},
                                                        {"/customer_pool", RefusalCode::unknown_pool}}));
  EXPECT_TRUE(refused(decide_add_department({command}, Asking(company, company.east_manager)), RefusalCode::forbidden));
}

TEST_F(DepartmentDecider, refuses_a_name_twice_below_the_same_parent_only) {
  Department command{
      .id = {}, .name = "华西", .parent = company.head_office, .managers = {}, .customer_pool = {}, .removed = false};
  EXPECT_TRUE(refused(decide_add_department({command}, Asking(company, company.admin)), RefusalCode::name_taken));
  command.parent = company.east;
  EXPECT_TRUE(decide_add_department({command}, Asking(company, company.admin)));
}

TEST_F(DepartmentDecider, changes_and_moves_one_but_never_into_itself) {
  const auto change_to = [&](const Department& department) {
    return decide_change_department({department}, Asking(company, company.admin));
  };
  auto east = company.workspace.departments.at(company.east);
  EXPECT_TRUE(nothing_happens(change_to(east)));
  east.parent = company.east_team;
  EXPECT_TRUE(refused(change_to(east), RefusalCode::cycle));
  east.parent = company.east;
  EXPECT_TRUE(refused(change_to(east), RefusalCode::cycle));
  east.parent = company.west;
  EXPECT_EQ(happened<DepartmentChanged>(change_to(east)).department.parent, company.west);
  east.id = base::DepartmentId{{1, 2}};
  EXPECT_TRUE(refused(change_to(east), RefusalCode::not_found));
}

TEST_F(DepartmentDecider, keeps_a_manager_who_has_left_until_she_is_replaced) {
  auto west = company.workspace.departments.at(company.west);
  west.managers = {company.gone};
  EXPECT_TRUE(refused(decide_change_department({west}, Asking(company, company.admin)), RefusalCode::unknown_member));
  fold(company.workspace, {DepartmentChanged{west}});
  west.name = "西部";
  EXPECT_TRUE(decide_change_department({west}, Asking(company, company.admin)));
}

TEST_F(DepartmentDecider, removes_one_only_when_it_is_empty) {
  const auto remove = [&](base::DepartmentId id) {
    auto department = company.workspace.departments.at(id);
    department.removed = true;
    return decide_change_department({department}, Asking(company, company.admin));
  };
  EXPECT_TRUE(refused(remove(company.head_office), RefusalCode::department_not_empty));
  EXPECT_TRUE(refused(remove(company.east_team), RefusalCode::department_not_empty));
  company.add_member(company.team_seller, "team.seller@example.com", kSalesperson, company.east);
  const auto removed = remove(company.east_team);
  EXPECT_TRUE(happened<DepartmentChanged>(removed).department.removed);
  fold(company.workspace, *removed);
  EXPECT_TRUE(refused(remove(company.east_team), RefusalCode::not_found));
}

TEST_F(ApiKeyDecider, issues_one_for_the_admin_herself_and_revokes_it_once) {
  const IssueApiKey command{.name = "ERP", .prefix = "hsk_ab12", .expires_at = day(30)};
  const auto issued = decide_issue_api_key(command, Asking(company, company.admin));
  const auto key = happened<ApiKeyIssued>(issued).key;
  EXPECT_EQ(key.member, company.admin);
  EXPECT_EQ(key.prefix, "hsk_ab12");
  fold(company.workspace, *issued);
  const auto revoked = decide_revoke_api_key({key.id}, Asking(company, company.admin));
  EXPECT_EQ(happened<ApiKeyRevoked>(revoked).key, key.id);
  fold(company.workspace, *revoked);
  EXPECT_TRUE(nothing_happens(decide_revoke_api_key({key.id}, Asking(company, company.admin))));
}

TEST_F(ApiKeyDecider, is_refused_with_its_reason) {
  const IssueApiKey command{.name = "", .prefix = "hsk_", .expires_at = kStart};
  EXPECT_TRUE(refused(decide_issue_api_key(command, Asking(company, company.east_manager)), RefusalCode::forbidden));
  const auto faults = faults_of(decide_issue_api_key(command, Asking(company, company.admin)));
  EXPECT_EQ(faults.at("/name"), RefusalCode::required);
  EXPECT_EQ(faults.at("/expires_at"), RefusalCode::before_now);
  const base::ApiKeyId unknown{{1, 2}};
  EXPECT_TRUE(refused(decide_revoke_api_key({unknown}, Asking(company, company.admin)), RefusalCode::not_found));
  EXPECT_TRUE(refused(decide_revoke_api_key({unknown}, Asking(company, company.auditor)), RefusalCode::forbidden));
}

}  // namespace
}  // namespace highseas::domain::tests
