// imports_test — imports with their trial, their jobs and their items.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/api/imports.hpp"

namespace highseas::api_test {
namespace {

using testing::HasSubstr;

constexpr const char* kCsv =
    "客户名称,电话,级别,不认识\r\n"
    "上海精工,021-5555 1234,A,x\r\n"
    "苏州明达,,E,\r\n"
    ",0512-6666 1234,B,\r\n"
    "=cmd(),,Z,\r\n"
    "无锡华光,,,\r\n";

TEST(Import, writes_the_good_rows_and_tells_the_others) {
  ApiWorld world;
  const auto started = import(world, world.admin, kCsv);
  ASSERT_EQ(started.status, 202) << started.text;
  EXPECT_EQ(started.string("/type"), "import");
  EXPECT_EQ(started.number("/total"), 5);
  EXPECT_EQ(started.string("/warnings/0/code"), "unknown-column");
  EXPECT_EQ(started.string("/warnings/0/column"), "不认识");
  const auto job = ended(world, world.admin, started.string("/id"));
  EXPECT_EQ(job.string("/state"), "succeeded") << job.text;
  EXPECT_EQ(job.number("/done"), 5);
  EXPECT_TRUE(job.at("/error").is_null());
  EXPECT_EQ(job.number("/result/rows"), 5);
  EXPECT_EQ(job.number("/result/created"), 2);
  EXPECT_EQ(job.number("/result/refused"), 3);
  ASSERT_EQ(job.size("/result/errors"), 3u) << job.text;
  EXPECT_EQ(job.number("/result/errors/0/row"), 3);
  EXPECT_EQ(job.string("/result/errors/0/column"), "grade");
  EXPECT_EQ(job.string("/result/errors/0/code"), "unknown-choice");
  EXPECT_EQ(job.number("/result/errors/1/row"), 4);
  EXPECT_EQ(job.string("/result/errors/1/code"), "required");
  const auto list = world.get(world.admin, "/v1/customers");
  EXPECT_EQ(list.size("/items"), 2u);
  EXPECT_EQ(list.string("/items/0/pool"), world.customer_pool());
  EXPECT_EQ(list.string("/items/0/origin"), "import");
}

TEST(Import, gives_its_items_page_by_page) {
  ApiWorld world;
  const auto started = import(world, world.admin, kCsv);
  ended(world, world.admin, started.string("/id"));
  const auto place = "/v1/jobs/" + started.string("/id") + "/items";
  const auto all = world.get(world.admin, place);
  ASSERT_EQ(all.size("/items"), 5u) << all.text;
  EXPECT_TRUE(all.at("/next_cursor").is_null());
  std::string cursor;
  std::vector<std::string> outcomes;
  do {
    const auto page = world.get(world.admin, place + "?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (std::size_t i = 0; i < page.size("/items"); ++i) {
      outcomes.push_back(page.string("/items/" + std::to_string(i) + "/outcome"));
    }
    cursor = page.string("/next_cursor");
  } while (!cursor.empty());
  EXPECT_EQ(outcomes.size(), 5u);
  EXPECT_EQ(std::ranges::count(outcomes, "created"), 2);
  EXPECT_EQ(std::ranges::count(outcomes, "refused"), 3);
  EXPECT_EQ(world.get(world.admin, place + "?cursor=x").string("/code"), "bad-cursor");
}

TEST(Import, gives_back_the_refused_rows_without_formulas) {
  ApiWorld world;
  const auto started = import(world, world.admin, kCsv);
  ended(world, world.admin, started.string("/id"));
  const auto errors = world.get(world.admin, "/v1/imports/" + started.string("/id") + "/errors.csv");
  ASSERT_EQ(errors.status, 200) << errors.text;
  EXPECT_EQ(errors.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_TRUE(errors.text.starts_with("\xEF\xBB\xBF客户名称,电话,级别,不认识,错误代码,错误字段,错误说明\r\n"))
      << errors.text;
  EXPECT_THAT(errors.text, HasSubstr("苏州明达,,E,,unknown-choice,级别,"));
  EXPECT_THAT(errors.text, HasSubstr("\"'=cmd()\",,Z,,unknown-choice,级别,"));
  EXPECT_EQ(errors.text.find("上海精工"), std::string::npos);
  EXPECT_EQ(world.get(world.manager, "/v1/imports/" + started.string("/id") + "/errors.csv").status, 404);
}

TEST(Import, takes_the_refused_rows_back_as_they_were) {
  ApiWorld world;
  const std::vector<std::string> names{"=cmd()", "+86精工", "-甲-", "@乙", "'=丙", "''丁", "'戊"};
  std::string csv = "name,grade\r\n";
  for (const auto& name : names) csv += (name.starts_with("'=") ? "'" + name : name) + ",Z\r\n";
  const auto started = import(world, world.admin, csv);
  ended(world, world.admin, started.string("/id"));
  auto errors = world.get(world.admin, "/v1/imports/" + started.string("/id") + "/errors.csv").text;
  EXPECT_THAT(errors, HasSubstr("\"'=cmd()\",Z"));
  for (std::size_t at = 0; (at = errors.find(",Z,", at)) != std::string::npos;) errors.replace(at, 3, ",A,");
  const auto again = import(world, world.admin, errors);
  ASSERT_EQ(again.status, 202) << again.text;
  EXPECT_EQ(ended(world, world.admin, again.string("/id")).number("/result/created"), 7);
  const auto list = world.get(world.admin, "/v1/customers");
  std::vector<std::string> stored;
  for (std::size_t at = 0; at < list.size("/items"); ++at) {
    stored.push_back(list.string("/items/" + std::to_string(at) + "/name"));
  }
  EXPECT_THAT(stored, testing::UnorderedElementsAreArray(names));
}

TEST(Import, tells_the_row_of_each_item_of_what_it_updated_too) {
  ApiWorld world;
  const auto known = world.customer_in_pool("无锡华光");
  const auto same = world.customer_in_pool("常州新宇");
  const std::string csv = "name,grade\n上海精工,A\n苏州明达,Z\n无锡华光,B\n常州新宇,\n南通海安,C\n";
  const auto started = import(world, world.admin, csv, R"(,"on_duplicate":"update")");
  ASSERT_EQ(ended(world, world.admin, started.string("/id")).number("/result/updated"), 1);
  const auto items = world.get(world.admin, "/v1/jobs/" + started.string("/id") + "/items");
  ASSERT_EQ(items.size("/items"), 5u) << items.text;
  std::map<std::int64_t, std::string> outcomes;
  for (std::size_t at = 0; at < 5; ++at) {
    const auto item = "/items/" + std::to_string(at);
    const auto row = items.number(item + "/row");
    outcomes[row] = items.string(item + "/outcome");
    if (row == 4) {
      EXPECT_EQ(items.string(item + "/id"), known);
    }
    if (row == 5) {
      EXPECT_EQ(items.string(item + "/id"), same);
    }
  }
  const std::map<std::int64_t, std::string> expected{
      {2, "created"}, {3, "refused"}, {4, "updated"}, {5, "skipped"}, {6, "created"}};
  EXPECT_EQ(outcomes, expected) << items.text;
}

TEST(Import, judges_a_trial_and_writes_nothing) {
  ApiWorld world;
  world.customer_in_pool("无锡华光");
  const auto before = world.position();
  const auto tried = import(world, world.admin, kCsv, R"(,"trial":true,"on_duplicate":"skip")");
  ASSERT_EQ(tried.status, 202) << tried.text;
  EXPECT_EQ(tried.string("/state"), "succeeded");
  EXPECT_EQ(tried.header("Location"), "/v1/jobs/" + tried.string("/id"));
  EXPECT_EQ(tried.number("/result/rows"), 5);
  EXPECT_EQ(tried.number("/result/created"), 1);
  EXPECT_EQ(tried.number("/result/skipped"), 1);
  EXPECT_EQ(tried.number("/result/refused"), 3);
  EXPECT_EQ(tried.string("/result/items/0/outcome"), "created");
  EXPECT_EQ(tried.number("/result/items/1/row"), 3);
  EXPECT_EQ(world.position(), before + 1) << "the file alone";
  EXPECT_EQ(world.get(world.admin, "/v1/customers").size("/items"), 1u);
}

TEST(Import, keeps_the_job_of_a_trial_for_who_tried) {
  ApiWorld world;
  const auto tried = import(world, world.admin, kCsv, R"(,"trial":true)");
  const auto place = tried.header("Location");
  const auto asked = world.get(world.admin, place);
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(asked.text, tried.text);
  EXPECT_EQ(world.get(world.manager, place).status, 404);
  EXPECT_EQ(world.get(world.manager, place + "/items").status, 404);
  const auto first = world.get(world.admin, place + "/items?limit=3");
  ASSERT_EQ(first.size("/items"), 3u) << first.text;
  EXPECT_EQ(first.number("/items/0/row"), 6);
  const auto rest = world.get(world.admin, place + "/items?limit=3&cursor=" + first.string("/next_cursor"));
  ASSERT_EQ(rest.size("/items"), 2u) << rest.text;
  EXPECT_EQ(rest.number("/items/1/row"), 2);
  EXPECT_TRUE(rest.at("/next_cursor").is_null());
  const auto trial_csv = world.get(world.admin, "/v1/imports/" + tried.string("/id") + "/errors.csv");
  const auto started = import(world, world.admin, kCsv);
  ended(world, world.admin, started.string("/id"));
  const auto csv = world.get(world.admin, "/v1/imports/" + started.string("/id") + "/errors.csv");
  EXPECT_EQ(trial_csv.text, csv.text);
  EXPECT_EQ(world.call("POST", place + "/cancel", &world.admin).string("/code"), "job-ended");
}

TEST(Import, reads_only_the_first_rows_for_a_trial) {
  ApiWorld world;
  std::string csv = "name\n";
  for (int i = 0; i < 40; ++i) csv += "公司" + std::to_string(i) + "\n";
  const auto tried = import(world, world.admin, csv, R"(,"trial":true)");
  EXPECT_EQ(tried.number("/result/rows"), 20) << tried.text;
  EXPECT_EQ(tried.number("/total"), 40);
}

TEST(Import, takes_columns_by_a_mapping) {
  ApiWorld world;
  const std::string csv = "Firma,Tel\n上海精工,021-5555 1234\n";
  const auto started = import(world, world.admin, csv, R"(,"mapping":{"firma":"name","Tel":"phone"})");
  ASSERT_EQ(started.status, 202) << started.text;
  EXPECT_EQ(ended(world, world.admin, started.string("/id")).number("/result/created"), 1);
  EXPECT_EQ(world.get(world.admin, "/v1/customers").string("/items/0/phone"), "021-5555 1234");
  EXPECT_EQ(import(world, world.admin, csv, R"(,"mapping":{"Firma":"nose"})").errors(),
            std::vector<std::string>{"unknown-field /mapping/Firma"});
  EXPECT_EQ(import(world, world.admin, csv, R"(,"mapping":{"Ort":"name"})").errors(),
            std::vector<std::string>{"unknown-column /mapping/Ort"});
  EXPECT_EQ(import(world, world.admin, csv).status, 422) << "no column has the name, which is required";
}

TEST(Import, refuses_files_that_can_not_be_read) {
  ApiWorld world;
  const auto broken = import(world, world.admin, "name\n\"open");
  EXPECT_EQ(broken.status, 422);
  EXPECT_EQ(broken.string("/code"), "bad-file");
  EXPECT_EQ(broken.string("/reason"), "bad-csv");
  EXPECT_EQ(import(world, world.admin, "name\n").string("/reason"), "no-rows");
  const auto others = upload(world, world.seller, "客户.csv", "name\n上海精工\n");
  const auto refused =
      world.post(world.admin, "/v1/imports", R"({"file":")" + others.string("/id") + R"(","form":"customers"})");
  EXPECT_EQ(refused.errors(), std::vector<std::string>{"unknown-reference /file"});
}

TEST(Import, brings_in_follow_ups_on_the_customers_that_it_names) {
  ApiWorld world;
  const auto customer = world.customer_of(world.seller, "上海精工");
  const auto started = import(world, world.seller, "客户,方式,内容,发生时间\n上海精工,电话,谈了价格,2026-03-01 09:30\n",
                              "", "follow-ups");
  ASSERT_EQ(started.status, 202) << started.text;
  EXPECT_EQ(ended(world, world.seller, started.string("/id")).number("/result/created"), 1);
  const auto list = world.get(world.seller, "/v1/follow-ups");
  ASSERT_EQ(list.size("/items"), 1u) << list.text;
  EXPECT_EQ(list.string("/items/0/customer"), customer);
  EXPECT_EQ(list.string("/items/0/origin"), "import");
  EXPECT_EQ(list.string("/items/0/occurred_at"), "2026-03-01T01:30:00.000Z");
  const auto typed = world.post(world.seller, "/v1/customers/" + customer + "/follow-ups",
                                R"({"method":"call","content":"再次确认"})");
  EXPECT_EQ(typed.string("/origin"), "manual") << typed.text;
}

TEST(Jobs, are_seen_by_who_started_them_and_by_admins) {
  ApiWorld world;
  const auto file = upload(world, world.seller, "客户.csv", "name\n上海精工\n");
  const auto started = world.post(
      world.seller, "/v1/imports",
      R"({"file":")" + file.string("/id") + R"(","form":"customers","owner":")" + world.seller.id_text() + "\"}");
  ASSERT_EQ(started.status, 202) << started.text;
  const auto place = "/v1/jobs/" + started.string("/id");
  EXPECT_EQ(ended(world, world.seller, started.string("/id")).number("/result/created"), 1);
  EXPECT_EQ(world.get(world.admin, place).status, 200);
  EXPECT_EQ(world.get(world.other_seller, place).status, 404);
  EXPECT_EQ(world.get(world.seller, "/v1/jobs?type=import").size("/items"), 1u);
  EXPECT_EQ(world.get(world.seller, "/v1/jobs?type=backfill").size("/items"), 0u);
  EXPECT_EQ(world.get(world.other_seller, "/v1/jobs").size("/items"), 0u);
  EXPECT_EQ(world.get(world.seller, "/v1/jobs?type=magic").string("/code"), "bad-parameter");
  const auto cancelled = world.call("POST", place + "/cancel", &world.seller);
  EXPECT_EQ(cancelled.status, 409);
  EXPECT_EQ(cancelled.string("/code"), "job-ended");
  EXPECT_EQ(world.call("POST", place + "/cancel", &world.other_seller).status, 404);
}

}  // namespace
}  // namespace highseas::api_test
