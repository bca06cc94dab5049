// visibility_test — what a member may not see is in no list, count, order, report, document or error (security.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/api_world.hpp"

namespace highseas {
namespace {

using test_support::ApiAnswer;
using test_support::ApiWorld;
using test_support::Person;
using testing::ElementsAre;

// Two customers of the pool that differ in a hidden phone, and what hangs on them.
struct HiddenInPool {
  ApiWorld world;
  std::string first = pooled("甲", "13800138001");
  std::string second = pooled("乙", "13800138002");

  std::string pooled(const std::string& name, const std::string& phone) {
    world.wait_a_moment();
    const auto made =
        world.post(world.admin, "/v1/customers",
                   R"({"name":")" + name + R"(","phone":")" + phone + R"(","pool":")" + world.customer_pool() + "\"}");
    EXPECT_EQ(made.status, 201) << made.text;
    return made.string("/id");
  }
  std::vector<std::string> order(const std::string& sort) {
    std::vector<std::string> ids;
    const auto page = world.get(world.seller, "/v1/customers?sort=" + sort);
    for (std::size_t i = 0; i < page.size("/items"); ++i) {
      ids.push_back(page.string("/items/" + std::to_string(i) + "/id"));
    }
    return ids;
  }
  void phone(const std::string& id, const std::string& number) {
    ASSERT_EQ(world.patch(world.admin, "/v1/customers/" + id, R"({"phone":")" + number + "\"}").status, 200);
  }
};

TEST(HiddenInPool, order_does_not_tell_of_it) {
  HiddenInPool given;
  const auto rising = given.order("phone");
  const auto falling = given.order("-phone");
  ASSERT_EQ(rising.size(), 2u);
  given.phone(given.first, "13800138009");
  EXPECT_EQ(given.order("phone"), rising);
  EXPECT_EQ(given.order("-phone"), falling);
}

TEST(HiddenInPool, counts_and_filters_take_it_for_empty) {
  HiddenInPool given;
  const auto total = [&](const Person& who, const std::string& filter) {
    return given.world.get(who, "/v1/customers?count=exact&filter=" + filter).number("/total");
  };
  for (const auto* filter : {"phone%3D%3D%2213800138001%22", "phone.contains(%22138%22)", "phone!%3Dnull"}) {
    EXPECT_EQ(total(given.world.seller, filter), 0) << filter;
    EXPECT_GT(total(given.world.admin, filter), 0) << filter;
  }
  EXPECT_EQ(total(given.world.seller, "phone%3D%3Dnull"), 2);
}

TEST(HiddenInPool, contacts_and_follow_ups_are_not_counted_nor_told_in_history) {
  HiddenInPool given;
  auto& world = given.world;
  const auto path = "/v1/customers/" + given.first;
  const auto contact =
      world.post(world.admin, "/v1/contacts", R"({"name":"机密联系人","customer":")" + given.first + "\"}");
  ASSERT_EQ(contact.status, 201) << contact.text;
  const auto said = world.post(world.admin, path + "/follow-ups", R"({"method":"call","content":"机密内容"})");
  ASSERT_EQ(said.status, 201) << said.text;
  for (const auto* form : {"contacts", "follow-ups"}) {
    const auto list = world.get(world.seller, "/v1/" + std::string(form) + "?count=exact");
    EXPECT_EQ(list.number("/total"), 0) << form;
    EXPECT_EQ(list.size("/items"), 0u) << form;
    EXPECT_EQ(world.get(world.admin, "/v1/" + std::string(form) + "?count=exact").number("/total"), 1) << form;
  }
  EXPECT_EQ(world.get(world.seller, "/v1/contacts/" + contact.string("/id")).status, 404);
  EXPECT_EQ(world.get(world.seller, "/v1/contacts/" + contact.string("/id") + "/history").status, 404);
  EXPECT_EQ(world.get(world.seller, "/v1/follow-ups/" + said.string("/id")).status, 404);
  const auto history = world.get(world.seller, path + "/history");
  EXPECT_EQ(history.status, 200);
  EXPECT_EQ(history.text.find("机密"), std::string::npos) << history.text;
  ASSERT_EQ(world.post(world.seller, path + "/claim", "").status, 200);
  EXPECT_NE(world.get(world.seller, path + "/history").text.find("机密内容"), std::string::npos);
}

