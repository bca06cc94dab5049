// form_body — field by field; the decider judges what may be changed.
#include "api/read/form_body.hpp"

#include <algorithm>
#include <limits>

#include "api/read/object_reader.hpp"
#include "api/read/value_reader.hpp"
#include "api/read/whole_number.hpp"
#include "api/render/form_json.hpp"
#include "base/text.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;
using json::Json;

constexpr std::size_t kKeyMax = 200;  // code points; the decider's limits are tighter
constexpr std::size_t kLabelMax = 2'000;

// Equal whatever the order of members.
bool same_json(const Json& left, const Json& right) {
  if (left.kind() != right.kind()) return false;
  if (const auto* object = left.as_object()) {
    if (object->size() != right.as_object()->size()) return false;
    return std::ranges::all_of(*object, [&](const Json::Member& member) {
      const auto* other = right.find(member.first);
      return other && same_json(member.second, *other);
    });
  }
  if (const auto* array = left.as_array()) return std::ranges::equal(*array, *right.as_array(), same_json);
  return left == right;
}

class FormReader {
 public:
  FormReader(const domain::Workspace& workspace, const domain::Rights& rights, const domain::FormDefinition& present,
             domain::Faults& faults)
      : workspace_(workspace), rights_(rights), present_(present), faults_(faults) {}

  domain::FormDefinition run(const Json& json) {
    auto wanted = present_;
    ObjectReader body(json, "", faults_);
    if (body.find("slug")) wanted.slug = body.text("slug", kKeyMax).value_or("");
    read_label(body, "label", wanted.label);
    read_behaviours(body, wanted.behaviours);
    if (const auto* facts = body.find("facts");
        facts && !same_json(*facts, facts_json(workspace_, rights_, present_))) {
      body.fault("facts", RefusalCode::read_only_field);
    }
    if (body.find("fields")) {
      wanted.fields.clear();
      const auto* fields = body.array("fields");
      if (!body.given("fields")) body.fault("fields", RefusalCode::wrong_type);
      for (std::size_t at = 0; fields && at < fields->size(); ++at) {
        wanted.fields.push_back(read_field((*fields)[at], "/fields/" + std::to_string(at)));
      }
      keep_hidden(wanted);
    }
    body.finish();
    return wanted;
  }

 private:
  // What she can't see she can't have meant to retire.
  void keep_hidden(domain::FormDefinition& wanted) const {
    for (const auto& field : present_.fields) {
      if (!field.retired && rights_.hidden_by_groups(present_.number, field.number)) wanted.fields.push_back(field);
    }
  }

  void read_label(ObjectReader& reader, std::string_view name, domain::Label& label) {
    const auto* member = reader.find(name);
    if (!member) return;
    if (member->is_null()) {
      label = {};
      return;
    }
    ObjectReader parts(*member, reader.pointer(name), faults_);
    for (const auto& [key, text] : {std::pair{"zh", &label.zh}, std::pair{"en", &label.en}}) {
      if (parts.find(key)) *text = parts.text(key, kLabelMax, true).value_or("");
    }
    parts.finish();
  }

  void read_behaviours(ObjectReader& body, domain::Behaviours& behaviours) {
    if (!body.find("behaviours")) return;
    const auto* items = body.array("behaviours");
    behaviours = {};
    for (std::size_t at = 0; items && at < items->size(); ++at) {
      const auto* key = (*items)[at].as_string();
      const auto* known = std::ranges::find_if(kBehaviours, [&](const auto& one) { return key && one.key == *key; });
      if (known == std::ranges::end(kBehaviours)) {
        faults_.add(json::pointer_with(body.pointer("behaviours"), at),
                    key ? RefusalCode::unknown_choice : RefusalCode::wrong_type);
      } else {
        behaviours.*(known->flag) = true;
      }
    }
  }

