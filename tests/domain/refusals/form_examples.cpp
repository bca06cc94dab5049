// form_examples — of forms and their dedup rules, and of the values that go into fields.
#include <algorithm>

#include "domain/forms/field_values.hpp"
#include "domain/forms/form_change.hpp"
#include "domain/forms/form_decider.hpp"
#include "tests/domain/refusals/examples.hpp"

namespace highseas::domain::tests {
namespace {

using Code = RefusalCode;
namespace customers = shipped::customers;

Decision change(const Company& c, base::MemberId who, const FormDefinition& wanted,
                const std::vector<DesignUse>& uses = {}) {
  const auto rights = Rights::of_member(c.workspace, who);
  return decide({.uses = uses}, ChangeForm{wanted}, {.workspace = c.workspace, .rights = rights});
}
Decision change_dedup(const Company& c, base::MemberId who, std::vector<DedupRule> rules,
                      FormNumber form = shipped::kCustomers) {
  const auto rights = Rights::of_member(c.workspace, who);
  return decide(ChangeDedupRules{form, std::move(rules)}, {.workspace = c.workspace, .rights = rights});
}
FormDefinition customers_of(const Company& c) {
  return *c.workspace.form(shipped::kCustomers);
}
FieldDefinition& field_of(FormDefinition& form, FieldNumber number) {
  return *std::ranges::find(form.fields, number, &FieldDefinition::number);
}
FieldDefinition a_field(std::string key, FieldType type = FieldType::text) {
  FieldDefinition field;
  field.key = std::move(key);
  field.label = {"新字段", "New field"};
  field.type = type;
  return field;
}

RefusalExample shaping(Code code, std::string_view when, std::function<void(FormDefinition&)> but) {
  return {"decide", code, when, [=](Company& c) {
            auto wanted = customers_of(c);
            but(wanted);
            return change(c, c.admin, wanted);
          }};
}
RefusalExample adding(Code code, std::string_view when, std::function<void(FieldDefinition&)> but) {
  return shaping(code, when, [=](FormDefinition& wanted) {
    auto field = a_field("level");
    but(field);
    wanted.fields.push_back(std::move(field));
  });
}

// The values of a customer, of which "origin_member", "origin_department" and "parent" lead elsewhere.
FormDefinition form_with_references() {
  auto form = builtin_forms().front();
  auto member = a_field("origin_member", FieldType::member);
  member.number = 1000;
  auto department = a_field("origin_department", FieldType::department);
  department.number = 1001;
  form.fields.push_back(member);
  form.fields.push_back(department);
  return form;
}
RefusalExample filling(std::string_view function, Code code, std::string_view when, FieldNumber field,
                       base::Value value, std::vector<NewChoice> words = {}) {
  return {function, code, when, [=](Company& c) -> Decision {
            const auto form = form_with_references();
            const ValueContext context{.workspace = c.workspace,
                                       .form = form,
                                       .pointer = "",
                                       .record = base::RecordId{{5, 5}},
                                       .access =
                                           [](const FieldDefinition& asked) {
                                             return asked.number == customers::kCreditLimit ? FieldAccess::read
                                                                                            : FieldAccess::write;
                                           },
                                       .reference_exists = {}};
            std::vector<FieldValue> given{{customers::kName, std::string("江南机械")}};
            if (field == customers::kName) given.clear();
            if (field != 0) given.push_back({field, value});
            const auto checked = check_new_values(context, given, words);
            if (checked) return already_true();
            return refuse(Refusal::of_faults(checked.error()));
          }};
}
RefusalExample value(Code code, std::string_view when, FieldNumber field, base::Value given) {
  return filling("value_faults", code, when, field, std::move(given));
}
RefusalExample word(Code code, std::string_view when, FieldNumber field, std::string text) {
  return filling("check_new_values", code, when, 0, {}, {{field, std::move(text)}});
}

}  // namespace

RefusalsOfFile refusals_of_forms() {
  return {
      "forms/form_decider.cpp",
      {
          {"decide", Code::not_found, "there is no such form",
           [](Company& c) {
             auto wanted = customers_of(c);
             wanted.number = 777;
             return change(c, c.admin, wanted);
           }},
          {"decide", Code::forbidden, "she is no admin",
           [](Company& c) { return change(c, c.east_manager, customers_of(c)); }},
          {"decide", Code::field_in_use, "a rule names a choice that goes",
           [](Company& c) {
             auto wanted = customers_of(c);
             std::erase_if(field_of(wanted, customers::kGrade).choices,
                           [](const ChoiceOption& choice) { return choice.number == 1; });
             return change(
                 c, c.admin, wanted,
                 {{.name = "规则", .form = shipped::kCustomers, .fields = {}, .choices = {{customers::kGrade, 1}}}});
           }},
          {"decide", Code::required, "a dedup rule has no fields",
           [](Company& c) { return change_dedup(c, c.admin, {{}}); }},
          {"decide", Code::too_long, "there are more dedup rules than a form may have",
           [](Company& c) {
             return change_dedup(c, c.admin, std::vector<DedupRule>(kMaxDedupRules + 1, {customers::kName}));
           }},
          {"decide", Code::unknown_field, "a dedup rule names a field that is none",
           [](Company& c) { return change_dedup(c, c.admin, {{777}}); }},
          {"decide", Code::not_allowed_here, "places on the map are never equal",
           [](Company& c) { return change_dedup(c, c.admin, {{customers::kLocation}}); }},
          {"decide", Code::not_allowed_here, "two follow-ups alike are two",
           [](Company& c) {
             return change_dedup(c, c.admin, {{shipped::follow_ups::kNextPlan}}, shipped::kFollowUps);
           }},
          {"decide", Code::invalid_value, "two dedup rules are the same",
           [](Company& c) { return change_dedup(c, c.admin, {{customers::kName}, {customers::kName}}); }},
      }};
}

RefusalsOfFile refusals_of_form_changes() {
  return {"forms/form_change.cpp",
          {
              shaping(Code::not_allowed_here, "its slug is to be another", [](auto& form) { form.slug = "clients"; }),
              shaping(Code::unknown_field, "a number leads to no field",
                      [](auto& form) {
                        form.fields.push_back(a_field("level"));
                        form.fields.back().number = 777;
                      }),
              shaping(Code::key_taken, "a field stands twice",
                      [](auto& form) { form.fields.push_back(field_of(form, customers::kPhone)); }),
              shaping(Code::too_long, "it has more fields than a form may have",
                      [](auto& form) {
                        for (std::size_t at = 0; at < kMaxFields; ++at) {
                          form.fields.push_back(a_field("level_" + std::to_string(at)));
                        }
                      }),
              shaping(Code::system_field, "a field that ships is to go",
                      [](auto& form) {
                        std::erase_if(form.fields, [](const auto& field) { return field.number == customers::kTaxNo; });
                      }),
              shaping(Code::field_type_fixed, "a field is to be of another type",
                      [](auto& form) { field_of(form, customers::kTaxNo).type = FieldType::long_text; }),
              shaping(Code::unknown_choice, "a number leads to no choice",
                      [](auto& form) {
                        field_of(form, customers::kGrade)
                            .choices.push_back({.number = 777, .key = "Z", .label = {"Z", "Z"}, .retired = false});
                      }),
              shaping(Code::too_many_choices, "a list has more choices than it may",
                      [](auto& form) {
                        for (std::size_t at = 0; at <= kMaxChoices; ++at) {
                          const auto key = "C" + std::to_string(at);
                          field_of(form, customers::kGrade).choices.push_back({.key = key, .label = {key, key}});
                        }
                      }),
              adding(Code::invalid_key, "its key is none", [](auto& field) { field.key = "Bad-Key"; }),
              adding(Code::required, "it has no label", [](auto& field) { field.label = {}; }),
              adding(Code::invalid_value, "its label has a control character",
                     [](auto& field) { field.label.zh = "a\x01"; }),
              adding(Code::out_of_range, "its length is nought", [](auto& field) { field.limits.max_length = 0; }),
              adding(Code::unknown_form, "it leads to a form that is none",
                     [](auto& field) {
                       field.type = FieldType::reference;
                       field.reference = 777;
                     }),
          }};
}

RefusalsOfFile refusals_of_values() {
  const std::string_view check = "check_new_values";
  return {"forms/field_values.cpp",
          {
              filling(check, Code::unknown_field, "a number leads to no field", 777, std::string("x")),
              filling(check, Code::read_only_field, "she only reads it", customers::kCreditLimit, base::Decimal{1, 0}),
              filling(check, Code::required, "it must be filled in", customers::kName, std::string("  ")),
              filling(check, Code::unknown_member, "the member is nobody", 1000, base::Reference{{8, 99}}),
              filling(check, Code::unknown_department, "the department is none", 1001, base::Reference{{7, 99}}),
              filling(check, Code::cycle, "it would be its own parent", customers::kParent, base::Reference{{5, 5}}),
              filling(check, Code::unknown_reference, "what it leads to is not there", customers::kParent,
                      base::Reference{{5, 6}}),
              word(Code::unknown_choice, "a new word comes to a closed list", customers::kGrade, "E"),
              word(Code::invalid_value, "a word is blank", customers::kTags, " "),
              word(Code::too_long, "a word is longer than a choice", customers::kTags, std::string(51, 'a')),
              {check, Code::too_many_choices, "an open list is full",
               [](Company& c) -> Decision {
                 auto form = builtin_forms().front();
                 auto& tags = field_of(form, customers::kTags);
                 for (std::uint32_t at = 0; at < kMaxChoices; ++at) {
                   tags.choices.push_back({.number = 1000 + at, .key = "t" + std::to_string(at), .label = {}});
                 }
                 const ValueContext context{.workspace = c.workspace,
                                            .form = form,
                                            .pointer = "",
                                            .record = {},
                                            .access = {},
                                            .reference_exists = {}};
                 const std::vector<FieldValue> given{{customers::kName, std::string("江南机械")}};
                 const std::vector<NewChoice> words{{customers::kTags, "一个新词"}};
                 const auto checked = check_new_values(context, given, words);
                 if (checked) return already_true();
                 return refuse(Refusal::of_faults(checked.error()));
               }},
          }};
}

RefusalsOfFile refusals_of_single_values() {
  return {"forms/value_faults.cpp",
          {
              value(Code::wrong_type, "an address is a number", customers::kEmail, std::int64_t{3}),
              value(Code::invalid_value, "a phone is none", customers::kPhone, std::string("打电话")),
              value(Code::too_long, "a text is longer than its field", customers::kShortName, std::string(5'000, 'a')),
              value(Code::required, "a region has no province", customers::kRegion, base::Region{"", "南京市", ""}),
              value(Code::out_of_range, "a place lies beyond the globe", customers::kLocation,
                    base::Location{{181, 0}, {0, 0}}),
              value(Code::unknown_choice, "a choice is none", customers::kGrade, base::Choice{99}),
              {"value_faults", Code::too_many_decimals, "an amount has more places than its currency",
               [](Company&) {
                 auto money = a_field("price", FieldType::money);
                 return refuse(Refusal::of_faults(value_faults(money, base::Decimal{1'001, 3}, 2, "/price")));
               }},
          }};
}

}  // namespace highseas::domain::tests