TEST(HiddenInPool, a_try_to_write_it_is_told_as_of_any_record_that_is_not_hers) {
  HiddenInPool given;
  const auto tried =
      given.world.patch(given.world.seller, "/v1/customers/" + given.first + "?dry_run=true", R"({"phone":"1"})");
  EXPECT_EQ(tried.text.find("13800138001"), std::string::npos) << tried.text;
  const auto batch =
      given.world.post(given.world.seller, "/v1/customers/batch?dry_run=true",
                       R"({"operations":[{"op":"update","id":")" + given.first + R"(","data":{"remark":"x"}}]})");
  EXPECT_EQ(batch.text.find("13800138001"), std::string::npos) << batch.text;
}

// `cost` of products is hidden from salespersons on every record.
TEST(HiddenEverywhere, a_field_is_as_if_there_were_none) {
  ApiWorld world;
  ASSERT_EQ(world.post(world.admin, "/v1/products", R"({"name":"泵","code":"P1","cost":"7"})").status, 201);
  const auto list = world.get(world.seller, "/v1/products");
  ASSERT_EQ(list.size("/items"), 1u) << list.text;
  EXPECT_FALSE(list.has("/items/0/cost"));
  for (const std::string query : {"filter=KEY%3D%3D7", "sort=KEY", "fields=KEY", "expand=KEY"}) {
    const auto asked = [&](std::string key) {
      auto text = query;
      text.replace(text.find("KEY"), 3, key);
      return world.get(world.seller, "/v1/products?" + text);
    };
    const auto hidden = asked("cost");
    const auto unknown = asked("cosy");
    EXPECT_EQ(hidden.status, 400) << query << hidden.text;
    EXPECT_EQ(hidden.string("/code"), unknown.string("/code")) << query;
    EXPECT_EQ(hidden.number("/offset"), unknown.number("/offset")) << query;
    auto detail = hidden.string("/detail");
    if (const auto at = detail.find("cost"); at != std::string::npos) detail.replace(at, 4, "cosy");
    EXPECT_EQ(detail, unknown.string("/detail")) << query;
  }
}

TEST(Counts, are_of_what_she_may_see) {
  ApiWorld world;
  world.customer_of(world.seller, "甲");
  world.customer_of(world.other_seller, "乙");
  world.customer_of(world.admin, "丙");
  world.customer_in_pool("丁");
  const auto total = [&](const Person& who) {
    return world.get(who, "/v1/customers?count=exact&limit=1").number("/total");
  };
  EXPECT_EQ(total(world.admin), 4);
  EXPECT_EQ(total(world.manager), 2) << "her department's and the pool";
  EXPECT_EQ(total(world.seller), 2);
  EXPECT_EQ(total(world.other_seller), 2);
  EXPECT_EQ(total(world.auditor), 4);
}

TEST(Reports, count_what_she_may_see) {
  ApiWorld world;
  world.wait_a_moment();  // the pool that ships stays the first one
  const auto closed = world.post(world.admin, "/v1/pools",
                                 R"({"name":"大客户池","form":"customers","managers":{"members":[]},)"
                                 R"("claimers":{"members":[")" +
                                     world.other_seller.id_text() + "\"]}}");
  ASSERT_EQ(closed.status, 201) << closed.text;
  const auto pool = closed.string("/id");
  ASSERT_EQ(world.post(world.admin, "/v1/customers", R"({"name":"甲","pool":")" + pool + "\"}").status, 201);
  world.customer_in_pool("乙");
  const auto standing = [&](const Person& who) {
    return world.get(who, "/v1/reports/pool?group_by=pool").number("/totals/standing");
  };
  EXPECT_EQ(standing(world.admin), 2);
  EXPECT_EQ(standing(world.other_seller), 2);
  EXPECT_EQ(standing(world.seller), 1);
  EXPECT_EQ(standing(world.manager), 1);
  EXPECT_EQ(world.get(world.seller, "/v1/reports/pool?group_by=pool&pool=" + pool).size("/rows"), 0u);

  const auto mine = world.customer_of(world.seller, "丙");
  const auto others = world.customer_of(world.other_seller, "丁");
  for (const auto& [who, id] : {std::pair(&world.seller, mine), std::pair(&world.other_seller, others)}) {
    const auto path = "/v1/customers/" + id + "/follow-ups";
    ASSERT_EQ(world.post(*who, path, R"({"method":"call","content":"谈"})").status, 201);
  }
  const auto count = [&](const Person& who, const std::string& more = "") {
    return world.get(who, "/v1/reports/follow-ups?group_by=member" + more).number("/totals/count");
  };
  EXPECT_EQ(count(world.admin), 2);
  EXPECT_EQ(count(world.manager), 1);
  EXPECT_EQ(count(world.seller), 1);
  EXPECT_EQ(count(world.seller, "&member=" + world.other_seller.id_text()), 0);
}

