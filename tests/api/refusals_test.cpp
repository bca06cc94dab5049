// refusals_test — what each refusal answers over the API, and that no code of the problem table is without a test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "api/json/writer.hpp"
#include "api/problem.hpp"
#include "tests/api/refused.hpp"

namespace highseas::api_test {
namespace {

using test_support::ApiAnswer;
using test_support::ApiWorld;
using test_support::Person;
using testing::Contains;
using testing::ElementsAre;

// --- the pool

struct Limits {
  ApiWorld world;
  void change(const std::string& body) {
    const auto changed = world.patch(world.admin, "/v1/pools/" + world.customer_pool(), body);
    ASSERT_EQ(changed.status, 200) << changed.text;
  }
  ApiAnswer claim(const Person& who, const std::string& id) { return world.post(who, path_of(id, "/claim"), ""); }
};

TEST(Claim, is_refused_at_the_daily_limit) {
  Limits given;
  given.change(R"({"daily_claim_limit":1})");
  const auto first = given.world.customer_in_pool("a");
  const auto second = given.world.customer_in_pool("b");
  ASSERT_EQ(given.claim(given.world.seller, first).status, 200);
  ASSERT_EQ(given.world.post(given.world.seller, path_of(first, "/release"), "").status, 200);
  const auto refused = given.claim(given.world.seller, second);
  expect_refused(refused, 409, "daily-claim-limit");
  EXPECT_EQ(refused.number("/limit"), 1);
}

TEST(Claim, is_refused_at_the_holding_limit_as_are_assignment_and_transfer) {
  Limits given;
  auto& world = given.world;
  given.change(R"({"holding_limit":1})");
  ASSERT_EQ(given.claim(world.seller, world.customer_in_pool("a")).status, 200);
  const auto second = world.customer_in_pool("b");
  const auto refused = given.claim(world.seller, second);
  expect_refused(refused, 409, "holding-limit");
  EXPECT_EQ(refused.number("/limit"), 1);
  expect_refused(world.post(world.admin, path_of(second, "/assign"), owner_body(world.seller)), 409, "holding-limit");
  ASSERT_EQ(given.claim(world.other_seller, second).status, 200);
  expect_refused(world.post(world.admin, path_of(second, "/transfer"), owner_body(world.seller)), 409, "holding-limit");
}

TEST(Claim, is_refused_while_what_was_hers_cools_down) {
  Limits given;
  given.change(R"({"cool_down_days":7})");
  const auto id = given.world.customer_of(given.world.seller, "a");
  ASSERT_EQ(given.world.post(given.world.seller, path_of(id, "/release"), "").status, 200);
  const auto refused = given.claim(given.world.seller, id);
  expect_refused(refused, 409, "cool-down");
  EXPECT_EQ(refused.string("/until"), "2026-03-09T01:00:00.000Z");
  EXPECT_EQ(given.claim(given.world.other_seller, id).status, 200) << "others need not wait";
}

TEST(Claim, is_refused_while_it_is_new_in_the_pool) {
  Limits given;
  given.change(R"({"protect_new_days":2})");
  const auto id = given.world.customer_in_pool("a");
  const auto refused = given.claim(given.world.seller, id);
  expect_refused(refused, 409, "new-in-pool");
  EXPECT_EQ(refused.string("/until"), "2026-03-04T01:00:00.000Z");
}

TEST(PoolActions, are_refused_by_where_the_record_is) {
  ApiWorld world;
  const auto owned = world.customer_of(world.seller, "a");
  const auto pooled = world.customer_in_pool("b");
  const auto pool = R"({"pool":")" + world.customer_pool() + "\"}";
  expect_refused(world.post(world.admin, path_of(owned, "/move"), pool), 409, "not-in-pool");
  expect_refused(world.post(world.admin, path_of(pooled, "/release"), ""), 409, "not-owned");
  expect_refused(world.post(world.admin, path_of(pooled, "/transfer"), owner_body(world.seller)), 409, "not-owned");
  expect_refused(world.post(world.auditor, path_of(pooled, "/claim"), ""), 403, "not-a-claimer");
  ASSERT_EQ(world.call("DELETE", path_of(pooled), &world.admin).status, 204);
  expect_refused(world.post(world.admin, path_of(pooled, "/lock"), R"({"until":null})"), 409, "deleted");
}

TEST(PoolActions, take_reasons_and_notes_of_a_bounded_length) {
  ApiWorld world;
  const auto path = path_of(world.customer_of(world.seller, "a"), "/release");
  std::string reason, note;
  for (int i = 0; i < 201; ++i) reason += "长";
  note = std::string(2'001, 'x');
  const auto refused = world.post(world.seller, path, R"({"reason":")" + reason + R"(","note":")" + note + "\"}");
  EXPECT_THAT(refused.errors(), ElementsAre("too-long /note", "too-long /reason")) << refused.text;
}

// --- directory, forms, rules

TEST(Names, are_taken_once) {
  ApiWorld world;
  expect_refused(world.post(world.admin, "/v1/departments", R"({"name":"销售一部"})"), 409, "name-taken");
  ASSERT_EQ(world.post(world.admin, "/v1/pools", R"({"form":"customers","name":"二号"})").status, 201);
  expect_refused(world.post(world.admin, "/v1/pools", R"({"form":"customers","name":"二号"})"), 409, "name-taken");
}

TEST(Departments, never_stand_below_themselves) {
  ApiWorld world;
  const auto upper = base::format_id(world.department);
  const auto lower = world.post(world.admin, "/v1/departments", R"({"name":"一组","parent":")" + upper + "\"}");
  ASSERT_EQ(lower.status, 201) << lower.text;
  const auto refused =
      world.patch(world.admin, "/v1/departments/" + upper, R"({"parent":")" + lower.string("/id") + "\"}");
  EXPECT_THAT(refused.errors(), ElementsAre("cycle /parent")) << refused.text;
}

