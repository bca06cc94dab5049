// records_test — create, read, change, delete and restore one record through the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/json/parse.hpp"
#include "tests/support/api_world.hpp"

namespace highseas {
namespace {

using test_support::ApiWorld;
using testing::ElementsAre;

TEST(CreateRecord, answers_201_with_place_version_and_the_whole_record) {
  ApiWorld world;
  const auto made =
      world.post(world.seller, "/v1/customers",
                 R"({"name":"上海精工机械有限公司","grade":"A","credit_limit":"128000","phone":"021-5555 1234",
                                   "region":{"province":"上海市","city":"上海市"},"tags":["展会","重点"],
                                   "collaborators":[")" +
                     world.other_seller.id_text() + "\"]}");
  ASSERT_EQ(made.status, 201) << made.text;
  const auto id = made.string("/id");
  EXPECT_TRUE(id.starts_with("cus_"));
  EXPECT_EQ(made.header("Location"), "/v1/customers/" + id);
  EXPECT_EQ(made.header("ETag"), "\"1\"");
  EXPECT_EQ(made.header("Highseas-Position"), std::to_string(world.position()));
  EXPECT_EQ(made.string("/form"), "customers");
  EXPECT_EQ(made.number("/version"), 1);
  EXPECT_EQ(made.string("/owner"), world.seller.id_text());
  EXPECT_TRUE(made.has("/pool"));
  EXPECT_TRUE(made.at("/pool").is_null());
  EXPECT_EQ(made.string("/created_by"), world.seller.id_text());
  EXPECT_EQ(made.string("/created_at"), "2026-03-02T01:00:00.000Z");
  EXPECT_EQ(made.string("/origin"), "manual");
  EXPECT_EQ(made.string("/owned_by"), "created");
  EXPECT_EQ(made.string("/home_pool"), world.customer_pool());
  EXPECT_EQ(made.number("/follow_up_count"), 0);
  EXPECT_EQ(made.string("/grade"), "A");
  EXPECT_EQ(made.string("/credit_limit"), "128000.00");
  EXPECT_EQ(made.string("/region/province"), "上海市");
  EXPECT_TRUE(made.at("/region/district").is_null());
  EXPECT_EQ(made.string("/tags/1"), "重点");
  EXPECT_EQ(made.string("/collaborators/0"), world.other_seller.id_text());
  EXPECT_TRUE(made.has("/website"));
  EXPECT_TRUE(made.at("/website").is_null());
  EXPECT_EQ(world.get(world.seller, "/v1/customers/" + id).text, made.text);
}

TEST(CreateRecord, tells_all_faults_of_a_body_at_once) {
  ApiWorld world;
  const auto refused = world.post(
      world.seller, "/v1/customers",
      R"({"phone":12,"grade":"E","nmae":"x","version":3,"credit_limit":"1.1234567","location":{"longitude":"121"},
          "owner":"me","parent":"led_01ARZ3NDEKTSV4RRFFQ69G5FAV","website":"http://a b"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.string("/code"), "invalid-input");
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  EXPECT_THAT(
      refused.errors(),
      ElementsAre("invalid-value /website", "read-only-field /version", "required /location/latitude", "required /name",
                  "too-many-decimals /credit_limit", "unknown-choice /grade", "unknown-field /nmae",
                  "unknown-member /owner", "unknown-reference /parent", "wrong-type /phone"));
  EXPECT_EQ(world.get(world.admin, "/v1/customers?count=exact").number("/total"), 0);
}

TEST(CreateRecord, takes_money_as_an_exact_number_too_and_text_in_its_composed_form) {
  ApiWorld world;
  const auto made = world.post(world.seller, "/v1/customers", "{\"name\":\"Cafe\u0301\",\"credit_limit\":0.1}");
  ASSERT_EQ(made.status, 201) << made.text;
  EXPECT_EQ(made.string("/name"), "Caf\u00e9");
  EXPECT_EQ(made.string("/credit_limit"), "0.10");
}

TEST(CreateRecord, with_owner_and_pool_is_refused) {
  ApiWorld world;
  const auto refused =
      world.post(world.admin, "/v1/customers",
                 R"({"name":"a","owner":")" + world.seller.id_text() + R"(","pool":")" + world.customer_pool() + "\"}");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.errors(), ElementsAre("owner-and-pool /pool"));
}

TEST(CreateRecord, names_the_record_that_a_duplicate_stands_against_and_who_owns_it) {
  ApiWorld world;
  const auto first = world.customer_of(world.other_seller, "苏州华兴电子有限公司");
  const auto refused = world.post(world.seller, "/v1/customers", R"({"name":"苏州华兴电子"})");
  ASSERT_EQ(refused.status, 409) << refused.text;
  EXPECT_EQ(refused.string("/code"), "duplicate-record");
  EXPECT_EQ(refused.string("/duplicates/0/id"), first);
  EXPECT_EQ(refused.string("/duplicates/0/owner/id"), world.other_seller.id_text());
  EXPECT_EQ(refused.string("/duplicates/0/owner/name"), "王强");
  EXPECT_EQ(refused.string("/duplicates/0/matched/0"), "name");
  EXPECT_TRUE(refused.at("/duplicates/0/name").is_null()) << "she may not see that customer";

  const auto of_manager = world.post(world.admin, "/v1/customers", R"({"name":"苏州华兴电子"})");
  EXPECT_EQ(of_manager.string("/duplicates/0/name"), "苏州华兴电子有限公司");
}

TEST(CreateRecord, by_whom_no_group_lets_create_is_forbidden_before_the_body_is_judged) {
  ApiWorld world;
  EXPECT_EQ(world.post(world.auditor, "/v1/customers", R"({"nmae":1})").status, 403);
  EXPECT_EQ(world.post(world.seller, "/v1/no-such-form", R"({"name":"a"})").status, 404);
}

TEST(CreateRecord, tried_out_writes_nothing) {
  ApiWorld world;
  const auto before = world.position();
  const auto tried = world.post(world.seller, "/v1/customers?dry_run=true", R"({"name":"a"})");
  EXPECT_EQ(tried.status, 200);
  EXPECT_EQ(tried.string("/would"), "accept");
  EXPECT_EQ(tried.string("/events/0/type"), "RecordCreated");
  EXPECT_EQ(tried.string("/events/0/data/values/name"), "a");
  EXPECT_EQ(world.position(), before);
}

TEST(CreateRecord, sent_again_with_its_key_gives_the_same_record_once) {
  ApiWorld world;
  const ApiWorld::Headers key{{"Idempotency-Key", "k-1"}};
  const auto first = world.post(world.seller, "/v1/customers", R"({"name":"a"})", key);
  const auto again = world.post(world.seller, "/v1/customers", R"({"name":"a"})", key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.text, first.text);
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_EQ(again.header("Highseas-Position"), first.header("Highseas-Position"));
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(world.post(world.seller, "/v1/customers", R"({"name":"b"})", key).string("/code"),
            "idempotency-key-reused");
}

TEST(GetRecord, is_not_found_where_she_may_not_see_it_or_the_prefix_is_another_forms) {
  ApiWorld world;
  const auto id = world.customer_of(world.other_seller, "a");
  EXPECT_EQ(world.get(world.other_seller, "/v1/customers/" + id).status, 200);
  EXPECT_EQ(world.get(world.seller, "/v1/customers/" + id).status, 404);
  EXPECT_EQ(world.get(world.other_seller, "/v1/leads/" + id).status, 404);
  EXPECT_EQ(world.get(world.other_seller, "/v1/leads/led_" + id.substr(4)).status, 404);
  EXPECT_EQ(world.get(world.auditor, "/v1/customers/" + id).status, 200);
}

TEST(GetRecord, expands_references_as_far_as_she_may_see_them) {
  ApiWorld world;
  const auto parent = world.customer_of(world.other_seller, "母公司");
  const auto made =
      world.post(world.admin, "/v1/customers",
                 R"({"name":"子公司","parent":")" + parent + R"(","owner":")" + world.seller.id_text() + "\"}");
  ASSERT_EQ(made.status, 201) << made.text;
  const auto path = "/v1/customers/" + made.string("/id") + "?expand=owner,parent,home_pool";
  const auto all = world.get(world.admin, path);
  EXPECT_EQ(all.string("/owner/id"), world.seller.id_text());
  EXPECT_EQ(all.string("/owner/name"), "李娜");
  EXPECT_EQ(all.string("/parent/name"), "母公司");
  EXPECT_EQ(all.string("/home_pool/id"), world.customer_pool());
  const auto hers = world.get(world.seller, path);
  EXPECT_EQ(hers.string("/parent/id"), parent);
  EXPECT_EQ(hers.size("/parent"), 1u) << "a reference to an invisible record shows its id alone";
  EXPECT_EQ(world.get(world.admin, "/v1/customers/" + made.string("/id") + "?expand=name").string("/code"),
            "bad-parameter");
}

