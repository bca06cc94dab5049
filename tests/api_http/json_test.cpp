// json_test.cpp — which JSON is taken and which is refused, where and why; and that what is written reads back.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "api/json/parse.hpp"
#include "api/json/writer.hpp"

namespace highseas::tests {
namespace {

using namespace api::json;
using namespace std::string_literals;

std::string nested(std::size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

TEST(Json, is_accepted_and_written_back) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"null", "null"},
      {"true", "true"},
      {" \t\r\n false \n", "false"},
      {"0", "0"},
      {"-0", "-0"},
      {"1", "1"},
      {"-1", "-1"},
      {"1.0", "1.0"},
      {"128000.00", "128000.00"},
      {"0.1e1", "0.1e1"},
      {"1E+2", "1E+2"},
      {"1e400", "1e400"},
      {"-1e-400", "-1e-400"},
      {"18446744073709551616", "18446744073709551616"},
      {"-9223372036854775809", "-9223372036854775809"},
      {"123456789012345678.12", "123456789012345678.12"},
      {"0.30000000000000004", "0.30000000000000004"},
      {std::string(400, '9'), std::string(400, '9')},
      {R"("")", R"("")"},
      {R"("海")", R"("海")"},
      {R"("\u6d77")", R"("海")"},
      {R"("\ud842\udfb7")", R"("𠮷")"},
      {R"("\"\\\/\b\f\n\r\t")", R"("\"\\/\b\f\n\r\t")"},
      {R"("\u0000")", R"("\u0000")"},
      {R"("\u001F")", R"("\u001f")"},
      {"\"\x7f\"", R"("\u007f")"},
      {"\"\u2028\u2029\u2027\"", "\"\\u2028\\u2029\u2027\""},
      {R"("</script>")", R"("\u003c/script>")"},
      {"[]", "[]"},
      {"[ ]", "[]"},
      {"[1,2 , 3]", "[1,2,3]"},
      {"[[],[[]]]", "[[],[[]]]"},
      {"{}", "{}"},
      {R"({"b":1,"a":2})", R"({"b":1,"a":2})"},
      {R"({"":null})", R"({"":null})"},
      {R"({"a":{"a":{"a":1}}})", R"({"a":{"a":{"a":1}}})"},
      {R"({"a":1,"A":2})", R"({"a":1,"A":2})"},
      {R"({ "a" : [ { "b" : "c" } ] })", R"({"a":[{"b":"c"}]})"},
      {nested(32, '[', ']'), nested(32, '[', ']')},
  };
  for (const auto& [text, expected] : cases) {
    const auto value = parse(text);
    ASSERT_TRUE(value) << text << ": " << value.error().detail().en;
    EXPECT_EQ(to_text(*value), expected);
  }
}

