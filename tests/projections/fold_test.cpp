// fold_test — what each family of events does to what the tables show, one sentence each.
#include "company.hpp"
#include "projections/checkpoint.hpp"
#include "projections/image_names.hpp"

namespace highseas::projections::tests {
namespace {

TEST(Fold, shows_a_created_record_with_its_owner_and_values) {
  Company company;
  const auto id = company.create(company.seller, {named("华为")});
  const auto record = company.customer(id);
  EXPECT_EQ(record.owner(), company.seller);
  EXPECT_FALSE(record.pool());
  EXPECT_EQ(record.home_pool(), company.sea);
  EXPECT_EQ(record.version(), 1u);
  EXPECT_EQ(record.ownership_period(), 1u);
  EXPECT_EQ(record.value(shipped::customers::kName), base::Value(std::string("华为")));
  EXPECT_EQ(record.instant(facts::kOwnedSince), company.now);
}

TEST(Fold, takes_a_value_away_that_is_changed_to_null) {
  Company company;
  const auto id = company.create(company.seller, {named("甲"), {shipped::customers::kShortName, std::string("短")}});
  company.commit({domain::RecordChanged{id, kCustomers, {}, {{shipped::customers::kShortName, {}}}}}, company.seller);
  EXPECT_TRUE(base::is_null(company.customer(id).value(shipped::customers::kShortName)));
  EXPECT_EQ(company.customer(id).version(), 2u);
}

TEST(Fold, a_claim_makes_the_pool_that_it_lay_in_its_home) {
  Company company;
  const auto id = company.create({}, {named("甲")});
  company.commit({domain::MovedToPool{id, kCustomers, company.sea, company.second_sea}}, company.manager);
  company.commit({domain::Claimed{id, kCustomers, company.seller, company.second_sea}}, company.seller);
  const auto record = company.customer(id);
  EXPECT_EQ(record.owner(), company.seller);
  EXPECT_FALSE(record.pool());
  EXPECT_EQ(record.home_pool(), company.second_sea);
  EXPECT_EQ(company.state.holdings(company.seller, company.second_sea), 1u);
}

TEST(Fold, claims_are_counted_by_the_day_of_the_workspace_and_releasing_gives_none_back) {
  Company company;
  const auto id = company.create({}, {named("甲")});
  const auto today = company.state.zone().local_date(company.now);
  company.commit({domain::Claimed{id, kCustomers, company.seller, company.sea}}, company.seller);
  company.commit({domain::Released{id, kCustomers, company.seller, company.sea, {}, false, "忙", ""}}, company.seller);
  EXPECT_EQ(company.state.claims_on(company.seller, company.sea, today), 1u);
  company.now = company.now + 16 * 3'600'000;  // midnight in Shanghai, not in UTC
  company.commit({domain::Claimed{id, kCustomers, company.seller, company.sea}}, company.seller);
  EXPECT_EQ(company.state.claims_on(company.seller, company.sea, {today.days + 1}), 1u);
  EXPECT_EQ(company.state.claims_on(company.seller, company.sea, today), 0u);
}

TEST(Fold, keeps_a_cool_down_for_every_former_owner) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  const auto until = company.now + 30 * base::kMsPerDay;
  company.commit({domain::Released{id, kCustomers, company.seller, company.sea, until, false, "", ""}});
  company.commit({domain::Claimed{id, kCustomers, company.colleague, company.sea}});
  company.commit({domain::Released{id, kCustomers, company.colleague, company.sea, until + 1, false, "", ""}});
  const std::vector<CoolDown> expected{{company.colleague, until + 1}, {company.seller, until}};
  EXPECT_EQ(company.state.cool_downs(kCustomers, id), expected);
}

TEST(Fold, a_transfer_begins_the_cool_down_of_whoever_had_it_and_shows_none_on_what_is_owned) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  const auto until = company.now + 30 * base::kMsPerDay;
  company.commit({domain::Transferred{id, kCustomers, company.seller, company.colleague, "", until}});
  EXPECT_EQ(company.state.cool_downs(kCustomers, id), (std::vector<CoolDown>{{company.seller, until}}));
  EXPECT_EQ(company.customer(id).instant(facts::kCoolDownUntil), std::nullopt);
}