TEST(ChangeRecord, is_a_merge_patch_that_raises_the_version) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "a");
  const auto path = "/v1/customers/" + id;
  const auto changed = world.patch(world.seller, path, R"({"grade":"B","phone":"13800138000"})");
  ASSERT_EQ(changed.status, 200) << changed.text;
  EXPECT_EQ(changed.header("ETag"), "\"2\"");
  EXPECT_EQ(changed.string("/grade"), "B");
  const auto cleared = world.patch(world.seller, path, R"({"grade":null})");
  EXPECT_TRUE(cleared.at("/grade").is_null());
  EXPECT_EQ(cleared.string("/phone"), "13800138000");
  const auto head = world.position();
  const auto same = world.patch(world.seller, path, R"({"phone":"13800138000"})");
  EXPECT_EQ(same.status, 200);
  EXPECT_EQ(same.number("/version"), 3);
  EXPECT_EQ(world.position(), head) << "what is true already is written nowhere";
}

TEST(Writes, tell_all_faults_of_what_could_be_read_and_of_what_could_not) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "上海精工");
  EXPECT_THAT(world.post(world.seller, "/v1/follow-ups", R"({"customer":5})").errors(),
              ElementsAre("required /content", "required /method", "wrong-type /customer"));
  EXPECT_THAT(world
                  .post(world.seller, "/v1/customers/" + id + "/follow-ups",
                        R"({"method":7,"content":"x","occurred_at":"2026-03-05T00:00:00Z"})")
                  .errors(),
              ElementsAre("in-the-future /occurred_at", "wrong-type /method"));
  const auto batch =
      world.post(world.seller, "/v1/customers/batch",
                 R"({"operations":[{"op":"update","id":")" + id + R"(","data":{"name":5,"website":"nope"}}]})");
  EXPECT_EQ(batch.size("/results/0/errors"), 2u) << batch.text;
  EXPECT_THAT(
      world
          .post(world.admin, "/v1/pools", R"({"name":"","form":"customers","holding_limit":"x","cool_down_days":9999})")
          .errors(),
      ElementsAre("out-of-range /cool_down_days", "required /name", "wrong-type /holding_limit"));
}