TEST(Json, is_refused) {
  const std::vector<std::pair<std::string, JsonFault>> cases = {
      {"", JsonFault::malformed},
      {" ", JsonFault::malformed},
      {"\xef\xbb\xbf{}", JsonFault::malformed},
      {"nul", JsonFault::malformed},
      {"NULL", JsonFault::malformed},
      {"True", JsonFault::malformed},
      {"NaN", JsonFault::malformed},
      {"Infinity", JsonFault::malformed},
      {"-Infinity", JsonFault::malformed},
      {"undefined", JsonFault::malformed},
      {"01", JsonFault::malformed},
      {"-01", JsonFault::malformed},
      {"+1", JsonFault::malformed},
      {"-", JsonFault::malformed},
      {".5", JsonFault::malformed},
      {"1.", JsonFault::malformed},
      {"1.e1", JsonFault::malformed},
      {"1e", JsonFault::malformed},
      {"1e+", JsonFault::malformed},
      {"0x10", JsonFault::malformed},
      {"1_000", JsonFault::malformed},
      {"1 2", JsonFault::malformed},
      {"{}{}", JsonFault::malformed},
      {"[1]x", JsonFault::malformed},
      {"'a'", JsonFault::malformed},
      {"\"a", JsonFault::malformed},
      {"\"\n\"", JsonFault::malformed},
      {"\"\t\"", JsonFault::malformed},
      {"\"\0\""s, JsonFault::malformed},
      {R"("\x41")", JsonFault::malformed},
      {R"("\u12")", JsonFault::malformed},
      {R"("\u12g4")", JsonFault::malformed},
      {R"("\")", JsonFault::malformed},
      {R"("\ud842")", JsonFault::malformed},
      {R"("\udfb7")", JsonFault::not_utf8},
      {R"("\ud842\u0041")", JsonFault::not_utf8},
      {"\"\xff\"", JsonFault::not_utf8},
      {"\"\xc0\xaf\"", JsonFault::not_utf8},
      {"\"\xed\xa0\x80\"", JsonFault::not_utf8},
      {"\"\xf4\x90\x80\x80\"", JsonFault::not_utf8},
      {"\"\xe6\xb5\"", JsonFault::not_utf8},
      {"[", JsonFault::malformed},
      {"]", JsonFault::malformed},
      {"[1,]", JsonFault::malformed},
      {"[,1]", JsonFault::malformed},
      {"[1 2]", JsonFault::malformed},
      {"[1}", JsonFault::malformed},
      {"{", JsonFault::malformed},
      {"{a:1}", JsonFault::malformed},
      {"{1:1}", JsonFault::malformed},
      {R"({"a"})", JsonFault::malformed},
      {R"({"a":})", JsonFault::malformed},
      {R"({"a":1,})", JsonFault::malformed},
      {R"({"a":1 "b":2})", JsonFault::malformed},
      {R"({"a":1]})", JsonFault::malformed},
      {"/* a */ 1", JsonFault::malformed},
      {"1 // a", JsonFault::malformed},
      {R"({"a":1,"a":2})", JsonFault::duplicate_key},
      {R"({"a":1,"\u0061":2})", JsonFault::duplicate_key},
      {R"([{"x":{"a":1,"b":2,"a":1}}])", JsonFault::duplicate_key},
      {nested(33, '[', ']'), JsonFault::too_deep},
      {std::string(401, '9'), JsonFault::number_too_long},
      {"0." + std::string(399, '9'), JsonFault::number_too_long},
      {"1e99999999999", JsonFault::number_too_long},
      {"{\"" + std::string(1001, 'k') + "\":1}", JsonFault::key_too_long},
  };
  for (const auto& [text, fault] : cases) {
    const auto value = parse(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().fault, fault) << text << ": " << value.error().detail().en;
  }
}

std::string object_of(std::size_t keys, const std::string& last) {
  std::string text = "{";
  for (std::size_t i = 0; i + 1 < keys; ++i) {
    text += "\"key" + std::to_string(i) + "\":0,";
  }
  return text + "\"" + last + "\":0}";
}

TEST(Json, takes_a_thousand_members_and_finds_the_doubled_one_among_them) {
  EXPECT_TRUE(parse(object_of(1000, "last")));
  EXPECT_EQ(parse(object_of(1001, "last")).error().fault, JsonFault::too_many_keys);
  for (const std::size_t keys : {2U, 15U, 16U, 17U, 18U, 1000U}) {
    for (const std::size_t doubled : {std::size_t{0}, keys / 2, keys - 2}) {
      const auto name = "key" + std::to_string(std::min(doubled, keys - 2));
      EXPECT_EQ(parse(object_of(keys, name)).error().fault, JsonFault::duplicate_key) << keys << " " << doubled;
    }
  }
}

TEST(Json, counts_all_values) {
  Limits limits;
  limits.values = 5;
  EXPECT_TRUE(parse("[1,2,[3]]", limits));
  EXPECT_EQ(parse("[1,2,[3,4]]", limits).error().fault, JsonFault::too_many_values);
}

TEST(Json, says_where_it_is_broken) {
  const auto error = parse("{\n  \"名称\": \"海\",\n  \"价\": 01\n}").error();
  EXPECT_EQ(error.line, 3U);
  EXPECT_EQ(error.column, 9U);
  EXPECT_EQ(error.detail().en, "The body is not JSON (line 3, column 9).");
  EXPECT_EQ(error.detail().zh, "正文不是 JSON（第 3 行第 9 列）。");
  const auto end = parse("[1,").error();
  EXPECT_EQ(end.line, 1U);
  EXPECT_EQ(end.offset, 3U);
  EXPECT_EQ(code_of(error.fault), "malformed-json");
}

