// form_definition — a form as data: its fields, choices, behaviours and dedup rules. What ships has numbers below
// 1,000.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/value.hpp"

namespace highseas::domain {

using FormNumber = std::uint32_t;                       // within the workspace; never reused
using FieldNumber = std::uint32_t;                      // within the form; never reused
inline constexpr std::uint32_t kFirstOwnNumber = 1000;  // a workspace's own forms, fields and choices start here

enum class FieldType : std::uint8_t {
  text = 1,
  long_text = 2,
  integer = 3,
  decimal = 4,
  money = 5,
  percent = 6,
  date = 7,
  datetime = 8,
  choice = 9,
  choices = 10,
  member = 11,
  department = 12,
  reference = 13,
  region = 14,
  address = 15,
  location = 16,
  phone = 17,
  email = 18,
  url = 19,
  file = 20,
  image = 21,
  boolean = 22,
  rating = 23,
};

// True for the types whose values are sealed whatever the field says (log.md, Personal data).
bool is_sealed_type(FieldType type);
std::string_view field_type_key(FieldType type);
std::optional<FieldType> field_type_of(std::string_view key);

struct Label {
  std::string zh;
  std::string en;
  bool operator==(const Label&) const = default;
};

struct ChoiceOption {
  std::uint32_t number = 0;
  std::string key;  // never changed: stored expressions hold it
  Label label;
  bool retired = false;
  bool operator==(const ChoiceOption&) const = default;
};

struct Limits {
  std::optional<base::Decimal> minimum;
  std::optional<base::Decimal> maximum;
  std::optional<std::uint32_t> max_length;  // code points
  std::optional<std::uint8_t> places;       // decimals
  bool operator==(const Limits&) const = default;
};

struct FieldDefinition {
  FieldNumber number = 0;
  std::string key;
  Label label;
  Label help;
  FieldType type = FieldType::text;  // fixed when the field is added
  bool many = false;                 // member, department, reference, file and image only
  bool required = false;
  bool read_only = false;
  bool visible = true;
  bool unique = false;
  bool personal = false;  // sealed though its type is not; fixed when the field is added
  bool system = false;    // shipped: may be hidden, not retired
  bool retired = false;
  bool open = false;  // an open list: takes a new choice as it is typed
  FormNumber reference = 0;
  base::Value default_value;
  std::vector<ChoiceOption> choices;
  Limits limits;
  bool operator==(const FieldDefinition&) const = default;

  const ChoiceOption* choice(std::uint32_t choice_number) const;
  const ChoiceOption* choice_by_key(std::string_view choice_key) const;
};

// True where a value of the field is kept in the sealed box.
inline bool is_sealed(const FieldDefinition& field) {
  return field.personal || is_sealed_type(field.type);
}

struct Behaviours {
  bool pooled = false;
  bool followed = false;
  bool staged = false;
  bool approvable = false;
  bool operator==(const Behaviours&) const = default;
};

using DedupRule = std::vector<FieldNumber>;  // a hit needs all of them equal; an empty value never hits

struct FormDefinition {
  FormNumber number = 0;
  std::string slug;
  std::string prefix;  // of its records' ids: "cus_"
  Label label;
  Behaviours behaviours;
  std::vector<FieldDefinition> fields;  // in the order of display; retired ones stay
  std::vector<DedupRule> dedup;
  bool removed = false;
  bool operator==(const FormDefinition&) const = default;

  const FieldDefinition* field(FieldNumber field_number) const;
  const FieldDefinition* field_by_key(std::string_view key) const;  // live ones only
  // By which people call a record: `name`, which most forms have.
  const FieldDefinition* name_field() const { return field_by_key("name"); }
};

struct FieldValue {
  FieldNumber field = 0;
  base::Value value;  // null takes the value away
  bool operator==(const FieldValue&) const = default;
};

const base::Value* find_value(const std::vector<FieldValue>& values, FieldNumber field);

}  // namespace highseas::domain