TEST(Fold, a_correction_of_the_last_follow_up_moves_what_the_record_shows) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  company.now = company.now + 10 * base::kMsPerDay;
  company.follow_up(id, company.seller, company.now - 5);
  const auto last = company.follow_up(id, company.seller, company.now - 1);
  EXPECT_EQ(company.customer(id).instant(facts::kLastFollowUpAt), company.now - 1);
  company.commit({domain::FollowUpCorrected{last, id, kCustomers, company.now - 100, true, {}}}, company.seller);
  EXPECT_EQ(company.customer(id).instant(facts::kLastFollowUpAt), company.now - 5);
  EXPECT_EQ(company.customer(id).value(facts::kFollowUpCount), base::Value(std::int64_t{2}));
  EXPECT_EQ(company.customer(id).version(), 1u) << "follow-ups are no change of the record";
}

TEST(Fold, history_holds_the_record_and_what_stands_on_it_newest_first) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  const auto created_at = company.state.position();
  const auto follow_up = company.follow_up(id, company.seller, company.now);
  const std::vector<HistoryPlace> expected{{created_at + 1, 0}, {created_at, 0}};
  EXPECT_EQ(company.state.image().history(id, 10), expected);
  EXPECT_EQ(company.state.image().history(id, 10, expected[0]), std::vector<HistoryPlace>{expected[1]});
  EXPECT_EQ(company.state.image().history(follow_up, 10).size(), 1u);
}

TEST(Fold, a_contact_has_its_customers_owner_always) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  domain::RecordCreated contact;
  contact.record = company.fresh_id();
  contact.form = shipped::kContacts;
  contact.values = {{shipped::contacts::kName, std::string("张三")},
                    {shipped::contacts::kCustomer, base::Reference{id.ulid}}};
  company.commit({contact}, company.seller);
  const auto owner = [&] { return company.state.record(contact.record)->owner(); };
  EXPECT_EQ(owner(), company.seller);
  company.commit({domain::Transferred{id, kCustomers, company.seller, company.colleague, ""}}, company.manager);
  EXPECT_EQ(owner(), company.colleague);
  EXPECT_EQ(company.state.record(contact.record)->standing().root_owner, company.colleague);
}

TEST(Fold, finds_duplicates_among_live_records_only) {
  Company company;
  const auto id = company.create(company.seller, {named("上海机电有限公司")});
  const auto other = company.create(company.seller, {named("别的名字")});
  struct Source : expression::RecordSource {
    base::Value value(std::uint32_t field) const override {
      return field == shipped::customers::kName ? base::Value(std::string("上海机电（有限公司）")) : base::Value{};
    }
  } source;
  const auto hits = company.state.duplicates(kCustomers, source);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].record, id);
  EXPECT_TRUE(company.state.duplicates(kCustomers, source, id).empty());
  company.commit({domain::RecordDeleted{id, kCustomers}});
  EXPECT_TRUE(company.state.duplicates(kCustomers, source).empty());
  company.commit({domain::RecordChanged{other, kCustomers, {}, {named("上海机电")}}});
  EXPECT_EQ(company.state.duplicates(kCustomers, source).at(0).record, other);
  company.commit({domain::RecordRestored{id, kCustomers}});
  EXPECT_EQ(company.state.duplicates(kCustomers, source).size(), 2u);
}

TEST(Fold, holdings_leave_out_what_the_pool_excludes_and_follow_when_that_changes) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  company.create(company.seller, {named("乙")});
  EXPECT_EQ(company.state.holdings(company.seller, company.sea), 2u);
  auto pool = *company.state.workspace().pool(company.sea);
  pool.holding_excludes = "status == \"won\"";
  company.commit({domain::PoolChanged{pool}});
  EXPECT_EQ(company.state.holdings(company.seller, company.sea), 2u);
  const base::Value won = base::Choice{shipped::customers::status::kWon};
  company.commit({domain::RecordChanged{id, kCustomers, {}, {{shipped::customers::kStatus, won}}}}, company.seller);
  EXPECT_EQ(company.state.holdings(company.seller, company.sea), 1u);
  pool.holding_excludes = "";
  company.commit({domain::PoolChanged{pool}});
  EXPECT_EQ(company.state.holdings(company.seller, company.sea), 2u);
}

