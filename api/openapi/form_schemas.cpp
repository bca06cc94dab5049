// form_schemas — by the field's type; whatever may be null says so.
#include "api/openapi/form_schemas.hpp"

#include <algorithm>
#include <cctype>

#include "domain/forms/fact_fields.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/value_walk.hpp"

namespace highseas::api {
namespace {

using domain::FieldType;
using json::Json;

Json type_of(std::string_view name, bool nullable) {
  if (!nullable) return name;
  return Json::Array{name, "null"};
}

Json::Object plain(std::string_view type, std::string_view format = {}) {
  Json::Object schema{{"type", type_of(type, true)}};
  if (!format.empty()) schema.emplace_back("format", format);
  return schema;
}

Json id_schema(std::string_view prefix, bool nullable) {
  return Json::Object{
      {"type", type_of("string", nullable)},
      {"pattern", "^" + (prefix.empty() ? "[a-z]{3}_" : std::string(prefix)) + "[0-9A-HJKMNP-TV-Z]{26}$"}};
}

Json many(Json item) {
  return Json::Object{{"type", Json::Array{"array", "null"}}, {"items", std::move(item)}};
}

Json part_schema(std::initializer_list<std::string_view> names, bool nullable_parts) {
  Json::Object properties;
  for (const auto name : names)
    properties.emplace_back(name, Json::Object{{"type", type_of("string", nullable_parts)}});
  return Json::Object{{"type", Json::Array{"object", "null"}}, {"properties", std::move(properties)}};
}

// A closed list names its keys to who writes; an answer may hold one that was retired since.
Json choice_schema(const domain::FieldDefinition& field, bool input, bool nullable) {
  Json::Object schema{{"type", type_of("string", nullable)}};
  if (!input || field.open) return schema;
  Json::Array keys;
  for (const auto& choice : field.choices) {
    if (!choice.retired) keys.emplace_back(choice.key);
  }
  if (nullable) keys.emplace_back(nullptr);
  schema.emplace_back("enum", std::move(keys));
  return schema;
}

Json decimal_schema(bool input) {
  Json text = Json::Object{{"type", Json::Array{"string", "null"}}, {"pattern", "^-?[0-9]+(\\.[0-9]+)?$"}};
  if (!input) return text;
  return Json::Object{{"type", Json::Array{"string", "number", "null"}}};
}

Json value_schema(const domain::Workspace& workspace, const domain::FieldDefinition& field, bool input) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::address:
    case FieldType::phone:
    case FieldType::email:
    case FieldType::url: {
      auto schema = plain("string");
      const auto limits = domain::effective_limits(field, domain::currency_places(workspace.currency));
      if (limits.max_length) schema.emplace_back("maxLength", *limits.max_length);
      return schema;
    }
    case FieldType::integer:
    case FieldType::rating:
      return plain("integer");
    case FieldType::decimal:
    case FieldType::money:
    case FieldType::percent:
      return decimal_schema(input);
    case FieldType::date:
      return plain("string", "date");
    case FieldType::datetime:
      return plain("string", "date-time");
    case FieldType::boolean:
      return plain("boolean");
    case FieldType::choice:
      return choice_schema(field, input, true);
    case FieldType::choices:
      return many(choice_schema(field, input, false));
    case FieldType::member:
    case FieldType::department:
    case FieldType::reference:
    case FieldType::file:
    case FieldType::image: {
      const auto prefix = projections::id_prefix(workspace, field);
      return field.many ? many(id_schema(prefix, false)) : id_schema(prefix, true);
    }
    case FieldType::region:
      return part_schema({"province", "city", "district"}, true);
    case FieldType::location:
      return part_schema({"longitude", "latitude"}, false);
  }
  return Json::Object{};
}

Json titled(Json schema, const domain::Label& label) {
  auto* object = schema.as_object();
  object->insert(object->begin(), {"title", label.zh.empty() ? label.en : label.zh});
  if (!label.en.empty()) object->insert(object->begin() + 1, {"description", label.en});
  return schema;
}

Json fact_schema(const domain::Workspace& workspace, const domain::FormDefinition& form,
                 const domain::FactField& fact) {
  domain::FieldDefinition shape;
  shape.type = fact.type;
  shape.many = fact.many;
  shape.open = true;
  const auto prefix = projections::fact_prefix(form, fact);
  Json schema = prefix.empty() ? value_schema(workspace, shape, false)
                : fact.many    ? many(id_schema(prefix, false))
                               : id_schema(prefix, true);
  auto* object = schema.as_object();
  object->emplace_back("readOnly", true);
  return titled(std::move(schema), fact.label());
}

