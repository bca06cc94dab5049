// route_repeats_test — every write that is sent again with its Idempotency-Key happens once and answers the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "api/json/writer.hpp"
#include "tests/api/route_scenarios.hpp"

namespace highseas::api_test {
namespace {

using api::Access;
using api::Route;
using test_support::ApiAnswer;

bool is_write(const Route& route) {
  // Who logs out is nobody any more when she asks again.
  return route.method != "GET" && route.access == Access::member && route.operation != "log_out";
}

// Where an admin's request is accepted.
Stands accepted_standing(std::string_view operation) {
  for (const auto* pooled : {"claim", "assign", "move"}) {
    if (operation.starts_with(pooled)) return Stands::pooled;
  }
  return Stands::own;
}

// What is told once alone is null in a repeat.
bool has_secret(std::string_view operation) {
  return operation == "invite_member" || operation == "issue_api_key";
}

class RouteRepeats : public ::testing::TestWithParam<std::string_view> {
 protected:
  const Route& route() const {
    return *std::ranges::find_if(api::routes(), [&](const Route& each) { return each.operation == GetParam(); });
  }
};

TEST_P(RouteRepeats, answer_what_the_first_one_did_and_refuse_another_request_of_the_key) {
  RouteScenarios scenarios;
  auto& world = scenarios.world;
  auto request = scenarios.request(route(), accepted_standing(route().operation), world.admin);
  request.headers.emplace_back("Idempotency-Key", "once");
  const auto send = [&](const std::string& body) {
    return world.call(request.method, request.target, &world.admin, body, request.headers);
  };
  const auto first = send(request.body);
  ASSERT_LT(first.status, 300) << first.text;
  EXPECT_EQ(first.header("Idempotency-Replayed"), "");
  request.hold.reset();
  world.wait_for_jobs();
  const auto head = world.position();

  const auto again = send(request.body);
  EXPECT_EQ(again.status, first.status) << again.text;
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  for (const auto* header : {"Highseas-Position", "Location", "ETag", "Content-Type"}) {
    EXPECT_EQ(again.header(header), first.header(header)) << header;
  }
  if (has_secret(route().operation)) {
    EXPECT_EQ(again.string("/id"), first.string("/id"));
    EXPECT_EQ(again.string("/member/id"), first.string("/member/id"));
    for (const auto* secret : {"/secret", "/invitation/token"}) EXPECT_TRUE(again.at(secret).is_null());
  } else {
    EXPECT_EQ(again.text, first.text);
  }
  EXPECT_EQ(world.position(), head) << "it happened once";

  if (request.body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  const auto other = send(request.body.empty() ? "{}" : request.body + " ");
  EXPECT_EQ(other.status, 422) << other.text;
  EXPECT_EQ(other.string("/code"), "idempotency-key-reused");
  EXPECT_EQ(world.position(), head);
}

std::vector<std::string_view> writes() {
  std::vector<std::string_view> all;
  for (const auto& route : api::routes()) {
    if (is_write(route)) all.push_back(route.operation);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Of, RouteRepeats, ::testing::ValuesIn(writes()),
                         [](const auto& each) { return std::string(each.param); });

const ApiWorld::Headers kKey{{"Idempotency-Key", "once"}};

TEST(Repeat, by_another_member_is_a_request_of_its_own) {
  ApiWorld world;
  const auto body = R"({"name":"机密客户"})";
  ASSERT_EQ(world.post(world.seller, "/v1/customers", body, kKey).status, 201);
  const auto other = world.post(world.other_seller, "/v1/customers", body, kKey);
  EXPECT_EQ(other.header("Idempotency-Replayed"), "");
  EXPECT_EQ(other.string("/code"), "duplicate-record") << other.text;
}

// It was accepted, the answer was lost, and its preview went before it was sent again.
TEST(Repeat, of_a_publication_needs_no_preview_any_more) {
  RouteScenarios scenarios;
  auto& world = scenarios.world;
  const auto& publish = *std::ranges::find(api::routes(), "publish_recycle_rule", &Route::operation);
  const auto& preview = *std::ranges::find(api::routes(), "preview_recycle_rule", &Route::operation);
  const auto request = scenarios.request(publish, Stands::plain, world.admin);
  const auto first = world.post(world.admin, request.target, request.body, kKey);
  ASSERT_EQ(first.status, 202) << first.text;
  world.wait_for_jobs();
  for (int i = 0; i < 11; ++i) {  // a member keeps ten of them
    const auto next = scenarios.request(preview, Stands::plain, world.admin);
    ASSERT_EQ(world.post(world.admin, next.target, next.body).status, 200);
  }
  EXPECT_EQ(world.post(world.admin, request.target, request.body).string("/code"), "preview-expired");
  const auto again = world.post(world.admin, request.target, request.body, kKey);
  EXPECT_EQ(again.status, 202) << again.text;
  EXPECT_EQ(again.text, first.text);
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
}

// The field that it filled in is retired since.
TEST(Repeat, is_read_by_the_form_as_it_was_then) {
  ApiWorld world;
  auto fields = *world.get(world.admin, "/v1/forms/customers").body.find("fields");
  const auto without = api::json::to_text(api::json::Json::Object{{"fields", fields}});
  fields.as_array()->push_back(api::json::Json::Object{
      {"key", "vat_no"}, {"type", "text"}, {"label", api::json::Json::Object{{"zh", "税号二"}}}});
  const auto with = api::json::to_text(api::json::Json::Object{{"fields", std::move(fields)}});
  ASSERT_EQ(world.patch(world.admin, "/v1/forms/customers", with).status, 200);
  const std::string body = R"({"name":"a","vat_no":"7"})";
  const auto first = world.post(world.seller, "/v1/customers", body, kKey);
  ASSERT_EQ(first.status, 201) << first.text;
  ASSERT_EQ(world.patch(world.admin, "/v1/forms/customers", without).status, 200);
  EXPECT_EQ(world.post(world.seller, "/v1/customers", body).string("/code"), "unknown-field");
  const auto again = world.post(world.seller, "/v1/customers", body, kKey);
  EXPECT_EQ(again.status, 201) << again.text;
  EXPECT_EQ(again.text, first.text);
  const auto faulty = world.post(world.seller, "/v1/customers", R"({"name":"a","vat_no":"8"})", kKey);
  EXPECT_EQ(faulty.string("/code"), "idempotency-key-reused") << "told before the faults of its body";
}

// However much happened to it since, and to others.
TEST(Repeat, tells_the_record_as_its_own_commit_left_it) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "甲");
  const auto path = "/v1/customers/" + id;
  const auto follow_up = R"({"method":"call","content":"谈了"})";
  ASSERT_EQ(world.post(world.seller, path + "/follow-ups", follow_up).status, 201);
  const auto first = world.patch(world.seller, path, R"({"remark":"一"})", kKey);
  ASSERT_EQ(first.status, 200) << first.text;
  ASSERT_EQ(first.number("/follow_up_count"), 1);
  world.customer_of(world.other_seller, "乙");
  world.wait_a_moment();
  ASSERT_EQ(world.post(world.seller, path + "/follow-ups", follow_up).status, 201);
  ASSERT_EQ(world.patch(world.seller, path, R"({"remark":"二","name":"丙"})").status, 200);
  const auto again = world.patch(world.seller, path, R"({"remark":"一"})", kKey);
  EXPECT_EQ(again.text, first.text);
  EXPECT_EQ(again.header("ETag"), first.header("ETag"));
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
}

// What it would tell is hers no more.
TEST(Repeat, is_judged_by_the_rights_of_now) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_of(world.seller, "机密客户");
  ASSERT_EQ(world.patch(world.seller, path, R"({"remark":"新"})", kKey).status, 200);
  ASSERT_EQ(world.patch(world.admin, "/v1/members/" + world.seller.id_text(), R"({"roles":[]})").status, 200);
  const auto again = world.patch(world.seller, path, R"({"remark":"新"})", kKey);
  EXPECT_EQ(again.string("/code"), "forbidden") << again.text;
  EXPECT_EQ(again.text.find("机密"), std::string::npos);
}

TEST(Repeat, of_a_refusal_is_decided_anew) {
  ApiWorld world;
  const auto id = world.customer_of(world.other_seller, "a");
  const auto path = "/v1/customers/" + id + "/claim";
  EXPECT_EQ(world.post(world.seller, path, "", kKey).string("/code"), "already-owned");
  ASSERT_EQ(world.post(world.other_seller, "/v1/customers/" + id + "/release", "").status, 200);
  const auto again = world.post(world.seller, path, "", kKey);
  EXPECT_EQ(again.status, 200) << again.text;
  EXPECT_EQ(again.header("Idempotency-Replayed"), "");
}

// Nothing was appended, so that the log does not know of it: asked again, it must not take what was given back since.
TEST(Repeat, of_what_left_nothing_to_do_does_nothing_either) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "a");
  const auto path = "/v1/customers/" + id;
  const auto first = world.post(world.seller, path + "/claim", "", kKey);
  ASSERT_EQ(first.status, 200);
  ASSERT_EQ(world.post(world.seller, path + "/release", "").status, 200);
  const auto head = world.position();
  const auto again = world.post(world.seller, path + "/claim", "", kKey);
  EXPECT_EQ(again.text, first.text);
  EXPECT_EQ(world.position(), head);
}

TEST(Repeat, in_a_dry_run_uses_no_key_up) {
  ApiWorld world;
  ASSERT_EQ(world.post(world.seller, "/v1/customers?dry_run=true", R"({"name":"a"})", kKey).status, 200);
  const auto made = world.post(world.seller, "/v1/customers", R"({"name":"b"})", kKey);
  EXPECT_EQ(made.status, 201) << made.text;
}

}  // namespace
}  // namespace highseas::api_test
