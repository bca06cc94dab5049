// recycling_decider_test — publishing, switching and ending: given a workspace, when a command comes, then these
// events.
#include "domain/recycling/recycling_decider.hpp"

#include <gtest/gtest.h>

namespace highseas::domain {
namespace {

const base::RuleId kRule{{2, 1}};
const base::RuleId kFreshRule{{2, 9}};
const base::JobId kFreshJob{{4, 9}};
const base::MemberId kAdmin{{3, 1}};

PublishRecycleRule publication() {
  PublishRecycleRule command;
  command.draft.name = "  90 天未跟进 ";
  command.draft.form = 1;
  command.draft.pools = {base::PoolId{{1, 1}}};
  command.draft.triggers = {{TriggerType::no_follow_up, 90}};
  command.judged_at = base::Instant{5'000};
  command.affected_count = 12;
  command.affected_digest = 777;
  return command;
}

PublishRecycleRuleFacts unchanged() {
  PublishRecycleRuleFacts facts;
  facts.affected_count = 12;
  facts.affected_digest = 777;
  facts.member = kAdmin;
  facts.fresh_rule = kFreshRule;
  facts.fresh_job = kFreshJob;
  return facts;
}

Workspace with_rule() {
  Workspace workspace;
  RecycleRulePublished first;
  first.rule = kRule;
  first.version = 1;
  first.draft.name = "old";
  evolve(workspace, first, base::Instant{1});
  return workspace;
}

TEST(PublishRecycleRule, gives_the_version_its_backfill_and_its_job_in_one_commit) {
  const auto decision = decide_publish_recycle_rule(publication(), Workspace{}, unchanged());
  ASSERT_TRUE(decision);
  ASSERT_EQ(decision->size(), 3u);
  auto draft = publication().draft;
  draft.name = "90 天未跟进";
  EXPECT_EQ((*decision)[0], Event(RecycleRulePublished{kFreshRule, 1, draft, Existing::now, 0}));
  EXPECT_EQ((*decision)[1], Event(BackfillStarted{kFreshJob, kFreshRule, 1, base::Instant{5'000}}));
  EXPECT_EQ((*decision)[2],
            Event(JobStarted{kFreshJob, kAdmin, BackfillPlan{kFreshRule, 1, base::Instant{5'000}}, 12}));
}

TEST(PublishRecycleRule, of_a_rule_that_stands_gives_the_next_version) {
  auto command = publication();
  command.rule = kRule;
  auto workspace = with_rule();
  const auto decision = decide_publish_recycle_rule(command, workspace, unchanged());
  ASSERT_TRUE(decision);
  const auto& event = std::get<RecycleRulePublished>((*decision)[0]);
  EXPECT_EQ(event.rule, kRule);
  EXPECT_EQ(event.version, 2u);
  for (const auto& each : *decision) evolve(workspace, each, base::Instant{2});
  EXPECT_EQ(workspace.rules[kRule].versions.size(), 2u);
  ASSERT_TRUE(workspace.backfill(kFreshJob));
  EXPECT_EQ(workspace.backfill(kFreshJob)->version, 2u);
}

TEST(PublishRecycleRule, switches_a_rule_on_that_was_off) {
  auto workspace = with_rule();
  evolve(workspace, RecycleRuleSwitched{kRule, false}, base::Instant{2});
  auto command = publication();
  command.rule = kRule;
  const auto decision = decide_publish_recycle_rule(command, workspace, unchanged());
  ASSERT_TRUE(decision);
  ASSERT_EQ(decision->size(), 4u);
  EXPECT_EQ((*decision)[1], Event(RecycleRuleSwitched{kRule, true}));
}

TEST(PublishRecycleRule, is_refused_for_a_rule_that_is_none) {
  auto command = publication();
  command.rule = kRule;
  const auto decision = decide_publish_recycle_rule(command, Workspace{}, unchanged());
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().code, RefusalCode::unknown_rule);
}

TEST(PublishRecycleRule, is_refused_with_every_fault_of_the_draft) {
  auto facts = unchanged();
  facts.faults = {{.pointer = "/triggers", .code = RefusalCode::no_triggers, .field = 0, .detail = {}}};
  const auto one = decide_publish_recycle_rule(publication(), Workspace{}, facts);
  ASSERT_FALSE(one);
  EXPECT_EQ(one.error().code, RefusalCode::no_triggers);
  facts.faults.push_back({.pointer = "/match", .code = RefusalCode::not_yet, .field = 0, .detail = "x"});
  const auto two = decide_publish_recycle_rule(publication(), Workspace{}, facts);
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, RefusalCode::none);
  EXPECT_EQ(two.error().faults, facts.faults);
}

TEST(PublishRecycleRule, is_stale_once_other_records_are_affected) {
  auto facts = unchanged();
  facts.affected_count = 13;
  const auto more = decide_publish_recycle_rule(publication(), Workspace{}, facts);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, RefusalCode::preview_stale);
  facts = unchanged();
  facts.affected_digest = 778;  // as many, but others
  EXPECT_FALSE(decide_publish_recycle_rule(publication(), Workspace{}, facts));
}

TEST(PublishRecycleRule, takes_the_present_records_where_changes_are_accepted) {
  auto facts = unchanged();
  facts.affected_count = 13;
  auto command = publication();
  command.accept_changes = true;
  const auto decision = decide_publish_recycle_rule(command, Workspace{}, facts);
  ASSERT_TRUE(decision);
  EXPECT_EQ(std::get<JobStarted>((*decision)[2]).total, 13u);
}

TEST(SwitchRecycleRule, switches_and_says_nothing_where_it_stands_so) {
  const auto workspace = with_rule();
  const auto off = decide_switch_recycle_rule({kRule, false}, workspace);
  ASSERT_TRUE(off);
  EXPECT_EQ(*off, Events{RecycleRuleSwitched(kRule, false)});
  const auto on = decide_switch_recycle_rule({kRule, true}, workspace);
  ASSERT_TRUE(on);
  EXPECT_TRUE(on->empty());
  const auto unknown = decide_switch_recycle_rule({kFreshRule, true}, workspace);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, RefusalCode::unknown_rule);
}

TEST(EndBackfill, ends_it_with_its_job_once) {
  for (const bool cancelled : {false, true}) {
    auto workspace = with_rule();
    evolve(workspace, BackfillStarted{kFreshJob, kRule, 1, {}}, base::Instant{2});
    const auto decision = decide_end_backfill({kFreshJob, cancelled}, workspace);
    ASSERT_TRUE(decision);
    ASSERT_EQ(decision->size(), 2u);
    EXPECT_EQ((*decision)[0], Event(BackfillEnded{kFreshJob, cancelled}));
    EXPECT_EQ(std::get<JobEnded>((*decision)[1]).state, cancelled ? JobState::cancelled : JobState::succeeded);
    for (const auto& each : *decision) evolve(workspace, each, base::Instant{3});
    const auto again = decide_end_backfill({kFreshJob, cancelled}, workspace);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, RefusalCode::job_ended);
  }
}

TEST(EndBackfill, is_refused_for_a_job_that_is_none) {
  const auto decision = decide_end_backfill({kFreshJob, false}, with_rule());
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().code, RefusalCode::not_found);
}

}  // namespace
}  // namespace highseas::domain