TEST(References, to_what_she_may_not_see_are_as_if_to_nothing) {
  ApiWorld world;
  const auto others = world.customer_of(world.other_seller, "机密客户");
  const std::string nobody = "cus_01ARZ3NDEKTSV4RRFFQ69G5FAV";
  for (const auto& id : {others, nobody}) {
    const auto made = world.post(world.seller, "/v1/contacts", R"({"name":"张","customer":")" + id + "\"}");
    EXPECT_THAT(made.errors(), ElementsAre("unknown-reference /customer")) << made.text;
    const auto tried = world.post(world.seller, "/v1/follow-ups?dry_run=true",
                                  R"({"customer":")" + id + R"(","method":"call","content":"谈"})");
    EXPECT_EQ(tried.text.find("机密"), std::string::npos) << tried.text;
    EXPECT_EQ(
        world.post(world.seller, "/v1/customers/" + id + "/follow-ups", R"({"method":"call","content":"谈"})").status,
        404);
  }
}

// Remembered is what was answered; who may see it is asked anew.
TEST(Repeat, tells_of_the_record_as_it_was_only_what_may_be_seen_now) {
  ApiWorld world;
  const auto id = world
                      .post(world.admin, "/v1/customers",
                            R"({"name":"苏州精工","phone":"0512-66668888","pool":")" + world.customer_pool() + R"("})")
                      .string("/id");
  const auto path = "/v1/customers/" + id;
  const ApiWorld::Headers key{{"Idempotency-Key", "mine"}};
  const auto claim = [&] { return world.post(world.seller, path + "/claim", "", key); };
  const auto first = claim();
  ASSERT_EQ(first.string("/phone"), "0512-66668888") << first.text;
  EXPECT_EQ(claim().text, first.text);

  ASSERT_EQ(world.post(world.admin, path + "/release", R"({"reason":"换人"})").status, 200);
  const auto pooled = claim();  // she sees it in the pool, not its phone
  EXPECT_EQ(pooled.status, 200) << pooled.text;
  EXPECT_EQ(pooled.string("/name"), "苏州精工");
  EXPECT_FALSE(pooled.has("/phone")) << pooled.text;

  ASSERT_EQ(world.post(world.other_seller, path + "/claim", "").status, 200);
  ASSERT_EQ(world.get(world.seller, path).status, 404);
  const auto lost = claim();
  EXPECT_EQ(lost.status, 200);
  EXPECT_EQ(lost.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(lost.string("/id"), id);
  EXPECT_FALSE(lost.has("/name")) << lost.text;
  EXPECT_EQ(lost.header("ETag"), "");
}

TEST(Duplicates, of_an_invisible_record_tell_its_owner_and_not_its_name) {
  ApiWorld world;
  const auto made = world.post(world.other_seller, "/v1/customers", R"({"name":"机密客户","phone":"13800138000"})");
  ASSERT_EQ(made.status, 201);
  const auto found =
      world.post(world.seller, "/v1/customers/check-duplicates", R"({"name":"另一家","phone":"13800138000"})");
  ASSERT_EQ(found.size("/duplicates"), 1u) << found.text;
  EXPECT_TRUE(found.at("/duplicates/0/name").is_null());
  EXPECT_EQ(found.string("/duplicates/0/owner/id"), world.other_seller.id_text());
  EXPECT_EQ(found.text.find("机密"), std::string::npos);
  const auto batch = world.post(world.seller, "/v1/customers/batch",
                                R"({"operations":[{"op":"create","data":{"name":"另一家","phone":"13800138000"}}]})");
  EXPECT_EQ(batch.string("/results/0/code"), "duplicate-record") << batch.text;
  EXPECT_EQ(batch.text.find("机密"), std::string::npos);
}

TEST(Batch, tells_nothing_of_records_that_she_may_not_see) {
  ApiWorld world;
  const auto others = world.customer_of(world.other_seller, "机密客户");
  const std::string nobody = "cus_01ARZ3NDEKTSV4RRFFQ69G5FAV";
  const auto result = [&](const std::string& id, const std::string& op, const std::string& data) {
    const auto answer = world.post(world.seller, "/v1/customers/batch",
                                   R"({"operations":[{"op":")" + op + R"(","id":")" + id + "\"" + data + "}]}");
    EXPECT_EQ(answer.text.find("机密"), std::string::npos) << answer.text;
    return answer.string("/results/0/code") + " " + answer.string("/results/0/detail");
  };
  EXPECT_EQ(result(others, "update", R"(,"data":{"remark":"x"})"),
            result(nobody, "update", R"(,"data":{"remark":"x"})"));
  EXPECT_EQ(result(others, "update", R"(,"data":{"nonsense":1})"),
            result(nobody, "update", R"(,"data":{"nonsense":1})"));
  EXPECT_EQ(result(others, "delete", ""), result(nobody, "delete", ""));
}