TEST(Json, gives_whole_numbers_only_where_they_are_whole_and_fit) {
  EXPECT_EQ(parse("-9223372036854775808")->as_int64(), INT64_MIN);
  EXPECT_EQ(parse("-0")->as_int64(), 0);
  for (const std::string_view text : {"9223372036854775808", "1.0", "1e2", "\"1\"", "null"}) {
    EXPECT_EQ(parse(text)->as_int64(), std::nullopt) << text;
  }
}

TEST(Json, finds_members_by_name) {
  const auto value = parse(R"({"a":{"b":[true,null]}})");
  ASSERT_TRUE(value);
  ASSERT_NE(value->find("a"), nullptr);
  EXPECT_EQ(value->find("b"), nullptr);
  EXPECT_EQ(value->find("a")->find("b")->as_array()->at(0), Json(true));
  EXPECT_EQ(Json("text").find("a"), nullptr);
  EXPECT_EQ(pointer_with(pointer_with(pointer_with("", "a/b"), 3), "~"), "/a~1b/3/~0");
}

TEST(JsonWriter, writes_a_list) {
  std::string out;
  Writer writer(out);
  writer.begin_object().key("items").begin_array();
  for (int i = 0; i < 2; ++i) {
    writer.begin_object().member("id", "cus_" + std::to_string(i)).member("n", i).null_member("owner").end_object();
  }
  writer.end_array();
  writer.member("total", std::uint64_t{18446744073709551615U}).member("ok", true).member("raw", *parse("1.50"));
  writer.key("more").raw("[1]").key("none").begin_object().end_object().end_object();
  EXPECT_TRUE(writer.complete());
  EXPECT_EQ(out, R"({"items":[{"id":"cus_0","n":0,"owner":null},{"id":"cus_1","n":1,"owner":null}],)"
                 R"("total":18446744073709551615,"ok":true,"raw":1.50,"more":[1],"none":{}})");
  EXPECT_EQ(to_text(*parse(out)), out);
}

TEST(JsonWriterDeathTest, stops_the_program_where_the_document_would_be_broken) {
  std::string out;
  EXPECT_DEATH(Writer(out).begin_object().string("no name"), "");
  EXPECT_DEATH(Writer(out).begin_array().key("a"), "");
  EXPECT_DEATH(Writer(out).begin_array().end_object(), "");
  EXPECT_DEATH(Writer(out).integer(1).integer(2), "");
}

Json arbitrary(int depth) {
  using rc::gen::inRange;
  const auto text = [] {
    std::string out;
    for (const auto c : *rc::gen::container<std::vector<std::uint32_t>>(inRange<std::uint32_t>(0, 0x3000))) {
      // UTF-8 below U+3000 needs at most three bytes and meets no surrogate.
      if (c < 0x80) {
        out.push_back(static_cast<char>(c));
      } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xc0 | (c >> 6)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
      } else {
        out.push_back(static_cast<char>(0xe0 | (c >> 12)));
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3f)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
      }
    }
    return out;
  };
  switch (*inRange(0, depth > 0 ? 6 : 4)) {
    case 0:
      return {};
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return text();
    case 4: {
      Json::Array items;
      for (int count = *inRange(0, 4); count > 0; --count) {
        items.push_back(arbitrary(depth - 1));
      }
      return items;
    }
    default: {
      Json::Object members;
      for (int count = *inRange(0, 4); count > 0; --count) {
        members.emplace_back(std::to_string(count) + text(), arbitrary(depth - 1));
      }
      return members;
    }
  }
}

RC_GTEST_PROP(JsonProperty, what_is_written_reads_back_equal, ()) {
  const Json value = arbitrary(3);
  const auto read = parse(to_text(value));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == value);
}

}  // namespace
}  // namespace highseas::tests
