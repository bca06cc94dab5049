// text_test — Unicode validity, the forms in which text is stored and compared, and Chinese order.
#include "base/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <vector>

namespace highseas::base {
namespace {

std::string text_form(std::string_view text) {
  return normal_form_1(NormalFormKind::text, text);
}
std::string company(std::string_view text) {
  return normal_form_1(NormalFormKind::company, text);
}
std::string phone(std::string_view text) {
  return normal_form_1(NormalFormKind::phone, text);
}

TEST(Utf8, is_taken_strictly) {
  for (auto text : {"", "a", "海", "🌊", "\xF4\x8F\xBF\xBF"}) EXPECT_TRUE(is_valid_utf8(text)) << text;
  for (auto text : {"\xFF", "\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE6\xB5", "a\xE6",
                    "\xF8\x88\x80\x80\x80", "\xC3\x28"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
  EXPECT_TRUE(is_valid_utf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, is_counted_in_code_points) {
  EXPECT_EQ(code_points(""), 0u);
  EXPECT_EQ(code_points("a海🌊é"), 4u);
}

TEST(Nfc, joins_letters_and_accents_and_leaves_widths_alone) {
  EXPECT_EQ(nfc("e\xCC\x81"), "é");
  EXPECT_EQ(nfc("Ａ①"), "Ａ①");
  EXPECT_EQ(nfkc("Ａ①ﬁ"), "A1fi");
  EXPECT_EQ(nfc(""), "");
}

TEST(NormalForm, of_texts_forgets_case_width_spaces_and_punctuation) {
  EXPECT_EQ(text_form(" Ｈigh-Seas（中国）,Ltd. "), "highseas中国ltd");
  EXPECT_EQ(text_form("Straße"), "strasse");
  EXPECT_EQ(text_form("a\u200Bb\u00A0c\td\ne"), "abcde");
  EXPECT_EQ(text_form("·—《》、。"), "");
  EXPECT_EQ(text_form("C++"), "c++");  // symbols tell names apart
  EXPECT_NE(text_form("C"), text_form("C++"));
}

TEST(NormalForm, of_companies_drops_one_legal_ending_the_longest) {
  EXPECT_EQ(company("江南机械有限公司"), "江南机械");
  EXPECT_EQ(company("江南机械有限责任公司"), "江南机械");
  EXPECT_EQ(company("江南机械股份有限公司"), "江南机械");
  EXPECT_EQ(company("江南机械集团有限公司"), "江南机械");
  EXPECT_EQ(company("江南机械公司"), "江南机械");
  EXPECT_EQ(company("江南机械（集团）有限公司"), "江南机械");
  EXPECT_EQ(company("江南机械集团"), "江南机械集团");
  EXPECT_EQ(company("江南科技有限公司"), "江南科技");
  EXPECT_EQ(company("公司公司"), "公司");
  EXPECT_EQ(company("有限公司"), "有限");  // something is left: another ending of the list is taken
  EXPECT_EQ(company("公司"), "公司");      // never down to nothing
  EXPECT_EQ(company("江南机械有限公司苏州分公司"), "江南机械有限公司苏州分");
}

TEST(NormalForm, of_phones_is_their_digits_without_the_country) {
  EXPECT_EQ(phone("138 0013 8000"), "13800138000");
  EXPECT_EQ(phone("+86 138-0013-8000"), "13800138000");
  EXPECT_EQ(phone("(+86)13800138000"), "13800138000");
  EXPECT_EQ(phone("0086-13800138000"), "13800138000");
  EXPECT_EQ(phone("8613800138000"), "13800138000");
  EXPECT_EQ(phone("１３８００１３８０００"), "13800138000");
  EXPECT_EQ(phone("86123456"), "86123456");            // a number that begins with 86
  EXPECT_EQ(phone("8601012345678"), "8601012345678");  // 13 digits, no mobile behind them
  EXPECT_EQ(phone("+1 650 253 0000"), "16502530000");
  EXPECT_EQ(phone("无"), "");
  EXPECT_EQ(phone("转 8"), "");
}

TEST(NormalForm, of_phones_tells_extensions_apart) {
  for (auto text : {"021-1234 转 8", "021-1234转8", "0211234 ext.8", "0211234x8", "021-1234 分机 8", "0211234#8"}) {
    const auto parts = phone_parts(text);
    EXPECT_EQ(parts.digits, "0211234") << text;
    EXPECT_EQ(parts.extension, "8") << text;
    EXPECT_EQ(phone(text), phone("021-1234 转 8")) << text;
  }
  EXPECT_NE(phone("021-1234"), phone("021-1234 转 8"));
}

TEST(NormalForm, of_codes_and_mails_keeps_what_tells_them_apart) {
  EXPECT_EQ(normal_form_1(NormalFormKind::credit_code, " 91320100-ma1mwxyz0x "), "91320100MA1MWXYZ0X");
  EXPECT_EQ(normal_form_1(NormalFormKind::email, " Li.Wei@Example.COM "), "li.wei@example.com");
  EXPECT_NE(normal_form_1(NormalFormKind::email, "li.wei@example.com"),
            normal_form_1(NormalFormKind::email, "liwei@example.com"));
}

// Leaving a mark out once left a letter and its accent side by side and unjoined, so that the form of the form was
// another one.
TEST(NormalForm, of_a_form_is_itself) {
  EXPECT_EQ(text_form("e-\xCC\x81"), "é");
  const char* given = std::getenv("HIGHSEAS_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  const std::vector<std::string> pieces = {"a",  "É",  "e",      "\xCC\x81", "-", " ", "海",     "ß",  "İ",
                                           "Ａ", "ﬁ",  "\u200D", "ǆ",        "Σ", "ς", "\u3099", "か", "ｶ",
                                           "ﾞ",  "（", "①",      "🌊",       "x", "8", "6"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t left = random() % 9; left > 0; --left) text += pieces[random() % pieces.size()];
    for (auto kind : {NormalFormKind::text, NormalFormKind::email, NormalFormKind::credit_code}) {
      const std::string form = normal_form_1(kind, text);
      ASSERT_EQ(normal_form_1(kind, form), form) << text;
    }
    const std::string header = header_form(text);
    ASSERT_EQ(header_form(header), header) << text;
  }
}

TEST(HeaderForm, forgets_case_width_and_spaces_only) {
  EXPECT_EQ(header_form(" Customer Name"), header_form("customername"));
  EXPECT_EQ(header_form("客户 名称"), "客户名称");
  EXPECT_EQ(header_form("ＮＡＭＥ"), "name");
  EXPECT_NE(header_form("name_2"), header_form("name2"));
}

TEST(CollationKey, orders_chinese_by_pinyin_and_before_latin) {
  std::vector<std::string> names = {"张三", "李四", "Zoe", "安娜", "王五", "amy", "陈六", "Bob", "重庆", ""};
  std::ranges::sort(names, {}, collation_key_zh);
  EXPECT_EQ(names, (std::vector<std::string>{"", "安娜", "陈六", "重庆", "李四", "王五", "张三", "amy", "Bob", "Zoe"}));
}

TEST(CollationKey, holds_long_texts_whole) {
  const std::string long_name(500, 'a');
  EXPECT_LT(collation_key_zh(long_name), collation_key_zh(long_name + "b"));
  EXPECT_EQ(collation_key_zh(long_name), collation_key_zh(long_name));
}

}  // namespace
}  // namespace highseas::base
