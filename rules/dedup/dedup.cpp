// dedup — a key is the rule's field numbers, each with the normal form of its value: "1:6:江南纸业…". The length before
// each form keeps two fields' texts apart.
#include "rules/dedup/dedup.hpp"

#include <algorithm>
#include <optional>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::rules {
namespace {

using base::NormalFormKind;
using domain::FieldType;

// Which texts name a company is known for what ships; a field of a workspace's own is plain text.
NormalFormKind text_kind(domain::FormNumber form, const domain::FieldDefinition& field) {
  namespace shipped = domain::shipped;
  if (form == shipped::kCustomers) {
    if (field.number == shipped::customers::kName) return NormalFormKind::company;
    if (field.number == shipped::customers::kInvoiceTitle) return NormalFormKind::company;
    if (field.number == shipped::customers::kCreditCode) return NormalFormKind::credit_code;
    if (field.number == shipped::customers::kTaxNo) return NormalFormKind::credit_code;
  }
  if (form == shipped::kLeads && field.number == shipped::leads::kCompany) return NormalFormKind::company;
  return NormalFormKind::text;
}

NormalFormKind kind_of(domain::FormNumber form, const domain::FieldDefinition& field) {
  if (field.type == FieldType::phone) return NormalFormKind::phone;
  if (field.type == FieldType::email || field.type == FieldType::url) return NormalFormKind::email;
  return text_kind(form, field);
}

// Empty: nothing to compare.
struct FormOf {
  NormalFormKind kind;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(base::Decimal value) const {
    return base::format_decimal(base::rescale(value, base::kMaxScale).value_or(value));
  }
  std::string operator()(base::Date value) const { return base::format_date(value); }
  std::string operator()(base::Instant value) const { return std::to_string(value.ms); }
  std::string operator()(const std::string& value) const { return base::normal_form_1(kind, value); }
  std::string operator()(base::Choice value) const { return std::to_string(value.number); }
  std::string operator()(const base::Choices& value) const {
    auto numbers = value.numbers;
    std::ranges::sort(numbers);
    std::string form;
    for (const auto number : numbers) form += std::to_string(number) + ",";
    return form;
  }
  std::string operator()(base::Reference value) const { return base::format_ulid(value.id); }
  std::string operator()(const base::References& value) const {
    auto ids = value.ids;
    std::ranges::sort(ids);
    std::string form;
    for (const auto id : ids) form += base::format_ulid(id);
    return form;
  }
  std::string operator()(const base::Region& value) const {
    return base::normal_form_1(NormalFormKind::text, value.province) + "/" +
           base::normal_form_1(NormalFormKind::text, value.city) + "/" +
           base::normal_form_1(NormalFormKind::text, value.district);
  }
  std::string operator()(const base::Location& value) const {
    return (*this)(value.longitude) + " " + (*this)(value.latitude);
  }
};

std::optional<std::string> key_of(const domain::FormDefinition& form, const domain::DedupRule& rule,
                                  const std::vector<domain::FieldValue>& values) {
  std::string key;
  for (const auto number : rule) {
    const auto* field = form.field(number);
    HS_ASSERT(field != nullptr);
    const auto* value = domain::find_value(values, number);
    if (value == nullptr) return std::nullopt;
    const auto normal = std::visit(FormOf{kind_of(form.number, *field)}, *value);
    if (normal.empty()) return std::nullopt;
    key += std::to_string(number) + ":" + std::to_string(normal.size()) + ":" + normal + ";";
  }
  return key;
}

}  // namespace

std::vector<domain::DedupRule> dedup_rules_in_force(const domain::FormDefinition& form) {
  const auto live = [&](domain::FieldNumber number) {
    const auto* field = form.field(number);
    return field != nullptr && !field->retired;
  };
  std::vector<domain::DedupRule> rules;
  for (auto rule : form.dedup) {
    if (rule.empty() || !std::ranges::all_of(rule, live)) continue;
    std::ranges::sort(rule);  // the order in which a rule was typed means nothing
    if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(std::move(rule));
  }
  for (const auto& field : form.fields) {
    if (!field.unique || field.retired) continue;
    const domain::DedupRule rule{field.number};
    if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(rule);
  }
  return rules;
}

std::vector<DedupKey> dedup_keys(const domain::FormDefinition& form, const std::vector<domain::FieldValue>& values) {
  std::vector<DedupKey> keys;
  for (auto& rule : dedup_rules_in_force(form)) {
    if (auto key = key_of(form, rule, values)) keys.push_back({.fields = std::move(rule), .key = std::move(*key)});
  }
  return keys;
}

}  // namespace highseas::rules
