// lists_test — lists, batches, follow-ups and history through the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/api_world.hpp"

namespace highseas {
namespace {

using test_support::ApiWorld;
using testing::ElementsAre;

TEST(Lists, count_nothing_as_zero_in_filter_and_sort) {
  ApiWorld world;
  const auto busy = world.customer_of(world.seller, "上海精工");
  const auto quiet = world.customer_of(world.seller, "苏州明达");
  ASSERT_EQ(
      world.post(world.seller, "/v1/customers/" + busy + "/follow-ups", R"({"method":"call","content":"谈了"})").status,
      201);
  const auto none = world.get(world.seller, "/v1/customers?filter=follow_up_count%20==%200");
  ASSERT_EQ(none.size("/items"), 1u) << none.text;
  EXPECT_EQ(none.string("/items/0/id"), quiet);
  EXPECT_EQ(world.get(world.seller, "/v1/customers?filter=open_opportunities%20==%200").size("/items"), 2u);
  EXPECT_EQ(world.get(world.seller, "/v1/customers?sort=follow_up_count").string("/items/0/id"), quiet);
  EXPECT_EQ(world.get(world.seller, "/v1/customers?sort=-follow_up_count").string("/items/0/id"), busy);
}

TEST(List, gives_pages_newest_first_with_a_cursor_and_a_count) {
  ApiWorld world;
  // All within one millisecond of the test clock.
  for (const auto* name : {"a", "b", "c"}) world.customer_of(world.seller, name);
  world.customer_of(world.other_seller, "d");
  const auto first = world.get(world.seller, "/v1/customers?limit=2&count=exact&fields=name,owner");
  ASSERT_EQ(first.status, 200) << first.text;
  EXPECT_EQ(first.number("/total"), 3);
  EXPECT_EQ(first.string("/items/0/name"), "c");
  EXPECT_EQ(first.size("/items/0"), 4u) << "id, form, owner, name";
  EXPECT_EQ(first.number("/position"), static_cast<std::int64_t>(world.position()));
  const auto second =
      world.get(world.seller, "/v1/customers?limit=2&cursor=" + first.string("/next_cursor") + "&fields=name");
  ASSERT_EQ(second.size("/items"), 1u) << second.text;
  EXPECT_EQ(second.string("/items/0/name"), "a");
  EXPECT_TRUE(second.at("/next_cursor").is_null());
  EXPECT_FALSE(second.has("/total"));
}

TEST(List, filters_and_sorts) {
  ApiWorld world;
  for (const auto* body :
       {R"({"name":"张","grade":"A"})", R"({"name":"李","grade":"B"})", R"({"name":"王","grade":"A"})"}) {
    ASSERT_EQ(world.post(world.seller, "/v1/customers", body).status, 201);
  }
  const auto found =
      world.get(world.seller, "/v1/customers?filter=grade%20==%20%22A%22%20%26%26%20owner%20==%20me&sort=name");
  ASSERT_EQ(found.size("/items"), 2u) << found.text;
  EXPECT_EQ(found.string("/items/0/name"), "王");
  EXPECT_EQ(found.string("/items/1/name"), "张");
}

TEST(List, says_at_which_code_point_an_expression_is_wrong) {
  ApiWorld world;
  const auto refused = world.get(world.seller, "/v1/customers?filter=name==%22%E6%9C%BA%22%20%26%26%20nmae==%22x%22");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.string("/code"), "bad-expression");
  EXPECT_EQ(refused.number("/offset"), 13) << refused.text;
  EXPECT_FALSE(refused.string("/detail").empty());
}

TEST(List, refuses_parameters_that_it_can_not_take) {
  ApiWorld world;
  world.customer_of(world.seller, "a");
  for (const auto& [query, status, code] : {std::tuple{"limit=0", 400, "bad-parameter"},
                                            {"limit=x", 400, "bad-parameter"},
                                            {"limit=501", 422, "out-of-range"},
                                            {"limit=99999999999999999999999", 422, "out-of-range"},
                                            {"sort=nmae", 400, "bad-parameter"},
                                            {"sort=tags", 400, "bad-parameter"},
                                            {"sort=name,-name", 400, "bad-parameter"},
                                            {"fields=nmae", 400, "bad-parameter"},
                                            {"count=some", 400, "bad-parameter"},
                                            {"cursor=nonsense", 400, "bad-cursor"},
                                            {"as_of=p:1", 400, "unknown-parameter"},
                                            {"q=x", 400, "unknown-parameter"}}) {
    const auto refused = world.get(world.seller, std::string("/v1/customers?") + query);
    EXPECT_EQ(refused.status, status) << query;
    EXPECT_EQ(refused.string("/code"), code) << query;
  }
  EXPECT_EQ(world.get(world.seller, "/v1/no-such-form").status, 404);
  EXPECT_EQ(world.call("GET", "/v1/customers").status, 401);
}

TEST(Batch, does_what_it_can_and_says_what_came_of_each) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "old");
  const auto before = world.position();
  const auto done = world.post(world.manager, "/v1/customers/batch",
                               R"({"operations":[
      {"op":"create","data":{"name":7}},
      {"op":"create","data":{"name":"new"}},
      {"op":"update","id":")" + id +
                                   R"(","data":{"grade":"E"}},
      {"op":"update","id":")" + id +
                                   R"(","data":{"website":"not a page"}},
      {"op":"update","id":")" + id +
                                   R"(","data":{"grade":"A"}},
      {"op":"update","id":"led_1","data":{"grade":"A"}},
      {"op":"merge","id":")" + id + R"("},
      {"op":"delete","id":")" + id +
                                   R"("}]})");
  ASSERT_EQ(done.status, 200) << done.text;
  ASSERT_EQ(done.size("/results"), 8u);
  EXPECT_EQ(done.string("/results/0/status"), "refused");
  EXPECT_TRUE(done.at("/results/0/id").is_null());
  EXPECT_EQ(done.string("/results/0/errors/0/pointer"), "/operations/0/data/name");
  EXPECT_EQ(done.string("/results/0/errors/0/code"), "wrong-type");
  EXPECT_EQ(done.string("/results/1/status"), "ok");
  EXPECT_TRUE(done.string("/results/1/id").starts_with("cus_"));
  EXPECT_EQ(done.string("/results/2/errors/0/pointer"), "/operations/2/data/grade");
  EXPECT_EQ(done.string("/results/3/code"), "invalid-value");
  EXPECT_EQ(done.string("/results/3/errors/0/pointer"), "/operations/3/data/website") << "as asked, not as sent on";
  EXPECT_EQ(done.string("/results/4/status"), "ok");
  EXPECT_EQ(done.string("/results/4/id"), id);
  EXPECT_EQ(done.string("/results/5/code"), "not-found");
  EXPECT_EQ(done.string("/results/6/errors/0/pointer"), "/operations/6/op");
  EXPECT_EQ(done.string("/results/7/status"), "ok");
  EXPECT_EQ(world.position(), before + 1) << "one commit";
  EXPECT_EQ(done.number("/position"), static_cast<std::int64_t>(before + 1));
  EXPECT_EQ(world.get(world.manager, "/v1/customers/" + id).status, 404);
}

