// due_test — each clause of a rule: given facts, when they are judged, then this is when the record goes back.
#include "rules/recycle/due.hpp"

#include <gtest/gtest.h>

#include "rules/calendar/shipped_calendars.hpp"
#include "tests/rules/recycle/recycle_fixture.hpp"

namespace highseas::rules {
namespace {

using domain::TriggerType;

Calendar utc() {
  return Calendar(nullptr, base::Zone::utc());
}
Calendar shanghai() {
  static const auto days = cn_public_holidays({});
  return Calendar(&days, *base::Zone::find("Asia/Shanghai"));
}

Due judged(const RecycleFacts& facts, const domain::RecycleDraft& draft, const Customer& customer = {}) {
  return due(facts, customer, compiled(draft), utc());
}

TEST(Due, counts_from_owned_since_when_never_followed_up_neither_at_once_nor_never) {
  const auto answer = judged(owned_since("2026-01-01T08:00:00Z"), draft_of(30));
  ASSERT_EQ(answer.kind, DueKind::at);
  EXPECT_EQ(answer.at, at("2026-01-31T08:00:00Z"));
  EXPECT_EQ(answer.ended_at, answer.at);
  EXPECT_EQ(answer.counted_from, at("2026-01-01T08:00:00Z"));
  EXPECT_EQ(answer.trigger, TriggerType::no_follow_up);
  EXPECT_EQ(answer.days, 30u);
  EXPECT_FALSE(answer.provisional);
  EXPECT_TRUE(answer.is_due_by(answer.at));
  EXPECT_FALSE(answer.is_due_by(answer.at - 1));
}

TEST(Due, counts_from_the_last_follow_up) {
  auto facts = owned_since("2026-01-01T08:00:00Z");
  facts.last_follow_up = at("2026-01-20T09:00:00Z");
  EXPECT_EQ(judged(facts, draft_of(30)).at, at("2026-02-19T09:00:00Z"));
}

TEST(Due, a_follow_up_before_the_present_owner_counts_for_nothing) {
  auto facts = owned_since("2026-01-01T08:00:00Z");
  facts.last_follow_up = at("2025-12-31T09:00:00Z");
  EXPECT_EQ(judged(facts, draft_of(30)).at, at("2026-01-31T08:00:00Z"));
}

TEST(Due, an_edit_restarts_nothing_under_no_follow_up) {
  auto facts = owned_since("2026-01-01T08:00:00Z");
  const auto before = judged(facts, draft_of(30));
  facts.last_data_change = at("2026-01-29T09:00:00Z");
  EXPECT_EQ(judged(facts, draft_of(30)), before);
}

TEST(Due, no_data_change_counts_from_the_last_change_by_its_own_people) {
  auto facts = owned_since("2026-01-01T08:00:00Z");
  facts.last_follow_up = at("2026-01-25T09:00:00Z");
  auto draft = draft_of(30);
  draft.triggers = {{TriggerType::no_data_change, 10}};
  EXPECT_EQ(judged(facts, draft).at, at("2026-01-11T08:00:00Z"));
  facts.last_data_change = at("2026-01-05T00:00:00Z");
  const auto answer = judged(facts, draft);
  EXPECT_EQ(answer.at, at("2026-01-15T00:00:00Z"));
  EXPECT_EQ(answer.trigger, TriggerType::no_data_change);
}

TEST(Due, a_record_in_a_pool_or_in_the_bin_is_never_due) {
  auto facts = owned_since("2026-01-01T08:00:00Z");
  facts.owner.reset();
  EXPECT_EQ(judged(facts, draft_of(30)).never, NeverReason::not_owned);
  facts = owned_since("2026-01-01T08:00:00Z");
  facts.deleted = true;
  EXPECT_EQ(judged(facts, draft_of(30)).never, NeverReason::deleted);
}

TEST(Due, governs_the_records_of_its_form_and_pools_only) {
  auto facts = owned_since("2026-01-01T08:00:00Z");
  facts.home_pool = kSecondPool;
  EXPECT_EQ(judged(facts, draft_of(30)).never, NeverReason::not_governed);
  facts = owned_since("2026-01-01T08:00:00Z");
  facts.form = kOtherForm;
  EXPECT_EQ(judged(facts, draft_of(30)).never, NeverReason::not_governed);
}

TEST(Due, applies_only_where_its_condition_holds) {
  auto draft = draft_of(30);
  draft.applies_when = "grade != \"A\"";
  const auto facts = owned_since("2026-01-01T08:00:00Z");
  EXPECT_EQ(judged(facts, draft, Customer({{kGrade, std::string("A")}})).never, NeverReason::does_not_apply);
  EXPECT_EQ(judged(facts, draft, Customer({{kGrade, std::string("B")}})).kind, DueKind::at);
}

TEST(Due, spares_what_its_protection_names) {
  auto draft = draft_of(30);
  draft.protect_when = "grade == \"A\"";
  const auto facts = owned_since("2026-01-01T08:00:00Z");
  EXPECT_EQ(judged(facts, draft, Customer({{kGrade, std::string("A")}})).never, NeverReason::is_protected);
  EXPECT_EQ(judged(facts, draft, Customer({{kStatus, base::Choice{3}}})).kind, DueKind::at);
}

TEST(Due, spares_won_customers_where_a_draft_says_nothing) {
  auto draft = draft_of(30);
  draft.protect_when.reset();
  const auto facts = owned_since("2026-01-01T08:00:00Z");
  EXPECT_EQ(judged(facts, draft, Customer({{kStatus, base::Choice{3}}})).never, NeverReason::is_protected);
  EXPECT_EQ(judged(facts, draft, Customer({{kStatus, base::Choice{2}}})).kind, DueKind::at);
  EXPECT_EQ(judged(facts, draft).kind, DueKind::at);
}

TEST(Due, a_form_without_won_needs_no_shipped_protection) {
  auto draft = draft_of(30);
  draft.protect_when.reset();
  const auto rule = compile_rule(published(draft), {}, CustomerSchema(false));
  ASSERT_TRUE(rule);
  EXPECT_FALSE(rule->protect_when);
}

TEST(Due, a_condition_that_faults_leaves_the_record_ungoverned_and_says_so) {
  auto draft = draft_of(30);
  draft.applies_when = "amount / parts > 1";
  const Customer customer({{kAmount, std::int64_t{7}}, {kParts, std::int64_t{0}}});
  const auto facts = owned_since("2026-01-01T08:00:00Z");
  const auto answer = judged(facts, draft, customer);
  ASSERT_EQ(answer.kind, DueKind::faulted);
  EXPECT_EQ(answer.fault->kind, expression::FaultKind::division_by_zero);
  EXPECT_FALSE(answer.fault_in_protect_when);
  std::swap(draft.applies_when, *draft.protect_when);
  EXPECT_TRUE(judged(facts, draft, customer).fault_in_protect_when);
}

TEST(Due, a_lock_shields_until_its_end_and_the_notice_after_it) {
  auto facts = owned_since("2026-01-01T08:00:00Z");
  facts.locked_until = at("2026-03-01T00:00:00Z");
  auto draft = draft_of(30);
  const auto answer = judged(facts, draft);
  EXPECT_EQ(answer.at, at("2026-03-01T00:00:00Z"));
  EXPECT_EQ(answer.ended_at, at("2026-01-31T08:00:00Z"));
  draft.notice_days = 7;
  EXPECT_EQ(judged(facts, draft).at, at("2026-03-08T00:00:00Z"));
  facts.locked_until = at("2026-01-02T00:00:00Z");  // long over: it shields from nothing
  EXPECT_EQ(judged(facts, draft).at, at("2026-01-31T08:00:00Z"));
}

TEST(Due, nobody_loses_a_record_without_notice_after_its_conditions_changed) {
  auto facts = owned_since("2026-01-01T08:00:00Z");
  const FieldChange changes[] = {{kGrade, at("2026-02-10T00:00:00Z")}, {kAmount, at("2026-02-20T00:00:00Z")}};
  facts.field_changes = changes;
  auto draft = draft_of(30);
  EXPECT_EQ(judged(facts, draft).at, at("2026-01-31T08:00:00Z")) << "no expression names a field";
  draft.applies_when = "grade != \"A\"";
  EXPECT_EQ(judged(facts, draft).at, at("2026-02-10T00:00:00Z"));
  draft.remind_before = {3, 7, 1};
  EXPECT_EQ(judged(facts, draft).at, at("2026-02-17T00:00:00Z")) << "by default the largest reminder";
  draft.notice_days = 2;
  EXPECT_EQ(judged(facts, draft).at, at("2026-02-12T00:00:00Z"));
}

TEST(Due, is_taken_at_the_first_time_of_day_not_before_it_is_due) {
  auto draft = draft_of(30);
  draft.at_ms = 2 * 3'600'000;
  const auto rule = compiled(draft);
  const auto late = due(owned_since("2026-01-01T08:00:00+08:00"), Customer(), rule, shanghai());
  EXPECT_EQ(late.at, at("2026-02-01T02:00:00+08:00"));
  EXPECT_EQ(late.ended_at, at("2026-01-31T08:00:00+08:00"));
  const auto sharp = due(owned_since("2026-01-01T02:00:00+08:00"), Customer(), rule, shanghai());
  EXPECT_EQ(sharp.at, at("2026-01-31T02:00:00+08:00"));
}

TEST(Due, counts_working_days_of_the_shipped_calendar) {
  auto draft = draft_of(5);
  draft.calendar = domain::DayKind::working;
  // 30 September 2026: National Day until the 7th; 8, 9, 10 (a make-up Saturday), 12, 13 October count.
  const auto answer = due(owned_since("2026-09-30T15:00:00+08:00"), Customer(), compiled(draft), shanghai());
  EXPECT_EQ(answer.at, at("2026-10-13T15:00:00+08:00"));
  EXPECT_FALSE(answer.provisional);
}

TEST(Due, is_provisional_beyond_the_calendars_last_year_until_the_calendar_changes) {
  auto draft = draft_of(5);
  draft.calendar = domain::DayKind::working;
  const auto facts = owned_since("2026-12-29T15:00:00+08:00");
  const auto guessed = due(facts, Customer(), compiled(draft), shanghai());
  EXPECT_TRUE(guessed.provisional);
  EXPECT_EQ(guessed.at, at("2027-01-05T15:00:00+08:00"));
  auto announced = cn_public_holidays({});
  announced.last_year = 2027;
  announced.days.push_back({date("2027-01-01"), false, "元旦"});
  const auto known = due(facts, Customer(), compiled(draft), Calendar(&announced, shanghai().zone()));
  EXPECT_FALSE(known.provisional);
  EXPECT_EQ(known.at, at("2027-01-06T15:00:00+08:00"));
}

TEST(Due, any_takes_the_earliest_clause_and_all_the_latest) {
  auto facts = owned_since("2026-01-01T00:00:00Z");
  facts.last_follow_up = at("2026-01-20T00:00:00Z");
  auto draft = draft_of(30);
  draft.triggers.push_back({TriggerType::no_data_change, 40});
  const auto any = judged(facts, draft);
  EXPECT_EQ(any.at, at("2026-02-10T00:00:00Z"));
  EXPECT_EQ(any.trigger, TriggerType::no_data_change);
  EXPECT_EQ(any.days, 40u);
  draft.match = domain::Match::all;
  const auto all = judged(facts, draft);
  EXPECT_EQ(all.at, at("2026-02-19T00:00:00Z"));
  EXPECT_EQ(all.trigger, TriggerType::no_follow_up);
  EXPECT_EQ(all.counted_from, at("2026-01-20T00:00:00Z"));
}

TEST(Due, all_of_no_conditions_is_never_and_not_everything) {
  auto draft = draft_of(30);
  draft.triggers.clear();
  for (const auto match : {domain::Match::any, domain::Match::all}) {
    draft.match = match;
    EXPECT_EQ(judged(owned_since("2026-01-01T00:00:00Z"), draft).never, NeverReason::is_satisfied);
  }
}

TEST(Due, the_clock_stands_still_in_leaves_where_the_rule_says_so) {
  auto facts = owned_since("2026-01-01T00:00:00Z");
  const Leave leaves[] = {{at("2026-01-05T00:00:00Z"), at("2026-01-08T00:00:00Z")},
                          {at("2026-06-01T00:00:00Z"), at("2026-06-20T00:00:00Z")}};
  facts.leaves = leaves;
  auto draft = draft_of(10);
  EXPECT_EQ(judged(facts, draft).at, at("2026-01-11T00:00:00Z"));
  draft.pause_on_leave = true;
  EXPECT_EQ(judged(facts, draft).at, at("2026-01-14T00:00:00Z"));
  draft.notice_days = 7;
  EXPECT_EQ(judged(facts, draft).at, at("2026-01-15T00:00:00Z")) << "a leave's end is followed by the notice";
  draft.notice_days.reset();
  draft.calendar = domain::DayKind::working;
  draft.triggers.front().days = 3;  // Friday 2, Thursday 8, Friday 9: 5 to 7 January are leave
  EXPECT_EQ(judged(facts, draft).at, at("2026-01-09T00:00:00Z"));
}

TEST(Due, grace_gives_periods_begun_before_publication_their_days) {
  auto version = published(draft_of(30), 2);
  version.existing = domain::Existing::grace;
  version.grace_days = 7;
  const auto rule = compiled(version, at("2026-06-01T00:00:00Z"));
  EXPECT_EQ(due(owned_since("2026-01-01T00:00:00Z"), Customer(), rule, utc()).at, at("2026-06-08T00:00:00Z"));
  EXPECT_EQ(due(owned_since("2026-06-02T00:00:00Z"), Customer(), rule, utc()).at, at("2026-07-02T00:00:00Z"));
}

TEST(DueOfAll, the_earliest_wins_and_all_that_are_due_by_then_are_named) {
  const auto slow = compiled(draft_of(60));
  auto second = published(draft_of(30), 4);
  second.rule = base::RuleId{{2, 2}};
  const auto quick = compiled(second);
  auto third = published(draft_of(10));
  third.rule = base::RuleId{{2, 3}};
  third.draft.applies_when = "amount / parts > 1";
  const auto troubled = compiled(third);
  const Customer customer({{kAmount, std::int64_t{7}}, {kParts, std::int64_t{0}}});
  const CompiledRule* rules[] = {&slow, &troubled, &quick};

  const auto all = due_of_all(owned_since("2026-01-01T00:00:00Z"), customer, rules, utc());
  ASSERT_TRUE(all.deciding());
  EXPECT_EQ(all.deciding()->rule, &quick);
  EXPECT_EQ(all.at(), at("2026-01-31T00:00:00Z"));
  EXPECT_TRUE(all.any_faulted()) << "one rule's trouble is told, and stops no other";
  const auto first = all.due_by(at("2026-02-15T00:00:00Z"));
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].rule, quick.rule);
  EXPECT_EQ(first[0].version, 4u);
  EXPECT_EQ(first[0].trigger, 1);
  EXPECT_EQ(first[0].days, 30u);
  EXPECT_EQ(first[0].due_at, at("2026-01-31T00:00:00Z"));
  EXPECT_EQ(first[0].counted_from, at("2026-01-01T00:00:00Z"));
  const auto both = all.due_by(at("2026-03-15T00:00:00Z"));
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].rule, quick.rule);
  EXPECT_EQ(both[1].rule, slow.rule);
  EXPECT_TRUE(all.due_by(at("2026-01-30T00:00:00Z")).empty());
}

TEST(DueOfAll, without_rules_there_is_no_due_date) {
  const auto all = due_of_all(owned_since("2026-01-01T00:00:00Z"), Customer(), {}, utc());
  EXPECT_FALSE(all.deciding());
  EXPECT_FALSE(all.at());
}

}  // namespace
}  // namespace highseas::rules
