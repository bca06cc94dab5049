// desks_test — what a command on many records sees: the state, and what its own items before did.
#include "company.hpp"

namespace highseas::decision::tests {
namespace {

using enum RefusalCode;
using Codes = std::vector<RefusalCode>;

TEST(PoolDesk, holds_the_holding_limit_within_one_command) {
  Company company;
  company.change_pool([](auto& pool) { pool.holding_limit = 3; });
  company.customer(by(company.seller), "她的第一家");
  const auto records = company.in_pool(4);
  const auto decided = company.must(by(company.seller), domain::ClaimRecords{Company::all_of(records)});
  EXPECT_EQ(refusals(decided), (Codes{none, none, holding_limit, holding_limit}));
  EXPECT_EQ(events_of<domain::Claimed>(decided).size(), 2u);
  EXPECT_EQ(company.state.holdings(company.seller, company.pool()), 3u);
}

TEST(PoolDesk, leaves_out_of_the_holdings_what_the_pool_excludes) {
  Company company;
  company.change_pool([](auto& pool) {
    pool.holding_limit = 1;
    pool.holding_excludes = "name.startsWith(\"公海\")";
  });
  const auto excluded = company.in_pool(3);
  EXPECT_EQ(refusals(company.must(by(company.seller), domain::ClaimRecords{Company::all_of(excluded)})),
            (Codes{none, none, none}));
  const auto counted = company.customer(by(company.admin), "另一家", company.pool());
  const auto second = company.customer(by(company.admin), "再一家", company.pool());
  EXPECT_EQ(refusals(company.must(by(company.seller), domain::ClaimRecords{Company::all_of({counted, second})})),
            (Codes{none, holding_limit}));
}

// What was created was counted by other words than what was claimed: a count was null for it.
TEST(PoolDesk, excludes_by_a_count_alike_what_is_claimed_and_what_is_created) {
  Company company;
  company.change_pool([](auto& pool) {
    pool.holding_limit = 1;
    pool.holding_excludes = "follow_up_count == 0";
  });
  company.customer(by(company.seller), "她的第一家");
  company.customer(by(company.seller), "她的第二家");
  EXPECT_EQ(company.state.holdings(company.seller, company.pool()), 0u);
  EXPECT_EQ(refusals(company.must(by(company.seller), domain::ClaimRecords{Company::all_of(company.in_pool(2))})),
            (Codes{none, none}));
  EXPECT_EQ(company.state.holdings(company.seller, company.pool()), 0u);
}

TEST(PoolDesk, holds_the_daily_limit_within_one_command_and_over_the_workspace_s_day) {
  Company company;
  company.change_pool([](auto& pool) { pool.daily_claim_limit = 2; });
  const auto records = company.in_pool(6);
  const auto claim = [&](std::vector<base::RecordId> those) {
    return refusals(company.must(by(company.seller), domain::ClaimRecords{Company::all_of(std::move(those))}));
  };
  EXPECT_EQ(claim({records[0], records[1], records[2]}), (Codes{none, none, daily_claim_limit}));
  company.now = *base::parse_instant("2026-03-02T15:59:59Z");  // 23:59:59 in Shanghai
  EXPECT_EQ(claim({records[2], records[3]}), (Codes{daily_claim_limit, daily_claim_limit}));
  company.now = *base::parse_instant("2026-03-02T16:00:00Z");  // midnight
  EXPECT_EQ(claim({records[2], records[3], records[4]}), (Codes{none, none, daily_claim_limit}));
  // Somebody else's day is her own.
  EXPECT_EQ(
      refusals(company.must(by(company.colleague), domain::ClaimRecords{Company::all_of({records[4], records[5]})})),
      (Codes{none, none}));
}

TEST(PoolDesk, gives_a_record_that_a_command_names_twice_once) {
  Company company;
  const auto records = company.in_pool(1);
  const auto decided =
      company.must(by(company.seller), domain::ClaimRecords{Company::all_of({records[0], records[0]})});
  EXPECT_EQ(refusals(decided), (Codes{none, none}));
  EXPECT_EQ(events_of<domain::Claimed>(decided).size(), 1u);
  ASSERT_EQ(decided.content.outcomes.size(), 1u);
  EXPECT_EQ(decided.content.outcomes[0].index, 1u);
  EXPECT_EQ(decided.content.outcomes[0].status, domain::OutcomeStatus::skipped);
}

TEST(PoolDesk, deals_out_in_turn_from_where_the_last_command_stopped) {
  Company company;
  const auto records = company.in_pool(5);
  const auto deal = [&](std::vector<base::RecordId> those) {
    std::vector<base::MemberId> owners;
    const domain::AssignRecords assign{.targets = Company::all_of(std::move(those)),
                                       .strategy = domain::AssignStrategy::round_robin,
                                       .members = {company.seller, company.colleague}};
    for (const auto& event : events_of<domain::Assigned>(company.must(by(company.admin), assign))) {
      owners.push_back(event.owner);
    }
    return owners;
  };
  const auto first = deal({records[0], records[1], records[2]});
  EXPECT_EQ(first, (std::vector{company.seller, company.colleague, company.seller}));
  EXPECT_EQ(deal({records[3], records[4]}), (std::vector{company.colleague, company.seller}));
}

TEST(PoolDesk, deals_out_to_whoever_holds_least_with_what_the_command_gave_already) {
  Company company;
  company.customer(by(company.seller), "一");
  company.customer(by(company.seller), "二");
  const auto records = company.in_pool(4);
  const domain::AssignRecords assign{.targets = Company::all_of(records),
                                     .strategy = domain::AssignStrategy::least_loaded,
                                     .members = {company.seller, company.colleague}};
  company.must(by(company.admin), assign);
  EXPECT_EQ(company.state.holdings(company.seller, company.pool()), 3u);
  EXPECT_EQ(company.state.holdings(company.colleague, company.pool()), 3u);
}

TEST(PoolDesk, keeps_a_former_owner_out_for_the_cool_down) {
  Company company;
  company.change_pool([](auto& pool) { pool.cool_down_days = 2; });
  const auto record = company.customer(by(company.seller), "一家");
  company.must(by(company.seller), domain::ReleaseRecords{.targets = Company::all_of({record}), .reason = "已停产"});
  const domain::ClaimRecords claim{Company::all_of({record})};
  const auto refused = company.decide(by(company.seller), claim);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, cool_down);
  EXPECT_EQ(refused.error().until, company.now + 2 * base::kMsPerDay);
  EXPECT_TRUE(company.decide(by(company.colleague), claim).has_value());
  company.now = company.now + 2 * base::kMsPerDay;
  EXPECT_TRUE(company.decide(by(company.seller), claim).has_value());
}

TEST(RecordDesk, finds_a_duplicate_among_the_items_of_its_own_command) {
  Company company;
  const domain::WriteRecords write{
      .form = kCustomers,
      .atomic = false,
      .items = {Company::named("苏州海泰机电有限公司"), Company::named("苏州海泰机电"), Company::named("无锡海泰")}};
  const auto decided = company.must(by(company.seller), write);
  EXPECT_EQ(refusals(decided), (Codes{none, duplicate_record, none}));
  ASSERT_EQ(decided.content.outcomes.size(), 1u);
  EXPECT_EQ(decided.content.outcomes[0].index, 1u);
  EXPECT_EQ(decided.content.outcomes[0].other, decided.results[0].record->ulid);
  // And in the state, once it is there.
  const auto again = company.decide(by(company.seller),
                                    domain::WriteRecords{.form = kCustomers, .items = {Company::named("无锡海泰")}});
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, duplicate_record);
}