TEST(Batch, that_is_atomic_does_all_or_nothing) {
  ApiWorld world;
  const auto before = world.position();
  for (const auto* second : {R"({"name":7})", R"({"grade":"A"})"}) {  // can't be read; is refused by the decider
    const auto done = world.post(world.seller, "/v1/customers/batch",
                                 R"({"atomic":true,"operations":[{"op":"create","data":{"name":"a"}},
                                     {"op":"create","data":)" +
                                     std::string(second) + "}]}");
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(done.string("/results/0/status"), "refused");
    EXPECT_EQ(done.string("/results/0/code"), "batch-refused");
    EXPECT_EQ(done.string("/results/1/errors/0/pointer"), "/operations/1/data/name");
    EXPECT_EQ(world.position(), before);
  }
}

TEST(Batch, is_refused_whole_where_it_is_none) {
  ApiWorld world;
  EXPECT_THAT(world.post(world.seller, "/v1/customers/batch", R"({"operation":[]})").errors(),
              ElementsAre("required /operations", "unknown-field /operation"));
  EXPECT_THAT(world.post(world.seller, "/v1/customers/batch", R"({"operations":{},"atomic":1})").errors(),
              ElementsAre("wrong-type /atomic", "wrong-type /operations"));
  std::string operations = "{}";
  for (int i = 0; i < 1000; ++i) operations += ",{}";
  EXPECT_EQ(world.post(world.seller, "/v1/customers/batch", R"({"operations":[)" + operations + "]}").string("/code"),
            "too-many-items");
}