Json record_schema(const domain::Workspace& workspace, const domain::FormDefinition& form) {
  Json::Object properties;
  for (const auto& fact : domain::fact_fields()) {
    if (!domain::carries_fact(form, fact)) continue;
    properties.emplace_back(fact.key, fact_schema(workspace, form, fact));
    if (fact.number == domain::facts::kId) properties.emplace_back("form", Json::Object{{"const", form.slug}});
  }
  for (const auto& field : form.fields) {
    if (field.retired) continue;
    properties.emplace_back(field.key, titled(value_schema(workspace, field, false), field.label));
  }
  // What is hidden from her is absent, so nothing else is sure to be there.
  return Json::Object{{"type", "object"},
                      {"title", form.label.zh.empty() ? form.label.en : form.label.zh},
                      {"required", Json::Array{"id", "form"}},
                      {"properties", std::move(properties)}};
}

Json input_schema(const domain::Workspace& workspace, const domain::FormDefinition& form, bool creates) {
  Json::Object properties;
  Json::Array required;
  for (const auto& field : form.fields) {
    if (field.retired || field.read_only) continue;
    properties.emplace_back(field.key, titled(value_schema(workspace, field, true), field.label));
    if (creates && field.required && base::is_null(field.default_value)) required.emplace_back(field.key);
  }
  if (creates && form.behaviours.pooled) {
    properties.emplace_back("owner", id_schema(base::MemberTag::kPrefix, true));
    properties.emplace_back("pool", id_schema(base::PoolTag::kPrefix, true));
  }
  if (form.number != domain::shipped::kFollowUps) {
    properties.emplace_back("collaborators", many(id_schema(base::MemberTag::kPrefix, false)));
  }
  Json::Object schema{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  if (!required.empty()) schema.emplace_back("required", std::move(required));
  return schema;
}

Json batch_schema(const std::string& stem, const domain::FormDefinition& form) {
  return Json::Object{
      {"type", "object"},
      {"required", Json::Array{"operations"}},
      {"additionalProperties", false},
      {"properties",
       Json::Object{
           {"atomic", Json::Object{{"type", "boolean"}, {"default", false}}},
           {"operations",
            Json::Object{
                {"type", "array"},
                {"maxItems", 1000},
                {"items",
                 Json::Object{{"type", "object"},
                              {"required", Json::Array{"op"}},
                              {"additionalProperties", false},
                              {"properties",
                               Json::Object{{"op", Json::Object{{"enum", Json::Array{"create", "update", "delete"}}}},
                                            {"id", id_schema(form.prefix, true)},
                                            {"data", schema_ref(stem + "Patch")}}}}}}}}}};
}

}  // namespace

std::string schema_stem(std::string_view slug) {
  std::string stem;
  bool upper = true;
  for (const char c : slug) {
    if (c == '-' || c == '_') {
      upper = true;
      continue;
    }
    stem += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  return stem;
}

Json schema_ref(std::string_view name) {
  return Json::Object{{"$ref", "#/components/schemas/" + std::string(name)}};
}

Json list_schema(Json item, bool with_total) {
  Json::Object properties{{"items", Json::Object{{"type", "array"}, {"items", std::move(item)}}},
                          {"next_cursor", Json::Object{{"type", Json::Array{"string", "null"}}}},
                          {"position", Json::Object{{"type", "integer"}}}};
  if (with_total) properties.emplace_back("total", Json::Object{{"type", "integer"}});
  return Json::Object{{"type", "object"},
                      {"required", Json::Array{"items", "next_cursor", "position"}},
                      {"properties", std::move(properties)}};
}

void add_form_schemas(Json::Object& schemas, const domain::Workspace& workspace, const domain::FormDefinition& form) {
  const auto stem = schema_stem(form.slug);
  schemas.emplace_back(stem + "Record", record_schema(workspace, form));
  schemas.emplace_back(stem + "Input", input_schema(workspace, form, true));
  schemas.emplace_back(stem + "Patch", input_schema(workspace, form, false));
  schemas.emplace_back(stem + "Batch", batch_schema(stem, form));
  schemas.emplace_back(stem + "List", list_schema(schema_ref(stem + "Record"), true));
}

}  // namespace highseas::api
