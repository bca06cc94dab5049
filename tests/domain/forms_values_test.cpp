// forms_values_test — what may be written into a record's fields.
#include "domain/forms/field_values.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/forms/builtin_forms.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::domain {
namespace {

namespace fields = shipped::customers;
using Faults = std::vector<std::pair<std::string, RefusalCode>>;

class Values : public testing::Test {
 protected:
  Values() { workspace.currency = "CNY"; }

  ValueContext context() {
    return {.workspace = workspace,
            .form = form,
            .pointer = "",
            .record = base::RecordId{{5, 5}},
            .access = access,
            .reference_exists = [](const FieldDefinition&, base::Ulid id) { return id.high == 1; }};
  }
  static Faults faults_of(const CheckResult& result) {
    Faults faults;
    if (result) return faults;
    for (const auto& fault : result.error()) faults.emplace_back(fault.pointer, fault.code);
    return faults;
  }
  CheckResult create(std::vector<FieldValue> given, std::vector<NewChoice> words = {}) {
    return check_new_values(context(), given, words);
  }
  CheckResult change(const std::vector<FieldValue>& before, std::vector<FieldValue> given,
                     std::vector<NewChoice> words = {}) {
    return check_changed_values(context(), before, given, words);
  }
  Faults faults_of_change(FieldNumber field, base::Value value) {
    return faults_of(change(present, {{field, std::move(value)}}));
  }
  FieldDefinition& field(FieldNumber number) {
    for (auto& candidate : form.fields) {
      if (candidate.number == number) return candidate;
    }
    throw std::logic_error("no such field");
  }

