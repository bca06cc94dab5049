// recycle_rules_test — from a draft over its preview to the backfill, and what the forecast says of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/api_world.hpp"

namespace highseas {
namespace {

using test_support::ApiAnswer;
using test_support::ApiWorld;
using testing::ElementsAre;
using testing::HasSubstr;

std::string draft(const ApiWorld& world, const std::string& more = "") {
  return R"({"name":"30 天未跟进","form":"customers","pools":[")" + world.customer_pool() +
         R"("],"triggers":[{"type":"no_follow_up","days":30}])" + more + "}";
}

ApiAnswer preview(ApiWorld& world, const std::string& draft_text, const std::string& more = "") {
  return world.post(world.admin, "/v1/recycle-rules/preview", R"({"draft":)" + draft_text + more + "}");
}

ApiAnswer publish(ApiWorld& world, const ApiAnswer& previewed, const std::string& more = "",
                  const ApiWorld::Headers& headers = {}) {
  return world.post(world.admin, "/v1/recycle-rules/publish",
                    R"({"preview_token":")" + previewed.string("/preview_token") + R"(","existing":"now")" + more + "}",
                    headers);
}

ApiAnswer ended(ApiWorld& world, const std::string& job) {
  for (int tries = 0; tries < 600; ++tries) {
    auto answer = world.get(world.admin, "/v1/jobs/" + job);
    if (answer.string("/state") != "running") return answer;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return {};
}

// One neglected customer of the seller's, and two that are new.
struct Neglected {
  ApiWorld world;
  std::string old_one = world.customer_of(world.seller, "上海精工");
  std::string new_one, other_new_one;
  Neglected() {
    world.advance_clock("2026-04-15T01:00:00Z");
    new_one = world.customer_of(world.seller, "苏州明达");
    other_new_one = world.customer_of(world.other_seller, "无锡华光");
  }
};

TEST(RecycleRules, keep_the_pools_that_they_name) {
  ApiWorld world;
  const auto made = world.post(world.admin, "/v1/pools", R"({"name":"华东公海","form":"customers"})");
  ASSERT_EQ(made.status, 201) << made.text;
  const auto named = draft(world, R"(,"target_pool":")" + made.string("/id") + "\"");
  ASSERT_LT(publish(world, preview(world, named)).status, 300);
  const auto refused = world.call("DELETE", "/v1/pools/" + made.string("/id"), &world.admin);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.string("/code"), "pool-in-use");
  EXPECT_EQ(refused.string("/names/0"), "30 天未跟进");
}

TEST(RecycleRulePreview, tells_who_goes_when_and_why) {
  Neglected given;
  auto& world = given.world;
  const auto shown = preview(world, draft(world));
  ASSERT_EQ(shown.status, 200) << shown.text;
  EXPECT_EQ(shown.number("/figures/due_now"), 1);
  EXPECT_EQ(shown.number("/figures/in_7_days"), 0);
  EXPECT_EQ(shown.number("/figures/in_30_days"), 2);
  EXPECT_EQ(shown.number("/figures/spared"), 0);
  EXPECT_EQ(shown.size("/figures/by_owner"), 2u);
  EXPECT_EQ(shown.number("/figures/by_pool/0/due_now"), 1);
  ASSERT_EQ(shown.size("/items"), 3u);
  EXPECT_EQ(shown.string("/items/0/id"), given.old_one);
  EXPECT_EQ(shown.string("/items/0/name"), "上海精工");
  EXPECT_EQ(shown.string("/items/0/outcome"), "due");
  EXPECT_EQ(shown.string("/items/0/due_at"), "2026-04-01T01:00:00.000Z");
  EXPECT_THAT(shown.string("/items/0/explanation"), HasSubstr("30 天未跟进"));
  EXPECT_EQ(shown.string("/items/1/outcome"), "later");
  EXPECT_FALSE(shown.has("/share")) << "a third is no more than half";
  EXPECT_FALSE(shown.string("/preview_token").empty());
}

