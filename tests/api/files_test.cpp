// files_test — files in and out, and who may read them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/imports.hpp"

namespace highseas::api_test {
namespace {

using testing::HasSubstr;

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

}  // namespace
}  // namespace highseas::api_test
