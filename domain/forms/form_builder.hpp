// form_builder — writes a form that ships as one line a field.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

// A choice of a form that ships: number, key, 中文, English.
struct ShippedChoice {
  std::uint32_t number;
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};

// The field that was added last, to say more of it.
class FieldBuilder {
 public:
  explicit FieldBuilder(FieldDefinition& field) : field_(field) {}

  FieldBuilder& required() { return set(field_.required); }
  FieldBuilder& unique() { return set(field_.unique); }
  FieldBuilder& personal() { return set(field_.personal); }
  FieldBuilder& many() { return set(field_.many); }
  FieldBuilder& open() { return set(field_.open); }
  FieldBuilder& to(FormNumber form) {
    field_.reference = form;
    return *this;
  }
  FieldBuilder& by_default(base::Value value) {
    field_.default_value = std::move(value);
    return *this;
  }
  FieldBuilder& from(std::int64_t minimum) {
    field_.limits.minimum = base::from_integer(minimum);
    return *this;
  }
  FieldBuilder& up_to(std::int64_t maximum) {
    field_.limits.maximum = base::from_integer(maximum);
    return *this;
  }

 private:
  FieldBuilder& set(bool& flag) {
    flag = true;
    return *this;
  }

  FieldDefinition& field_;
};

class FormBuilder {
 public:
  FormBuilder(FormNumber number, std::string_view slug, std::string_view prefix, std::string_view zh,
              std::string_view en) {
    form_.number = number;
    form_.slug = slug;
    form_.prefix = prefix;
    form_.label = {std::string(zh), std::string(en)};
  }

  FieldBuilder add(FieldNumber number, std::string_view key, std::string_view zh, std::string_view en, FieldType type,
                   std::initializer_list<ShippedChoice> choices = {}) {
    return add(number, key, zh, en, type, std::span(choices.begin(), choices.size()));
  }
  FieldBuilder add(FieldNumber number, std::string_view key, std::string_view zh, std::string_view en, FieldType type,
                   std::span<const ShippedChoice> choices) {
    FieldDefinition field;
    field.number = number;
    field.key = key;
    field.label = {std::string(zh), std::string(en)};
    field.type = type;
    field.system = true;
    for (const auto& choice : choices) {
      field.choices.push_back({.number = choice.number,
                               .key = std::string(choice.key),
                               .label = {std::string(choice.zh), std::string(choice.en)},
                               .retired = false});
    }
    form_.fields.push_back(std::move(field));
    return FieldBuilder(form_.fields.back());
  }

  FormBuilder& pooled_and_followed() {
    form_.behaviours.pooled = true;
    form_.behaviours.followed = true;
    return *this;
  }
  FormBuilder& dedup(DedupRule rule) {
    form_.dedup.push_back(std::move(rule));
    return *this;
  }
  // With the fields that every form has at its end.
  FormDefinition finish() &&;

 private:
  FormDefinition form_;
};

}  // namespace highseas::domain