TEST(RecycleRulePreview, is_paged_by_its_token) {
  Neglected given;
  auto& world = given.world;
  const auto shown = world.post(world.admin, "/v1/recycle-rules/preview?limit=1", R"({"draft":)" + draft(world) + "}");
  ASSERT_EQ(shown.status, 200) << shown.text;
  ASSERT_EQ(shown.size("/items"), 1u);
  const auto place = "/v1/recycle-rules/previews/" + shown.string("/preview_token") + "/items?limit=5&cursor=";
  const auto rest = world.get(world.admin, place + shown.string("/next_cursor"));
  ASSERT_EQ(rest.status, 200) << rest.text;
  EXPECT_EQ(rest.size("/items"), 2u);
  EXPECT_TRUE(rest.at("/next_cursor").is_null());
  EXPECT_EQ(world.get(world.admin, place + "9").string("/code"), "bad-cursor");
  EXPECT_EQ(world.get(world.admin, "/v1/recycle-rules/previews/none/items").string("/code"), "preview-expired");
}

TEST(RecycleRulePreview, says_where_an_expression_is_at_fault_and_why_now_is_none) {
  ApiWorld world;
  const auto refused = world.post(world.admin, "/v1/recycle-rules/preview",
                                  R"({"draft":)" + draft(world, R"(,"applies_when":"name == \"云\" && gade == 1",
                                     "protect_when":"created_at < now")") +
                                      "}",
                                  {{"Accept-Language", "en"}});
  EXPECT_THAT(refused.errors(),
              ElementsAre("bad-expression /draft/applies_when", "not-allowed-here /draft/protect_when"));
  EXPECT_EQ(refused.number("/errors/0/offset"), 15) << "in code points: " << refused.text;
  EXPECT_EQ(refused.number("/errors/1/offset"), 13);
  EXPECT_THAT(refused.string("/errors/1/detail"), HasSubstr("This expression"));
  const auto slug = world.patch(world.admin, "/v1/forms/leads", R"({"slug":"clues"})", {{"Accept-Language", "en"}});
  EXPECT_EQ(slug.errors(), std::vector<std::string>{"not-allowed-here /slug"});
  EXPECT_EQ(slug.text.find("expression"), std::string::npos) << slug.text;
}

TEST(RecycleRulePreview, blames_no_pool_for_a_form_that_is_not_named) {
  ApiWorld world;
  const auto refused = world.post(world.admin, "/v1/recycle-rules/preview",
                                  R"({"draft":{"name":"r","pools":[")" + world.customer_pool() +
                                      R"("],"triggers":[{"type":"no_follow_up","days":30}]}})");
  EXPECT_THAT(refused.errors(), ElementsAre("required /draft/form"));
}

TEST(RecycleRulePreview, tells_all_faults_of_a_draft_at_once) {
  ApiWorld world;
  const auto refused = preview(
      world, R"({"form":"customers","pools":[],"triggers":[{"type":"boredom","days":0}],"applies_when":"grad == 1",
                 "at":"25:00","calendar":"lunar","colour":"red"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.errors(), ElementsAre("bad-expression /draft/applies_when", "out-of-range /draft/at",
                                            "out-of-range /draft/triggers/0/days", "required /draft/name",
                                            "required /draft/pools", "unknown-choice /draft/calendar",
                                            "unknown-choice /draft/triggers/0/type", "unknown-field /draft/colour"));
  EXPECT_EQ(world.post(world.manager, "/v1/recycle-rules/preview", R"({"draft":{}})").status, 403);
}

TEST(RecycleRulePublication, does_what_the_preview_showed) {
  Neglected given;
  auto& world = given.world;
  const auto shown = preview(world, draft(world));
  const auto published = publish(world, shown, "", {{"Idempotency-Key", "publish-1"}});
  ASSERT_EQ(published.status, 202) << published.text;
  EXPECT_EQ(published.number("/rule/version"), 1);
  EXPECT_EQ(published.string("/rule/draft/triggers/0/type"), "no_follow_up");
  EXPECT_TRUE(published.at("/rule/draft/protect_when").is_null());
  EXPECT_EQ(published.string("/job/type"), "backfill");
  EXPECT_EQ(published.number("/job/total"), 1);

  const auto job = ended(world, published.string("/job/id"));
  EXPECT_EQ(job.string("/state"), "succeeded") << job.text;
  EXPECT_EQ(job.number("/done"), 1);
  EXPECT_EQ(job.number("/result/recycled"), 1);
  const auto items = world.get(world.admin, "/v1/jobs/" + published.string("/job/id") + "/items");
  ASSERT_EQ(items.size("/items"), 1u) << items.text;
  EXPECT_EQ(items.string("/items/0/id"), given.old_one);
  EXPECT_EQ(items.string("/items/0/outcome"), "recycled");
  const auto gone = world.get(world.admin, "/v1/customers/" + given.old_one);
  EXPECT_TRUE(gone.at("/owner").is_null());
  EXPECT_EQ(gone.string("/pool"), world.customer_pool());

  // The same request again is answered as the first time was; another one needs another preview.
  const auto again = publish(world, shown, "", {{"Idempotency-Key", "publish-1"}});
  EXPECT_EQ(again.status, 202) << again.text;
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(again.string("/job/id"), published.string("/job/id"));
  EXPECT_EQ(publish(world, shown).string("/code"), "preview-used");
}