TEST(Imports, change_no_record_that_is_not_hers_to_change) {
  ApiWorld world;
  const auto others = world.customer_of(world.other_seller, "机密客户");
  const auto file = world.post(world.seller, "/v1/files",
                               "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                               "客户名称,备注\n机密客户,改了\n\r\n--cut--\r\n",
                               {{"Content-Type", "multipart/form-data; boundary=cut"}});
  ASSERT_EQ(file.status, 201) << file.text;
  const auto started = world.post(world.seller, "/v1/imports",
                                  R"({"form":"customers","on_duplicate":"update","owner":")" + world.seller.id_text() +
                                      R"(","file":")" + file.string("/id") + "\"}");
  ASSERT_EQ(started.status, 202) << started.text;
  world.wait_for_jobs();
  const auto job = world.get(world.seller, "/v1/jobs/" + started.string("/id"));
  EXPECT_EQ(job.number("/result/updated"), 0) << job.text;
  EXPECT_EQ(job.number("/result/refused"), 1) << job.text;
  // Of what stands in the way she is told what a single creation would tell her, and no more.
  EXPECT_EQ(job.string("/result/errors/0/duplicates/0/id"), others) << job.text;
  EXPECT_EQ(job.string("/result/errors/0/duplicates/0/owner/id"), world.other_seller.id_text());
  EXPECT_TRUE(job.at("/result/errors/0/duplicates/0/name").is_null());
  EXPECT_EQ(job.text.find("机密客户"), std::string::npos) << job.text;
  EXPECT_EQ(world.get(world.admin, "/v1/customers/" + others).number("/version"), 1);
}

TEST(Previews, are_of_who_made_them) {
  ApiWorld world;
  const auto second = world.join("何平", "he@example.com", "admin", {});
  const auto shown = world.post(world.admin, "/v1/recycle-rules/preview",
                                R"({"draft":{"name":"规则","form":"customers","pools":[")" + world.customer_pool() +
                                    R"("],"triggers":[{"type":"no_follow_up","days":30}]}})");
  ASSERT_EQ(shown.status, 200) << shown.text;
  const auto token = shown.string("/preview_token");
  EXPECT_EQ(world.get(world.admin, "/v1/recycle-rules/previews/" + token + "/items").status, 200);
  EXPECT_EQ(world.get(second, "/v1/recycle-rules/previews/" + token + "/items").string("/code"), "preview-expired");
  EXPECT_EQ(world.post(second, "/v1/recycle-rules/publish", R"({"existing":"now","preview_token":")" + token + "\"}")
                .string("/code"),
            "preview-expired");
}

}  // namespace
}  // namespace highseas
