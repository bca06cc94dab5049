// evaluate_test — what expressions mean on one record: values, null, faults.
#include <gtest/gtest.h>

#include "tests/expression/sample_form.hpp"

namespace highseas::expression {
namespace {

SampleRecord sample() {
  SampleRecord record;
  record.values[kName] = std::string("江南机械有限公司");
  record.values[kAmount] = base::Decimal{1250, 2};
  record.values[kCount] = std::int64_t{7};
  record.values[kActive] = true;
  record.values[kSignedOn] = *base::parse_date("2026-03-31");
  record.values[kSeenAt] = *base::parse_instant("2026-10-24T03:00:00Z");
  record.values[kStatus] = base::Choice{2};
  record.values[kTags] = base::Choices{{7, 9}};
  record.values[kOwner] = base::Reference{sample_member(1)};
  record.values[kTeam] = base::References{{sample_member(2), sample_member(3)}};
  record.values[kRegion] = base::Region{"江苏省", "", "鼓楼区"};
  return record;  // grade, pool, place, count_2 and code are null
}

std::expected<bool, Fault> judged(std::string_view text, const SampleRecord& record = sample()) {
  const auto compiled = compile(text, SampleForm());
  if (!compiled) {
    ADD_FAILURE() << text << ": " << compiled.error().message_en << " at " << compiled.error().offset;
    return false;
  }
  return evaluate(*compiled, record, sample_environment());
}

base::Value computed(std::string_view text) {
  const auto compiled = compile(text, SampleForm(), {.result = std::nullopt});
  EXPECT_TRUE(compiled) << text << ": " << compiled.error().message_en;
  const auto value = evaluate_value(*compiled, sample(), sample_environment());
  EXPECT_TRUE(value) << text;
  return *value;
}

void expect_true(std::initializer_list<std::string_view> texts) {
  for (auto text : texts) {
    const auto result = judged(text);
    EXPECT_TRUE(result && *result) << text;
  }
}

void expect_false(std::initializer_list<std::string_view> texts) {
  for (auto text : texts) {
    const auto result = judged(text);
    EXPECT_TRUE(result && !*result) << text;
  }
}

TEST(Evaluate, compares_each_type_with_its_own_kind) {
  expect_true({"amount == 12.5", "amount > 12", "count < 7.5", "7 == count", "count >= 7", "active", "active == true",
               "signed_on == '2026-03-31'", "signed_on < today", "seen_at < '2026-10-24T11:00:01+08:00'",
               "status == 'won'", "status != 'lost'", "owner == me", "name < '河'", "region.province == '江苏省'",
               "region.district.startsWith('鼓')"});
  expect_false({"amount != 12.500", "count > 7", "status == 'new'", "owner != me", "signed_on > '2026-03-31'"});
}

TEST(Evaluate, looks_into_lists_and_texts) {
  expect_true({"'vip' in tags", "tags.contains('late')", "size(tags) == 2", "!(me in team)", "count in [1, 7]",
               "status in ['new', 'won']", "amount in [12.50]", "owner in [pool, me]", "name.contains('机械')",
               "contains(name, '')", "name.startsWith('江南')", "name.endsWith('公司')", "size(name) == 8",
               "count in [count_2, 7.0]", "name + '!' == '江南机械有限公司!'"});
  expect_false(
      {"'rude' in tags", "count in []", "name.contains('机 械')", "name.endsWith('江南')", "status in ['lost']"});
}

TEST(Evaluate, compares_references_with_ids) {
  for (const auto& text : {"owner == '" + sample_member_id(1) + "'", "team.contains('" + sample_member_id(3) + "')",
                           "'" + sample_member_id(2) + "' in team", "me in ['" + sample_member_id(1) + "', owner]",
                           "owner in ['" + sample_member_id(1) + "']"}) {
    expect_true({text});
  }
  expect_false({"owner == '" + sample_member_id(2) + "'"});
}

TEST(Evaluate, takes_empty_lists_for_null) {
  SampleRecord record;
  record.values[kTags] = base::Choices{};
  record.values[kTeam] = base::References{};
  record.values[kActive] = base::Value{};
  EXPECT_TRUE(*judged("tags == null && team == null && size(tags) == null", record));
  EXPECT_FALSE(*judged("active || active == false || 'vip' in tags", record));
}

TEST(Evaluate, gives_null_one_logic_everywhere) {
  expect_true({"grade == null",
               "null == grade",
               "grade != 'A'",
               "count_2 != 1",
               "count_2 == null",
               "!(count_2 > 1)",
               "!(count_2 <= 1)",
               "grade in [null]",
               "pool != me",
               "place == null",
               "region != null",
               "region.city == null",
               "region.city != '南京市'",
               "null ? false : true",
               "!null",
               "null || active",
               "code == null",
               "code != ''",
               "count_2 + 1 == null",
               "null == null",
               "size(code) == null"});
  expect_false({"grade == 'A'", "count_2 == 1", "count_2 > 1", "count_2 <= 1", "count_2 < count", "null && active",
                "grade in ['A']", "code.contains('')", "name.contains(code)", "code.endsWith('x')", "null",
                "count_2 + 1 > 0", "tags == null", "null in tags", "count_2 != null"});
}

TEST(Evaluate, computes_exactly) {
  EXPECT_EQ(computed("count * 3 - 1"), base::Value(std::int64_t{20}));
  EXPECT_EQ(computed("count % 4"), base::Value(std::int64_t{3}));
  EXPECT_EQ(computed("-count % 4"), base::Value(std::int64_t{-3}));
  EXPECT_EQ(computed("count / 2"), base::Value(base::Decimal{35, 1}));
  EXPECT_EQ(computed("1 / 3"), base::Value(base::Decimal{333'333, 6}));
  EXPECT_EQ(computed("2 / 3"), base::Value(base::Decimal{666'667, 6}));
  EXPECT_EQ(computed("-2 / 3"), base::Value(base::Decimal{-666'667, 6}));
  EXPECT_EQ(computed("0.1 + 0.2"), base::Value(base::Decimal{3, 1}));
  EXPECT_EQ(computed("amount * 2"), base::Value(base::Decimal{25, 0}));
  EXPECT_EQ(computed("2 + 3 * 4 - -1"), base::Value(std::int64_t{15}));
  EXPECT_EQ(computed("10 - 2 - 3"), base::Value(std::int64_t{5}));
  EXPECT_EQ(computed("signed_on + days(1)"), base::Value(*base::parse_date("2026-04-01")));
  EXPECT_EQ(computed("hours(-24) + signed_on"), base::Value(*base::parse_date("2026-03-30")));
  EXPECT_EQ(computed("now - days(31)"), base::Value(*base::parse_instant("2026-10-24T03:00:00Z")));
  EXPECT_EQ(computed("(now - seen_at) / days(1)"), base::Value(base::Decimal{31, 0}));
  EXPECT_EQ(computed("(today - signed_on) / days(1)"), base::Value(base::Decimal{238, 0}));
  EXPECT_EQ(computed("count > 5 ? 'many' : 'few'"), base::Value(std::string("many")));
  EXPECT_EQ(computed("status"), base::Value(base::Choice{2}));
}

TEST(Evaluate, takes_escapes_and_normal_forms_in_literals) {
  EXPECT_EQ(computed(R"('\u6d77\x41\101\n\'\"\\\U0001F30A')"), base::Value(std::string("海AA\n'\"\\🌊")));
  EXPECT_EQ(computed("'e\xCC\x81'"), base::Value(std::string("é")));
}

TEST(Evaluate, computes_with_null_to_null) {
  for (auto text : {"count_2 + 1", "amount * count_2", "-count_2", "days(count_2) + now", "size(code)", "code + 'x'",
                    "count_2 / 0", "grade", "region.city", "active ? null : 1", "null"}) {
    EXPECT_TRUE(base::is_null(computed(text))) << text;
  }
}

TEST(Evaluate, makes_a_fault_an_error_and_never_false) {
  for (auto [text, kind, offset] : {std::tuple{"count / 0 > 1", FaultKind::division_by_zero, 6},
                                    {"count % 0 == 1", FaultKind::division_by_zero, 6},
                                    {"amount / (count - 7) > 0", FaultKind::division_by_zero, 7},
                                    {"count + 9223372036854775807 > 0", FaultKind::overflow, 6},
                                    {"amount * 9223372036854775807 > 0", FaultKind::overflow, 7},
                                    {"-(-9223372036854775808) > 0", FaultKind::overflow, 0},
                                    {"now + days(9000000) > now", FaultKind::overflow, 4},
                                    {"days(9223372036854775807) > days(1)", FaultKind::overflow, 0},
                                    {"signed_on + days(3000000) > today", FaultKind::overflow, 10},
                                    {"signed_on + hours(1) > today", FaultKind::not_whole_days, 10},
                                    {"!(1 / 0 > 1)", FaultKind::division_by_zero, 4},
                                    {"1 / 0 > 1 || true", FaultKind::division_by_zero, 2},
                                    {"1 / 0 > 1 && false", FaultKind::division_by_zero, 2}}) {
    const auto result = judged(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().kind, kind) << text;
    EXPECT_EQ(result.error().offset, static_cast<std::size_t>(offset)) << text;
    EXPECT_FALSE(fault_message_en(result.error()).empty());
    EXPECT_FALSE(fault_message_zh(result.error()).empty());
  }
  expect_false({"false && 1 / 0 > 1", "grade != null && 1 / 0 > 1", "active ? false : 1 / 0 > 1"});
  expect_true({"true || 1 / 0 > 1", "count in [7, 1 / 0]", "-9223372036854775808 % -1 == 0"});
}

TEST(RequiredEqualities, are_what_a_table_can_look_up) {
  const auto compiled =
      compile(R"(owner == me && status in ["won", "lost"] && "vip" in tags && null == pool && active && count > 1)",
              SampleForm());
  ASSERT_TRUE(compiled);
  const auto found = required_equalities(*compiled, sample_environment());
  ASSERT_EQ(found.size(), 5u);
  EXPECT_EQ(found[0].slot, kOwner);
  EXPECT_EQ(found[0].values, (std::vector<base::Value>{base::Reference{sample_member(1)}}));
  EXPECT_EQ(found[1].slot, kStatus);
  EXPECT_EQ(found[1].values, (std::vector<base::Value>{base::Choice{2}, base::Choice{3}}));
  EXPECT_TRUE(found[2].contains);
  EXPECT_EQ(found[2].values, (std::vector<base::Value>{base::Choice{7}}));
  EXPECT_EQ(found[3].slot, kPool);
  EXPECT_TRUE(base::is_null(found[3].values.at(0)));
  EXPECT_EQ(found[4].slot, kActive);
}

TEST(RequiredEqualities, never_hide_a_fault_or_a_row) {
  for (auto text :
       {"count / count_2 > 1 && owner == me", "owner == me || active", "!(owner == me)", "owner != me", "owner == pool",
        "count + 1 == 2", "1 / 0 == 1.0 && owner == me", "count == 1.5", "count == 1 / 0"}) {
    const auto compiled = compile(text, SampleForm());
    ASSERT_TRUE(compiled) << text;
    EXPECT_TRUE(required_equalities(*compiled, sample_environment()).empty()) << text;
  }
  const auto before = compile("owner == me && count / count_2 > 1 && status == 'won'", SampleForm());
  EXPECT_EQ(required_equalities(*before, sample_environment()).size(), 1u);
}

}  // namespace
}  // namespace highseas::expression
