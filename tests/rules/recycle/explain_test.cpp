// explain_test — the words for a due date, in both languages.
#include "rules/recycle/explain.hpp"

#include <gtest/gtest.h>

#include "tests/rules/recycle/recycle_fixture.hpp"

namespace highseas::rules {
namespace {

base::Zone shanghai() {
  return *base::Zone::find("Asia/Shanghai");
}

TEST(Explain, forecasts_with_rule_version_facts_and_time) {
  auto draft = draft_of(30);
  draft.at_ms = 2 * 3'600'000;
  auto facts = owned_since("2026-10-01T09:05:00+08:00");
  facts.last_follow_up = at("2026-11-02T17:30:00+08:00");
  const auto rule = compiled(published(draft, 3));
  const auto answer = due(facts, Customer(), rule, Calendar(nullptr, shanghai()));
  const auto text = explain(explained(answer, rule, facts), shanghai());
  EXPECT_EQ(text.zh,
            "规则「华东 30 天未跟进」v3：自 2026-10-01 09:05 归属，最后跟进 2026-11-02 17:30，30 天将于 "
            "2026-12-02 17:30 届满，将收回公海：2026-12-03 02:00");
  EXPECT_EQ(text.en,
            "rule “华东 30 天未跟进” v3: owned since 2026-10-01 09:05, last follow-up 2026-11-02 17:30, 30 days end "
            "2026-12-02 17:30, goes back to the pool 2026-12-03 02:00");
}

TEST(Explain, says_of_a_recycling_what_led_to_it) {
  auto draft = draft_of(30);
  const domain::DueRule event{.rule = kRule,
                              .version = 3,
                              .due_at = at("2026-11-01T02:00:00+08:00"),
                              .trigger = 1,
                              .days = 30,
                              .counted_from = at("2026-10-01T09:05:00+08:00")};
  const auto text = explain_recycling(event, published(draft, 3), shanghai());
  EXPECT_EQ(text.zh, "规则「华东 30 天未跟进」v3：自 2026-10-01 09:05 起 30 天未跟进，2026-11-01 02:00 到期");
  EXPECT_EQ(text.en,
            "rule “华东 30 天未跟进” v3: 30 days without a follow-up since 2026-10-01 09:05, due 2026-11-01 02:00");

  draft.calendar = domain::DayKind::working;
  EXPECT_NE(explain_recycling(event, published(draft, 3), shanghai()).zh.find("30 个工作日未跟进"), std::string::npos);
}

TEST(Explain, names_the_lock_that_keeps_a_record_beyond_its_days) {
  auto facts = owned_since("2026-10-01T09:05:00+08:00");
  facts.locked_until = at("2026-11-20T18:00:00+08:00");
  const auto rule = compiled(published(draft_of(30), 3));
  const auto forecast = [&] {
    const auto answer = due(facts, Customer(), rule, Calendar(nullptr, shanghai()));
    return explain(explained(answer, rule, facts), shanghai());
  };
  EXPECT_NE(forecast().zh.find("届满，锁定至 2026-11-20 18:00，将收回公海"), std::string::npos) << forecast().zh;
  EXPECT_NE(forecast().en.find(", locked until 2026-11-20 18:00, goes back"), std::string::npos) << forecast().en;
  facts.locked_until = at("2026-10-20T18:00:00+08:00");
  EXPECT_EQ(forecast().zh.find("锁定"), std::string::npos) << "it is over before the days are";
}

TEST(Explain, marks_what_the_holidays_may_still_move) {
  auto draft = draft_of(5);
  draft.calendar = domain::DayKind::working;
  const auto facts = owned_since("2026-10-01T09:05:00+08:00");
  const auto rule = compiled(draft);
  const auto answer = due(facts, Customer(), rule, Calendar(nullptr, shanghai()));
  const auto text = explain(explained(answer, rule, facts), shanghai());
  EXPECT_NE(text.zh.find("暂定"), std::string::npos);
  EXPECT_NE(text.en.find("provisional"), std::string::npos);
}

TEST(Explain, says_why_a_record_stays) {
  const auto rule = compiled(draft_of(30));
  Due spared;
  spared.never = NeverReason::is_protected;
  EXPECT_EQ(explain_not_due(spared, rule).zh, "规则「华东 30 天未跟进」v1：不收回，符合保护条件");
  Due troubled;
  troubled.kind = DueKind::faulted;
  troubled.fault = expression::Fault{expression::FaultKind::division_by_zero, 7};
  const auto text = explain_not_due(troubled, rule);
  EXPECT_NE(text.en.find(expression::fault_message_en(*troubled.fault)), std::string::npos);
  EXPECT_NE(text.zh.find(expression::fault_message_zh(*troubled.fault)), std::string::npos);
}

}  // namespace
}  // namespace highseas::rules