TEST(RecordDesk, forgets_the_old_name_of_a_record_that_its_command_renamed) {
  Company company;
  const auto record = company.customer(by(company.seller), "旧名");
  domain::RecordItem rename = Company::named("新名");
  rename.operation = domain::RecordOperation::update;
  rename.record = record;
  const domain::WriteRecords write{
      .form = kCustomers, .atomic = false, .items = {rename, Company::named("旧名"), Company::named("新名")}};
  EXPECT_EQ(refusals(company.must(by(company.seller), write)), (Codes{none, none, duplicate_record}));
}

TEST(RecordDesk, drops_all_of_an_atomic_command_with_one_refused_item) {
  Company company;
  company.customer(by(company.seller), "已有");
  const auto before = company.state.position();
  const domain::WriteRecords write{
      .form = kCustomers, .atomic = true, .items = {Company::named("新的"), Company::named("已有")}};
  const auto decided = company.run(by(company.seller), write);
  ASSERT_TRUE(decided.has_value());
  EXPECT_TRUE(decided->content.events.empty());
  EXPECT_TRUE(decided->content.outcomes.empty());
  EXPECT_EQ(refusals(*decided), (Codes{batch_refused, duplicate_record}));
  EXPECT_EQ(company.state.position(), before);
}

TEST(RecordDesk, counts_what_its_command_created_against_the_holding_limit) {
  Company company;
  company.change_pool([](auto& pool) { pool.holding_limit = 2; });
  const domain::WriteRecords write{
      .form = kCustomers, .atomic = false, .items = {Company::named("一"), Company::named("二"), Company::named("三")}};
  EXPECT_EQ(refusals(company.must(by(company.seller), write)), (Codes{none, none, holding_limit}));
}