  domain::FieldDefinition read_field(const Json& json, const std::string& pointer) {
    ObjectReader reader(json, pointer, faults_);
    domain::FieldDefinition field;
    if (reader.required("key")) field.key = reader.text("key", kKeyMax).value_or("");
    const auto* known = present_.field_by_key(field.key);
    if (known && rights_.hidden_by_groups(present_.number, known->number)) known = nullptr;
    if (known) field = *known;
    read_type(reader, known, field);
    read_label(reader, "label", field.label);
    read_label(reader, "help", field.help);
    for (const auto& [name, flag] :
         {std::pair{"many", &field.many}, std::pair{"required", &field.required},
          std::pair{"read_only", &field.read_only}, std::pair{"visible", &field.visible},
          std::pair{"unique", &field.unique}, std::pair{"personal", &field.personal}, std::pair{"open", &field.open}}) {
      const auto* given = reader.find(name);
      const bool may_depend = flag == &field.visible || flag == &field.required || flag == &field.read_only;
      if (given && given->as_string() && may_depend) {
        reader.fault(name, RefusalCode::not_yet);  // an expression
      } else if (given) {
        *flag = reader.boolean(name).value_or(*flag);
      }
    }
    same_or_fault(reader, "dedup", known && is_dedup_field(present_, known->number));
    same_or_fault(reader, "system", known && known->system);
    read_reference(reader, field);
    read_limits(reader, field.limits);
    const auto as_numbered = read_choices(reader, known, field);
    read_default(reader, known, as_numbered, field);
    reader.finish();
    return field;
  }

  void read_type(ObjectReader& reader, const domain::FieldDefinition* known, domain::FieldDefinition& field) {
    if (!known && !reader.required("type")) return;
    const auto* member = reader.find("type");
    if (!member) return;
    const auto* text = member->as_string();
    const auto type = text ? domain::field_type_of(*text) : std::nullopt;
    if (type) {
      field.type = *type;
    } else {
      reader.fault("type", text ? RefusalCode::unknown_choice : RefusalCode::wrong_type);
    }
  }

  void same_or_fault(ObjectReader& reader, std::string_view name, bool present) {
    if (!reader.find(name)) return;
    const auto given = reader.boolean(name);
    if (given && *given != present) reader.fault(name, RefusalCode::read_only_field);
  }

  void read_reference(ObjectReader& reader, domain::FieldDefinition& field) {
    const auto* member = reader.find("reference");
    if (!member) return;
    field.reference = 0;
    if (member->is_null()) return;
    const auto* slug = member->as_string();
    const auto* form = slug ? workspace_.form_by_slug(*slug) : nullptr;
    if (form) {
      field.reference = form->number;
    } else {
      reader.fault("reference", slug ? RefusalCode::unknown_form : RefusalCode::wrong_type);
    }
  }

  void read_limits(ObjectReader& reader, domain::Limits& limits) {
    const auto* member = reader.find("limits");
    if (!member) return;
    limits = {};
    if (member->is_null()) return;
    ObjectReader parts(*member, reader.pointer("limits"), faults_);
    limits.minimum = decimal(parts, "minimum");
    limits.maximum = decimal(parts, "maximum");
    limits.max_length = count<std::uint32_t>(parts, "max_length");
    limits.places = count<std::uint8_t>(parts, "places");
    parts.finish();
  }

  std::optional<base::Decimal> decimal(ObjectReader& reader, std::string_view name) {
    const auto* member = reader.given(name);
    if (!member) return std::nullopt;
    const auto* digits = member->as_number() ? member->as_number() : member->as_string();
    const auto value = digits ? base::parse_decimal(*digits) : std::nullopt;
    if (!value) reader.fault(name, digits ? RefusalCode::invalid_value : RefusalCode::wrong_type);
    return value;
  }

  template <class T>
  std::optional<T> count(ObjectReader& reader, std::string_view name) {
    const auto* member = reader.given(name);
    if (!member) return std::nullopt;
    const auto value = exact_int64(*member);
    if (value && *value >= 0 && *value <= std::numeric_limits<T>::max()) return static_cast<T>(*value);
    reader.fault(name, member->as_number() ? RefusalCode::out_of_range : RefusalCode::wrong_type);
    return std::nullopt;
  }