  Workspace workspace;
  FormDefinition form = builtin_forms().front();
  std::function<FieldAccess(const FieldDefinition&)> access;
  const std::vector<FieldValue> present{{fields::kName, std::string("江南机械")}};
};

TEST(RegionPatch, keeps_the_parts_that_it_does_not_name) {
  const std::vector<FieldValue> present{{fields::kRegion, base::Region{"江苏省", "南京市", "江宁区"}}};
  RecordItem item{.values = {{fields::kRegion, base::Region{"", "苏州市", ""}}},
                  .region_patches = {{.field = fields::kRegion, .city = true, .district = true}}};
  complete_regions(item, present);
  EXPECT_EQ(item.values, (std::vector<FieldValue>{{fields::kRegion, base::Region{"江苏省", "苏州市", ""}}}));
  EXPECT_TRUE(item.region_patches.empty());
  RecordItem first{.values = {{fields::kRegion, base::Region{"", "苏州市", ""}}},
                   .region_patches = {{.field = fields::kRegion, .city = true}}};
  complete_regions(first, {});
  EXPECT_EQ(first.values.front().value, base::Value(base::Region{"", "苏州市", ""})) << "there was none before";
}

TEST_F(Values, of_money_are_refused_where_they_can_not_be_held_with_the_places_of_the_currency) {
  const base::Decimal most{999'999'999'999'999'999, 0};
  EXPECT_EQ(faults_of_change(fields::kCreditLimit, most), (Faults{{"/credit_limit", RefusalCode::out_of_range}}));
  EXPECT_EQ(faults_of_change(fields::kCreditLimit, base::Decimal{9'999'999'999'999'999, 0}), Faults{});
}

TEST_F(Values, of_a_new_record_get_their_defaults_in_the_order_of_numbers) {
  const auto checked = create({{fields::kPhone, std::string("021-5555 转 8")}, {fields::kName, std::string("江南")}});
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->values, (std::vector<FieldValue>{{fields::kName, std::string("江南")},
                                                      {fields::kStatus, base::Choice{fields::status::kPotential}},
                                                      {fields::kPhone, std::string("021-5555 转 8")}}));
  EXPECT_EQ(create({{fields::kName, std::string("江南")}, {fields::kStatus, base::Value{}}})->values.size(), 1u);
}

TEST_F(Values, tell_all_faults_at_once) {
  const auto result = create({{fields::kPhone, std::string("打电话")},
                              {fields::kGrade, base::Choice{99}},
                              {fields::kEmail, std::int64_t{3}},
                              {777, std::string("x")}});
  EXPECT_EQ(faults_of(result), (Faults{{"/777", RefusalCode::unknown_field},
                                       {"/grade", RefusalCode::unknown_choice},
                                       {"/phone", RefusalCode::invalid_value},
                                       {"/email", RefusalCode::wrong_type},
                                       {"/name", RefusalCode::required}}));
}

TEST_F(Values, that_are_required_can_not_be_taken_away_again) {
  EXPECT_EQ(faults_of_change(fields::kName, {}), (Faults{{"/name", RefusalCode::required}}));
  EXPECT_EQ(faults_of_change(fields::kName, std::string("  \u3000")), (Faults{{"/name", RefusalCode::required}}));
  field(fields::kPhone).required = true;  // since yesterday: a record without one may be changed elsewhere
  EXPECT_TRUE(faults_of_change(fields::kShortName, std::string("江南")).empty());
}

TEST_F(Values, that_do_not_differ_are_no_change) {
  const auto same = change(present, {{fields::kName, std::string("江南机械")}, {fields::kPhone, std::string("")}});
  ASSERT_TRUE(same);
  EXPECT_TRUE(same->values.empty());
}

TEST_F(Values, keep_to_the_limits_of_their_types) {
  EXPECT_EQ(faults_of_change(fields::kName, std::string(201, 'a')), (Faults{{"/name", RefusalCode::too_long}}));
  std::string chinese;
  for (int i = 0; i < 200; ++i) chinese += "中";
  EXPECT_TRUE(faults_of_change(fields::kName, chinese).empty());  // in code points, not bytes
  EXPECT_EQ(faults_of_change(fields::kCreditLimit, base::Decimal{1001, 3}),
            (Faults{{"/credit_limit", RefusalCode::too_many_decimals}}));
  EXPECT_EQ(faults_of_change(fields::kCreditLimit, base::Decimal{-1, 0}),
            (Faults{{"/credit_limit", RefusalCode::out_of_range}}));
  workspace.currency = "JPY";
  EXPECT_EQ(faults_of_change(fields::kCreditLimit, base::Decimal{15, 1}),
            (Faults{{"/credit_limit", RefusalCode::too_many_decimals}}));
}

TEST_F(Values, look_like_what_they_are) {
  for (const auto* phone : {"13800138000", "+86 (21) 5555-1234", "０２１－５５５５ 转 801", "010-1234 ext 5"}) {
    EXPECT_TRUE(faults_of_change(fields::kPhone, std::string(phone)).empty()) << phone;
  }
  for (const auto* bad : {"12", "电话", "1380013800o", "<script>1380013"}) {
    EXPECT_FALSE(faults_of_change(fields::kPhone, std::string(bad)).empty()) << bad;
  }
  for (const auto* url : {"https://example.com/a?b=c", "www.example.com", "HTTP://例子.中国", "example.com:8080/x"}) {
    EXPECT_TRUE(faults_of_change(fields::kWebsite, std::string(url)).empty()) << url;
  }
  for (const auto* bad : {"javascript:alert(1)", "https://", "nodots", "http://a b.com", "ftp://example.com"}) {
    EXPECT_FALSE(faults_of_change(fields::kWebsite, std::string(bad)).empty()) << bad;
  }
  EXPECT_TRUE(faults_of_change(fields::kEmail, std::string("li.lei+a@example.com.cn")).empty());
  for (const auto* bad : {"li.lei", "@example.com", "a@b@example.com", "a b@example.com", "a@example", "a@.com"}) {
    EXPECT_FALSE(faults_of_change(fields::kEmail, std::string(bad)).empty()) << bad;
  }
}

TEST_F(Values, have_no_control_characters_but_line_ends_where_there_are_lines) {
  EXPECT_EQ(faults_of_change(fields::kName, std::string("江\n南")), (Faults{{"/name", RefusalCode::invalid_value}}));
  EXPECT_TRUE(faults_of_change(shipped::kRemark, std::string("一\n二\t三")).empty());
  EXPECT_EQ(faults_of_change(shipped::kRemark, std::string("\x01x")),
            (Faults{{"/remark", RefusalCode::invalid_value}}));
  EXPECT_EQ(faults_of_change(shipped::kRemark, std::string("\u0085x")),
            (Faults{{"/remark", RefusalCode::invalid_value}}));
}

TEST_F(Values, of_regions_need_a_province_and_of_locations_the_globe) {
  EXPECT_EQ(faults_of_change(fields::kRegion, base::Region{"", "杭州市", ""}),
            (Faults{{"/region/province", RefusalCode::required}}));
  EXPECT_TRUE(faults_of_change(fields::kRegion, base::Region{"浙江省", "杭州市", ""}).empty());
  EXPECT_EQ(
      faults_of_change(fields::kLocation, base::Location{{181, 0}, {91, 0}}),
      (Faults{{"/location/longitude", RefusalCode::out_of_range}, {"/location/latitude", RefusalCode::out_of_range}}));
}

TEST_F(Values, that_refer_must_lead_to_something_else) {
  EXPECT_TRUE(faults_of_change(fields::kParent, base::Reference{{1, 1}}).empty());
  EXPECT_EQ(faults_of_change(fields::kParent, base::Reference{{2, 1}}),
            (Faults{{"/parent", RefusalCode::unknown_reference}}));
  EXPECT_EQ(faults_of_change(fields::kParent, base::Reference{{5, 5}}), (Faults{{"/parent", RefusalCode::cycle}}));
  EXPECT_EQ(faults_of_change(shipped::kAttachments, base::References{{{1, 1}, {2, 2}}}),
            (Faults{{"/attachments/1", RefusalCode::unknown_reference}}));
  // What was there already may have gone since.
  const auto kept = change({{shipped::kAttachments, base::References{{{2, 2}}}}},
                           {{shipped::kAttachments, base::References{{{2, 2}, {1, 1}}}}});
  EXPECT_TRUE(kept);
}

TEST_F(Values, of_retired_choices_stay_and_are_not_taken_anew) {
  field(fields::kGrade).choices[0].retired = true;
  EXPECT_EQ(faults_of_change(fields::kGrade, base::Choice{fields::grade::kA}),
            (Faults{{"/grade", RefusalCode::unknown_choice}}));
  EXPECT_TRUE(change({{fields::kGrade, base::Choice{fields::grade::kA}}},
                     {{fields::kGrade, base::Choice{fields::grade::kA}}, {fields::kName, std::string("x")}}));
}

TEST_F(Values, of_open_lists_grow_by_a_choice_with_the_next_number) {
  const auto checked = change(present, {}, {{fields::kTags, "重点"}, {fields::kTags, "展会"}, {fields::kTags, "重点"}});
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->choices, (std::vector<ChoiceAdded>{{shipped::kCustomers, fields::kTags, 1000, "重点"},
                                                        {shipped::kCustomers, fields::kTags, 1001, "展会"}}));
  EXPECT_EQ(checked->values, (std::vector<FieldValue>{{fields::kTags, base::Choices{{1000, 1001}}}}));
  field(fields::kTags).choices.push_back({.number = 1000, .key = "重点", .label = {}, .retired = false});
  const auto again = change(present, {}, {{fields::kTags, "重点"}});
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->choices.empty());  // an item before it added the word
  EXPECT_EQ(again->values, (std::vector<FieldValue>{{fields::kTags, base::Choices{{1000}}}}));
}

TEST_F(Values, of_closed_lists_do_not_grow_and_open_ones_not_beyond_two_thousand) {
  EXPECT_EQ(faults_of(change(present, {}, {{fields::kGrade, "E"}})), (Faults{{"/grade", RefusalCode::unknown_choice}}));
  EXPECT_EQ(faults_of(change(present, {}, {{fields::kTags, " "}})), (Faults{{"/tags", RefusalCode::invalid_value}}));
  for (std::uint32_t i = 0; i < kMaxChoices; ++i) {
    field(fields::kTags)
        .choices.push_back({.number = 1000 + i, .key = std::to_string(i), .label = {}, .retired = false});
  }
  EXPECT_EQ(faults_of(change(present, {}, {{fields::kTags, "新"}})),
            (Faults{{"/tags", RefusalCode::too_many_choices}}));
}

TEST_F(Values, that_she_may_not_see_or_write_are_refused) {
  access = [](const FieldDefinition& f) {
    if (f.number == fields::kPhone) return FieldAccess::hidden;
    return f.number == fields::kEmail || f.number == fields::kName ? FieldAccess::read : FieldAccess::write;
  };
  EXPECT_EQ(faults_of_change(fields::kPhone, std::string("13800138000")),
            (Faults{{"/phone", RefusalCode::unknown_field}}));
  EXPECT_EQ(faults_of_change(fields::kEmail, std::string("a@example.com")),
            (Faults{{"/email", RefusalCode::read_only_field}}));
  EXPECT_TRUE(create({}));  // who can't write the name is not asked for it
}

RC_GTEST_FIXTURE_PROP(Values, that_are_written_twice_change_nothing_the_second_time,
                      (std::uint32_t grade, std::int64_t cents, std::vector<std::uint32_t> words)) {
  std::vector<FieldValue> given{{fields::kGrade, base::Choice{1 + grade % 5}},
                                {fields::kCreditLimit, base::Decimal{cents, 2}}};
  std::vector<NewChoice> typed;
  for (const auto word : words) typed.push_back({fields::kTags, "标签" + std::to_string(word % 7)});
  const auto first = change(present, given, typed);
  if (!first) return;  // refused: nothing was written
  for (const auto& added : first->choices) {
    field(added.field).choices.push_back({.number = added.number, .key = added.text, .label = {}, .retired = false});
  }
  const auto second = change(merged_values(present, first->values), given, typed);
  RC_ASSERT(second.has_value());
  RC_ASSERT(second->values.empty() && second->choices.empty());
}

}  // namespace
}  // namespace highseas::domain