TEST(Fold, a_follow_up_moves_the_due_instant_and_a_recycling_ends_it) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  const auto rule = company.publish_rule(30);
  EXPECT_EQ(company.state.next_due(), kStart + 30 * base::kMsPerDay);
  company.now = company.now + 10 * base::kMsPerDay;
  company.follow_up(id, company.seller, company.now);
  const auto due = company.now + 30 * base::kMsPerDay;
  EXPECT_EQ(company.state.next_due(), due);
  EXPECT_EQ(company.customer(id).instant(facts::kRecycleDueAt), due);
  EXPECT_TRUE(company.state.due_until(due - 1, 10).empty());
  ASSERT_EQ(company.state.due_until(due, 10).size(), 1u);
  company.now = due;
  const auto rules = company.state.due_of(kCustomers, id)->rules;
  company.commit({domain::Recycled{id, kCustomers, company.seller, company.sea, {}, rules, {}}});
  EXPECT_FALSE(company.state.next_due());
  EXPECT_EQ(company.customer(id).value(facts::kPoolReason), base::Value(std::string("未跟进")));
  company.commit({domain::RecycleRuleSwitched{rule, false}});
  EXPECT_FALSE(company.state.due_of(kCustomers, id));
}

TEST(Fold, a_running_backfill_keeps_its_records_from_the_sweep) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  company.now = company.now + 40 * base::kMsPerDay;
  const auto fresh = company.create(company.seller, {named("乙")});
  const auto rule = company.publish_rule(30);
  const base::JobId job{{6, 1}};
  company.commit({domain::JobStarted{job, company.admin, domain::BackfillPlan{rule, 1, company.now}, 1},
                  domain::BackfillStarted{job, rule, 1, company.now}});
  EXPECT_TRUE(company.state.due_until(company.now, 10).empty());
  EXPECT_EQ(company.state.backfill(job, 10), std::vector{id});
  EXPECT_NE(company.state.next_due(), std::nullopt) << "the other record is not its own";
  company.commit({domain::BackfillEnded{job, true}});
  EXPECT_EQ(company.state.backfill_left(job), 0u);
  EXPECT_FALSE(company.state.due_of(kCustomers, id)) << "cancelled: the rest stay as they were without the version";
  EXPECT_TRUE(company.state.due_of(kCustomers, fresh));
}

TEST(Fold, a_backfill_gives_what_is_left_of_it_and_of_no_other) {
  Company company;
  std::vector<base::RecordId> waiting;
  for (const char* name : {"甲", "乙", "丙", "丁"}) waiting.push_back(company.create(company.seller, {named(name)}));
  company.now = company.now + 40 * base::kMsPerDay;
  const auto rule = company.publish_rule(30);
  const base::JobId job{{6, 1}};
  company.commit({domain::JobStarted{job, company.admin, domain::BackfillPlan{rule, 1, company.now}, 4},
                  domain::BackfillStarted{job, rule, 1, company.now}});
  EXPECT_EQ(company.state.backfill(job, 2), (std::vector{waiting[0], waiting[1]}));
  company.commit({domain::Recycled{waiting[0], kCustomers, company.seller, company.sea, {}, {}, {}}});
  EXPECT_EQ(company.state.backfill(job, 2), (std::vector{waiting[1], waiting[2]}));
  EXPECT_TRUE(company.state.backfill({{6, 2}}, 10).empty());
  // Of a checkpoint as well, and of what goes on from it.
  State loaded(read_checkpoint(write_checkpoint(*company.state.snapshot())));
  const std::vector rest(waiting.begin() + 1, waiting.end());
  EXPECT_EQ(loaded.backfill(job, 10), rest);
  EXPECT_EQ(loaded.owned(company.seller, kCustomers, 10), rest);
  company.commit({domain::BackfillEnded{job, false}});
  loaded.apply(company.log.back());
  EXPECT_TRUE(loaded.backfill(job, 10).empty());
  EXPECT_EQ(canonical_dump(loaded), canonical_dump(company.state));
}

