// forms_change_test — how a form grows and what it can't lose.
#include <algorithm>

#include "domain/forms/form_decider.hpp"
#include "tests/domain/company.hpp"

namespace highseas::domain::tests {
namespace {

namespace customers = shipped::customers;

class FormDesign : public testing::Test {
 protected:
  FormDesign() { wanted = *company.workspace.form(shipped::kCustomers); }

  Decision ask(base::MemberId member) {
    const auto rights = Rights::of_member(company.workspace, member);
    return decide({.uses = uses}, ChangeForm{wanted}, {.workspace = company.workspace, .rights = rights});
  }
  Decision ask() { return ask(company.admin); }
  Decision ask_dedup(std::vector<DedupRule> rules, FormNumber form = shipped::kCustomers) {
    const auto rights = Rights::of_member(company.workspace, company.admin);
    return decide(ChangeDedupRules{form, std::move(rules)}, {.workspace = company.workspace, .rights = rights});
  }
  // Adds a field of the workspace's own and folds it.
  FieldNumber given_field(FieldDefinition field) {
    wanted.fields.push_back(std::move(field));
    const auto event = happened<FormChanged>(ask());
    fold(company.workspace, {event});
    wanted = *company.workspace.form(shipped::kCustomers);
    FieldNumber last = 0;
    for (const auto& known : wanted.fields) last = std::max(last, known.number);
    return last;
  }
  FieldDefinition& field(FieldNumber number) {
    return *std::ranges::find(wanted.fields, number, &FieldDefinition::number);
  }
  void drop(FieldNumber number) {
    std::erase_if(wanted.fields, [&](const FieldDefinition& f) { return f.number == number; });
  }
  static FieldDefinition a_field(std::string key, FieldType type = FieldType::text) {
    FieldDefinition field;
    field.key = std::move(key);
    field.label = {"新字段", "New field"};
    field.type = type;
    return field;
  }

