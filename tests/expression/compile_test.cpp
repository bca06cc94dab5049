// compile_test — what the language takes and what it refuses, and where its errors point.
#include <gtest/gtest.h>

#include "tests/expression/sample_form.hpp"

namespace highseas::expression {
namespace {

std::expected<Compiled, Error> compiled(std::string_view text, const Options& options = {}) {
  return compile(text, SampleForm(), options);
}

void expect_error(std::string_view text, std::size_t offset, std::string_view part_of_message) {
  const auto result = compiled(text);
  ASSERT_FALSE(result) << text;
  EXPECT_EQ(code_text(result.error().code), "bad-expression") << text;
  EXPECT_EQ(result.error().offset, offset) << text << ": " << result.error().message_en;
  EXPECT_NE(result.error().message_en.find(part_of_message), std::string::npos) << result.error().message_en;
  EXPECT_FALSE(result.error().message_zh.empty());
}

TEST(Compile, takes_what_the_design_shows) {
  for (auto text : {
           R"(grade in ["A","B"] && owner == me && seen_at < now - days(30) && name.contains("机械"))",
           R"(grade != "A" && region.province == "江苏省")",
           R"(status == "won")",
           R"("vip" in tags || tags.contains("rude"))",
           R"(me in team || team.contains(owner))",
           R"(signed_on >= "2026-01-01" && seen_at > "2026-01-01T08:00:00+08:00")",
           R"(amount * 2 - count / 3 >= 1.50 && count % 2 == 0)",
           R"(active ? amount > 1 : !active)",
           R"(status == (active ? "won" : "lost"))",
           R"((active ? status : "new") == "new")",
           R"(size(name) > 3 && tags.size() == 1 && startsWith(name, 'x') && name.endsWith("y"))",
           R"(region == null && place == null && tags != null)",
           R"(signed_on == date("2026-01-01") || seen_at == timestamp("2026-01-01T00:00:00Z"))",
           R"(now - seen_at > hours(12) && signed_on + days(1) < today)",
           R"(name + "-" + code == "a-b")",
           R"(count in [1, 2.5, null,])",
           R"(customer.grade == "A")",
           R"(null)",
           R"(-9223372036854775808 < count)",
       }) {
    const auto result = compiled(text);
    EXPECT_TRUE(result) << text << ": " << result.error().message_en << " at " << result.error().offset;
  }
}

TEST(Compile, points_at_the_character_in_code_points) {
  expect_error("", 0, "empty");
  expect_error("   ", 0, "empty");
  expect_error("name ==", 7, "not complete");
  expect_error("name.contains(\"机械\") && nme == null", 23, "unknown field nme");
  expect_error("name == \"x", 8, "closing quote");
  expect_error("status == \"winning\"", 10, "no choice winning");
  expect_error("grade in [\"A\", \"Z\"]", 15, "no choice Z");
  expect_error("\"nobody\" in tags", 0, "no choice nobody");
  expect_error("owner == \"dep_1\"", 9, "no id");
  expect_error("signed_on > \"2026-02-30\"", 12, "no date");
  expect_error("seen_at > \"2026-02-20\"", 10, "no time");
  expect_error("\"中\" + name == \"中\" && 中", 21, "no place");
}

TEST(Compile, refuses_types_that_do_not_agree) {
  expect_error("amount", 0, "expected a boolean");
  expect_error("name && active", 0, "expected a boolean");
  expect_error("!count", 1, "expected a boolean");
  expect_error("count == \"1\"", 9, "expected an integer");
  expect_error("name == 1", 8, "expected a text");
  expect_error("status == grade", 10, "two different fields");
  expect_error("status < \"won\"", 7, "can't be compared by <");
  expect_error("owner > me", 6, "can't be compared by >");
  expect_error("count < null", 6, "can't be compared");
  expect_error("tags == tags", 5, "can't be compared");
  expect_error("region == region", 7, "can't be compared");
  expect_error("region == \"江苏省\"", 10, "expected a region");
  expect_error("region.street == \"x\"", 7, "no part street");
  expect_error("name.province == \"x\"", 5, "no part");
  expect_error("signed_on < now", 12, "expected a date");
  expect_error("amount % 2 == 0", 7, "no meaning");
  expect_error("null + 1 == 2", 5, "no meaning");
  expect_error("now + now > now", 4, "no meaning");
  expect_error("-name == name", 0, "negated");
  expect_error("[1] == [1]", 0, "list");
  expect_error("1 in count", 5, "list or a field");
  expect_error("me == \"mem_00000000000000000000000001\"", 6, "expected a reference");
  expect_error("shout(name)", 0, "unknown function");
  expect_error("days(1.5) > days(1)", 0, "one integer");
  expect_error("size(count) == 1", 0, "a text");
  expect_error("count.contains(1)", 6, "texts");
  expect_error("date(name) == today", 0, "literal");
  expect_error("size(name, name) == 1", 0, "one value");
  expect_error("name.matches(\"a\")", 5, "unknown function");
}

TEST(Compile, refuses_what_is_no_expression) {
  expect_error("count = 1", 6, "==");
  expect_error("active & active", 7, "&&");
  expect_error("active | active", 7, "||");
  expect_error("(active", 7, "not complete");
  expect_error("active)", 6, "unexpected )");
  expect_error("active ? active", 15, "not complete");
  expect_error("count in [1 2]", 12, "unexpected 2");
  expect_error("12a == 1", 2, "letter");
  expect_error("in == 1", 0, "unexpected in");
  expect_error("name == \"\\q\"", 9, "escape");
  expect_error("name == \"\\ud800\"", 9, "no character");
  expect_error("name == \"\\u12\"", 9, "not complete");
  expect_error("count == 9223372036854775808", 9, "out of range");
  expect_error("amount == 1.2345678", 10, "six places");
  expect_error("amount == 1e", 10, "six places");
  expect_error("name == \"a\nb\"", 8, "closing quote");
  expect_error(std::string_view("active\0", 7), 6, "no place");
  expect_error("\xFF", 0, "UTF-8");
}

TEST(Compile, bounds_length_depth_and_cost) {
  expect_error("active || " + std::string(kMaxLength, ' '), kMaxLength, "4,000");
  std::string chinese = "name == \"";
  while (chinese.size() < 3 * (kMaxLength - 12)) chinese += "海";
  EXPECT_TRUE(compiled(chinese + "\""));  // counted in characters, not in bytes
  const std::string deep_enough = std::string(49, '(') + "active" + std::string(49, ')');
  EXPECT_TRUE(compiled(deep_enough));
  expect_error("(" + deep_enough + ")", 50, "50 deep");
  std::string denied(60, '!');
  denied += "active";
  expect_error(denied, 50, "50 deep");
  std::string sum = "1";
  for (int i = 0; i < 60; ++i) sum += "+1";
  expect_error(sum + " > 0", 99, "50 deep");
  std::string chain = "active";
  for (int i = 0; i < 300; ++i) chain += " || active";
  EXPECT_TRUE(compiled(chain));  // a chain counts once
  std::string costly = "'a'.contains('')";
  for (int i = 0; i < 190; ++i) costly += "||'a'.contains('')";
  expect_error(costly, 0, "too costly");
}

TEST(Compile, forbids_now_today_and_me_where_told_so) {
  const Options rules{.allow_now = false, .allow_me = false};
  for (auto [text, offset] : {std::pair{"seen_at < now", 10}, {"owner == me", 9}, {"signed_on < today", 12}}) {
    const auto result = compiled(text, rules);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(code_text(result.error().code), "not-allowed-here");
    EXPECT_EQ(result.error().offset, static_cast<std::size_t>(offset));
  }
  EXPECT_TRUE(compiled("active", rules));
}

TEST(Compile, tells_what_an_expression_names) {
  const auto result = compiled(R"(owner == me && seen_at < now && grade in ["B","A"] && count > 1 && count < 9)");
  ASSERT_TRUE(result);
  EXPECT_EQ(std::vector(result->slots().begin(), result->slots().end()),
            (std::vector<std::uint32_t>{kCount, kSeenAt, kGrade, kOwner}));
  EXPECT_EQ(std::vector(result->choices().begin(), result->choices().end()),
            (std::vector<UsedChoice>{{kGrade, 1}, {kGrade, 2}}));
  EXPECT_TRUE(result->uses_now());
  EXPECT_TRUE(result->uses_me());
  EXPECT_GT(result->cost(), 10);
  const auto plain = compiled("count > 1");
  EXPECT_FALSE(plain->uses_now());
  EXPECT_FALSE(plain->uses_me());
  EXPECT_EQ(plain->text(), "count > 1");
}

TEST(Compile, gives_formulas_the_type_that_is_wanted) {
  EXPECT_EQ(compiled("count + 1", {.result = Type::decimal})->result(), Type::decimal);
  EXPECT_EQ(compiled("count + 1", {.result = std::nullopt})->result(), Type::integer);
  EXPECT_EQ(compiled("'2026-01-01'", {.result = Type::date})->result(), Type::date);
  EXPECT_EQ(compiled("active ? amount : 0", {.result = std::nullopt})->result(), Type::decimal);
  EXPECT_FALSE(compiled("amount", {.result = Type::integer}));
  EXPECT_FALSE(compiled("now - seen_at", {.result = std::nullopt}));
  EXPECT_EQ(compiled("(now - seen_at) / days(1)", {.result = std::nullopt})->result(), Type::decimal);
}

TEST(FieldNames, come_from_the_text_alone) {
  const auto names =
      field_names(R"(region.city == "x" && gone.grade == me && size(name) > 0 && name != now || days(1) > today)");
  ASSERT_TRUE(names);
  EXPECT_EQ(*names, (std::vector<std::string>{"gone", "name", "region"}));
  EXPECT_FALSE(field_names("a &&"));
}

}  // namespace
}  // namespace highseas::expression