TEST(Fold, knows_who_got_the_latest_of_each_pool) {
  Company company;
  const auto first = company.create(std::nullopt, {named("甲")});
  const auto second = company.create(std::nullopt, {named("乙")});
  EXPECT_EQ(company.state.image().last_assigned(company.sea), std::nullopt);
  company.commit({domain::Assigned{first, kCustomers, company.seller, company.sea}});
  company.commit({domain::Assigned{second, kCustomers, company.colleague, company.sea}});
  EXPECT_EQ(company.state.image().last_assigned(company.sea), company.colleague);
  EXPECT_EQ(company.state.image().last_assigned(company.second_sea), std::nullopt);
  EXPECT_EQ(company.state.snapshot()->last_assigned(company.sea), company.colleague);
  const State loaded(read_checkpoint(write_checkpoint(*company.state.snapshot())));
  EXPECT_EQ(loaded.image().last_assigned(company.sea), company.colleague);
}

TEST(Fold, remembers_commands_for_a_day_of_real_time) {
  Company company;
  const auto first = company.log.back().command_id;
  EXPECT_EQ(company.state.remembered(first)->position, company.state.position());
  company.now = company.now + base::kMsPerDay + 1;
  company.create(company.seller, {named("甲")});
  EXPECT_FALSE(company.state.remembered(first));
}

TEST(Fold, a_snapshot_stays_as_it_was) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  const auto snapshot = company.state.snapshot();
  EXPECT_EQ(snapshot, company.state.snapshot());
  company.commit({domain::RecordChanged{id, kCustomers, {}, {named("乙")}}}, company.seller);
  const auto added = company.create({}, {named("丙")});
  EXPECT_EQ(snapshot->record(id)->value(shipped::customers::kName), base::Value(std::string("甲")));
  EXPECT_EQ(snapshot->record(id)->version(), 1u);
  EXPECT_FALSE(snapshot->record(added));
  EXPECT_NE(snapshot, company.state.snapshot());
}

TEST(FoldDeathTest, stops_at_a_hole_in_the_positions) {
  Company company;
  auto commit = company.make({});
  ++commit.position;
  EXPECT_DEATH(company.state.apply(commit), "position");
}

// A quick note wiped the appointment that stood.
TEST(Fold, an_appointment_stands_until_another_replaces_it_or_it_has_been_kept) {
  Company company;
  const auto id = company.create(company.seller, {named("甲")});
  const auto next = [&] { return company.customer(id).instant(facts::kNextFollowUpAt); };
  const auto note = [&](base::Instant occurred_at, std::optional<base::Instant> next_at) {
    domain::FollowedUp event;
    event.follow_up = company.fresh_id();
    event.subject = id;
    event.subject_form = kCustomers;
    event.author = company.seller;
    event.occurred_at = occurred_at;
    event.effective = true;
    event.values = {{shipped::follow_ups::kMethod, base::Choice{shipped::follow_ups::method::kCall}},
                    {shipped::follow_ups::kContent, std::string("电话沟通")}};
    if (next_at) event.values.push_back({shipped::follow_ups::kNextAt, *next_at});
    company.commit({event}, company.seller);
    return event.follow_up;
  };
  const auto day = [&](std::int64_t days) { return kStart + days * base::kMsPerDay; };
  company.now = day(1);
  note(day(1), std::nullopt);
  EXPECT_EQ(next(), std::nullopt);
  const auto made = note(day(1), day(10));
  company.now = day(2);
  note(day(2), std::nullopt);
  EXPECT_EQ(next(), day(10)) << "a note before it";
  note(day(2), day(8));
  EXPECT_EQ(next(), day(8)) << "a newer one, earlier or not";
  note(day(1), day(20));
  EXPECT_EQ(next(), day(8)) << "what took place before is no newer one";
  company.now = day(9);
  note(day(9), std::nullopt);
  EXPECT_EQ(next(), std::nullopt) << "kept: the older ones do not come back";
  company.commit({domain::FollowUpCorrected{made, id, kCustomers, day(9) + 1, true, {}}}, company.seller);
  EXPECT_EQ(next(), day(10)) << "its follow-up was the latest after all";
}

