// target_test.cpp — request targets: what is decoded, what is refused.
#include "api/http/target.hpp"

#include <gtest/gtest.h>

namespace highseas::tests {
namespace {

using namespace api::http;

std::string path_of(std::string_view target) {
  const auto parsed = parse_target(target);
  return parsed ? parsed->path : parsed.error() == FaultKind::bad_path ? "bad path" : "bad target";
}

std::vector<QueryItem> query_of(std::string_view target) {
  const auto parsed = parse_target(target);
  return parsed ? parsed->query.items() : std::vector<QueryItem>{{"refused", ""}};
}

TEST(Target, is_decoded) {
  EXPECT_EQ(path_of("/"), "/");
  EXPECT_EQ(path_of("/v1/customers/cus_01"), "/v1/customers/cus_01");
  EXPECT_EQ(path_of("/%E6%B5%B7+%20"), "/海+ ");
  EXPECT_EQ(path_of("/海"), "/海");
  EXPECT_EQ(path_of("/a/.../..b/.c/"), "/a/.../..b/.c/");
  EXPECT_EQ(path_of("/%2525"), "/%25") << "decoded once, never twice";
}

TEST(Target, may_be_a_whole_address) {
  EXPECT_EQ(path_of("http://host:80/a?b=c"), "/a");
  EXPECT_EQ(path_of("HTTPS://host/a"), "/a");
  EXPECT_EQ(path_of("http://host"), "/");
  EXPECT_EQ(path_of("http://host?b=c"), "/");
  EXPECT_EQ(path_of("http://host/../a"), "bad path");
}

TEST(Target, is_refused_when_it_is_no_path) {
  for (const std::string_view target : {"", "a", "*", "host:80", "?a=b", "/a#b", "/%", "/%4", "/%4g", "/%00", "/%ff",
                                        "/%c0%af", "/%ed%a0%80", "/?%", "/?a=%0", "/?a=%ff", "ftp://host/a"}) {
    EXPECT_EQ(path_of(target), "bad target") << target;
  }
  for (const std::string_view target :
       {"/..", "/.", "/a/..", "/../a", "/a/./b", "/%2e%2e", "/.%2E/", "/a%2F..", "/a%2F.%2Fb"}) {
    EXPECT_EQ(path_of(target), "bad path") << target;
  }
}

TEST(Target, has_its_query_in_order) {
  using Items = std::vector<QueryItem>;
  EXPECT_EQ(query_of("/a"), Items{});
  EXPECT_EQ(query_of("/a?"), Items{});
  EXPECT_EQ(query_of("/a?b=1&a=2&b=3"), (Items{{"b", "1"}, {"a", "2"}, {"b", "3"}}));
  EXPECT_EQ(query_of("/a?b&c=&=d&&e==f?"), (Items{{"b", ""}, {"c", ""}, {"", "d"}, {"e", "=f?"}}));
  EXPECT_EQ(query_of("/a?filter=a+%3D%3D+%22%E6%9C%BA%22%26b&x=%2B"), (Items{{"filter", "a == \"机\"&b"}, {"x", "+"}}));
  EXPECT_EQ(query_of("/a?p=../.."), (Items{{"p", "../.."}})) << "a query names no file";
}

TEST(Headers, are_found_without_case_and_keep_their_order) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("X-Second", "b");
  headers.add("accept", "c");
  EXPECT_EQ(headers.find("ACCEPT"), "a");
  EXPECT_EQ(headers.count("Accept"), 2U);
  headers.set("accept", "d");
  ASSERT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers.lines()[0].first, "X-Second");
  EXPECT_EQ(headers.find("Accept"), "d");
  EXPECT_FALSE(headers.contains("Accep"));
}

}  // namespace
}  // namespace highseas::tests