TEST(FollowUpDesk, lets_nobody_follow_up_on_another_s_customer) {
  Company company;
  const auto record = company.customer(by(company.seller), "一家");
  const auto write = Company::follow_up(record);
  const auto refused = company.decide(by(company.colleague), write);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, not_found);  // she does not see it
  const auto followed = events_of<domain::FollowedUp>(company.must(by(company.seller), write));
  ASSERT_EQ(followed.size(), 1u);
  EXPECT_EQ(followed[0].subject, record);
  EXPECT_EQ(followed[0].author, company.seller);
  EXPECT_EQ(followed[0].occurred_at, company.now);
}

// Between the scheduler's look and the decision a record may be followed up or claimed.
TEST(Recycling, takes_of_the_records_named_those_that_are_due_now) {
  Company company;
  domain::PublishRecycleRule publish;
  publish.draft.name = "七天";
  publish.draft.form = kCustomers;
  publish.draft.pools = {company.pool()};
  publish.draft.triggers = {{domain::TriggerType::no_follow_up, 7}};
  publish.judged_at = company.now;
  company.must(by(company.admin), publish);
  const auto idle = company.customer(by(company.seller), "闲置");
  const auto busy = company.customer(by(company.seller), "跟进");
  const domain::Actor recycler{.kind = domain::ActorKind::recycler, .id = {}, .on_behalf_of = {}};
  const domain::RecycleRecords recycle{.form = kCustomers, .records = {idle, busy}};
  company.now = company.now + 7 * base::kMsPerDay - 1;
  EXPECT_TRUE(events_of<domain::Recycled>(company.must(recycler, recycle)).empty());
  company.must(by(company.seller), Company::follow_up(busy));
  company.now = company.now + 1;
  const auto recycled = events_of<domain::Recycled>(company.must(recycler, recycle));
  ASSERT_EQ(recycled.size(), 1u);
  EXPECT_EQ(recycled[0].record, idle);
}

TEST(Situation, gives_a_process_the_rights_of_the_member_who_started_it) {
  Company company;
  const auto record = company.customer(by(company.seller), "一家");
  const domain::TransferRecords transfer{.targets = Company::all_of({record}), .owner = company.colleague, .note = ""};
  const auto on_behalf = [](base::MemberId member) {
    return domain::Actor{.kind = domain::ActorKind::importer, .id = {}, .on_behalf_of = member};
  };
  EXPECT_FALSE(company.decide(on_behalf(company.colleague), transfer).has_value());
  EXPECT_TRUE(company.decide(on_behalf(company.admin), transfer).has_value());
}

TEST(Situation, has_no_place_for_the_commands_of_the_server_s_own_log) {
  Company company;
  for (const domain::Command& command :
       {domain::Command(domain::AddWorkspace{}), domain::Command(domain::StartTestClock{}),
        domain::Command(domain::AdvanceTestClock{}), domain::Command(domain::ReleaseTestClock{})}) {
    const auto refused = company.decide(by(company.admin), command);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, not_allowed_here);
  }
}

}  // namespace
}  // namespace highseas::decision::tests