// Its customers went on with the id of a pool that was gone as their home.
TEST(Fold, a_removed_pool_is_nobodys_home) {
  Company company;
  const auto claimed = [&](const std::string& name, base::MemberId owner) {
    const auto id = company.create({}, {named(name)});
    company.commit({domain::MovedToPool{id, kCustomers, company.sea, company.second_sea}});
    company.commit({domain::Claimed{id, kCustomers, owner, company.second_sea}});
    return id;
  };
  const auto owned = claimed("甲", company.seller);
  const auto pooled = claimed("乙", company.seller);
  const auto binned = claimed("丙", company.colleague);
  const auto other = company.create(company.seller, {named("丁")});
  domain::PoolDefinition third;
  third.id = {{9, 2}};
  third.form = kCustomers;
  third.name = "华东公海";
  auto department = company.state.workspace().departments.at(company.east);
  department.customer_pool = third.id;
  company.commit({domain::PoolAdded{third}, domain::DepartmentChanged{department}});
  company.commit({domain::Released{pooled, kCustomers, company.seller, company.sea, {}, false, "", ""}});
  company.commit({domain::RecordDeleted{binned, kCustomers}});
  company.publish_rule(30);
  ASSERT_EQ(company.state.holdings(company.seller, company.second_sea), 1u);

  company.commit({domain::PoolRemoved{company.second_sea}});
  EXPECT_EQ(company.customer(owned).home_pool(), third.id) << "that of her department";
  EXPECT_EQ(company.customer(pooled).home_pool(), company.sea) << "where it lies";
  EXPECT_EQ(company.customer(binned).home_pool(), third.id);
  EXPECT_EQ(company.customer(other).home_pool(), company.sea);
  EXPECT_EQ(company.state.holdings(company.seller, company.second_sea), 0u);
  EXPECT_EQ(company.state.holdings(company.seller, third.id), 1u);
  EXPECT_EQ(company.customer(owned).instant(facts::kRecycleDueAt), std::nullopt) << "no rule governs the new home";

  company.commit({domain::PoolRemoved{third.id}});
  EXPECT_EQ(company.customer(owned).home_pool(), company.sea) << "the department has forgotten it";
  EXPECT_EQ(company.state.workspace().departments.at(company.east).customer_pool, std::nullopt);
  EXPECT_NE(company.customer(owned).instant(facts::kRecycleDueAt), std::nullopt) << "the rule of the first pool";
}

// An admin tidied up her pools, and what lay there for years under no rule was gone with the next sweep.
TEST(Fold, a_record_whose_home_is_removed_has_the_notice_before_the_rules_of_its_new_one_take_it) {
  Company company;
  domain::PoolDefinition third;
  third.id = {{9, 2}};
  third.form = kCustomers;
  third.name = "华东公海";
  company.commit({domain::PoolAdded{third}});
  const auto id = company.create({}, {named("甲")});
  company.commit({domain::MovedToPool{id, kCustomers, company.sea, third.id}});
  company.commit({domain::Claimed{id, kCustomers, company.seller, third.id}});
  domain::RecycleRulePublished rule{.rule = {{5, 1}}, .version = 1, .draft = {}};
  rule.draft.form = kCustomers;
  rule.draft.pools = {company.sea, company.second_sea};
  rule.draft.triggers = {{domain::TriggerType::no_follow_up, 30}};
  rule.draft.remind_before = {3};
  company.commit({rule});
  company.now = company.now + 400 * base::kMsPerDay;
  company.commit({domain::PoolRemoved{third.id}});
  EXPECT_EQ(company.customer(id).instant(facts::kRecycleDueAt), company.now + 3 * base::kMsPerDay);
}

TEST(Names, of_pools_that_were_removed_stay) {
  Company company;
  auto pool = *company.state.workspace().pool(company.second_sea);
  pool.name = "华东公海";
  company.commit({domain::PoolChanged{pool}, domain::PoolRemoved{company.second_sea}});
  const ImageNames names(company.state.image(), codec::Lang::zh);
  EXPECT_EQ(names.pool(company.second_sea), "华东公海");
  const base::PoolId never{{1, 2}};
  EXPECT_EQ(names.pool(never), base::format_id(never));
  auto department = company.state.workspace().departments.at(company.east);
  department.removed = true;
  company.commit({domain::DepartmentChanged{department}});
  EXPECT_EQ(names.department(company.east), "华东");
}

}  // namespace
}  // namespace highseas::projections::tests
