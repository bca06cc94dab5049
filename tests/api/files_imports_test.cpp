// files_imports_test — files in and out, imports with their trial, their jobs and their refused rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <thread>

#include "api/json/writer.hpp"
#include "tests/support/api_world.hpp"

namespace highseas {
namespace {

using test_support::ApiAnswer;
using test_support::ApiWorld;
using test_support::Person;
using testing::HasSubstr;

ApiAnswer upload(ApiWorld& world, const Person& who, const std::string& name, const std::string& content,
                 ApiWorld::Headers headers = {}) {
  headers.emplace_back("Content-Type", "multipart/form-data; boundary=cut");
  return world.post(who, "/v1/files",
                    "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                        "\"\r\nContent-Type: text/html\r\n\r\n" + content + "\r\n--cut--\r\n",
                    headers);
}

ApiAnswer import(ApiWorld& world, const Person& who, const std::string& csv, const std::string& more = "") {
  const auto file = upload(world, who, "客户.csv", csv);
  return world.post(who, "/v1/imports", R"({"file":")" + file.string("/id") + R"(","form":"customers")" + more + "}");
}

ApiAnswer ended(ApiWorld& world, const Person& who, const std::string& job) {
  for (int tries = 0; tries < 600; ++tries) {
    auto answer = world.get(who, "/v1/jobs/" + job);
    if (answer.string("/state") != "running") return answer;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return {};
}

TEST(Files, come_back_as_they_went_in_and_as_attachments) {
  ApiWorld world;
  const std::string content = "<script>alert(1)</script>";
  const auto made = upload(world, world.seller, "报价 1.html", content);
  ASSERT_EQ(made.status, 201) << made.text;
  EXPECT_EQ(made.string("/name"), "报价 1.html");
  EXPECT_EQ(made.number("/size"), static_cast<std::int64_t>(content.size()));
  EXPECT_EQ(made.string("/media_type"), "text/plain") << "by content, whatever the sender says";
  EXPECT_EQ(made.string("/sha256").size(), 64u);
  const auto place = made.header("Location");
  const auto got = world.get(world.seller, place);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.text, content);
  EXPECT_EQ(got.header("Content-Disposition"),
            "attachment; filename=\"___1.html\"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%201.html");
  EXPECT_EQ(got.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(got.header("Content-Security-Policy"), HasSubstr("sandbox"));
}

TEST(Files, are_known_by_their_content) {
  ApiWorld world;
  const auto type = [&](const std::string& content) {
    return upload(world, world.seller, "a.bin", content).string("/media_type");
  };
  EXPECT_EQ(type("\x89PNG\r\n\x1a\n...."), "image/png");
  EXPECT_EQ(type("%PDF-1.7"), "application/pdf");
  EXPECT_EQ(type("PK\x03\x04...."), "application/zip");
  EXPECT_EQ(type("PK\x03\x04....xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  EXPECT_EQ(type("名称,电话\n上海精工,021"), "text/csv");
  EXPECT_EQ(type(std::string("a\0b", 3)), "application/octet-stream");
}

TEST(Files, are_read_by_who_brought_them_in_or_sees_a_record_that_names_them) {
  ApiWorld world;
  const auto file = upload(world, world.seller, "图纸.pdf", "%PDF-1.7");
  const auto place = file.header("Location");
  EXPECT_EQ(world.get(world.other_seller, place).status, 404);
  EXPECT_EQ(world.get(world.admin, place).status, 404) << "no record names it yet";
  const auto customer = world.customer_of(world.seller, "上海精工");
  ASSERT_EQ(world.patch(world.seller, "/v1/customers/" + customer, R"({"attachments":[")" + file.string("/id") + "\"]}")
                .status,
            200);
  EXPECT_EQ(world.get(world.admin, place).status, 200);
  EXPECT_EQ(world.get(world.manager, place).status, 200);
  EXPECT_EQ(world.get(world.other_seller, place).status, 404);
}

TEST(Files, are_not_read_by_naming_their_id_in_a_record_of_ones_own) {
  ApiWorld world;
  const auto file = upload(world, world.admin, "工资.pdf", "%PDF-1.7");
  const auto place = file.header("Location");
  ASSERT_EQ(world.get(world.seller, place).status, 404);
  const auto customer = world.customer_of(world.seller, "上海精工");
  const auto body = R"({"attachments":[")" + file.string("/id") + "\"]}";
  const auto named = world.patch(world.seller, "/v1/customers/" + customer, body);
  EXPECT_EQ(named.status, 422) << named.text;
  const auto unknown =
      world.patch(world.seller, "/v1/customers/" + customer, R"({"attachments":["fil_00000000000000000000000001"]})");
  EXPECT_EQ(named.errors(), unknown.errors()) << "as if there were none";
  EXPECT_EQ(world.get(world.seller, place).status, 404);
}

TEST(Files, are_stored_once_for_a_repeated_request) {
  ApiWorld world;
  const auto first = upload(world, world.seller, "a.txt", "once", {{"Idempotency-Key", "f1"}});
  const auto again = upload(world, world.seller, "a.txt", "once", {{"Idempotency-Key", "f1"}});
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.string("/id"), first.string("/id"));
  EXPECT_EQ(world.engine().files().list().size(), 1u);
}

TEST(Files, need_a_part_that_is_a_file_with_a_name) {
  ApiWorld world;
  EXPECT_EQ(upload(world, world.seller, "", "x").status, 422);
  const auto none =
      world.post(world.seller, "/v1/files", "--cut--\r\n", {{"Content-Type", "multipart/form-data; boundary=cut"}});
  EXPECT_EQ(none.status, 400);
  EXPECT_EQ(none.string("/code"), "bad-upload");
  EXPECT_TRUE(world.engine().files().list().empty());
}

constexpr const char* kCsv =
    "客户名称,电话,级别,不认识\r\n"
    "上海精工,021-5555 1234,A,x\r\n"
    "苏州明达,,E,\r\n"
    ",0512-6666 1234,B,\r\n"
    "=cmd(),,Z,\r\n"
    "无锡华光,,,\r\n";

TEST(Files, tried_out_tell_the_truth_of_the_bytes_and_keep_none) {
  ApiWorld world;
  const std::string body =
      "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc\r\n--cut--\r\n";
  const ApiWorld::Headers type{{"Content-Type", "multipart/form-data; boundary=cut"}};
  const auto tried = world.post(world.seller, "/v1/files?dry_run=true", body, type);
  const auto added = world.post(world.seller, "/v1/files", body, type);
  ASSERT_EQ(added.status, 201) << added.text;
  EXPECT_EQ(tried.string("/events/0/data/sha256"), added.string("/sha256")) << tried.text;
  EXPECT_EQ(tried.string("/events/0/data/media_type"), added.string("/media_type"));
  EXPECT_EQ(world.get(world.seller, "/v1/files/" + tried.string("/events/0/data/file")).status, 404);
}

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

std::string errors_of(const ApiAnswer& job) {
  return api::json::to_text(job.at("/result/errors"));
}

TEST(Import, names_the_record_in_the_way_of_a_row_and_who_has_it) {
  ApiWorld world;
  const auto hers = world.customer_of(world.other_seller, "机密客户");
  const auto mine = world.customer_of(world.seller, "上海精工");
  const std::string csv = "name,grade\n上海精工,A\n机密客户,B\n";
  const auto owner = R"(,"owner":")" + world.seller.id_text() + "\"";
  const auto started = import(world, world.seller, csv, owner);
  const auto job = ended(world, world.seller, started.string("/id"));
  ASSERT_EQ(job.size("/result/errors"), 2u) << job.text;
  EXPECT_EQ(job.string("/result/errors/0/code"), "duplicate-record");
  EXPECT_EQ(job.string("/result/errors/0/column"), "name");
  EXPECT_EQ(job.string("/result/errors/0/duplicates/0/id"), mine);
  EXPECT_EQ(job.string("/result/errors/0/duplicates/0/name"), "上海精工");
  // As the answer to a single creation has it.
  const auto single = world.post(world.seller, "/v1/customers", R"({"name":"机密客户"})");
  ASSERT_EQ(single.status, 409) << single.text;
  EXPECT_EQ(single.string("/duplicates/0/id"), hers);
  EXPECT_EQ(api::json::to_text(job.at("/result/errors/1/duplicates")), api::json::to_text(single.at("/duplicates")));
  const auto owner_name = single.string("/duplicates/0/owner/name");
  EXPECT_THAT(job.string("/result/errors/1/detail"), HasSubstr("负责人：" + owner_name));
  const auto items = world.get(world.seller, "/v1/jobs/" + started.string("/id") + "/items");
  EXPECT_EQ(items.string("/items/0/errors/0/duplicates/0/id"), hers) << items.text;
  EXPECT_THAT(items.string("/items/0/reason"), HasSubstr(owner_name));
  EXPECT_THAT(world.get(world.seller, "/v1/imports/" + started.string("/id") + "/errors.csv").text,
              HasSubstr("负责人：" + owner_name));
}

TEST(Import, that_updates_says_whose_the_record_is_that_she_may_not_change) {
  ApiWorld world;
  const auto hers = world.customer_of(world.other_seller, "机密客户");
  const auto more = R"(,"on_duplicate":"update","owner":")" + world.seller.id_text() + "\"";
  const auto started = import(world, world.seller, "name,grade\n机密客户,B\n", more);
  const auto job = ended(world, world.seller, started.string("/id"));
  EXPECT_EQ(job.number("/result/refused"), 1) << job.text;
  EXPECT_EQ(job.string("/result/errors/0/code"), "duplicate-record");
  EXPECT_EQ(job.string("/result/errors/0/duplicates/0/id"), hers);
  EXPECT_EQ(job.string("/result/errors/0/duplicates/0/owner/id"), world.other_seller.id_text());
  const auto tried = import(world, world.seller, "name,grade\n机密客户,B\n", more + R"(,"trial":true)");
  EXPECT_EQ(errors_of(tried), errors_of(job));
  EXPECT_EQ(tried.number("/result/updated"), 0) << tried.text;
}

