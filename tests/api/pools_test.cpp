// pools_test — pools and their figures through the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/support/api_world.hpp"

namespace highseas {
namespace {

using test_support::ApiWorld;
using testing::ElementsAre;
using testing::Pair;

TEST(Pools, start_with_one_of_customers_and_one_of_leads) {
  ApiWorld world;
  const auto pools = world.get(world.seller, "/v1/pools");
  ASSERT_EQ(pools.status, 200) << pools.text;
  ASSERT_EQ(pools.size("/items"), 2u);
  EXPECT_TRUE(pools.at("/next_cursor").is_null());
  const auto first = world.get(world.seller, "/v1/pools?limit=1");
  ASSERT_EQ(first.size("/items"), 1u);
  const auto second = world.get(world.seller, "/v1/pools?limit=1&cursor=" + first.string("/next_cursor"));
  ASSERT_EQ(second.size("/items"), 1u);
  EXPECT_TRUE(second.at("/next_cursor").is_null());
  EXPECT_EQ(first.string("/items/0/id"), pools.string("/items/0/id"));
  std::map<std::string, std::string> forms;
  for (const auto& page : {first, second}) forms[page.string("/items/0/name")] = page.string("/items/0/form");
  EXPECT_THAT(forms, ElementsAre(Pair("公海", "customers"), Pair("线索池", "leads")));
}

TEST(Pools, are_added_changed_and_read_back_as_they_were_written) {
  ApiWorld world;
  const auto made =
      world.post(world.admin, "/v1/pools",
                 R"({"name":"华东公海","form":"customers","managers":{"members":[")" + world.manager.id_text() +
                     R"("]},"claimers":{"roles":["salesperson"]},"hidden_fields":["phone"],
                                      "daily_claim_limit":5,"holding_limit":30,
                                      "holding_excludes":"status == \"won\"","cool_down_days":7})");
  ASSERT_EQ(made.status, 201) << made.text;
  const auto place = made.header("Location");
  EXPECT_EQ(place, "/v1/pools/" + made.string("/id"));
  EXPECT_EQ(made.string("/managers/members/0"), world.manager.id_text());
  EXPECT_EQ(made.string("/claimers/roles/0"), "salesperson");
  EXPECT_EQ(made.string("/hidden_fields/0"), "phone");
  EXPECT_EQ(made.number("/daily_claim_limit"), 5);
  EXPECT_EQ(made.string("/holding_excludes"), "status == \"won\"");
  EXPECT_EQ(made.number("/cool_down_days"), 7);
  EXPECT_EQ(made.number("/protect_new_days"), 0);
  EXPECT_EQ(world.get(world.admin, place).text, made.text);

  const auto changed = world.patch(world.admin, place, R"({"holding_limit":null,"claimers":null,"name":"华东"})");
  ASSERT_EQ(changed.status, 200) << changed.text;
  EXPECT_TRUE(changed.at("/holding_limit").is_null());
  EXPECT_TRUE(changed.at("/claimers").is_null());
  EXPECT_EQ(changed.string("/name"), "华东");
  EXPECT_EQ(changed.number("/daily_claim_limit"), 5) << "what a patch does not name stays";

  // What was read is taken back.
  const auto same = world.patch(world.admin, place, changed.text);
  EXPECT_EQ(same.status, 200) << same.text;
  EXPECT_EQ(same.text, changed.text);
}

TEST(Pools, tell_all_faults_of_a_body_at_once) {
  ApiWorld world;
  const auto refused =
      world.post(world.admin, "/v1/pools",
                 R"({"form":"customers","hidden_fields":["phone","nose"],"daily_claim_limit":"5","colour":1,
                     "claimers":{"roles":["pirate"],"members":[3]},"cool_down_days":-1})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.errors(), ElementsAre("out-of-range /cool_down_days", "required /name", "unknown-field /colour",
                                            "unknown-field /hidden_fields/1", "unknown-role /claimers/roles/0",
                                            "wrong-type /claimers/members/0", "wrong-type /daily_claim_limit"));
}

TEST(Pools, keep_their_form_and_are_judged_by_it) {
  ApiWorld world;
  const auto place = "/v1/pools/" + world.customer_pool();
  ASSERT_EQ(world.patch(world.admin, place, R"({"holding_excludes":"grade == \"A\""})").status, 200);
  EXPECT_THAT(world.patch(world.admin, place, R"({"form":"leads"})").errors(), ElementsAre("read-only-field /form"));
  const auto refused = world.patch(world.admin, place, R"({"holding_excludes":"grade == "})");
  EXPECT_THAT(refused.errors(), ElementsAre("bad-expression /holding_excludes"));
  EXPECT_EQ(refused.number("/errors/0/offset"), 9) << refused.text;
}

