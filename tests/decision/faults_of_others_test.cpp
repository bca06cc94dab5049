// faults_of_others_test — what other CRMs with pools got wrong (seen in their code and issues): a test for each fault,
// on real commands and the real fold.
//
// Not here, since what they concern is not built: open opportunities that shield a customer, and approvals under way
// (with the sales process). Two claims over HTTP at once, and the limits under 64 clients, are in tests/system.
#include "tests/decision/office.hpp"

namespace highseas::decision::tests {
namespace {

class FaultsOfOthers : public ::testing::Test {
 protected:
  static FieldValue grade(std::uint32_t choice) { return {shipped::customers::kGrade, base::Choice{choice}}; }
  static FieldValue status(std::uint32_t choice) { return {shipped::customers::kStatus, base::Choice{choice}}; }
  base::Date today() const { return office.state.zone().local_date(office.now); }

  Office office;
};

// --- Check, then update by id: two claims both succeed. A batch that fails in the middle leaves half.

TEST_F(FaultsOfOthers, two_claims_of_those_who_both_saw_it_in_the_pool_do_not_both_succeed) {
  const auto record = office.pooled("甲");
  // Both were told that they may; then both ask in earnest.
  const domain::Command claim = domain::ClaimRecords{Office::one(record)};
  ASSERT_TRUE(office.decided(of_member(office.seller), claim));
  ASSERT_TRUE(office.decided(of_member(office.colleague), claim));
  EXPECT_EQ(office.claim(office.seller, record), RefusalCode::none);
  const auto loser = office.tell(office.colleague, claim);
  ASSERT_EQ(Office::code_of(loser), RefusalCode::already_owned);
  EXPECT_EQ(loser.error().owner, office.seller);
  EXPECT_EQ(office.customer(record).owner(), office.seller);
  EXPECT_EQ(office.customer(record).version(), 2u);
}

TEST_F(FaultsOfOthers, one_batch_that_names_a_record_twice_claims_it_once) {
  const auto record = office.pooled("甲");
  const domain::PoolTargets twice{.form = kCustomers, .single = false, .records = {record, record}};
  const auto answer = office.told(office.seller, domain::ClaimRecords{twice});
  EXPECT_EQ(answer.content.events.size(), 1u);
  EXPECT_EQ(office.state.claims_on(office.seller, office.sea, today()), 1u);
}

TEST_F(FaultsOfOthers, a_batch_that_fails_in_the_middle_does_not_leave_half) {
  domain::WriteRecords batch{
      .form = kCustomers,
      .atomic = true,
      .items = {Office::customer_named("甲"), Office::customer_named(""), Office::customer_named("丙")}};
  const auto before = office.state.position();
  const auto answer = office.tell(office.seller, batch);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->content.events.empty());
  EXPECT_EQ(office.state.position(), before);
  ASSERT_EQ(answer->results.size(), 3u);
  EXPECT_EQ(answer->results[0].refusal->code, RefusalCode::batch_refused);
  EXPECT_EQ(answer->results[1].refusal->code, RefusalCode::required);
  EXPECT_EQ(answer->results[2].refusal->code, RefusalCode::batch_refused);
}

TEST_F(FaultsOfOthers, a_batch_of_claims_is_one_commit_with_an_outcome_for_each_record) {
  office.change_pool(office.sea, [](auto& pool) { pool.daily_claim_limit = 2; });
  const std::vector records{office.pooled("甲"), office.owned(office.colleague, "乙"), office.pooled("丙"),
                            office.pooled("丁")};
  const auto before = office.state.position();
  const auto answer =
      office.tell(office.seller, domain::ClaimRecords{{.form = kCustomers, .single = false, .records = records}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(office.state.position(), before + 1);
  ASSERT_EQ(answer->content.events.size(), 2u);
  EXPECT_FALSE(answer->results[0].refusal);
  EXPECT_EQ(answer->results[1].refusal->code, RefusalCode::already_owned);
  EXPECT_FALSE(answer->results[2].refusal);
  EXPECT_EQ(answer->results[3].refusal->code, RefusalCode::daily_claim_limit);  // also within one batch
}

// --- The daily limit counted from what one holds now. A quota raised before the check and not lowered when refused.

TEST_F(FaultsOfOthers, claim_release_claim_again_does_not_reset_the_daily_limit) {
  office.change_pool(office.sea, [](auto& pool) { pool.daily_claim_limit = 2; });
  const auto first = office.pooled("甲");
  const auto second = office.pooled("乙");
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(office.claim(office.seller, first), RefusalCode::none);
    EXPECT_EQ(office.release(office.seller, first), RefusalCode::none);
  }
  EXPECT_EQ(office.state.owned_count(office.seller), 0u);
  EXPECT_EQ(office.claim(office.seller, second), RefusalCode::daily_claim_limit);
  office.now = office.now + 16 * 3'600'000;  // the workspace's next day begins
  EXPECT_EQ(office.claim(office.seller, second), RefusalCode::none);
}

TEST_F(FaultsOfOthers, a_claim_that_was_refused_does_not_use_up_the_quota) {
  office.change_pool(office.sea, [](auto& pool) { pool.daily_claim_limit = 1; });
  const auto taken = office.pooled("甲");
  const auto free = office.pooled("乙");
  ASSERT_EQ(office.claim(office.manager, taken), RefusalCode::none);
  for (int time = 0; time < 3; ++time) EXPECT_NE(office.claim(office.seller, taken), RefusalCode::none);
  EXPECT_EQ(office.state.claims_on(office.seller, office.sea, today()), 0u);
  EXPECT_EQ(office.claim(office.seller, free), RefusalCode::none);
}

// --- Cool-down on the last owner only, or recorded for the manager who pressed the button.

TEST_F(FaultsOfOthers, a_cool_down_is_the_owner_s_and_not_the_manager_s_who_pressed_the_button) {
  office.change_pool(office.sea, [](auto& pool) { pool.cool_down_days = 30; });
  const auto record = office.owned(office.seller, "甲");
  ASSERT_EQ(office.release(office.manager, record), RefusalCode::none);
  const auto refused = office.tell(office.seller, domain::ClaimRecords{Office::one(record)});
  ASSERT_EQ(Office::code_of(refused), RefusalCode::cool_down);
  EXPECT_EQ(refused.error().until, day(30));
  EXPECT_EQ(office.claim(office.manager, record), RefusalCode::none);
}

TEST_F(FaultsOfOthers, a_colleague_who_claims_and_releases_does_not_end_a_cool_down) {
  office.change_pool(office.sea, [](auto& pool) { pool.cool_down_days = 30; });
  const auto record = office.owned(office.seller, "甲");
  ASSERT_EQ(office.release(office.seller, record), RefusalCode::none);
  office.now = day(1);
  ASSERT_EQ(office.claim(office.colleague, record), RefusalCode::none);
  ASSERT_EQ(office.release(office.colleague, record), RefusalCode::none);
  EXPECT_EQ(office.claim(office.seller, record), RefusalCode::cool_down);
  EXPECT_EQ(office.claim(office.colleague, record), RefusalCode::cool_down);
  office.now = day(30);
  EXPECT_EQ(office.claim(office.colleague, record), RefusalCode::cool_down);  // her own ends a day later
  EXPECT_EQ(office.claim(office.seller, record), RefusalCode::none);
}

// Her period ended by the transfer: a colleague who receives and releases is no way around it.
TEST_F(FaultsOfOthers, whoever_lost_it_by_a_transfer_is_in_cool_down_too) {
  office.change_pool(office.sea, [](auto& pool) { pool.cool_down_days = 30; });
  const auto record = office.owned(office.seller, "甲");
  ASSERT_EQ(office.transfer(office.manager, record, office.colleague), RefusalCode::none);
  office.now = day(10);
  ASSERT_EQ(office.release(office.colleague, record), RefusalCode::none);
  EXPECT_EQ(office.claim(office.seller, record), RefusalCode::cool_down);
  office.now = day(30);
  EXPECT_EQ(office.claim(office.seller, record), RefusalCode::none);
}

TEST_F(FaultsOfOthers, a_recycling_begins_the_longer_cool_down_of_rule_and_pool_for_the_owner) {
  office.change_pool(office.sea, [](auto& pool) { pool.cool_down_days = 5; });
  auto draft = office.draft(10);
  draft.cool_down_days = 20;
  const auto record = office.owned(office.seller, "甲");
  office.publish(draft);
  office.now = day(10);
  ASSERT_EQ(office.sweep().size(), 1u);
  EXPECT_EQ(office.customer(record).instant(facts::kCoolDownUntil), day(30));
  EXPECT_EQ(office.claim(office.seller, record), RefusalCode::cool_down);
  EXPECT_EQ(office.claim(office.colleague, record), RefusalCode::none);
}

// Where it lies decides who may take it and how many she may have, though its home is still another pool.
TEST_F(FaultsOfOthers, a_record_that_was_moved_is_claimed_by_the_limits_of_where_it_lies) {
  office.change_pool(office.second_sea, [](auto& pool) { pool.holding_limit = 1; });
  office.change_pool(office.sea, [](auto& pool) { pool.daily_claim_limit = 0; });
  const auto first = office.pooled("甲");
  const auto second = office.pooled("乙");
  ASSERT_EQ(office.claim(office.seller, first), RefusalCode::daily_claim_limit);
  ASSERT_EQ(office.move(office.manager, first, office.second_sea), RefusalCode::none);
  ASSERT_EQ(office.move(office.manager, second, office.second_sea), RefusalCode::none);
  EXPECT_EQ(office.claim(office.seller, first), RefusalCode::none);
  EXPECT_EQ(office.claim(office.seller, second), RefusalCode::holding_limit);
}

// --- "Newly in the pool" measured by the last edit: an edit restarts the protection.

TEST_F(FaultsOfOthers, an_edit_does_not_make_a_record_new_in_the_pool_again) {
  office.change_pool(office.sea, [](auto& pool) { pool.protect_new_days = 3; });
  const auto record = office.pooled("甲");
  office.now = day(3) - 1;
  ASSERT_EQ(office.change(office.admin, record, {grade(2)}), RefusalCode::none);
  const auto early = office.tell(office.seller, domain::ClaimRecords{Office::one(record)});
  ASSERT_EQ(Office::code_of(early), RefusalCode::new_in_pool);
  EXPECT_EQ(early.error().until, day(3));
  office.now = day(3);
  EXPECT_EQ(office.customer(record).instant(facts::kPooledSince), kStart);
  EXPECT_EQ(office.claim(office.seller, record), RefusalCode::none);
}

// --- Never followed up = due at once, however new; or, the other way, never due.

TEST_F(FaultsOfOthers, what_was_never_followed_up_is_due_after_its_days_neither_at_once_nor_never) {
  office.publish(office.draft(30));
  office.now = day(5);
  const auto record = office.owned(office.seller, "甲");
  EXPECT_EQ(office.shown_due(record), day(35));
  EXPECT_TRUE(office.sweep().empty());
  office.now = day(35) - 1;
  EXPECT_TRUE(office.sweep().empty());
  office.now = day(35);
  EXPECT_EQ(office.sweep().size(), 1u);
  EXPECT_EQ(office.customer(record).pool(), office.sea);
}

// A follow-up of the owner before her is none of hers: it neither saves nor dooms the record.
TEST_F(FaultsOfOthers, a_new_owner_has_all_the_days_whatever_the_last_follow_up_was) {
  office.publish(office.draft(30));
  const auto record = office.owned(office.seller, "甲");
  office.now = day(1);
  office.follow_up(office.seller, record);
  office.now = day(29);
  ASSERT_EQ(office.transfer(office.manager, record, office.colleague), RefusalCode::none);
  EXPECT_EQ(office.shown_due(record), day(59));
}

// --- `all` of no conditions = everything; a missing rule stops the whole run.

TEST_F(FaultsOfOthers, all_of_no_conditions_is_no_rule_and_not_everything) {
  auto draft = office.draft(30);
  draft.match = domain::Match::all;
  draft.triggers.clear();
  office.owned(office.seller, "甲");
  const auto answer = office.tell(office.admin, office.publication(draft));
  EXPECT_EQ(Office::code_of(answer), RefusalCode::no_triggers);
  EXPECT_TRUE(office.state.workspace().rules.empty());
}

TEST_F(FaultsOfOthers, one_record_s_trouble_does_not_stop_the_others) {
  const auto troubled = office.owned(office.seller, "甲", {{shipped::customers::kCreditLimit, base::Decimal{0, 2}}});
  const auto fine = office.owned(office.seller, "乙", {{shipped::customers::kCreditLimit, base::Decimal{100, 2}}});
  auto draft = office.draft(10);
  draft.applies_when = "1000.00 / credit_limit > 1.00";  // divides by nought on the first
  office.publish(draft);
  EXPECT_TRUE(office.state.judge(kCustomers, troubled).any_faulted());
  office.now = day(10);
  const base::RecordId missing{{1, 1}};
  const auto results = office.sweep({troubled, missing, fine});
  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(results[0].refusal->code, RefusalCode::not_due);
  EXPECT_EQ(results[1].refusal->code, RefusalCode::not_found);
  EXPECT_FALSE(results[2].refusal);
  EXPECT_EQ(office.customer(troubled).owner(), office.seller);
  EXPECT_EQ(office.customer(fine).pool(), office.sea);
}

TEST_F(FaultsOfOthers, a_rule_that_is_switched_off_does_not_stop_the_others) {
  office.publish(office.draft(10));
  auto second = office.draft(20);
  second.name = "二";
  office.publish(second);
  const auto record = office.owned(office.seller, "甲");
  ASSERT_EQ(office.shown_due(record), day(10));
  for (const auto& [id, rule] : office.state.workspace().rules) {
    if (rule.versions.back().draft.name != "二") {
      office.told(office.admin, domain::SwitchRecycleRule{id, false});
      break;
    }
  }
  EXPECT_EQ(office.shown_due(record), day(20));
}

// --- The shown days left come from another formula than the sweep.

TEST_F(FaultsOfOthers, the_shown_instant_is_the_one_at_which_the_sweep_takes_it) {
  auto draft = office.draft(7);
  draft.at_ms = 2 * 3'600'000;  // 02:00 in Shanghai
  office.publish(draft);
  const auto record = office.owned(office.seller, "甲");
  office.now = day(2);
  office.follow_up(office.seller, record, day(1) + 5);
  const auto shown = office.shown_due(record);
  ASSERT_TRUE(shown);
  EXPECT_EQ(office.state.due_of(kCustomers, record)->due_at, shown);
  office.now = *shown - 1;
  EXPECT_EQ(office.sweep({record}).front().refusal->code, RefusalCode::not_due);
  office.now = *shown;
  ASSERT_FALSE(office.sweep({record}).front().refusal);
  const auto& recycled = std::get<domain::Recycled>(office.log.back().content.events.front());
  EXPECT_EQ(recycled.rules.front().due_at, shown);
  EXPECT_EQ(recycled.rules.front().counted_from, day(1) + 5);
}

TEST_F(FaultsOfOthers, what_the_preview_shows_is_what_the_backfill_does) {
  std::vector<base::RecordId> records;
  for (int at = 0; at < 12; ++at) {
    office.now = day(at);
    records.push_back(office.owned(at % 2 == 0 ? office.seller : office.colleague, "客户" + std::to_string(at)));
  }
  office.now = day(20);
  office.follow_up(office.seller, records[0]);
  office.now = day(35);
  std::vector<base::RecordId> shown;
  for (const auto& item : affected_by(office.state.image(), office.draft(30), office.now).due) {
    shown.push_back(item.record);
  }
  ASSERT_EQ(shown.size(), 5u);  // of day 1 to 5
  office.publish(office.draft(30));
  std::vector<base::RecordId> recycled;
  for (const auto record : records) {
    if (office.customer(record).pool()) recycled.push_back(record);
  }
  EXPECT_EQ(recycled, shown);
}

// --- Won customers, open opportunities, locks, grades not spared.

TEST_F(FaultsOfOthers, won_customers_are_spared_where_a_rule_says_nothing) {
  office.publish(office.draft(10));
  using namespace shipped::customers;
  const auto won = office.owned(office.seller, "甲", {status(shipped::customers::status::kWon)});
  const auto following = office.owned(office.seller, "乙", {status(shipped::customers::status::kFollowing)});
  EXPECT_EQ(office.shown_due(won), std::nullopt);
  office.now = day(400);
  office.sweep({won, following});
  EXPECT_EQ(office.customer(won).owner(), office.seller);
  EXPECT_EQ(office.customer(following).pool(), office.sea);
}

TEST_F(FaultsOfOthers, a_lock_is_spared_until_its_end) {
  office.publish(office.draft(10));
  const auto record = office.owned(office.seller, "甲");
  ASSERT_EQ(office.lock(office.manager, record, day(50)), RefusalCode::none);
  EXPECT_EQ(office.shown_due(record), day(50));
  office.now = day(50) - 1;
  EXPECT_EQ(office.sweep({record}).front().refusal->code, RefusalCode::not_due);
  office.now = day(50);
  EXPECT_FALSE(office.sweep({record}).front().refusal);
}

TEST_F(FaultsOfOthers, grades_are_spared_that_the_rule_names) {
  auto draft = office.draft(10);
  draft.protect_when = "grade in [\"A\", \"B\"]";
  office.publish(draft);
  const auto good = office.owned(office.seller, "甲", {grade(shipped::customers::grade::kA)});
  const auto poor = office.owned(office.seller, "乙", {grade(shipped::customers::grade::kD)});
  EXPECT_EQ(office.shown_due(good), std::nullopt);
  EXPECT_EQ(office.shown_due(poor), day(10));
}

// --- Import that updates a record into the pool although it is owned. Pools deleted with customers in them. Two pools
// that match: by creation date.

TEST_F(FaultsOfOthers, an_import_that_updates_an_owned_record_does_not_move_it_into_the_pool) {
  const auto record = office.owned(office.seller, "上海电气有限公司");
  const auto file = office.csv_file();
  const auto started = office.told(
      office.admin, domain::StartImport{.plan = {.file = file,
                                                 .form = kCustomers,
                                                 .pool = office.second_sea,
                                                 .owner = {},
                                                 .columns = {shipped::customers::kName, shipped::customers::kGrade},
                                                 .on_duplicate = domain::OnDuplicate::update},
                                        .total = 1});
  auto row = Office::customer_named("上海电气有限公司");
  row.values.push_back(grade(shipped::customers::grade::kB));
  row.pool = office.second_sea;
  const auto answer = office.told(of_process(domain::ActorKind::importer, office.admin),
                                  domain::ImportRows{.job = std::get<domain::JobStarted>(started.content.events[0]).job,
                                                     .form = kCustomers,
                                                     .on_duplicate = domain::OnDuplicate::update,
                                                     .done = 1,
                                                     .rows = {1},
                                                     .items = {row},
                                                     .unreadable = {}});
  EXPECT_TRUE(std::holds_alternative<domain::RecordChanged>(answer.content.events.front()));
  EXPECT_EQ(office.customer(record).owner(), office.seller);
  EXPECT_EQ(office.customer(record).pool(), std::nullopt);
  EXPECT_EQ(office.customer(record).home_pool(), office.sea);
  EXPECT_EQ(office.customer(record).value(shipped::customers::kGrade),
            base::Value(base::Choice{shipped::customers::grade::kB}));
}

TEST_F(FaultsOfOthers, a_pool_with_customers_in_it_is_not_deleted) {
  const auto record = office.pooled("甲", office.second_sea);
  EXPECT_EQ(Office::code_of(office.tell(office.admin, domain::RemovePool{office.second_sea})),
            RefusalCode::pool_not_empty);
  ASSERT_EQ(office.move(office.admin, record, office.sea), RefusalCode::none);
  EXPECT_EQ(Office::code_of(office.tell(office.admin, domain::RemovePool{office.second_sea})), RefusalCode::none);
}

// What was claimed from it goes to the form's first pool when that pool is gone, and never nowhere.
TEST_F(FaultsOfOthers, a_customer_whose_home_pool_is_gone_goes_back_to_the_first_one) {
  const auto record = office.pooled("甲", office.second_sea);
  ASSERT_EQ(office.claim(office.seller, record), RefusalCode::none);
  office.told(office.admin, domain::RemovePool{office.second_sea});
  ASSERT_EQ(office.release(office.seller, record), RefusalCode::none);
  EXPECT_EQ(office.customer(record).pool(), office.sea);
}

TEST_F(FaultsOfOthers, the_rule_says_which_pool_and_not_the_order_of_their_making) {
  const auto from_second = office.pooled("甲", office.second_sea);
  const auto from_first = office.pooled("乙", office.sea);
  ASSERT_EQ(office.claim(office.seller, from_second), RefusalCode::none);
  ASSERT_EQ(office.claim(office.seller, from_first), RefusalCode::none);
  auto home = office.draft(10);
  home.pools = {office.second_sea};
  office.publish(home);
  auto elsewhere = office.draft(10);
  elsewhere.name = "去二公海";
  elsewhere.target_pool = office.second_sea;
  office.publish(elsewhere);
  office.now = day(10);
  office.sweep();
  EXPECT_EQ(office.customer(from_second).pool(), office.second_sea);  // its home
  EXPECT_EQ(office.customer(from_first).pool(), office.second_sea);   // the rule's target
}

// --- Contacts that lose or keep their owner by accident.

TEST_F(FaultsOfOthers, contacts_neither_lose_nor_keep_an_owner_of_their_own) {
  office.publish(office.draft(10));
  const auto customer = office.owned(office.seller, "甲");
  domain::RecordItem item{.values = {{shipped::contacts::kName, std::string("李雷")},
                                     {shipped::contacts::kCustomer, base::Reference{customer.ulid}}}};
  const auto contact = office.create(office.seller, kContacts, item);
  const auto owner = [&] { return office.state.record(kContacts, contact)->owner(); };
  EXPECT_EQ(owner(), office.seller);
  ASSERT_EQ(office.transfer(office.manager, customer, office.colleague), RefusalCode::none);
  EXPECT_EQ(owner(), office.colleague);
  ASSERT_EQ(office.release(office.colleague, customer), RefusalCode::none);
  EXPECT_EQ(owner(), std::nullopt);
  ASSERT_EQ(office.claim(office.seller, customer), RefusalCode::none);
  EXPECT_EQ(owner(), office.seller);
  office.now = day(10);
  office.sweep({customer});
  EXPECT_EQ(owner(), std::nullopt);
  item.values[0].value = std::string("韩梅梅");
  item.owner = office.colleague;
  const auto refused = office.tell(office.admin, domain::WriteRecords{.form = kContacts, .items = {item}});
  EXPECT_EQ(Office::code_of(refused), RefusalCode::read_only_field);
}

}  // namespace
}  // namespace highseas::decision::tests