  // Gives the list with the numbers that new choices will have, so that a default can name one; in the field itself new
  // ones have none yet.
  std::vector<domain::ChoiceOption> read_choices(ObjectReader& reader, const domain::FieldDefinition* known,
                                                 domain::FieldDefinition& field) {
    if (!reader.given("choices")) return field.choices;  // absent, or null of a type that has none
    const auto* items = reader.array("choices");
    std::vector<domain::ChoiceOption> choices;
    std::vector<std::uint32_t> taken_off;
    for (std::size_t at = 0; items && at < items->size(); ++at) {
      read_choice((*items)[at], json::pointer_with(reader.pointer("choices"), at), known, choices, taken_off);
    }
    const bool typed_meanwhile = known && known->open && field.open;
    for (const auto& before : known ? known->choices : std::vector<domain::ChoiceOption>()) {
      const bool named = std::ranges::find(choices, before.number, &domain::ChoiceOption::number) != choices.end();
      const bool off = std::ranges::find(taken_off, before.number) != taken_off.end();
      if (typed_meanwhile && !before.retired && !named && !off) choices.push_back(before);
    }
    field.choices = choices;
    auto next = domain::kFirstOwnNumber;
    for (const auto& before : known ? known->choices : std::vector<domain::ChoiceOption>()) {
      next = std::max(next, before.number + 1);
    }
    for (auto& choice : choices) {
      if (choice.number == 0) choice.number = next++;
    }
    return choices;
  }

  void read_choice(const Json& json, const std::string& pointer, const domain::FieldDefinition* known,
                   std::vector<domain::ChoiceOption>& choices, std::vector<std::uint32_t>& taken_off) {
    ObjectReader reader(json, pointer, faults_);
    domain::ChoiceOption choice;
    if (reader.required("key")) choice.key = reader.text("key", kKeyMax).value_or("");
    const auto* before = known ? known->choice_by_key(choice.key) : nullptr;
    if (before && before->retired) before = nullptr;
    if (before) choice = *before;
    if (!before) choice.label = {choice.key, choice.key};
    read_label(reader, "label", choice.label);
    const bool retired = reader.boolean("retired").value_or(false);
    reader.finish();
    if (!retired) {
      choices.push_back(std::move(choice));
    } else if (before) {
      taken_off.push_back(before->number);
    }
  }

  void read_default(ObjectReader& reader, const domain::FieldDefinition* known,
                    const std::vector<domain::ChoiceOption>& numbered, domain::FieldDefinition& field) {
    const auto* member = reader.find("default");
    if (!member) return;
    if (known && known->type != field.type) return;  // refused as it is; the default is of the old type
    auto shape = field;
    shape.choices = numbered;
    // A word typed meanwhile could take the number of a new choice of an open list: such a default waits for the next
    // patch.
    if (known && known->open) std::erase_if(shape.choices, [&](const auto& one) { return !field.choice(one.number); });
    domain::RecordItem item;
    const auto pointer = reader.pointer("default");
    read_value(workspace_, shape, *member, pointer, item, faults_);
    if (!item.new_choices.empty()) return reader.fault("default", RefusalCode::unknown_choice);
    if (!item.values.empty()) field.default_value = item.values.front().value;
  }

  const domain::Workspace& workspace_;
  const domain::Rights& rights_;
  const domain::FormDefinition& present_;
  domain::Faults& faults_;
};

}  // namespace

domain::FormDefinition read_form(const Json& body, const domain::Workspace& workspace, const domain::Rights& rights,
                                 const domain::FormDefinition& present, domain::Faults& faults) {
  return FormReader(workspace, rights, present, faults).run(body);
}

std::vector<domain::DedupRule> read_dedup_rules(const Json& json, const domain::Rights& rights,
                                                const domain::FormDefinition& form, domain::Faults& faults) {
  ObjectReader body(json, "", faults);
  std::vector<domain::DedupRule> rules;
  const auto* given = body.required("rules") ? body.array("rules") : nullptr;
  for (std::size_t at = 0; given && at < given->size(); ++at) {
    const auto pointer = json::pointer_with("/rules", at);
    const auto* keys = (*given)[at].as_array();
    if (!keys) {
      faults.add(pointer, RefusalCode::wrong_type);
      rules.emplace_back();  // the others keep their places
      continue;
    }
    domain::DedupRule rule;
    for (std::size_t place = 0; place < keys->size(); ++place) {
      const auto* key = (*keys)[place].as_string();
      const auto* field = key ? form.field_by_key(*key) : nullptr;
      if (field && !rights.hidden_by_groups(form.number, field->number)) {
        rule.push_back(field->number);
      } else {
        faults.add(json::pointer_with(pointer, place), key ? RefusalCode::unknown_field : RefusalCode::wrong_type);
        rule.push_back(0);
      }
    }
    rules.push_back(std::move(rule));
  }
  body.finish();
  return rules;
}

}  // namespace highseas::api