TEST(Pools, are_written_by_admins_alone) {
  ApiWorld world;
  const auto pool = world.customer_pool();
  EXPECT_EQ(world.post(world.seller, "/v1/pools", R"({"name":"x","form":"customers"})").status, 403);
  EXPECT_EQ(world.patch(world.manager, "/v1/pools/" + pool, R"({"name":"x"})").status, 403);
  EXPECT_EQ(world.call("DELETE", "/v1/pools/" + pool, &world.seller).status, 403);
  EXPECT_EQ(world.get(world.admin, "/v1/pools/pol_01ARZ3NDEKTSV4RRFFQ69G5FAV").status, 404);
}

TEST(Pools, are_removed_when_empty) {
  ApiWorld world;
  const auto first = world.customer_pool();
  const auto made = world.post(world.admin, "/v1/pools", R"({"name":"二号公海","form":"customers"})");
  ASSERT_EQ(made.status, 201) << made.text;
  const auto place = made.header("Location");
  const auto customer =
      world.post(world.admin, "/v1/customers", R"({"name":"上海精工","pool":")" + made.string("/id") + "\"}");
  ASSERT_EQ(customer.status, 201) << customer.text;
  const auto refused = world.call("DELETE", place, &world.admin);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.string("/code"), "pool-not-empty");
  ASSERT_EQ(world.post(world.admin, "/v1/customers/" + customer.string("/id") + "/move", R"({"pool":")" + first + "\"}")
                .status,
            200);
  const auto removed = world.call("DELETE", place, &world.admin);
  EXPECT_EQ(removed.status, 204) << removed.text;
  EXPECT_EQ(world.get(world.admin, place).status, 404);
}

TEST(PoolStats, count_what_lies_in_it_and_what_is_owned_for_who_sees_all) {
  ApiWorld world;
  world.customer_in_pool("上海精工");
  const auto claimed = world.customer_in_pool("苏州明达");
  ASSERT_EQ(world.call("POST", "/v1/customers/" + claimed + "/claim", &world.seller).status, 200);
  const auto place = "/v1/pools/" + world.customer_pool() + "/stats";
  const auto stats = world.get(world.admin, place);
  ASSERT_EQ(stats.status, 200) << stats.text;
  EXPECT_EQ(stats.number("/standing"), 1);
  EXPECT_EQ(stats.number("/owned"), 1);
  EXPECT_EQ(stats.number("/added_today"), 2);
  EXPECT_EQ(stats.number("/claimed_today"), 1);
  EXPECT_EQ(stats.string("/median_days"), "0.00");
  const auto hers = world.get(world.seller, place);
  EXPECT_EQ(hers.number("/standing"), 1);
  EXPECT_TRUE(hers.at("/owned").is_null()) << "she does not see what others own";
}

TEST(PoolReport, counts_what_went_in_and_out_by_pool_and_day) {
  ApiWorld world;
  world.customer_in_pool("上海精工");
  const auto claimed = world.customer_in_pool("苏州明达");
  world.advance_clock("2026-03-04T01:00:00Z");
  ASSERT_EQ(world.call("POST", "/v1/customers/" + claimed + "/claim", &world.seller).status, 200);
  const auto report = world.get(world.admin, "/v1/reports/pool?pool=" + world.customer_pool());
  ASSERT_EQ(report.status, 200) << report.text;
  EXPECT_EQ(report.string("/from"), "2026-03-01");
  EXPECT_EQ(report.string("/to"), "2026-03-31");
  EXPECT_EQ(report.string("/scope"), "all");
  ASSERT_EQ(report.size("/rows"), 1u);
  EXPECT_EQ(report.string("/rows/0/pool"), world.customer_pool());
  EXPECT_EQ(report.number("/rows/0/created"), 2);
  EXPECT_EQ(report.number("/rows/0/claimed"), 1);
  EXPECT_EQ(report.number("/rows/0/standing"), 1);
  EXPECT_EQ(report.string("/rows/0/median_days"), "2.00");
  EXPECT_EQ(report.number("/totals/created"), 2);
  const auto filter = report.string("/rows/0/drill/filter");
  EXPECT_EQ(filter, "pool == \"" + world.customer_pool() + "\"");

  const auto days = world.get(world.admin, "/v1/reports/pool?group_by=day&from=2026-03-01&to=2026-03-31");
  ASSERT_EQ(days.status, 200) << days.text;
  EXPECT_EQ(days.string("/rows/0/day"), "2026-03-02");
  EXPECT_TRUE(days.at("/rows/0/pool").is_null());
}

