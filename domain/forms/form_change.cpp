// form_change — field by field, choice by choice.
#include "domain/forms/form_change.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/form_decider.hpp"
#include "domain/forms/shipped.hpp"
#include "domain/forms/text_shapes.hpp"

namespace highseas::domain {
namespace {

constexpr std::size_t kKeyLengthMax = 63;
constexpr std::uint32_t kLabelLengthMax = 100;  // code points
constexpr std::uint32_t kHelpLengthMax = 500;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_word(char c) {
  return is_lower(c) || (c >= '0' && c <= '9') || c == '_';
}

// snake_case: begins with a letter, so that expressions can name it.
bool is_field_key(std::string_view key) {
  return !key.empty() && key.size() <= kKeyLengthMax && is_lower(key.front()) && std::ranges::all_of(key, is_word);
}
bool is_choice_key(std::string_view key) {
  return !key.empty() && key.size() <= kKeyLengthMax &&
         std::ranges::all_of(key, [](char c) { return is_word(c) || (c >= 'A' && c <= 'Z') || c == '-'; });
}

bool takes_many(FieldType type) {
  return type == FieldType::member || type == FieldType::department || type == FieldType::reference ||
         type == FieldType::file || type == FieldType::image;
}
bool has_choices(FieldType type) {
  return type == FieldType::choice || type == FieldType::choices;
}
bool can_be_unique(FieldType type) {
  return type == FieldType::text || type == FieldType::phone || type == FieldType::email || type == FieldType::url ||
         type == FieldType::integer;
}
bool has_range(FieldType type) {
  return type == FieldType::integer || type == FieldType::decimal || type == FieldType::money ||
         type == FieldType::percent || type == FieldType::rating;
}
bool has_places(FieldType type) {
  return type == FieldType::decimal || type == FieldType::money || type == FieldType::percent;
}

// Deciders and folds look for these: what they are may not be taken away.
bool choices_are_fixed(FormNumber form, FieldNumber field) {
  return (form == shipped::kCustomers && field == shipped::customers::kStatus) ||
         (form == shipped::kLeads && field == shipped::leads::kStatus);
}
bool must_stay_required(FormNumber form, FieldNumber field) {
  return form == shipped::kContacts && field == shipped::contacts::kCustomer;
}

template <class Things, class Number>
auto find_number(const Things& things, Number number, std::uint32_t std::ranges::range_value_t<Things>::* member) {
  const auto found = std::ranges::find(things, number, member);
  return found == things.end() ? nullptr : &*found;
}

template <class Things>
std::uint32_t next_number(const Things& things, std::uint32_t std::ranges::range_value_t<Things>::* member) {
  std::uint32_t next = kFirstOwnNumber;
  for (const auto& thing : things) next = std::max(next, thing.*member + 1);
  return next;
}

}  // namespace

FormChange::FormChange(const Workspace& workspace, const FormDefinition& present)
    : workspace_(workspace),
      present_(present),
      places_(currency_places(workspace.currency)),
      next_field_(next_number(present.fields, &FieldDefinition::number)) {}

void FormChange::fault(std::string pointer, RefusalCode code, FieldNumber field, std::string detail) {
  faults_.push_back({.pointer = std::move(pointer), .code = code, .field = field, .detail = std::move(detail)});
}

FormDefinition FormChange::apply(const FormDefinition& wanted) {
  check_form(wanted);
  FormDefinition form = present_;
  form.label = wanted.label;
  form.fields.clear();
  std::vector<FieldNumber> seen;
  for (std::size_t at = 0; at < wanted.fields.size(); ++at) {
    const auto& field = wanted.fields[at];
    const std::string pointer = "/fields/" + std::to_string(at);
    if (field.number == 0) {
      form.fields.push_back(new_field(field, pointer));
      continue;
    }
    const auto* present = present_.field(field.number);
    if (present == nullptr || (present->retired && !field.retired)) {
      fault(pointer, RefusalCode::unknown_field, field.number);
    } else if (std::ranges::count(seen, field.number) > 0) {
      fault(pointer, RefusalCode::key_taken, field.number);
    } else if (!field.retired) {
      seen.push_back(field.number);
      form.fields.push_back(changed_field(*present, field, pointer));
    }
  }
  if (form.fields.size() > kMaxFields) fault("/fields", RefusalCode::too_long, 0, std::to_string(kMaxFields));
  for (const auto& present : present_.fields) {
    if (std::ranges::count(seen, present.number) > 0) continue;
    if (!present.retired) {
      if (present.system) fault("/fields", RefusalCode::system_field, present.number, present.key);
      retired_fields_.push_back(present.number);
    }
    form.fields.push_back(present);
    form.fields.back().retired = true;
  }
  return form;
}

void FormChange::check_form(const FormDefinition& wanted) {
  if (wanted.slug != present_.slug) fault("/slug", RefusalCode::not_allowed_here);
  if (wanted.behaviours != present_.behaviours) fault("/behaviours", RefusalCode::not_allowed_here);
  check_label(wanted.label, "/label");
}

FieldDefinition FormChange::changed_field(const FieldDefinition& present, FieldDefinition wanted,
                                          const std::string& pointer) {
  const auto fixed = [&](bool same, const char* member) {
    if (!same) fault(pointer + member, RefusalCode::field_type_fixed, present.number);
  };
  fixed(wanted.type == present.type, "/type");
  fixed(wanted.many == present.many, "/many");
  fixed(wanted.personal == present.personal, "/personal");
  fixed(wanted.reference == present.reference, "/reference");
  if (wanted.key != present.key) fault(pointer + "/key", RefusalCode::invalid_key, present.number, present.key);
  if (must_stay_required(present_.number, present.number) && (!wanted.required || !wanted.visible)) {
    fault(pointer + "/required", RefusalCode::system_field, present.number);
  }
  wanted.system = present.system;
  wanted.retired = false;
  keys_.push_back(present.key);
  wanted.choices = apply_choices(&present, wanted, pointer);
  if (wanted.type == present.type) check_field(wanted, pointer);
  return wanted;
}

FieldDefinition FormChange::new_field(FieldDefinition wanted, const std::string& pointer) {
  wanted.number = next_field_++;
  wanted.system = false;
  wanted.retired = false;
  check_key(wanted, pointer);
  wanted.choices = apply_choices(nullptr, wanted, pointer);
  check_kind(wanted, pointer);
  check_field(wanted, pointer);
  return wanted;
}

void FormChange::check_key(const FieldDefinition& field, const std::string& pointer) {
  // A retired field's key stays its own: history and stored expressions mean that field by it.
  const auto same = [&](const FieldDefinition& other) { return other.key == field.key; };
  if (!is_field_key(field.key) || is_reserved_field_key(field.key)) {
    fault(pointer + "/key", RefusalCode::invalid_key, field.number);
  } else if (std::ranges::any_of(present_.fields, same) || std::ranges::count(keys_, field.key) > 0) {
    fault(pointer + "/key", RefusalCode::key_taken, field.number);
  }
  keys_.push_back(field.key);
}

// What is fixed from its first day.
void FormChange::check_kind(const FieldDefinition& field, const std::string& pointer) {
  if (field.many && !takes_many(field.type)) fault(pointer + "/many", RefusalCode::not_allowed_here, field.number);
  if (field.type == FieldType::reference && workspace_.form(field.reference) == nullptr) {
    fault(pointer + "/reference", RefusalCode::unknown_form, field.number);
  }
  if (field.type != FieldType::reference && field.reference != 0) {
    fault(pointer + "/reference", RefusalCode::not_allowed_here, field.number);
  }
}

void FormChange::check_field(const FieldDefinition& field, const std::string& pointer) {
  check_label(field.label, pointer + "/label");
  for (const auto* help : {&field.help.zh, &field.help.en}) {
    if (has_control_characters(*help, true)) {
      fault(pointer + "/help", RefusalCode::invalid_value, field.number);
    } else if (base::code_points(*help) > kHelpLengthMax) {
      fault(pointer + "/help", RefusalCode::too_long, field.number, std::to_string(kHelpLengthMax));
    }
  }
  if (field.open && !has_choices(field.type)) fault(pointer + "/open", RefusalCode::not_allowed_here, field.number);
  if (field.unique && !can_be_unique(field.type)) {
    fault(pointer + "/unique", RefusalCode::not_allowed_here, field.number);
  }
  // Nobody could fill it in.
  const bool fillable = field.visible && !field.read_only;
  if (field.required && !fillable && base::is_null(field.default_value)) {
    fault(pointer + (field.visible ? "/read_only" : "/visible"), RefusalCode::not_allowed_here, field.number);
  }
  check_limits(field, pointer);
  const bool points_away = field.type == FieldType::reference || field.type == FieldType::file ||
                           field.type == FieldType::image || field.type == FieldType::member ||
                           field.type == FieldType::department;
  if (points_away && !base::is_null(field.default_value)) {
    fault(pointer + "/default", RefusalCode::not_allowed_here, field.number);
  } else {
    auto found = value_faults(field, field.default_value, places_, pointer + "/default");
    std::ranges::move(found, std::back_inserter(faults_));
  }
}

void FormChange::check_limits(const FieldDefinition& field, const std::string& pointer) {
  const auto& limits = field.limits;
  const auto ceiling = type_ceiling(field.type);
  const auto bad = [&](const char* member, RefusalCode code) {
    fault(pointer + "/limits" + member, code, field.number);
  };
  if (limits.minimum && !has_range(field.type)) bad("/minimum", RefusalCode::not_allowed_here);
  if (limits.maximum && !has_range(field.type)) bad("/maximum", RefusalCode::not_allowed_here);
  if (limits.minimum && limits.maximum && *limits.maximum < *limits.minimum) bad("/maximum", RefusalCode::out_of_range);
  if (limits.minimum && ceiling.minimum && *limits.minimum < *ceiling.minimum) {
    bad("/minimum", RefusalCode::out_of_range);
  }
  if (limits.maximum && ceiling.maximum && *limits.maximum > *ceiling.maximum) {
    bad("/maximum", RefusalCode::out_of_range);
  }
  if (limits.max_length) {
    if (!ceiling.max_length) {
      bad("/max_length", RefusalCode::not_allowed_here);
    } else if (*limits.max_length == 0 || *limits.max_length > *ceiling.max_length) {
      bad("/max_length", RefusalCode::out_of_range);
    }
  }
  if (limits.places) {
    if (!has_places(field.type)) {
      bad("/places", RefusalCode::not_allowed_here);
    } else if (*limits.places > base::kMaxScale) {
      bad("/places", RefusalCode::out_of_range);
    }
  }
}

void FormChange::check_label(const Label& label, const std::string& pointer) {
  if (is_blank(label.zh) && is_blank(label.en)) return fault(pointer, RefusalCode::required);
  for (const auto* text : {&label.zh, &label.en}) {
    if (has_control_characters(*text, false)) {
      fault(pointer, RefusalCode::invalid_value);
    } else if (base::code_points(*text) > kLabelLengthMax) {
      fault(pointer, RefusalCode::too_long, 0, std::to_string(kLabelLengthMax));
    }
  }
}

std::vector<ChoiceOption> FormChange::apply_choices(const FieldDefinition* present, const FieldDefinition& wanted,
                                                    const std::string& pointer) {
  static const std::vector<ChoiceOption> none;
  const auto& before = present == nullptr ? none : present->choices;
  if (!has_choices(wanted.type)) {
    if (!wanted.choices.empty()) fault(pointer + "/choices", RefusalCode::not_allowed_here, wanted.number);
    return {};
  }
  std::vector<ChoiceOption> choices;
  auto next = next_number(before, &ChoiceOption::number);
  for (std::size_t at = 0; at < wanted.choices.size(); ++at) {
    auto option = wanted.choices[at];
    const std::string place = pointer + "/choices/" + std::to_string(at);
    const auto* known = option.number == 0 ? nullptr : find_number(before, option.number, &ChoiceOption::number);
    if (option.retired) continue;  // what is missing among the live ones is retired
    if (option.number != 0 && (known == nullptr || known->retired)) {
      fault(place, RefusalCode::unknown_choice, wanted.number);
      continue;
    }
    if (find_number(choices, option.number, &ChoiceOption::number) != nullptr) {
      fault(place, RefusalCode::key_taken, wanted.number);
      continue;
    }
    check_label(option.label, place + "/label");
    if (known == nullptr) {
      const auto same = [&](const ChoiceOption& other) { return other.key == option.key; };
      check_choice_key(before, option, wanted.open, place);
      if (std::ranges::any_of(choices, same)) fault(place + "/key", RefusalCode::key_taken, wanted.number);
      option.number = next++;
    } else if (known->key != option.key) {
      fault(place + "/key", RefusalCode::invalid_key, wanted.number, known->key);
    }
    choices.push_back(std::move(option));
  }
  if (choices.size() > kMaxChoices) {
    fault(pointer + "/choices", RefusalCode::too_many_choices, wanted.number, std::to_string(kMaxChoices));
  }
  for (const auto& known : before) {
    if (find_number(choices, known.number, &ChoiceOption::number) != nullptr) continue;
    if (!known.retired) {
      if (choices_are_fixed(present_.number, wanted.number) && known.number < kFirstOwnNumber) {
        fault(pointer + "/choices", RefusalCode::system_field, wanted.number, known.key);
      }
      retired_choices_.emplace_back(wanted.number, known.number);
    }
    choices.push_back(known);
    choices.back().retired = true;
  }
  return choices;
}

void FormChange::check_choice_key(const std::vector<ChoiceOption>& before, const ChoiceOption& option, bool open,
                                  const std::string& pointer) {
  const bool fine = open ? !is_blank(option.key) && !has_control_characters(option.key, false) &&
                               base::code_points(option.key) <= kKeyLengthMax
                         : is_choice_key(option.key);
  if (!fine) return fault(pointer + "/key", RefusalCode::invalid_key);
  const auto same = [&](const ChoiceOption& other) { return other.key == option.key; };
  if (std::ranges::any_of(before, same)) fault(pointer + "/key", RefusalCode::key_taken);
}

}  // namespace highseas::domain