  Company company;
  FormDefinition wanted;
  std::vector<DesignUse> uses;
};

TEST_F(FormDesign, given_back_as_it_was_changes_nothing) {
  EXPECT_TRUE(nothing_happens(ask()));
}

TEST_F(FormDesign, is_changed_by_admins_only) {
  field(customers::kShortName).label.zh = "简名";
  EXPECT_TRUE(refused(ask(company.east_manager), RefusalCode::forbidden));
  EXPECT_EQ(happened<FormChanged>(ask()).form.field(customers::kShortName)->label.zh, "简名");
  wanted.number = 77;
  EXPECT_TRUE(refused(ask(), RefusalCode::not_found));
}

TEST_F(FormDesign, gives_new_fields_and_choices_numbers_from_a_thousand_that_are_never_used_again) {
  auto level = a_field("level", FieldType::choice);
  level.choices = {{.number = 0, .key = "high", .label = {"高", "High"}, .retired = false}};
  const auto first = given_field(level);
  EXPECT_EQ(first, 1000u);
  EXPECT_EQ(field(first).choices.front().number, 1000u);
  drop(first);
  fold(company.workspace, {happened<FormChanged>(ask())});
  wanted = *company.workspace.form(shipped::kCustomers);
  EXPECT_TRUE(field(first).retired);
  EXPECT_EQ(given_field(a_field("other")), 1001u);
  wanted.fields.push_back(a_field("level"));  // the retired one's
  EXPECT_TRUE(refused(ask(), RefusalCode::key_taken));
}

TEST_F(FormDesign, keeps_type_and_kind_of_a_field_for_ever) {
  const auto number = given_field(a_field("level"));
  field(number).type = FieldType::integer;
  EXPECT_TRUE(refused(ask(), RefusalCode::field_type_fixed));
  wanted = *company.workspace.form(shipped::kCustomers);
  field(number).personal = true;
  EXPECT_TRUE(refused(ask(), RefusalCode::field_type_fixed));
  wanted = *company.workspace.form(shipped::kCustomers);
  field(number).key = "rank";
  EXPECT_TRUE(refused(ask(), RefusalCode::invalid_key));
}

TEST_F(FormDesign, hides_and_relabels_what_ships_and_never_retires_it) {
  field(customers::kTaxNo).visible = false;
  EXPECT_FALSE(happened<FormChanged>(ask()).form.field(customers::kTaxNo)->visible);
  drop(customers::kTaxNo);
  EXPECT_TRUE(refused(ask(), RefusalCode::system_field));
  wanted = *company.workspace.form(shipped::kCustomers);
  std::erase_if(field(customers::kStatus).choices, [](const ChoiceOption& c) { return c.key == "won"; });
  EXPECT_TRUE(refused(ask(), RefusalCode::system_field));
  wanted = *company.workspace.form(shipped::kCustomers);
  std::erase_if(field(customers::kIndustry).choices, [](const ChoiceOption& c) { return c.key == "trade"; });
  EXPECT_TRUE(happened<FormChanged>(ask()).form.field(customers::kIndustry)->choice_by_key("trade")->retired);
}

TEST_F(FormDesign, tells_all_faults_at_once) {
  const auto at = std::to_string(wanted.fields.size());
  auto bad = a_field("Bad-Key");
  bad.label = {};
  bad.many = true;
  bad.limits.max_length = 0;
  wanted.fields.push_back(bad);
  wanted.fields.push_back(a_field("owner"));
  wanted.fields.push_back(a_field("name"));
  auto away = a_field("away", FieldType::reference);
  away.reference = 777;
  wanted.fields.push_back(away);
  const auto pointer = [&](int offset, const char* member) {
    return "/fields/" + std::to_string(std::stoi(at) + offset) + member;
  };
  EXPECT_EQ(faults_of(ask()),
            (std::map<std::string, RefusalCode>{{pointer(0, "/key"), RefusalCode::invalid_key},
                                                {pointer(0, "/label"), RefusalCode::required},
                                                {pointer(0, "/many"), RefusalCode::not_allowed_here},
                                                {pointer(0, "/limits/max_length"), RefusalCode::out_of_range},
                                                {pointer(1, "/key"), RefusalCode::invalid_key},
                                                {pointer(2, "/key"), RefusalCode::key_taken},
                                                {pointer(3, "/reference"), RefusalCode::unknown_form}}));
}

TEST_F(FormDesign, has_no_required_field_that_nobody_can_fill_in) {
  field(customers::kName).visible = false;
  EXPECT_TRUE(refused(ask(), RefusalCode::not_allowed_here));
}

TEST_F(FormDesign, takes_defaults_that_fit_only) {
  auto stars = a_field("stars", FieldType::rating);
  stars.default_value = std::int64_t{6};
  wanted.fields.push_back(stars);
  EXPECT_TRUE(refused(ask(), RefusalCode::out_of_range));
  wanted.fields.back().default_value = std::int64_t{5};
  EXPECT_TRUE(ask());
}

TEST_F(FormDesign, does_not_retire_what_something_living_names) {
  const auto number = given_field(a_field("level"));
  uses = {{.name = "rule 90 天", .form = shipped::kCustomers, .fields = {number}, .choices = {}},
          {.name = "another form's", .form = shipped::kLeads, .fields = {number}, .choices = {}}};
  drop(number);
  const auto decision = ask();
  ASSERT_TRUE(refused(decision, RefusalCode::field_in_use));
  EXPECT_EQ(decision.error().names, (std::vector<std::string>{"rule 90 天"}));
  uses.clear();
  fold(company.workspace, {happened<DedupRuleChanged>(ask_dedup({{number}}))});
  EXPECT_EQ(ask().error().names, (std::vector<std::string>{"dedup"}));
  wanted = *company.workspace.form(shipped::kCustomers);
  uses = {{.name = "rule of A", .form = shipped::kCustomers, .fields = {}, .choices = {{customers::kGrade, 1}}}};
  std::erase_if(field(customers::kGrade).choices, [](const ChoiceOption& c) { return c.number == 1; });
  EXPECT_TRUE(refused(ask(), RefusalCode::field_in_use));
}

TEST_F(FormDesign, of_dedup_takes_rules_of_fields_that_can_be_compared) {
  EXPECT_TRUE(nothing_happens(ask_dedup({{customers::kName}, {customers::kCreditCode}, {customers::kPhone}})));
  EXPECT_EQ(happened<DedupRuleChanged>(ask_dedup({{customers::kName, customers::kPhone}})).rules,
            (std::vector<DedupRule>{{customers::kName, customers::kPhone}}));
  EXPECT_TRUE(happened<DedupRuleChanged>(ask_dedup({})).rules.empty());
  EXPECT_EQ(faults_of(ask_dedup({{}, {777}, {customers::kLocation}, {customers::kName}, {customers::kName}})),
            (std::map<std::string, RefusalCode>{{"/rules/0", RefusalCode::required},
                                                {"/rules/1/0", RefusalCode::unknown_field},
                                                {"/rules/2/0", RefusalCode::not_allowed_here},
                                                {"/rules/4", RefusalCode::invalid_value}}));
  EXPECT_TRUE(
      refused(ask_dedup({{shipped::follow_ups::kContent}}, shipped::kFollowUps), RefusalCode::not_allowed_here));
}

TEST_F(FormDesign, keeps_the_slugs_that_the_api_uses) {
  for (const auto* slug : {"pools", "jobs", "forms", "me", "audit"}) EXPECT_TRUE(is_reserved_slug(slug)) << slug;
  EXPECT_FALSE(is_reserved_slug("inquiries"));
}

}  // namespace
}  // namespace highseas::domain::tests
