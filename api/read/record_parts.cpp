// record_parts — comma lists of keys to numbers.
#include "api/read/record_parts.hpp"

#include <algorithm>

#include "api/read/page_query.hpp"
#include "domain/forms/fact_fields.hpp"

namespace highseas::api {
namespace {

using domain::FieldType;

struct Shape {
  FieldType type;
  bool many;
};

Shape shape_of(const domain::FormDefinition& form, domain::FieldNumber number) {
  if (const auto* field = form.field(number)) return {field->type, field->many};
  const auto* fact = domain::fact_field(number);
  return {fact->type, fact->many};
}

bool is_thing(FieldType type) {
  return type == FieldType::member || type == FieldType::department || type == FieldType::reference ||
         type == FieldType::file || type == FieldType::image;
}

bool has_order(const Shape& shape) {
  return !shape.many && shape.type != FieldType::choices && shape.type != FieldType::location &&
         shape.type != FieldType::file && shape.type != FieldType::image;
}

}  // namespace

std::optional<domain::FieldNumber> field_number(const Call& call, const domain::FormDefinition& form,
                                                std::string_view key) {
  std::optional<domain::FieldNumber> number;
  if (const auto* field = form.field_by_key(key)) {
    number = field->number;
  } else if (const auto* fact = domain::fact_field_by_key(key); fact && domain::carries_fact(form, *fact)) {
    number = fact->number;
  }
  if (number && call.rights().hidden_everywhere(form.number, *number)) return std::nullopt;
  return number;
}

std::expected<RecordParts, Problem> record_parts(const Call& call, const domain::FormDefinition& form) {
  RecordParts parts;
  if (const auto text = call.query("fields")) {
    parts.only.emplace();
    for (const auto key : comma_list(*text)) {
      const auto number = field_number(call, form, key);
      if (!number && key != "form") return std::unexpected(bad_parameter("fields"));
      if (number) parts.only->push_back(*number);
    }
  }
  for (const auto key : comma_list(call.query("expand").value_or(""))) {
    const auto number = field_number(call, form, key);
    if (!number || number == domain::facts::kId || !is_thing(shape_of(form, *number).type)) {
      return std::unexpected(bad_parameter("expand"));
    }
    parts.expanded.push_back(*number);
  }
  return parts;
}

std::expected<std::vector<projections::SortKey>, Problem> sort_keys(const Call& call,
                                                                    const domain::FormDefinition& form) {
  std::vector<projections::SortKey> keys;
  for (auto key : comma_list(call.query("sort").value_or(""))) {
    const bool descending = key.starts_with('-');
    if (descending) key.remove_prefix(1);
    const auto number = field_number(call, form, key);
    if (!number || !has_order(shape_of(form, *number)) ||
        std::ranges::find(keys, *number, &projections::SortKey::field) != keys.end()) {
      return std::unexpected(bad_parameter("sort"));
    }
    if (number == domain::facts::kId && descending) break;  // ties fall by id anyway
    keys.push_back({.field = *number, .descending = descending});
  }
  return keys;
}

}  // namespace highseas::api