TEST(Import, says_in_a_trial_what_its_job_says_of_each_row) {
  const std::string csv =
      "name,grade,phone\n上海精工,A,\n机密客户,,\n,Z,\n苏州明达,Z,\n无锡华光,B,\n,,021-5555 1234\n常州新宇,,,多余\n";
  for (const std::string on_duplicate : {"refuse", "skip", "update"}) {
    ApiWorld world;
    world.customer_of(world.other_seller, "机密客户");
    world.customer_in_pool("无锡华光");
    const auto more = R"(,"on_duplicate":")" + on_duplicate + "\"";
    const auto tried = import(world, world.admin, csv, more + R"(,"trial":true)");
    const auto started = import(world, world.admin, csv, more);
    ASSERT_EQ(started.status, 202) << started.text;
    const auto job = ended(world, world.admin, started.string("/id"));
    EXPECT_EQ(errors_of(tried), errors_of(job)) << on_duplicate;
    for (const auto* figure : {"/result/created", "/result/updated", "/result/skipped", "/result/refused"}) {
      EXPECT_EQ(tried.number(figure), job.number(figure)) << figure << " " << on_duplicate;
    }
  }
}

TEST(Import, names_the_row_that_a_later_one_repeats_in_a_trial) {
  ApiWorld world;
  const auto tried = import(world, world.admin, "name\n上海精工\n上海精工\n", R"(,"trial":true)");
  ASSERT_EQ(tried.size("/result/errors"), 1u) << tried.text;
  EXPECT_EQ(tried.number("/result/errors/0/row"), 3);
  EXPECT_THAT(tried.string("/result/errors/0/detail"), HasSubstr("与第 2 行重复"));
  EXPECT_FALSE(tried.has("/result/errors/0/duplicates")) << "there is no such record to be asked for";
}