TEST(ChangeRecord, merges_the_parts_of_a_region_that_it_names) {
  ApiWorld world;
  const auto made =
      world.post(world.seller, "/v1/customers",
                 R"({"name":"苏州精工","region":{"province":"江苏省","city":"南京市","district":"江宁区"}})");
  const auto path = "/v1/customers/" + made.string("/id");
  const auto patched = world.patch(world.seller, path, R"({"region":{"city":"苏州市","district":null}})");
  ASSERT_EQ(patched.status, 200) << patched.text;
  EXPECT_EQ(patched.string("/region/province"), "江苏省");
  EXPECT_EQ(patched.string("/region/city"), "苏州市");
  EXPECT_TRUE(patched.at("/region/district").is_null());
  EXPECT_EQ(world.patch(world.seller, path, R"({"region":{}})").number("/version"), patched.number("/version"));
  const auto batch = world.post(world.seller, "/v1/customers/batch",
                                R"({"operations":[{"op":"update","id":")" + made.string("/id") +
                                    R"(","data":{"region":{"district":"工业园区"}}}]})");
  ASSERT_EQ(batch.string("/results/0/status"), "ok") << batch.text;
  EXPECT_EQ(world.get(world.seller, path).string("/region/city"), "苏州市");
  EXPECT_EQ(world.get(world.seller, path).string("/region/district"), "工业园区");
  EXPECT_TRUE(world.patch(world.seller, path, R"({"region":null})").at("/region").is_null());
}