TEST(RecycleRulePublication, is_refused_where_the_affected_set_has_changed) {
  Neglected given;
  auto& world = given.world;
  const auto shown = preview(world, draft(world));
  ASSERT_EQ(world
                .post(world.seller, "/v1/customers/" + given.old_one + "/follow-ups",
                      R"({"method":"call","content":"谈了价格"})")
                .status,
            201);
  const auto refused = publish(world, shown);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.string("/code"), "preview-stale");
  EXPECT_EQ(shown.number("/figures/due_now"), 1) << shown.text;
  EXPECT_EQ(refused.number("/figures/due_now"), 0) << "with the new figures: " << refused.text;
  EXPECT_EQ(refused.number("/figures/owned"), shown.number("/figures/owned"));
  EXPECT_FALSE(refused.has("/limit"));
  const auto published = publish(world, shown, R"(,"accept_changes":true)");
  EXPECT_EQ(published.status, 202) << "a refusal leaves the token: " << published.text;
  EXPECT_EQ(published.number("/job/total"), 0);
}

TEST(RecycleRulePublication, is_told_in_history_and_trial_in_the_words_of_the_api) {
  Neglected given;
  auto& world = given.world;
  const auto shown = preview(world, draft(world, R"(,"at":"02:00")"));
  const auto body = R"({"existing":"now","preview_token":")" + shown.string("/preview_token") + "\"}";
  const auto tried = world.post(world.admin, "/v1/recycle-rules/publish?dry_run=true", body);
  ASSERT_EQ(tried.string("/events/0/type"), "RecycleRulePublished") << tried.text;
  EXPECT_EQ(tried.string("/events/0/data/draft/at"), "02:00");
  EXPECT_EQ(tried.string("/events/0/data/draft/target_pool"), "home");
  EXPECT_EQ(tried.string("/events/0/data/draft/form"), "customers");
  EXPECT_FALSE(tried.has("/events/0/data/draft/at_ms"));
  EXPECT_EQ(tried.string("/events/0/data/existing"), "now") << "what stands behind the draft is there still";
  ASSERT_EQ(world.post(world.admin, "/v1/recycle-rules/publish", body).status, 202);
  world.wait_for_jobs();
  const auto history = world.get(world.admin, "/v1/customers/" + given.old_one + "/history?limit=1");
  ASSERT_EQ(history.string("/items/0/type"), "CustomerRecycled") << history.text;
  EXPECT_EQ(history.string("/items/0/data/rules/0/trigger"), "no_follow_up");
}

TEST(RecycleRulePublication, needs_the_share_accepted_where_more_than_half_would_go) {
  ApiWorld world;
  world.customer_of(world.seller, "上海精工");
  world.customer_of(world.seller, "苏州明达");
  world.advance_clock("2026-04-15T01:00:00Z");
  world.customer_of(world.seller, "无锡华光");
  const auto shown = preview(world, draft(world));
  EXPECT_EQ(shown.string("/share"), "0.6667");
  EXPECT_EQ(publish(world, shown).string("/code"), "share-not-accepted");
  EXPECT_EQ(publish(world, shown, R"(,"accept_share":"0.5")").string("/code"), "share-not-accepted");
  EXPECT_EQ(publish(world, shown, R"(,"accept_share":"0.6667")").status, 202);
}

TEST(RecycleRulePublication, holds_to_the_draft_that_was_previewed) {
  Neglected given;
  auto& world = given.world;
  const auto shown = preview(world, draft(world));
  const auto other = draft(world, R"(,"cool_down_days":3)");
  EXPECT_EQ(publish(world, shown, R"(,"draft":)" + other).string("/code"), "preview-mismatch");
  EXPECT_EQ(publish(world, shown, R"(,"draft":)" + draft(world)).status, 202);
  EXPECT_EQ(world.post(world.admin, "/v1/recycle-rules/publish", R"({"preview_token":"none","existing":"now"})")
                .string("/code"),
            "preview-expired");
  EXPECT_EQ(
      world.post(world.admin, "/v1/recycle-rules/publish", R"({"preview_token":"t","existing":"grace"})").errors(),
      std::vector<std::string>{"not-yet /existing"});
}

