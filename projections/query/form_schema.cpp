// form_schema — fields of the form first, then the facts that its records carry.
#include "projections/query/form_schema.hpp"

#include "base/assert.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::projections {
namespace {

using domain::FieldType;
using expression::Type;

Type expression_type(FieldType type, bool many) {
  using enum FieldType;
  switch (type) {
    case text:
    case long_text:
    case address:
    case phone:
    case email:
    case url:
      return Type::text;
    case integer:
    case rating:
      return Type::integer;
    case decimal:
    case money:
    case percent:
      return Type::decimal;
    case date:
      return Type::date;
    case datetime:
      return Type::instant;
    case choice:
      return Type::choice;
    case choices:
      return Type::choices;
    case member:
    case department:
    case reference:
    case file:
    case image:
      return many ? Type::references : Type::reference;
    case region:
      return Type::region;
    case location:
      return Type::location;
    case boolean:
      return Type::boolean;
  }
  HS_ASSERT(!"field type");
  return Type::null;
}

// The method of a record's last follow-up has the choices of the follow-ups' own field.
const domain::FieldDefinition* method_field(const domain::Workspace& workspace) {
  const auto* follow_ups = workspace.form(domain::shipped::kFollowUps);
  return follow_ups ? follow_ups->field(domain::shipped::follow_ups::kMethod) : nullptr;
}

}  // namespace

Type expression_type(const domain::FieldDefinition& field) {
  return expression_type(field.type, field.many);
}

std::optional<expression::FieldInfo> FormSchema::field(std::string_view name) const {
  if (const auto* field = form_.field_by_key(name)) {
    if (rights_ && rights_->hidden_everywhere(form_.number, field->number)) return std::nullopt;
    return expression::FieldInfo{field->number, projections::expression_type(*field)};
  }
  const auto* fact = domain::fact_field_by_key(name);
  if (!fact || !domain::carries_fact(form_, *fact)) return std::nullopt;
  if (rights_ && rights_->hidden_everywhere(form_.number, fact->number)) return std::nullopt;
  return expression::FieldInfo{fact->number, expression_type(fact->type, fact->many)};
}

std::optional<std::uint32_t> FormSchema::choice(std::uint32_t slot, std::string_view key) const {
  const auto* field = form_.field(slot);
  if (slot == domain::facts::kLastFollowUpMethod) field = method_field(workspace_);
  if (field) {
    const auto* choice = field->choice_by_key(key);
    return choice ? std::optional(choice->number) : std::nullopt;
  }
  if (const auto* fact = domain::fact_field(slot)) {
    for (const auto& choice : fact->choices) {
      if (choice.key == key) return choice.number;
    }
  }
  return std::nullopt;
}

std::optional<base::Ulid> FormSchema::reference(std::uint32_t slot, std::string_view id_text) const {
  FieldType type = FieldType::reference;
  std::string_view prefix;
  if (const auto* field = form_.field(slot)) {
    type = field->type;
    if (const auto form = workspace_.forms.find(field->reference); form != workspace_.forms.end()) {
      prefix = form->second.prefix;
    }
  } else if (const auto* fact = domain::fact_field(slot)) {
    type = fact->type;
    prefix = fact->id_prefix.empty() ? std::string_view(form_.prefix) : fact->id_prefix;
  } else {
    return std::nullopt;
  }
  if (type == FieldType::member) prefix = base::MemberTag::kPrefix;
  if (type == FieldType::department) prefix = base::DepartmentTag::kPrefix;
  if (type == FieldType::file || type == FieldType::image) prefix = base::FileTag::kPrefix;
  return prefix.empty() ? std::nullopt : base::parse_prefixed(prefix, id_text);
}

}  // namespace highseas::projections