TEST(PoolReport, counts_for_a_seller_what_she_claimed_and_not_what_a_colleague_did) {
  ApiWorld world;
  const auto hers = world.customer_in_pool("上海精工");
  const auto his = world.customer_in_pool("苏州明达");
  world.customer_in_pool("无锡恒力");
  ASSERT_EQ(world.call("POST", "/v1/customers/" + hers + "/claim", &world.seller).status, 200);
  ASSERT_EQ(world.call("POST", "/v1/customers/" + his + "/claim", &world.other_seller).status, 200);
  ASSERT_EQ(world.call("POST", "/v1/customers/" + his + "/release", &world.other_seller).status, 200);
  const auto path = "/v1/reports/pool?pool=" + world.customer_pool();
  const auto report = world.get(world.seller, path);
  EXPECT_EQ(report.string("/scope"), "own");
  EXPECT_EQ(report.number("/totals/created"), 3);
  EXPECT_EQ(report.number("/totals/claimed"), 1);
  EXPECT_EQ(report.number("/totals/released"), 0);
  EXPECT_EQ(report.number("/totals/standing"), 2) << "what stands in the pool she sees in its list";
  EXPECT_EQ(world.get(world.admin, path).number("/totals/claimed"), 2);
  // A day on which a colleague alone did something still says what stands.
  world.advance_clock("2026-03-04T01:00:00Z");
  ASSERT_EQ(world.call("POST", "/v1/customers/" + his + "/claim", &world.other_seller).status, 200);
  const auto days = world.get(world.seller, path + "&group_by=day");
  ASSERT_GE(days.size("/rows"), 2u) << days.text;
  EXPECT_EQ(days.string("/rows/1/day"), "2026-03-04");
  EXPECT_EQ(days.number("/rows/1/claimed"), 0);
  EXPECT_EQ(days.number("/rows/1/standing"), 1);
  EXPECT_TRUE(days.at("/rows/1/median_days").is_null());
}

TEST(PoolReport, takes_only_what_it_knows) {
  ApiWorld world;
  for (const auto* query : {"from=yesterday", "group_by=colour", "from=2026-03-02&to=2026-03-01", "pool=pol_x"}) {
    const auto refused = world.get(world.admin, std::string("/v1/reports/pool?") + query);
    EXPECT_EQ(refused.status, 400) << query;
    EXPECT_EQ(refused.string("/code"), "bad-parameter") << query;
  }
}

TEST(FollowUpReport, counts_by_member_and_shows_a_seller_her_own) {
  ApiWorld world;
  const auto hers = world.customer_of(world.seller, "上海精工");
  const auto his = world.customer_of(world.other_seller, "苏州明达");
  const std::string body = R"({"method":"call","content":"谈了价格"})";
  ASSERT_EQ(world.post(world.seller, "/v1/customers/" + hers + "/follow-ups", body).status, 201);
  ASSERT_EQ(world.post(world.seller, "/v1/customers/" + hers + "/follow-ups", body).status, 201);
  ASSERT_EQ(world.post(world.other_seller, "/v1/customers/" + his + "/follow-ups", body).status, 201);
  const auto report = world.get(world.admin, "/v1/reports/follow-ups?group_by=member,method");
  ASSERT_EQ(report.status, 200) << report.text;
  EXPECT_EQ(report.size("/rows"), 2u);
  EXPECT_EQ(report.number("/totals/count"), 3);
  const auto one =
      world.get(world.admin, "/v1/reports/follow-ups?group_by=member,method&member=" + world.seller.id_text());
  ASSERT_EQ(one.size("/rows"), 1u) << one.text;
  EXPECT_EQ(one.string("/rows/0/member"), world.seller.id_text());
  EXPECT_EQ(one.string("/rows/0/member_name"), "李娜");
  EXPECT_EQ(one.string("/rows/0/method"), "call");
  EXPECT_EQ(one.number("/rows/0/count"), 2);
  EXPECT_EQ(one.number("/rows/0/customers"), 1);
  EXPECT_EQ(one.number("/rows/0/first_of_customer"), 1);

  const auto own = world.get(world.seller, "/v1/reports/follow-ups");
  EXPECT_EQ(own.string("/scope"), "own");
  EXPECT_EQ(own.number("/totals/count"), 2);
}

}  // namespace
}  // namespace highseas