TEST(FollowUp, is_written_under_its_customer_and_counts_for_it) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "a");
  const auto path = "/v1/customers/" + id;
  const auto made = world.post(world.seller, path + "/follow-ups",
                               R"({"method":"call","content":"约了周五","next_at":"2026-03-06T02:00:00Z"})");
  ASSERT_EQ(made.status, 201) << made.text;
  EXPECT_EQ(made.header("Location"), "/v1/follow-ups/" + made.string("/id"));
  EXPECT_EQ(made.string("/customer"), id);
  EXPECT_EQ(made.string("/method"), "call");
  EXPECT_EQ(made.string("/occurred_at"), "2026-03-02T01:00:00.000Z");
  EXPECT_EQ(made.at("/effective"), api::json::Json(true));
  const auto customer = world.get(world.seller, path);
  EXPECT_EQ(customer.number("/follow_up_count"), 1);
  EXPECT_EQ(customer.string("/last_follow_up_method"), "call");
  EXPECT_EQ(customer.string("/last_follow_up_by"), world.seller.id_text());
  EXPECT_EQ(customer.string("/next_follow_up_at"), "2026-03-06T02:00:00.000Z");
  EXPECT_EQ(customer.number("/version"), 1) << "a follow-up raises no version";

  const auto fixed = world.patch(world.seller, made.header("Location"), R"({"content":"约了周六"})");
  EXPECT_EQ(fixed.status, 200) << fixed.text;
  EXPECT_EQ(fixed.string("/content"), "约了周六");
  const auto kept = world.call("DELETE", made.header("Location"), &world.admin);
  EXPECT_EQ(kept.status, 405);
  EXPECT_EQ(kept.string("/code"), "method-not-allowed");
  EXPECT_EQ(kept.header("Allow"), "GET, PATCH");
}

TEST(FollowUp, may_be_written_at_its_own_address_and_names_its_faults) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "a");
  const auto made =
      world.post(world.seller, "/v1/follow-ups", R"({"customer":")" + id + R"(","method":"visit","content":"x"})");
  EXPECT_EQ(made.status, 201) << made.text;
  EXPECT_THAT(world
                  .post(world.seller, "/v1/customers/" + id + "/follow-ups",
                        R"({"method":"smoke","occurred_at":"later","owner":")" + world.seller.id_text() + "\"}")
                  .errors(),
              ElementsAre("invalid-value /occurred_at", "read-only-field /owner", "required /content",
                          "unknown-choice /method"));
  EXPECT_EQ(world.post(world.other_seller, "/v1/customers/" + id + "/follow-ups", R"({"method":"call","content":"x"})")
                .status,
            404);
  EXPECT_EQ(world.post(world.seller, "/v1/products/prd_" + id.substr(4) + "/follow-ups", "{}").status, 404);
}