TEST(Members, who_have_left_change_no_more) {
  ApiWorld world;
  const auto path = "/v1/members/" + world.other_seller.id_text();
  ASSERT_EQ(world.post(world.admin, path + "/deactivate", R"({"release":true})").status, 202);
  expect_refused(world.patch(world.admin, path, R"({"name":"新"})"), 409, "not-active");
}

api::json::Json field(std::string_view key) {
  using api::json::Json;
  return Json::Object{{"key", key}, {"type", "text"}, {"label", Json::Object{{"zh", std::string(key)}}}};
}

ApiAnswer with_fields(ApiWorld& world, const std::vector<api::json::Json>& more) {
  auto fields = *world.get(world.admin, "/v1/forms/customers").body.find("fields");
  for (const auto& each : more) fields.as_array()->push_back(each);
  return world.patch(world.admin, "/v1/forms/customers",
                     api::json::to_text(api::json::Json::Object{{"fields", std::move(fields)}}));
}

TEST(Forms, have_each_key_once_and_keep_slug_and_behaviours) {
  ApiWorld world;
  const auto doubled = with_fields(world, {field("vat_no"), field("vat_no")});
  EXPECT_EQ(doubled.status, 422) << doubled.text;
  EXPECT_THAT(doubled.errors(), Contains(testing::StartsWith("key-taken ")));
  const auto renamed = world.patch(world.admin, "/v1/forms/customers", R"({"slug":"clients"})");
  EXPECT_THAT(renamed.errors(), Contains("not-allowed-here /slug")) << renamed.text;
}

TEST(Forms, have_at_most_two_thousand_choices_a_field) {
  ApiWorld world;
  using api::json::Json;
  Json::Array choices;
  for (int i = 0; i <= 2'000; ++i) {
    const auto key = "c" + std::to_string(i);
    choices.emplace_back(Json::Object{{"key", key}, {"label", Json::Object{{"zh", key}}}});
  }
  const Json many = Json::Object{
      {"key", "many"}, {"type", "choice"}, {"label", Json::Object{{"zh", "多"}}}, {"choices", std::move(choices)}};
  const auto refused = with_fields(world, {many});
  EXPECT_THAT(refused.errors(), Contains(testing::StartsWith("too-many-choices "))) << refused.text.substr(0, 400);
}

std::string draft(const ApiWorld& world, const std::string& more) {
  return R"({"draft":{"name":"规则","form":"customers","pools":[")" + world.customer_pool() + "\"]" + more + "}";
}

