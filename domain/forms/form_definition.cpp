// form_definition — the types' keys, which of them are sealed, and look-ups within a form.
#include "domain/forms/form_definition.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace highseas::domain {

bool is_sealed_type(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::phone:
    case FieldType::email:
    case FieldType::url:
    case FieldType::address:
    case FieldType::location:
      return true;
    case FieldType::integer:
    case FieldType::decimal:
    case FieldType::money:
    case FieldType::percent:
    case FieldType::date:
    case FieldType::datetime:
    case FieldType::choice:
    case FieldType::choices:
    case FieldType::member:
    case FieldType::department:
    case FieldType::reference:
    case FieldType::region:
    case FieldType::file:
    case FieldType::image:
    case FieldType::boolean:
    case FieldType::rating:
      return false;
  }
  HS_ASSERT(!"field type");
  return true;
}

std::string_view field_type_key(FieldType type) {
  switch (type) {
    case FieldType::text:
      return "text";
    case FieldType::long_text:
      return "long_text";
    case FieldType::integer:
      return "integer";
    case FieldType::decimal:
      return "decimal";
    case FieldType::money:
      return "money";
    case FieldType::percent:
      return "percent";
    case FieldType::date:
      return "date";
    case FieldType::datetime:
      return "datetime";
    case FieldType::choice:
      return "choice";
    case FieldType::choices:
      return "choices";
    case FieldType::member:
      return "member";
    case FieldType::department:
      return "department";
    case FieldType::reference:
      return "reference";
    case FieldType::region:
      return "region";
    case FieldType::address:
      return "address";
    case FieldType::location:
      return "location";
    case FieldType::phone:
      return "phone";
    case FieldType::email:
      return "email";
    case FieldType::url:
      return "url";
    case FieldType::file:
      return "file";
    case FieldType::image:
      return "image";
    case FieldType::boolean:
      return "boolean";
    case FieldType::rating:
      return "rating";
  }
  HS_ASSERT(!"field type");
  return {};
}

std::optional<FieldType> field_type_of(std::string_view key) {
  for (std::uint8_t number = 1; number <= static_cast<std::uint8_t>(FieldType::rating); ++number) {
    const auto type = static_cast<FieldType>(number);
    if (field_type_key(type) == key) return type;
  }
  return std::nullopt;
}

const ChoiceOption* FieldDefinition::choice(std::uint32_t choice_number) const {
  const auto found = std::ranges::find(choices, choice_number, &ChoiceOption::number);
  return found == choices.end() ? nullptr : &*found;
}

const ChoiceOption* FieldDefinition::choice_by_key(std::string_view choice_key) const {
  const auto found = std::ranges::find(choices, choice_key, &ChoiceOption::key);
  return found == choices.end() ? nullptr : &*found;
}

const FieldDefinition* FormDefinition::field(FieldNumber field_number) const {
  const auto found = std::ranges::find(fields, field_number, &FieldDefinition::number);
  return found == fields.end() ? nullptr : &*found;
}

const FieldDefinition* FormDefinition::field_by_key(std::string_view key) const {
  const auto found = std::ranges::find_if(
      fields, [&](const FieldDefinition& candidate) { return candidate.key == key && !candidate.retired; });
  return found == fields.end() ? nullptr : &*found;
}

const base::Value* find_value(const std::vector<FieldValue>& values, FieldNumber field) {
  const auto found = std::ranges::find(values, field, &FieldValue::field);
  return found == values.end() ? nullptr : &found->value;
}

}  // namespace highseas::domain
