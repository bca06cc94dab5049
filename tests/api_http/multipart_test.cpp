// multipart_test.cpp — multipart bodies as browsers and curl send them, and all that is refused.
#include "api/http/multipart.hpp"

#include <gtest/gtest.h>

namespace highseas::tests {
namespace {

using namespace api::http;

const std::string kType = "multipart/form-data; boundary=BB";

std::string part(std::string_view disposition, std::string_view content, std::string_view more = "") {
  return "--BB\r\nContent-Disposition: " + std::string(disposition) + "\r\n" + std::string(more) + "\r\n" +
         std::string(content) + "\r\n";
}

std::optional<MultipartFault> fault_of_body(const std::string& body, const std::string& type = kType) {
  const auto parts = parse_multipart(type, body);
  return parts ? std::nullopt : std::optional(parts.error());
}

TEST(Multipart, gives_the_file_with_its_name_type_and_bytes) {
  const std::string bytes("\0\r\n--B\r\n--\xff", 11);
  const auto body = part("form-data; name=\"note\"", "hello") +
                    part("form-data; name=\"file\"; filename=\"客户 1.csv\"", bytes, "Content-Type: text/csv\r\n") +
                    "--BB--\r\n";
  const auto parts = parse_multipart(kType, body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_FALSE(parts->front().is_file);
  EXPECT_EQ(parts->front().content, "hello");
  const auto file = find_file(*parts, "file");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->filename, "客户 1.csv");
  EXPECT_EQ(file->media_type, "text/csv");
  EXPECT_EQ(file->content, bytes);
}

TEST(Multipart, takes_the_ways_in_which_clients_write_names) {
  const auto name = [](const std::string& disposition) {
    const auto body = part(disposition, "x") + "--BB--";
    const auto parts = parse_multipart(kType, body);
    return parts ? parts->front().filename : "refused";
  };
  EXPECT_EQ(name("form-data; name=file; filename=a.csv"), "a.csv");
  EXPECT_EQ(name("form-data; name=\"file\"; filename=\"a;b=\\\"c\\\".csv\""), "a;b=\"c\".csv");
  EXPECT_EQ(name("form-data; name=\"file\"; filename=\"C:\\dir\\a.csv\""), "C:\\dir\\a.csv");
  EXPECT_EQ(name("form-data; name=\"file\"; filename=\"a.csv\"; filename*=UTF-8''%e5%ae%a2.csv"), "客.csv");
  EXPECT_EQ(name("FORM-DATA;name=\"file\";filename=\"../../etc/passwd\""), "../../etc/passwd") << "data, never a path";
  EXPECT_EQ(name("form-data; name=\"file\"; filename=\"\""), "");
}

TEST(Multipart, takes_quoted_boundaries_preambles_epilogues_and_empty_parts) {
  const auto body = "before\r\n" + part("form-data; name=\"a\"", "") +
                    "--BB  \r\nContent-Disposition: form-data; name=b\r\n\r\n\r\n--BB--\r\nafter";
  const auto parts = parse_multipart("Multipart/Form-Data; charset=utf-8; boundary=\"BB\"", body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ(parts->at(0).content, "");
  EXPECT_EQ(parts->at(1).name, "b");
  EXPECT_EQ(parts->at(1).content, "");
}

TEST(Multipart, is_refused_without_a_usable_boundary) {
  for (const std::string type :
       {"", "application/json", "multipart/form-data", "multipart/mixed; boundary=BB",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"B\"B", "multipart/form-data; boundary=\"BB",
        "multipart/form-data; boundary=a\x01", "multipart/form-data; boundary=BB; boundary=CC"}) {
    EXPECT_EQ(fault_of_body("--BB--\r\n", type), MultipartFault::not_multipart) << type;
  }
  EXPECT_EQ(fault_of_body("--BB--", "multipart/form-data; boundary=" + std::string(71, 'B')),
            MultipartFault::not_multipart);
}

TEST(Multipart, is_refused_when_it_does_not_follow_its_boundary) {
  const auto whole = part("form-data; name=\"file\"; filename=\"a\"", "content") + "--BB--";
  ASSERT_EQ(fault_of_body(whole), std::nullopt);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(fault_of_body(whole.substr(0, length)), MultipartFault::malformed) << "cut at " << length;
  }
  EXPECT_EQ(fault_of_body("--BBx\r\n\r\n--BB--"), MultipartFault::malformed);
  EXPECT_EQ(fault_of_body("--BB\r\nContent-Type: a/b\r\n\r\nx\r\n--BB--"), MultipartFault::malformed);
  EXPECT_EQ(fault_of_body(part("attachment; name=a", "x") + "--BB--"), MultipartFault::malformed);
  EXPECT_EQ(fault_of_body(part("form-data", "x") + "--BB--"), MultipartFault::malformed);
  EXPECT_EQ(fault_of_body(part("form-data; name=a; name=b", "x") + "--BB--"), MultipartFault::malformed);
  EXPECT_EQ(fault_of_body(part("form-data; name=a", "x", "Content-Disposition: form-data; name=b\r\n") + "--BB--"),
            MultipartFault::malformed);
  EXPECT_EQ(fault_of_body(part("form-data; name=a", "eA==", "Content-Transfer-Encoding: base64\r\n") + "--BB--"),
            MultipartFault::malformed);
  EXPECT_EQ(fault_of_body(part("form-data; name=a; filename*=GBK''a", "x") + "--BB--"), MultipartFault::malformed);
  EXPECT_EQ(fault_of_body(part("form-data; name=a; filename*=UTF-8''%4", "x") + "--BB--"), MultipartFault::malformed);
}

TEST(Multipart, is_refused_past_its_limits) {
  std::string many;
  for (int i = 0; i < 17; ++i) {
    many += part("form-data; name=a", "x");
  }
  EXPECT_EQ(fault_of_body(many + "--BB--"), MultipartFault::too_many_parts);
  EXPECT_EQ(fault_of_body(part("form-data; name=a", "x", "X: " + std::string(5000, 'x') + "\r\n") + "--BB--"),
            MultipartFault::head_too_long);
  EXPECT_EQ(fault_of_body(part("form-data; name=" + std::string(201, 'x'), "x") + "--BB--"),
            MultipartFault::name_too_long);
  EXPECT_EQ(fault_of_body(part("form-data; name=a; filename=" + std::string(1025, 'x'), "x") + "--BB--"),
            MultipartFault::name_too_long);
}

TEST(Multipart, refuses_names_that_are_no_text) {
  EXPECT_EQ(fault_of_body(part("form-data; name=\"\xff\"", "x") + "--BB--"), MultipartFault::not_utf8);
  EXPECT_EQ(fault_of_body(part("form-data; name=a; filename=\"a\x01\"", "x") + "--BB--"), MultipartFault::not_utf8);
  EXPECT_EQ(fault_of_body(part("form-data; name=a; filename*=UTF-8''%0d%0a", "x") + "--BB--"),
            MultipartFault::not_utf8);
}

TEST(Multipart, finds_the_one_file_or_says_why_not) {
  const auto body = part("form-data; name=a; filename=1", "x") + part("form-data; name=b", "x") +
                    part("form-data; name=c; filename=1", "x") + part("form-data; name=c; filename=2", "x") + "--BB--";
  const auto parts = parse_multipart(kType, body);
  ASSERT_TRUE(parts);
  EXPECT_TRUE(find_file(*parts, "a"));
  EXPECT_EQ(find_file(*parts, "b").error(), MultipartFault::not_a_file);
  EXPECT_EQ(find_file(*parts, "c").error(), MultipartFault::several_such_parts);
  EXPECT_EQ(find_file(*parts, "file").error(), MultipartFault::no_such_part);
}

}  // namespace
}  // namespace highseas::tests