TEST(ChangeRecord, with_another_version_in_if_match_is_refused_with_the_present_one) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_of(world.seller, "a");
  EXPECT_EQ(world.patch(world.seller, path, R"({"grade":"B"})", {{"If-Match", "\"1\""}}).status, 200);
  for (const auto* stale : {"\"1\"", "W/\"2\"", "\"word\""}) {
    const auto refused = world.patch(world.seller, path, R"({"grade":"C"})", {{"If-Match", stale}});
    EXPECT_EQ(refused.status, 412) << stale;
    EXPECT_EQ(refused.string("/code"), "version-conflict");
    EXPECT_EQ(refused.number("/version"), 2);
  }
  EXPECT_EQ(world.patch(world.seller, path, R"({"grade":"C"})", {{"If-Match", "*"}}).status, 200);
}

TEST(ChangeRecord, with_several_versions_in_if_match_is_judged_by_the_newest) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_of(world.seller, "a");
  ASSERT_EQ(world.patch(world.seller, path, R"({"grade":"B"})").status, 200);
  EXPECT_EQ(world.patch(world.seller, path, R"({"grade":"C"})", {{"If-Match", "\"1\", W/\"9\""}}).status, 412);
  EXPECT_EQ(world.patch(world.seller, path, R"({"grade":"C"})", {{"If-Match", "\"1\" ,\"2\", \"a,b\""}}).status, 200);
}

TEST(ChangeRecord, with_an_if_match_that_is_no_list_of_tags_is_no_request) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_of(world.seller, "a");
  for (const auto* junk : {"nonsense", "1", "\"1", "\"1\" \"2\"", "w/\"1\"", ","}) {
    const auto refused = world.patch(world.seller, path, R"({"grade":"B"})", {{"If-Match", junk}});
    EXPECT_EQ(refused.status, 400) << junk;
    EXPECT_EQ(refused.string("/code"), "bad-if-match") << junk;
  }
}

TEST(CreateRecord, takes_a_whole_number_however_it_is_written_and_no_number_cut_short) {
  ApiWorld world;
  const auto field = R"({"fields":[{"key":"staff","type":"integer","label":{"zh":"人数","en":"Staff"}}]})";
  auto form = world.get(world.admin, "/v1/forms/leads");
  ASSERT_EQ(form.status, 200);
  auto fields = *form.at("/fields").as_array();
  fields.push_back(*api::json::parse(field)->find("fields")->as_array()->begin());
  const auto changed = world.patch(
      world.admin, "/v1/forms/leads",
      api::json::to_text(api::json::Json(api::json::Json::Object{{"fields", api::json::Json(std::move(fields))}})));
  ASSERT_EQ(changed.status, 200) << changed.text;
  const auto lead = [&](const std::string& staff) {
    return world.post(world.seller, "/v1/leads", R"({"name":"李","company":"上海精工","staff":)" + staff + "}");
  };
  EXPECT_EQ(lead("1.5").errors(), std::vector<std::string>{"wrong-type /staff"});
  EXPECT_EQ(lead("1e30").errors().size(), 1u);
  const auto made = lead("3.0");
  EXPECT_EQ(made.number("/staff"), 3) << made.text;
  for (const auto* cut : {"1.", "+1", ".5", "1e", "-"}) {
    const auto refused =
        world.post(world.seller, "/v1/customers", R"({"name":"a","credit_limit":")" + std::string(cut) + "\"}");
    EXPECT_EQ(refused.errors(), std::vector<std::string>{"invalid-value /credit_limit"}) << cut;
  }
}

