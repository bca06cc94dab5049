// pool_actions_test — claim, assign, transfer, release, move and lock through the API, for one record and for many.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/api_world.hpp"

namespace highseas {
namespace {

using test_support::ApiWorld;
using testing::ElementsAre;

std::string owner_body(const test_support::Person& person) {
  return R"({"owner":")" + person.id_text() + "\"}";
}

TEST(Claim, makes_the_record_hers_and_answers_it) {
  ApiWorld world;
  const auto id = world.customer_in_pool("a");
  const auto claimed = world.post(world.seller, "/v1/customers/" + id + "/claim", "");
  ASSERT_EQ(claimed.status, 200) << claimed.text;
  EXPECT_EQ(claimed.string("/owner"), world.seller.id_text());
  EXPECT_TRUE(claimed.at("/pool").is_null());
  EXPECT_EQ(claimed.string("/owned_by"), "claimed");
  EXPECT_EQ(claimed.header("ETag"), "\"2\"");
  const auto head = world.position();
  EXPECT_EQ(world.post(world.seller, "/v1/customers/" + id + "/claim", "{}").status, 200);
  EXPECT_EQ(world.position(), head) << "what one owns already is claimed without a trace";
}

TEST(Claim, by_the_loser_tells_who_owns_it_and_nothing_else_of_it) {
  ApiWorld world;
  const auto id = world.customer_in_pool("Geheimrat");
  ASSERT_EQ(world.post(world.other_seller, "/v1/customers/" + id + "/claim", "").status, 200);
  const auto lost = world.post(world.seller, "/v1/customers/" + id + "/claim", "");
  EXPECT_EQ(lost.status, 409);
  EXPECT_EQ(lost.string("/code"), "already-owned");
  EXPECT_EQ(lost.string("/owner/id"), world.other_seller.id_text());
  EXPECT_EQ(lost.string("/owner/name"), "王强");
  EXPECT_EQ(lost.text.find("Geheimrat"), std::string::npos);
  EXPECT_EQ(world.post(world.auditor, "/v1/customers/" + id + "/claim", "").string("/code"), "not-a-claimer");
}

TEST(Claim, of_a_form_without_pool_or_with_an_unknown_member_is_refused) {
  ApiWorld world;
  const auto id = world.customer_in_pool("a");
  EXPECT_EQ(world.post(world.seller, "/v1/products/prd_" + id.substr(4) + "/claim", "").status, 404);
  const auto refused = world.post(world.seller, "/v1/customers/" + id + "/claim", R"({"owner":"me"})");
  EXPECT_THAT(refused.errors(), ElementsAre("unknown-field /owner"));
}

TEST(Claim, tried_out_says_why_it_would_be_refused) {
  ApiWorld world;
  const auto id = world.customer_of(world.other_seller, "a");
  const auto tried = world.post(world.seller, "/v1/customers/" + id + "/claim?dry_run=true", "");
  EXPECT_EQ(tried.status, 200);
  EXPECT_EQ(tried.string("/would"), "refuse");
  EXPECT_EQ(tried.string("/problem/code"), "already-owned");
}

TEST(Release, puts_it_back_with_its_reason_and_starts_no_right_to_see_more) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "a");
  const auto released =
      world.post(world.seller, "/v1/customers/" + id + "/release", R"({"reason":"联系不上","note":"三次未接"})");
  ASSERT_EQ(released.status, 200) << released.text;
  EXPECT_EQ(released.string("/pool"), world.customer_pool());
  EXPECT_TRUE(released.at("/owner").is_null());
  EXPECT_EQ(released.string("/pool_reason"), "联系不上");
  EXPECT_EQ(released.string("/previous_owner"), world.seller.id_text());
  EXPECT_EQ(world.post(world.manager, "/v1/customers/" + id + "/release", "").string("/code"), "not-owned");
}

TEST(Assign, gives_it_to_a_member_or_to_several_in_turn) {
  ApiWorld world;
  const auto first = world.customer_in_pool("a");
  EXPECT_EQ(world.post(world.seller, "/v1/customers/" + first + "/assign", owner_body(world.seller)).status, 403);
  const auto assigned = world.post(world.admin, "/v1/customers/" + first + "/assign", owner_body(world.seller));
  ASSERT_EQ(assigned.status, 200) << assigned.text;
  EXPECT_EQ(assigned.string("/owner"), world.seller.id_text());

  std::string ids;
  for (const auto* name : {"b", "c", "d", "e"}) {
    ids += (ids.empty() ? "\"" : ",\"") + world.customer_in_pool(name) + "\"";
  }
  const auto many = world.post(world.admin, "/v1/customers/assign",
                               R"({"ids":[)" + ids + R"(],"strategy":"round_robin","members":[")" +
                                   world.seller.id_text() + "\",\"" + world.other_seller.id_text() + "\"]}");
  ASSERT_EQ(many.status, 200) << many.text;
  EXPECT_EQ(many.size("/results"), 4u);
  EXPECT_EQ(many.string("/results/3/status"), "ok");
  const auto hers = world.get(
      world.admin, "/v1/customers?count=exact&filter=owner%20%3D%3D%20%22" + world.other_seller.id_text() + "%22");
  EXPECT_EQ(hers.number("/total"), 2) << hers.text;
}

TEST(Assign, names_every_fault_of_its_body) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_in_pool("a") + "/assign";
  EXPECT_THAT(world.post(world.admin, path, "{}").errors(), ElementsAre("required /owner"));
  EXPECT_THAT(world.post(world.admin, path, R"({"owner":"mem_1"})").errors(), ElementsAre("unknown-member /owner"));
  EXPECT_THAT(
      world.post(world.admin, path, R"({"owner":"mem_1","strategy":"fair","members":"x"})").errors(),
      ElementsAre("invalid-value /owner", "unknown-choice /strategy", "unknown-member /owner", "wrong-type /members"));
}

