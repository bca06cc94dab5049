// import_faults_test — what an import says of rows and files that it can not take.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/json/writer.hpp"
#include "tests/api/imports.hpp"

namespace highseas::api_test {
namespace {

using testing::HasSubstr;

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

TEST(Import, finds_the_record_that_a_cell_refers_to_by_its_name_among_those_that_she_sees) {
  ApiWorld world;
  ASSERT_EQ(world.call("PUT", "/v1/forms/customers/dedup", &world.admin, R"({"rules":[]})").status, 200);
  const auto one = world.customer_of(world.seller, "上海精工");
  world.customer_of(world.other_seller, "上海精工");
  world.customer_of(world.seller, "苏州明达");
  world.customer_of(world.seller, "苏州 明达");
  const std::string csv = "姓名,客户\n王芳,上海精工\n李强,苏州明达\n赵敏,无锡华光\n孙丽," + one + "\n";
  const auto started = import(world, world.seller, csv, "", "contacts");
  ASSERT_EQ(started.status, 202) << started.text;
  const auto job = ended(world, world.seller, started.string("/id"));
  EXPECT_EQ(job.number("/result/created"), 2) << job.text;
  ASSERT_EQ(job.size("/result/errors"), 2u) << job.text;
  EXPECT_EQ(job.number("/result/errors/0/row"), 3);
  EXPECT_EQ(job.string("/result/errors/0/code"), "ambiguous");
  EXPECT_EQ(job.string("/result/errors/1/code"), "unknown-reference");
  const auto list = world.get(world.seller, "/v1/contacts?sort=name");
  ASSERT_EQ(list.size("/items"), 2u) << list.text;
  EXPECT_EQ(list.string("/items/0/customer"), one);
  EXPECT_EQ(list.string("/items/1/customer"), one);
}

TEST(Import, tells_nothing_of_records_that_its_sender_does_not_see) {
  ApiWorld world;
  const auto invisible = world.customer_of(world.other_seller, "上海精工");
  const auto deleted = world.customer_of(world.seller, "苏州明达");
  ASSERT_EQ(world.call("DELETE", "/v1/customers/" + deleted, &world.admin).status, 204);
  const std::string unknown = "cus_01KJP0Y9M0EMX6X3QRV755BZZZ";
  const auto csv =
      "姓名,客户\n," + unknown + "\n," + invisible + "\n," + deleted + "\n,上海精工\n,苏州明达\n,无锡华光\n";
  const auto started = import(world, world.seller, csv, "", "contacts");
  const auto job = ended(world, world.seller, started.string("/id"));
  ASSERT_EQ(job.size("/result/errors"), 6u) << job.text;
  for (const auto* at : {"0", "1", "2", "3", "4", "5"}) {
    const auto place = std::string("/result/errors/") + at;
    EXPECT_EQ(job.string(place + "/code"), "unknown-reference") << job.text;
    EXPECT_EQ(job.string(place + "/column"), "customer");
  }
}

TEST(Import, finds_no_record_that_it_made_itself_wherever_its_file_is_cut) {
  ApiWorld world;
  const auto before = world.customer_in_pool("上海精工");
  std::string csv = "客户名称,上级客户\n根公司甲,上海精工\n子公司乙,根公司甲\n";
  for (int i = 0; i < 600; ++i) csv += "填充公司" + std::to_string(i) + "号,\n";
  csv += "子公司丙,根公司甲\n";
  const auto started = import(world, world.admin, csv);
  const auto job = ended(world, world.admin, started.string("/id"));
  ASSERT_EQ(job.size("/result/errors"), 2u) << job.text;
  EXPECT_EQ(job.number("/result/errors/0/row"), 3);
  EXPECT_EQ(job.number("/result/errors/1/row"), 604);
  const auto root =
      world.get(world.admin, "/v1/customers?filter=name%20==%20%22%E6%A0%B9%E5%85%AC%E5%8F%B8%E7%94%B2%22");
  EXPECT_EQ(root.string("/items/0/parent"), before) << root.text;
}

TEST(Import, takes_no_department_of_several_of_a_name) {
  ApiWorld world;
  auto form = world.get(world.admin, "/v1/forms/customers").body;
  for (auto& [name, value] : *form.as_object()) {
    if (name != "fields") continue;
    using api::json::Json;
    value.as_array()->push_back(
        Json::Object{{"key", "team"}, {"type", "department"}, {"label", Json::Object{{"zh", "团队"}, {"en", "Team"}}}});
  }
  ASSERT_EQ(world.patch(world.admin, "/v1/forms/customers", api::json::to_text(form)).status, 200);
  const auto east = world.post(world.admin, "/v1/departments", R"({"name":"华北"})").string("/id");
  const auto south = world.post(world.admin, "/v1/departments", R"({"name":"华南"})").string("/id");
  for (const auto& parent : {east, south}) {
    const auto made = world.post(world.admin, "/v1/departments", R"({"name":"销售一部","parent":")" + parent + "\"}");
    ASSERT_EQ(made.status, 201) << made.text;
  }
  const auto started = import(world, world.admin, "客户名称,团队\n上海精工,销售一部\n苏州明达,华南\n");
  const auto job = ended(world, world.admin, started.string("/id"));
  EXPECT_EQ(job.number("/result/created"), 1) << job.text;
  EXPECT_EQ(job.string("/result/errors/0/code"), "ambiguous");
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

}  // namespace
}  // namespace highseas::api_test