TEST(Import, tells_all_that_is_wrong_with_a_row) {
  ApiWorld world;
  const auto started = import(world, world.admin, "name,grade,email,employees\n上海精工,Z,x,viele,extra\n");
  const auto job = ended(world, world.admin, started.string("/id"));
  std::vector<std::string> faults;
  for (std::size_t at = 0; at < job.size("/result/errors"); ++at) {
    const auto error = "/result/errors/" + std::to_string(at);
    EXPECT_EQ(job.number(error + "/row"), 2);
    faults.push_back(job.string(error + "/code") + " " + job.string(error + "/column"));
  }
  EXPECT_THAT(faults, testing::Contains("unknown-choice grade")) << job.text;
  EXPECT_THAT(faults, testing::Contains("unknown-field "));
  EXPECT_EQ(job.number("/result/refused"), 1) << "one row, whatever is wrong with it";
  const auto items = world.get(world.admin, "/v1/jobs/" + started.string("/id") + "/items");
  ASSERT_EQ(items.size("/items"), 1u) << items.text;
  EXPECT_EQ(items.size("/items/0/errors"), faults.size());
  EXPECT_THAT(world.get(world.admin, "/v1/imports/" + started.string("/id") + "/errors.csv").text,
              HasSubstr(",\"unknown-choice; unknown-field\",级别,"));
}