TEST(RecycleRules, are_listed_with_their_versions_and_switched) {
  Neglected given;
  auto& world = given.world;
  const auto first = publish(world, preview(world, draft(world)));
  ASSERT_EQ(first.status, 202) << first.text;
  const auto rule = first.string("/rule/id");
  ended(world, first.string("/job/id"));
  const auto later = draft(world, R"(,"at":"02:00","protect_when":"","target_pool":")" + world.customer_pool() + "\"");
  const auto second = publish(world, preview(world, later, R"(,"id":")" + rule + "\""));
  ASSERT_EQ(second.status, 202) << second.text;
  EXPECT_EQ(second.number("/rule/version"), 2);
  EXPECT_EQ(second.string("/rule/draft/at"), "02:00");
  EXPECT_TRUE(second.at("/rule/draft/protect_when").is_string());
  EXPECT_EQ(second.string("/rule/draft/target_pool"), world.customer_pool());
  EXPECT_EQ(world.get(world.manager, "/v1/recycle-rules").size("/items"), 1u);
  EXPECT_EQ(world.get(world.seller, "/v1/recycle-rules").status, 403);
  const auto versions = world.get(world.admin, "/v1/recycle-rules/" + rule + "/versions");
  ASSERT_EQ(versions.size("/items"), 2u) << versions.text;
  EXPECT_EQ(versions.number("/items/0/version"), 2);
  EXPECT_EQ(versions.string("/items/1/draft/at"), "at_once");

  const auto off = world.post(world.admin, "/v1/recycle-rules/" + rule + "/switch", R"({"enabled":false})");
  EXPECT_EQ(off.status, 200) << off.text;
  EXPECT_TRUE(off.at("/enabled").as_boolean() && !*off.at("/enabled").as_boolean());
  EXPECT_EQ(world.post(world.manager, "/v1/recycle-rules/" + rule + "/switch", R"({"enabled":true})").status, 403);
  EXPECT_EQ(world.post(world.admin, "/v1/recycle-rules/" + rule + "/switch", "{}").errors(),
            std::vector<std::string>{"required /enabled"});
}

TEST(RecycleForecast, names_every_rule_that_governs_with_instant_and_reason) {
  Neglected given;
  auto& world = given.world;
  const auto place = "/v1/customers/" + given.new_one + "/recycle-forecast";
  EXPECT_EQ(world.get(world.seller, place).size("/items"), 0u);
  const auto published = publish(world, preview(world, draft(world)));
  ended(world, published.string("/job/id"));
  const auto forecast = world.get(world.seller, place);
  ASSERT_EQ(forecast.status, 200) << forecast.text;
  ASSERT_EQ(forecast.size("/items"), 1u);
  EXPECT_EQ(forecast.string("/items/0/rule/id"), published.string("/rule/id"));
  EXPECT_EQ(forecast.string("/items/0/outcome"), "due");
  EXPECT_EQ(forecast.string("/items/0/due_at"), "2026-05-15T01:00:00.000Z");
  EXPECT_THAT(forecast.string("/items/0/explanation"), HasSubstr("2026-05-15 09:00"));
  EXPECT_EQ(world.get(world.other_seller, place).status, 404);
}

TEST(RecycleRun, takes_what_is_due_and_is_for_who_writes_rules) {
  Neglected given;
  auto& world = given.world;
  ended(world, publish(world, preview(world, draft(world))).string("/job/id"));
  const auto nothing = world.call("POST", "/v1/recycle-rules/run", &world.admin);
  EXPECT_EQ(nothing.status, 202) << nothing.text;
  EXPECT_EQ(nothing.string("/state"), "succeeded");
  EXPECT_EQ(nothing.string("/type"), "bulk");
  const auto asked = world.get(world.admin, nothing.header("Location"));
  EXPECT_EQ(asked.status, 200) << asked.text;
  EXPECT_EQ(asked.text, nothing.text);
  EXPECT_EQ(world.get(world.admin, nothing.header("Location") + "/items").size("/items"), 0u);
  EXPECT_EQ(nothing.number("/done"), 0);
  EXPECT_EQ(world.call("POST", "/v1/recycle-rules/run?dry_run=true", &world.admin).string("/would"), "nothing");
  EXPECT_EQ(world.call("POST", "/v1/recycle-rules/run", &world.manager).status, 403);
}

}  // namespace
}  // namespace highseas
