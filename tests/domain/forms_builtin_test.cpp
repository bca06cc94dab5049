// forms_builtin_test — what ships is complete, labelled in both languages, and numbered for ever.
#include <gtest/gtest.h>

#include <set>

#include "domain/command.hpp"
#include "domain/forms/builtin_forms.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/form_decider.hpp"
#include "domain/forms/shipped.hpp"
#include "domain/refusal_code.hpp"

namespace highseas::domain {
namespace {

std::string keys_of(const FormDefinition& form) {
  std::string keys;
  for (const auto& field : form.fields) keys += field.key + " ";
  return keys;
}

TEST(BuiltinForms, have_the_fields_of_the_design_in_its_order) {
  const auto forms = builtin_forms();
  ASSERT_EQ(forms.size(), 5u);
  EXPECT_EQ(keys_of(forms[0]),
            "name short_name credit_code type grade status source industry scale website phone email region address "
            "location parent primary_contact tags credit_limit payment_terms invoice_title tax_no bank_name "
            "bank_account invoice_address remark attachments ");
  EXPECT_EQ(keys_of(forms[1]),
            "name company contact_name mobile phone email wechat title source campaign industry region products need "
            "grade status invalid_reason remark attachments ");
  EXPECT_EQ(keys_of(forms[2]),
            "name customer gender department title mobile phone wechat email decision_role primary attitude birthday "
            "address status remark attachments ");
  EXPECT_EQ(keys_of(forms[3]),
            "customer lead contacts method content occurred_at result next_at next_plan duration_minutes place remark "
            "attachments ");
  EXPECT_EQ(keys_of(forms[4]),
            "code name category specification unit list_price floor_price cost tax_rate active images description "
            "remark attachments ");
}

TEST(BuiltinForms, have_numbers_below_a_thousand_each_once_and_labels_in_both_languages) {
  for (const auto& form : builtin_forms()) {
    std::set<FieldNumber> numbers;
    for (const auto& field : form.fields) {
      EXPECT_TRUE(numbers.insert(field.number).second) << field.key;
      EXPECT_LT(field.number, kFirstOwnNumber) << field.key;
      EXPECT_TRUE(field.system) << field.key;
      EXPECT_FALSE(is_reserved_field_key(field.key)) << field.key;
      EXPECT_FALSE(field.label.zh.empty() || field.label.en.empty()) << field.key;
      std::set<std::uint32_t> choices;
      for (const auto& choice : field.choices) {
        EXPECT_TRUE(choices.insert(choice.number).second && choice.number < kFirstOwnNumber) << choice.key;
        EXPECT_FALSE(choice.label.zh.empty() || choice.label.en.empty()) << choice.key;
      }
      EXPECT_TRUE(value_faults(field, field.default_value, 2, "").empty()) << field.key;
    }
  }
}

TEST(BuiltinForms, keep_their_numbers) {
  const auto forms = builtin_forms();
  const auto* status = forms[0].field(shipped::customers::kStatus);
  EXPECT_EQ(status->key, "status");
  EXPECT_EQ(status->choice_by_key("won")->number, shipped::customers::status::kWon);
  EXPECT_EQ(forms[3].field(shipped::follow_ups::kMethod)->choice_by_key("visit")->number,
            shipped::follow_ups::method::kVisit);
  EXPECT_EQ(forms[2].field(shipped::contacts::kBirthday)->personal, true);
  EXPECT_EQ(forms[0].prefix + forms[1].prefix + forms[2].prefix + forms[3].prefix + forms[4].prefix,
            "cus_led_con_fol_prd_");
}

TEST(FactFields, have_numbers_and_keys_of_their_own) {
  std::set<FieldNumber> numbers;
  std::set<std::string_view> keys;
  const auto forms = builtin_forms();
  for (const auto& fact : fact_fields()) {
    EXPECT_TRUE(numbers.insert(fact.number).second && is_fact_number(fact.number)) << fact.key;
    EXPECT_TRUE(keys.insert(fact.key).second) << fact.key;
    EXPECT_EQ(fact_field(fact.number), &fact);
    EXPECT_EQ(fact_field_by_key(fact.key), &fact);
    EXPECT_TRUE(is_reserved_field_key(fact.key));
  }
  EXPECT_TRUE(carries_fact(forms[0], *fact_field_by_key("recycle_due_at")));
  EXPECT_FALSE(carries_fact(forms[2], *fact_field_by_key("recycle_due_at")));
  EXPECT_TRUE(carries_fact(forms[3], *fact_field_by_key("effective")));
  EXPECT_EQ(fact_field(shipped::customers::kName), nullptr);
}

TEST(Names, of_refusals_lead_back_to_their_codes) {
  EXPECT_EQ(refusal_key(RefusalCode::already_owned), "already-owned");
  EXPECT_EQ(refusal_key(RefusalCode::read_only_field), "read-only-field");
  for (std::uint16_t number = 0; number <= static_cast<std::uint16_t>(kLastRefusalCode); ++number) {
    const auto code = static_cast<RefusalCode>(number);
    EXPECT_EQ(refusal_of(refusal_key(code)), code);
  }
  EXPECT_EQ(refusal_of("no-such-code"), std::nullopt);
}

TEST(Names, of_field_types_and_commands_are_the_stored_ones) {
  EXPECT_EQ(field_type_of("long_text"), FieldType::long_text);
  EXPECT_EQ(field_type_of("formula"), std::nullopt);
  EXPECT_TRUE(is_sealed_type(FieldType::phone));
  EXPECT_FALSE(is_sealed_type(FieldType::money));
  EXPECT_EQ(command_name(Command{ClaimRecords{}}), "ClaimRecords");
  EXPECT_EQ(command_name(Command{AddFile{}}), "AddFile");
}

TEST(FreeFieldKey, gets_a_suffix_where_the_workspace_has_taken_it) {
  auto form = builtin_forms().front();
  EXPECT_EQ(free_field_key(form, "stage"), "stage");
  form.fields.push_back({.number = 1000, .key = "stage"});
  EXPECT_EQ(free_field_key(form, "stage"), "stage_2");
  form.fields.push_back({.number = 1001, .key = "stage_2", .retired = true});
  EXPECT_EQ(free_field_key(form, "stage"), "stage_3");
}

}  // namespace
}  // namespace highseas::domain
