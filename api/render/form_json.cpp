// form_json — numbers become keys; an absent part is null.
#include "api/render/form_json.hpp"

#include <algorithm>

#include "api/json/parse.hpp"
#include "api/json/writer.hpp"
#include "api/render/directory_json.hpp"
#include "api/render/value_json.hpp"
#include "base/assert.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::api {
namespace {

using domain::FieldType;
using json::Json;

bool has_choices(FieldType type) {
  return type == FieldType::choice || type == FieldType::choices;
}

Json choices_json(const domain::FieldDefinition& field) {
  Json::Array choices;
  for (const auto& choice : field.choices) {
    if (choice.retired) continue;
    choices.emplace_back(Json::Object{{"key", choice.key}, {"label", label_json(choice.label)}});
  }
  return choices;
}

Json limits_json(const domain::Limits& limits) {
  if (limits == domain::Limits{}) return {};
  const auto decimal = [](const auto& limit) { return limit ? Json(base::format_decimal(*limit)) : Json(); };
  return Json::Object{{"minimum", decimal(limits.minimum)},
                      {"maximum", decimal(limits.maximum)},
                      {"max_length", limits.max_length ? Json(*limits.max_length) : Json()},
                      {"places", limits.places ? Json(static_cast<int>(*limits.places)) : Json()}};
}

Json default_json(const domain::Workspace& workspace, const domain::FieldDefinition& field) {
  if (base::is_null(field.default_value)) return {};
  std::string text;
  json::Writer writer(text);
  write_value(writer, workspace, field, field.default_value);
  auto value = json::parse(text);
  HS_ASSERT(value.has_value());
  return std::move(*value);
}

Json reference_json(const domain::Workspace& workspace, const domain::FieldDefinition& field) {
  const auto form = workspace.forms.find(field.reference);
  return form == workspace.forms.end() ? Json() : Json(form->second.slug);
}

Json field_json(const domain::Workspace& workspace, const domain::FormDefinition& form,
                const domain::FieldDefinition& field) {
  return Json::Object{{"key", field.key},
                      {"label", label_json(field.label)},
                      {"help", label_json(field.help)},
                      {"type", domain::field_type_key(field.type)},
                      {"many", field.many},
                      {"required", field.required},
                      {"read_only", field.read_only},
                      {"visible", field.visible},
                      {"default", default_json(workspace, field)},
                      {"unique", field.unique},
                      {"dedup", is_dedup_field(form, field.number)},
                      {"personal", field.personal},
                      {"open", field.open},
                      {"choices", has_choices(field.type) ? choices_json(field) : Json()},
                      {"reference", reference_json(workspace, field)},
                      {"limits", limits_json(field.limits)},
                      {"system", field.system}};
}

Json fact_choices(const domain::Workspace& workspace, const domain::FactField& fact) {
  if (!has_choices(fact.type)) return {};
  if (fact.number == domain::facts::kLastFollowUpMethod) {
    const auto* follow_ups = workspace.form(domain::shipped::kFollowUps);
    const auto* method = follow_ups ? follow_ups->field(domain::shipped::follow_ups::kMethod) : nullptr;
    return method ? choices_json(*method) : Json(Json::Array());
  }
  Json::Array choices;
  for (const auto& choice : fact.choices) {
    choices.emplace_back(
        Json::Object{{"key", choice.key}, {"label", Json::Object{{"zh", choice.zh}, {"en", choice.en}}}});
  }
  return choices;
}

}  // namespace

bool is_dedup_field(const domain::FormDefinition& form, domain::FieldNumber field) {
  return std::ranges::any_of(form.dedup,
                             [&](const auto& rule) { return std::ranges::find(rule, field) != rule.end(); });
}

Json facts_json(const domain::Workspace& workspace, const domain::Rights& rights, const domain::FormDefinition& form) {
  Json::Array facts;
  for (const auto& fact : domain::fact_fields()) {
    if (!domain::carries_fact(form, fact) || rights.hidden_everywhere(form.number, fact.number)) continue;
    facts.emplace_back(Json::Object{{"key", fact.key},
                                    {"label", label_json(fact.label())},
                                    {"type", domain::field_type_key(fact.type)},
                                    {"many", fact.many},
                                    {"choices", fact_choices(workspace, fact)}});
  }
  return facts;
}

Json dedup_json(const domain::Rights& rights, const domain::FormDefinition& form) {
  Json::Array rules;
  for (const auto& rule : form.dedup) {
    Json::Array keys;
    for (const auto number : rule) {
      const auto* field = form.field(number);
      if (field && !rights.hidden_by_groups(form.number, number)) keys.emplace_back(field->key);
    }
    if (keys.size() == rule.size()) rules.emplace_back(std::move(keys));
  }
  return rules;
}

Json form_json(const domain::Workspace& workspace, const domain::Rights& rights, const domain::FormDefinition& form) {
  Json::Array behaviours;
  for (const auto& [key, flag] : kBehaviours) {
    if (form.behaviours.*flag) behaviours.emplace_back(key);
  }
  Json::Array fields;
  for (const auto& field : form.fields) {
    if (field.retired || rights.hidden_by_groups(form.number, field.number)) continue;
    fields.push_back(field_json(workspace, form, field));
  }
  return Json::Object{{"slug", form.slug},
                      {"label", label_json(form.label)},
                      {"behaviours", std::move(behaviours)},
                      {"fields", std::move(fields)},
                      {"facts", facts_json(workspace, rights, form)}};
}

}  // namespace highseas::api