TEST(Import, refuses_a_row_with_cells_that_no_column_has_and_gives_it_back_whole) {
  ApiWorld world;
  const std::string csv = "name,grade,\n上海精工,A,,,上海,浦东\n苏州明达,B,note\n无锡华光,A,,\n";
  const auto started = import(world, world.admin, csv);
  const auto job = ended(world, world.admin, started.string("/id"));
  EXPECT_EQ(job.number("/result/created"), 1) << "blank ones are no fault: " << job.text;
  ASSERT_EQ(job.size("/result/errors"), 2u) << job.text;
  EXPECT_EQ(job.string("/result/errors/0/code"), "unknown-field");
  EXPECT_TRUE(job.at("/result/errors/0/column").is_null());
  EXPECT_THAT(job.string("/result/errors/0/detail"), HasSubstr("表头没有名称的列"));
  const auto errors = world.get(world.admin, "/v1/imports/" + started.string("/id") + "/errors.csv").text;
  EXPECT_THAT(errors, HasSubstr("name,grade,,,,,错误代码,错误字段,错误说明\r\n"));
  EXPECT_THAT(errors, HasSubstr("上海精工,A,,,上海,浦东,unknown-field,,"));
  EXPECT_THAT(errors, HasSubstr("苏州明达,B,note,,,,unknown-field,,"));
  const auto again = import(world, world.admin, errors);
  EXPECT_EQ(ended(world, world.admin, again.string("/id")).number("/result/refused"), 2) << "not mended yet";
}

TEST(Import, lists_its_items_by_row) {
  ApiWorld world;
  world.customer_in_pool("无锡华光");
  const std::string csv = "name,grade\n上海精工,A\n苏州明达,Z\n无锡华光,B\n常州新宇,\n,A\n南通海安,C\n";
  const auto started = import(world, world.admin, csv, R"(,"on_duplicate":"skip")");
  ended(world, world.admin, started.string("/id"));
  const auto items = world.get(world.admin, "/v1/jobs/" + started.string("/id") + "/items");
  std::vector<std::int64_t> rows;
  for (std::size_t at = 0; at < items.size("/items"); ++at) {
    rows.push_back(items.number("/items/" + std::to_string(at) + "/row"));
  }
  EXPECT_THAT(rows, testing::ElementsAre(7, 6, 5, 4, 3, 2)) << "the newest first: " << items.text;
}

TEST(Import, says_which_columns_are_not_there_or_there_twice) {
  ApiWorld world;
  const auto twice = import(world, world.admin, "name,电话,电话\na,1,2\n");
  EXPECT_EQ(twice.errors(), std::vector<std::string>{"doubled-column /mapping/电话"});
  EXPECT_THAT(twice.text, HasSubstr("(2 \\\"电话\\\", 3 \\\"电话\\\" → phone)"));
  EXPECT_EQ(
      import(world, world.admin, "name,电话,phone\na,1,2\n", R"(,"mapping":{"name":"name","phone":"phone"})").status,
      202);
}

TEST(Import, says_of_a_workbook_that_it_is_not_read_yet) {
  ApiWorld world;
  const auto refused = import(world, world.admin, "PK\x03\x04....xl/workbook.xml");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.string("/code"), "not-yet");
  EXPECT_THAT(refused.string("/detail"), HasSubstr("CSV"));
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
}  // namespace highseas