TEST(History, tells_every_event_newest_first_with_the_hash_of_its_commit) {
  ApiWorld world;
  const auto id = world.customer_in_pool("a");
  const auto path = "/v1/customers/" + id;
  ASSERT_EQ(world.post(world.seller, path + "/claim", "").status, 200);
  ASSERT_EQ(world.patch(world.seller, path, R"({"grade":"B","phone":"13800138000"})").status, 200);
  ASSERT_EQ(world.post(world.seller, path + "/follow-ups", R"({"method":"call","content":"x"})").status, 201);
  const auto all = world.get(world.seller, path + "/history");
  ASSERT_EQ(all.size("/items"), 4u) << all.text;
  EXPECT_EQ(all.string("/items/0/type"), "FollowedUp");
  EXPECT_EQ(all.string("/items/1/type"), "RecordChanged");
  EXPECT_EQ(all.string("/items/1/data/values/grade"), "B");
  EXPECT_EQ(all.string("/items/2/type"), "CustomerClaimed");
  EXPECT_EQ(all.string("/items/2/data/owner"), world.seller.id_text());
  EXPECT_EQ(all.string("/items/2/actor/name"), "李娜");
  EXPECT_EQ(all.string("/items/2/at"), "2026-03-02T01:00:00.000Z");
  EXPECT_EQ(all.string("/items/2/commit_hash").size(), 64u);
  EXPECT_FALSE(all.string("/items/2/summary").empty());
  EXPECT_EQ(all.string("/items/3/type"), "RecordCreated");
  EXPECT_EQ(all.number("/items/0/position"), static_cast<std::int64_t>(world.position()));

  const auto page = world.get(world.seller, path + "/history?limit=3");
  EXPECT_EQ(page.size("/items"), 3u);
  const auto rest = world.get(world.seller, path + "/history?limit=3&cursor=" + page.string("/next_cursor"));
  ASSERT_EQ(rest.size("/items"), 1u);
  EXPECT_EQ(rest.string("/items/0/type"), "RecordCreated");
  EXPECT_TRUE(rest.at("/next_cursor").is_null());
  EXPECT_EQ(world.get(world.other_seller, path + "/history").status, 404);
  EXPECT_EQ(world.get(world.seller, path + "/history?cursor=x").string("/code"), "bad-cursor");
}

TEST(HiddenFields, of_a_pool_are_in_no_record_list_filter_or_history) {
  ApiWorld world;
  const auto made = world.post(world.admin, "/v1/customers",
                               R"({"name":"a","phone":"13800138000","pool":")" + world.customer_pool() + "\"}");
  ASSERT_EQ(made.status, 201);
  const auto design = world.design();
  const auto* form = design->form_by_slug("customers");
  domain::ChangePool change{.pool = *design->first_pool(form->number)};
  change.pool.hidden_fields = {form->field_by_key("phone")->number};
  ASSERT_TRUE(world.command(ApiWorld::actor(world.admin), change));

  const auto path = "/v1/customers/" + made.string("/id");
  const auto record = world.get(world.seller, path);
  EXPECT_EQ(record.status, 200);
  EXPECT_FALSE(record.has("/phone"));
  EXPECT_EQ(world.get(world.seller, "/v1/customers").text.find("13800138000"), std::string::npos);
  EXPECT_EQ(world.get(world.seller, "/v1/customers?filter=phone==%2213800138000%22").size("/items"), 0u);
  const auto history = world.get(world.seller, path + "/history");
  EXPECT_EQ(history.size("/items"), 1u);
  EXPECT_EQ(history.text.find("13800138000"), std::string::npos);
  EXPECT_NE(world.get(world.admin, path + "/history").text.find("13800138000"), std::string::npos);
  ASSERT_EQ(world.post(world.seller, path + "/claim", "").status, 200);
  EXPECT_EQ(world.get(world.seller, path).string("/phone"), "13800138000");
}

}  // namespace
}  // namespace highseas