TEST(Transfer, changes_the_owner_and_shows_the_former_manager_its_id_alone) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "a");
  const auto moved = world.post(world.manager, "/v1/customers/" + id + "/transfer", owner_body(world.other_seller));
  ASSERT_EQ(moved.status, 200) << moved.text;
  EXPECT_EQ(moved.string("/id"), id);
  EXPECT_EQ(moved.size(""), 1u) << "it is no longer of her department";
  EXPECT_EQ(moved.header("ETag"), "");
  EXPECT_EQ(world.get(world.other_seller, "/v1/customers/" + id).string("/owned_by"), "transferred");
  const auto refused = world.post(world.admin, "/v1/customers/" + id + "/transfer",
                                  R"({"owner":")" + world.seller.id_text() + R"(","with":["contracts"]})");
  EXPECT_THAT(refused.errors(), ElementsAre("not-yet /with"));
}

TEST(Lock, takes_a_moment_to_come_or_null_and_nothing_less) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_of(world.seller, "a") + "/lock";
  const auto locked = world.post(world.manager, path, R"({"until":"2026-04-01T00:00:00+08:00","reason":"谈判"})");
  ASSERT_EQ(locked.status, 200) << locked.text;
  EXPECT_EQ(locked.string("/locked_until"), "2026-03-31T16:00:00.000Z");
  EXPECT_THAT(world.post(world.manager, path, "{}").errors(), ElementsAre("required /until"));
  EXPECT_THAT(world.post(world.manager, path, R"({"until":"2020-01-01T00:00:00Z"})").errors(),
              ElementsAre("before-now /until"));
  EXPECT_THAT(world.post(world.manager, path, R"({"until":"soon"})").errors(), ElementsAre("invalid-value /until"));
  EXPECT_EQ(world.post(world.manager, path, R"({"until":null})").status, 200);
}

TEST(Move, into_a_pool_that_is_not_there_is_refused) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_in_pool("a") + "/move";
  EXPECT_EQ(world.post(world.admin, path, R"({"pool":")" + world.customer_pool() + "\"}").status, 200);
  EXPECT_THAT(world.post(world.admin, path, R"({"pool":"pol_01ARZ3NDEKTSV4RRFFQ69G5FAV"})").errors(),
              ElementsAre("unknown-pool /pool"));
}

TEST(ManyAtOnce, have_a_result_each_in_the_order_asked_and_one_commit) {
  ApiWorld world;
  const auto mine = world.customer_of(world.seller, "mine");
  const auto others = world.customer_of(world.other_seller, "others");
  const auto pooled = world.customer_in_pool("pooled");
  const auto before = world.position();
  const auto done = world.post(world.seller, "/v1/customers/claim",
                               R"({"ids":[")" + others + "\",\"nonsense\",\"" + pooled + "\",\"" + mine + "\",\"led_" +
                                   pooled.substr(4) + "\"]}");
  ASSERT_EQ(done.status, 200) << done.text;
  ASSERT_EQ(done.size("/results"), 5u);
  EXPECT_EQ(done.string("/results/0/id"), others);
  EXPECT_EQ(done.string("/results/0/code"), "already-owned");
  EXPECT_EQ(done.string("/results/0/owner/name"), "王强");
  EXPECT_FALSE(done.string("/results/0/detail").empty());
  EXPECT_EQ(done.string("/results/1/id"), "nonsense");
  EXPECT_EQ(done.string("/results/1/code"), "not-found");
  EXPECT_EQ(done.string("/results/2/id"), pooled);
  EXPECT_EQ(done.string("/results/2/status"), "ok");
  EXPECT_FALSE(done.has("/results/2/code"));
  EXPECT_EQ(done.string("/results/3/status"), "ok");
  EXPECT_EQ(done.string("/results/4/code"), "not-found");
  EXPECT_EQ(done.number("/position"), static_cast<std::int64_t>(before + 1));
  EXPECT_EQ(world.position(), before + 1);
}

TEST(ManyAtOnce, are_a_thousand_at_most_and_not_yet_by_filter) {
  ApiWorld world;
  std::string ids = "\"cus_01ARZ3NDEKTSV4RRFFQ69G5FAV\"";
  for (int i = 0; i < 1000; ++i) ids += ",\"cus_01ARZ3NDEKTSV4RRFFQ69G5FAV\"";
  const auto refused = world.post(world.seller, "/v1/customers/claim", R"({"ids":[)" + ids + "]}");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.string("/code"), "too-many-items");
  const auto later = world.post(world.seller, "/v1/customers/claim", R"({"filter":"true","as_of":"p:1"})");
  EXPECT_EQ(later.status, 422);
  EXPECT_THAT(later.errors(), ElementsAre("not-yet /as_of", "not-yet /filter"));
  EXPECT_THAT(world.post(world.seller, "/v1/customers/claim", "{}").errors(), ElementsAre("required /ids"));
  EXPECT_EQ(world.post(world.seller, "/v1/customers/claim", R"({"ids":[]})").size("/results"), 0u);
}

TEST(ManyAtOnce, sent_again_with_their_key_give_the_same_results) {
  ApiWorld world;
  const auto others = world.customer_of(world.other_seller, "others");
  const auto pooled = world.customer_in_pool("pooled");
  const auto body = R"({"ids":[")" + others + "\",\"" + pooled + "\"]}";
  const ApiWorld::Headers key{{"Idempotency-Key", "once"}};
  const auto first = world.post(world.seller, "/v1/customers/claim", body, key);
  const auto again = world.post(world.seller, "/v1/customers/claim", body, key);
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(again.text, first.text);
}

}  // namespace
}  // namespace highseas