TEST(CreateRecord, takes_no_name_of_which_nothing_can_be_seen) {
  ApiWorld world;
  for (const auto* name : {"\u200B", "\u2060\uFEFF", "\u3000\u00AD", "\u3164", "\u2800", "\u202E"}) {
    EXPECT_EQ(world.post(world.seller, "/v1/customers", R"({"name":")" + std::string(name) + "\"}").errors(),
              std::vector<std::string>{"required /name"});
    EXPECT_EQ(world.post(world.admin, "/v1/departments", R"({"name":")" + std::string(name) + "\"}").errors(),
              std::vector<std::string>{"required /name"});
  }
}

TEST(ChangeRecord, that_makes_a_customer_its_own_parent_is_refused_in_words_that_fit) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "a");
  const auto refused =
      world.patch(world.seller, "/v1/customers/" + id, R"({"parent":")" + id + "\"}", {{"Accept-Language", "en"}});
  EXPECT_EQ(refused.errors(), std::vector<std::string>{"cycle /parent"});
  EXPECT_EQ(refused.text.find("department"), std::string::npos) << refused.text;
}

TEST(ChangeRecord, refuses_owner_pool_facts_and_what_it_does_not_know) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_of(world.seller, "a");
  const auto refused = world.patch(
      world.seller, path, R"({"owner":null,"pool":null,"follow_up_count":3,"form":"leads","x/y":1,"name":""})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.errors(),
              ElementsAre("read-only-field /follow_up_count", "read-only-field /form", "required /name",
                          "unknown-field /x~1y", "use-action /owner", "use-action /pool"));
  EXPECT_EQ(world.patch(world.seller, path, R"({"owner":null})").string("/code"), "use-action");
}

TEST(ChangeRecord, tells_nothing_of_a_record_that_she_may_not_see_or_change) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_of(world.other_seller, "a");
  EXPECT_EQ(world.patch(world.seller, path, R"({"grade":"B"})").status, 404);
  EXPECT_EQ(world.patch(world.seller, path, R"({"grade":7})").status, 404) << "even with a body that can't be read";
  EXPECT_EQ(world.patch(world.auditor, path, R"({"grade":"B"})").status, 403);
  EXPECT_EQ(world.patch(world.auditor, path, R"({"grade":7})").status, 403);
}

TEST(DeleteRecord, puts_it_into_the_bin_and_restore_takes_it_out) {
  ApiWorld world;
  const auto path = "/v1/customers/" + world.customer_of(world.seller, "a");
  EXPECT_EQ(world.call("DELETE", path, &world.seller).status, 403);
  EXPECT_EQ(world.call("DELETE", path, &world.manager, "", {{"If-Match", "\"9\""}}).status, 412);
  const auto gone = world.call("DELETE", path, &world.manager);
  EXPECT_EQ(gone.status, 204);
  EXPECT_TRUE(gone.text.empty());
  EXPECT_EQ(world.get(world.manager, path).status, 404);
  EXPECT_EQ(world.patch(world.manager, path, R"({"grade":"B"})").string("/code"), "deleted");
  EXPECT_EQ(world.get(world.manager, "/v1/customers").size("/items"), 0u);
  const auto back = world.post(world.manager, path + "/restore", "");
  ASSERT_EQ(back.status, 200) << back.text;
  EXPECT_EQ(back.number("/version"), 3);
  EXPECT_EQ(world.get(world.manager, path).status, 200);
}