TEST(Forms, keep_a_field_that_a_rule_uses) {
  ApiWorld world;
  const auto before = api::json::to_text(
      api::json::Json::Object{{"fields", *world.get(world.admin, "/v1/forms/customers").body.find("fields")}});
  ASSERT_EQ(with_fields(world, {field("vat_no")}).status, 200);
  const auto shown = world.post(world.admin, "/v1/recycle-rules/preview",
                                draft(world, R"(,"applies_when":"vat_no == \"7\"",)"
                                             R"("triggers":[{"type":"no_follow_up","days":30}]})"));
  ASSERT_EQ(shown.status, 200) << shown.text;
  ASSERT_EQ(world
                .post(world.admin, "/v1/recycle-rules/publish",
                      R"({"existing":"now","preview_token":")" + shown.string("/preview_token") + "\"}")
                .status,
            202);
  const auto refused = world.patch(world.admin, "/v1/forms/customers", before);
  expect_refused(refused, 409, "field-in-use");
  EXPECT_EQ(refused.size("/names"), 1u) << refused.text;
}

TEST(RecycleRules, need_a_trigger_and_a_rule_that_exists) {
  ApiWorld world;
  const auto none = world.post(world.admin, "/v1/recycle-rules/preview", draft(world, R"(,"triggers":[]})"));
  EXPECT_THAT(none.errors(), ElementsAre("no-triggers /draft/triggers")) << none.text;
  const auto unknown = world.post(
      world.admin, "/v1/recycle-rules/preview",
      draft(world, R"(,"triggers":[{"type":"no_follow_up","days":30}]},"id":"rul_01ARZ3NDEKTSV4RRFFQ69G5FAV")"));
  EXPECT_THAT(unknown.errors(), ElementsAre("unknown-rule /id")) << unknown.text;
  EXPECT_EQ(unknown.status, 404);
}

TEST(FollowUps, can_not_have_taken_place_in_the_future) {
  ApiWorld world;
  const auto path = path_of(world.customer_of(world.seller, "a"), "/follow-ups");
  const auto refused =
      world.post(world.seller, path, R"({"method":"call","content":"x","occurred_at":"2026-03-02T01:00:00.001Z"})");
  EXPECT_THAT(refused.errors(), ElementsAre("in-the-future /occurred_at")) << refused.text;
}

TEST(FollowUps, are_not_deleted_in_a_batch_either) {
  ApiWorld world;
  const auto path = path_of(world.customer_of(world.seller, "a"), "/follow-ups");
  const auto said = world.post(world.seller, path, R"({"method":"call","content":"x"})");
  const auto batch = world.post(world.admin, "/v1/follow-ups/batch",
                                R"({"operations":[{"op":"delete","id":")" + said.string("/id") + "\"}]}");
  EXPECT_EQ(batch.string("/results/0/code"), "no-method") << batch.text;
}

TEST(Imports, need_a_form_that_exists) {
  ApiWorld world;
  const auto refused =
      world.post(world.admin, "/v1/imports", R"({"file":"fil_01ARZ3NDEKTSV4RRFFQ69G5FAV","form":"nonsense"})");
  EXPECT_THAT(refused.errors(), ElementsAre("unknown-form /form")) << refused.text;
}

TEST(TestClock, is_not_released_before_it_has_come_up_to_the_real_time) {
  ApiWorld world;
  expect_refused(world.post(world.admin, "/v1/test-clock/release", ""), 409, "too-early");
}

// --- the table

// Codes that no request to this version can bring about, each with why.
const std::map<std::string, std::string> kBeyondTheApi = {
    {"workspace-required", "one workspace is served for now"},
    {"payload-too-large", "the HTTP server refuses first: body-too-large"},
    {"commit-too-large", "a body of 1 MiB makes no commit of 4 MiB; held by the engine's tests"},
    {"locked-pool", "pools are not locked yet"},
    {"not-due", "told of items of a backfill, whose records changed meanwhile; held by the domain's tests"},
};

std::string sources_of(const std::filesystem::path& directory) {
  std::ostringstream text;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() == ".cpp") text << std::ifstream(entry.path()).rdbuf();
  }
  return text.str();
}

TEST(ProblemTable, has_no_code_without_a_test) {
  const std::filesystem::path tests = std::filesystem::path(HIGHSEAS_SOURCE_DIR) / "tests";
  const auto text = sources_of(tests / "api") + sources_of(tests / "api_http");
  for (const auto& kind : api::problem_kinds()) {
    const std::string code(kind.code);
    // "code" or "code /pointer", but for the table just above.
    const bool named = text.contains('"' + code + "\")") || text.contains('"' + code + " ") ||
                       text.contains('"' + code + "\"}") || text.contains('"' + code + "\",") ||
                       text.contains(", \"" + code + "\"");
    EXPECT_TRUE(named || kBeyondTheApi.contains(code)) << code << ": show it to a client in a test";
  }
}

}  // namespace
}  // namespace highseas::api_test
