// draft_check_test — every fault of a draft, at its place.
#include "rules/recycle/draft_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/recycle/triggers/trigger.hpp"
#include "tests/rules/recycle/recycle_fixture.hpp"

namespace highseas::rules {
namespace {

using domain::RefusalCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using Places = std::vector<std::pair<std::string, RefusalCode>>;

Places faults_of(const domain::RecycleDraft& draft) {
  const CustomerSchema schema;
  Places places;
  for (const auto& fault : check_draft(draft, workspace_with_pools(), &schema)) {
    places.emplace_back(fault.pointer, fault.code);
  }
  return places;
}

TEST(DraftCheck, takes_a_draft_of_what_is_built) {
  auto draft = draft_of(30);
  draft.applies_when = "grade != \"A\"";
  draft.protect_when = "status == \"won\"";
  draft.at_ms = 2 * 3'600'000;
  draft.target_pool = kSecondPool;
  draft.cool_down_days = 7;
  EXPECT_THAT(faults_of(draft), IsEmpty());
  draft.protect_when.reset();
  EXPECT_THAT(faults_of(draft), IsEmpty());
}

TEST(DraftCheck, tells_all_faults_at_once) {
  auto draft = draft_of(0);
  draft.name = " ";
  draft.pools = {kPool, kForeignPool, kPool};
  draft.target_pool = base::PoolId{{9, 9}};
  draft.applies_when = "grade ==";
  draft.protect_when = "nothing == 1";
  draft.at_ms = 86'400'000;
  draft.cool_down_days = 40'000;
  EXPECT_THAT(
      faults_of(draft),
      UnorderedElementsAre(
          Pair("/name", RefusalCode::required), Pair("/pools/1", RefusalCode::unknown_pool),
          Pair("/pools/2", RefusalCode::invalid_value), Pair("/target_pool", RefusalCode::unknown_pool),
          Pair("/applies_when", RefusalCode::bad_expression), Pair("/protect_when", RefusalCode::bad_expression),
          Pair("/triggers/0/days", RefusalCode::out_of_range), Pair("/at", RefusalCode::out_of_range),
          Pair("/cool_down_days", RefusalCode::out_of_range)));
}

TEST(DraftCheck, a_rule_without_triggers_cannot_be_saved) {
  auto draft = draft_of(30);
  draft.triggers.clear();
  EXPECT_THAT(faults_of(draft), ElementsAre(Pair("/triggers", RefusalCode::no_triggers)));
}

TEST(DraftCheck, a_rule_governs_at_least_one_pool) {
  auto draft = draft_of(30);
  draft.pools.clear();
  EXPECT_THAT(faults_of(draft), ElementsAre(Pair("/pools", RefusalCode::required)));
}

TEST(DraftCheck, points_at_the_character_of_a_bad_expression) {
  auto draft = draft_of(30);
  draft.applies_when = "amount > 1 && nothing == 1";
  const CustomerSchema schema;
  const auto faults = check_draft(draft, workspace_with_pools(), &schema, "/draft");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].pointer, "/draft/applies_when");
  ASSERT_TRUE(faults[0].expression.has_value());
  EXPECT_EQ(faults[0].expression->offset, 14u);
  EXPECT_NE(faults[0].expression->en.find("nothing"), std::string::npos) << faults[0].expression->en;
}

TEST(DraftCheck, conditions_see_the_records_own_fields_only) {
  for (const auto* text : {"amount > 1 && now > \"2026-01-01T00:00:00Z\"", "today > \"2026-01-01\"",
                           "parent.grade == \"A\"", "recycle_due_at == null"}) {
    auto draft = draft_of(30);
    draft.applies_when = text;
    EXPECT_THAT(faults_of(draft), ElementsAre(Pair("/applies_when", RefusalCode::not_allowed_here))) << text;
  }
}

TEST(DraftCheck, says_of_each_part_that_is_not_built_that_it_is_not_yet) {
  auto draft = draft_of(30);
  draft.triggers.push_back({domain::TriggerType::no_opportunity, 10});
  draft.match = domain::Match::all;
  draft.calendar = domain::DayKind::working;
  draft.remind_before = {7};
  draft.daily_cap = 10;
  draft.pause_on_leave = true;
  draft.notice_days = 0;
  EXPECT_THAT(
      faults_of(draft),
      UnorderedElementsAre(Pair("/triggers/1/type", RefusalCode::not_yet), Pair("/triggers", RefusalCode::not_yet),
                           Pair("/match", RefusalCode::not_yet), Pair("/calendar", RefusalCode::not_yet),
                           Pair("/remind_before", RefusalCode::not_yet), Pair("/daily_cap", RefusalCode::not_yet),
                           Pair("/pause_on_leave", RefusalCode::not_yet), Pair("/notice_days", RefusalCode::not_yet)));
}

TEST(DraftCheck, a_form_that_is_not_pooled_or_not_there_is_unknown) {
  auto draft = draft_of(30);
  const CustomerSchema schema;
  auto workspace = workspace_with_pools();
  workspace.forms[kForm].behaviours.pooled = false;
  const auto unpooled = check_draft(draft, workspace, &schema);
  ASSERT_EQ(unpooled.size(), 1u);
  EXPECT_EQ(unpooled[0].code, RefusalCode::unknown_form);
  const auto missing = check_draft(draft, workspace_with_pools(), nullptr);
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_EQ(missing[0].pointer, "/form");
}

TEST(DraftCheck, now_is_the_only_choice_for_what_is_due_already) {
  EXPECT_TRUE(check_existing(domain::Existing::now).empty());
  for (const auto existing : {domain::Existing::grace, domain::Existing::new_only}) {
    const auto faults = check_existing(existing);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].pointer, "/existing");
    EXPECT_EQ(faults[0].code, RefusalCode::not_yet);
  }
}

TEST(Triggers, the_registry_knows_every_type_by_number_and_key) {
  ASSERT_EQ(trigger_kinds().size(), 6u);
  std::uint8_t number = 1;
  for (const auto& kind : trigger_kinds()) {
    EXPECT_EQ(static_cast<std::uint8_t>(kind.type), number++);
    EXPECT_EQ(&trigger_kind(kind.type), &kind);
    EXPECT_EQ(trigger_kind_by_key(kind.key), &kind);
    EXPECT_EQ(kind.not_yet(), number > 3) << kind.key;
  }
  EXPECT_EQ(trigger_kind_by_key("no_such"), nullptr);
}

}  // namespace
}  // namespace highseas::rules