TEST(DeleteRecord, leaves_the_record_in_a_bin_that_whoever_saw_it_can_look_into) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "苏州精工");
  world.customer_of(world.seller, "上海明达");
  const auto path = "/v1/customers/" + id;
  EXPECT_EQ(world.get(world.manager, "/v1/customers?bin=true").size("/items"), 0u);
  EXPECT_EQ(world.get(world.manager, path + "?bin=true").status, 404) << "it is live";
  ASSERT_EQ(world.call("DELETE", path, &world.manager).status, 204);
  const auto bin = world.get(world.manager, "/v1/customers?bin=true&count=exact");
  ASSERT_EQ(bin.size("/items"), 1u) << bin.text;
  EXPECT_EQ(bin.string("/items/0/id"), id);
  EXPECT_EQ(bin.number("/total"), 1);
  EXPECT_EQ(world.get(world.manager, path + "?bin=true").string("/name"), "苏州精工");
  EXPECT_EQ(world.get(world.manager, path + "/history?bin=true").string("/items/0/type"), "RecordDeleted");
  EXPECT_EQ(world.get(world.other_seller, "/v1/customers?bin=true").size("/items"), 0u);
  EXPECT_EQ(world.get(world.other_seller, path + "?bin=true").status, 404);
  EXPECT_EQ(world.get(world.manager, "/v1/customers?bin=maybe").string("/code"), "bad-parameter");
}

TEST(DeleteRecord, leaves_a_way_back_when_its_pool_is_removed_meanwhile) {
  ApiWorld world;
  const auto pool = world.post(world.admin, "/v1/pools", R"({"name":"二公海","form":"customers"})");
  ASSERT_EQ(pool.status, 201) << pool.text;
  const auto made =
      world.post(world.admin, "/v1/customers", R"({"name":"上海精工","pool":")" + pool.string("/id") + "\"}");
  ASSERT_EQ(made.status, 201) << made.text;
  const auto path = "/v1/customers/" + made.string("/id");
  ASSERT_EQ(world.call("DELETE", path, &world.admin).status, 204);
  ASSERT_EQ(world.call("DELETE", "/v1/pools/" + pool.string("/id"), &world.admin).status, 204);
  const auto back = world.post(world.admin, path + "/restore", "");
  ASSERT_EQ(back.status, 200) << back.text;
  EXPECT_EQ(back.string("/pool"), world.customer_pool());
  const auto history = world.get(world.admin, path + "/history");
  EXPECT_THAT(history.text, testing::HasSubstr("Restored"));
  EXPECT_THAT(history.text, testing::HasSubstr("MovedToPool"));
}

TEST(CheckDuplicates, finds_without_writing_and_leaves_out_the_record_itself) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "苏州华兴电子有限公司");
  const auto head = world.position();
  const auto found = world.post(world.seller, "/v1/customers/check-duplicates", R"({"name":"苏州华兴电子"})");
  ASSERT_EQ(found.status, 200) << found.text;
  EXPECT_EQ(found.string("/duplicates/0/id"), id);
  EXPECT_EQ(found.string("/duplicates/0/name"), "苏州华兴电子有限公司");
  const auto self =
      world.post(world.seller, "/v1/customers/check-duplicates", R"({"id":")" + id + R"(","name":"苏州华兴电子"})");
  EXPECT_EQ(self.size("/duplicates"), 0u);
  EXPECT_EQ(world.post(world.seller, "/v1/customers/check-duplicates", R"({"nmae":"x"})").status, 422);
  EXPECT_EQ(world.post(world.auditor, "/v1/customers/check-duplicates", R"({"name":"x"})").status, 403);
  EXPECT_EQ(world.position(), head);
}

}  // namespace
}  // namespace highseas
