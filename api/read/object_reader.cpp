// object_reader — members by name, with a fault for each that is of the wrong kind.
#include "api/read/object_reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/forms/text_shapes.hpp"

namespace highseas::api {

using domain::RefusalCode;

ObjectReader::ObjectReader(const json::Json& json, std::string pointer, domain::Faults& faults)
    : object_(json.as_object()), pointer_(std::move(pointer)), faults_(faults) {
  if (!object_) faults_.add(pointer_, RefusalCode::wrong_type);
}

const json::Json* ObjectReader::find(std::string_view name) {
  known_.push_back(name);
  if (!object_) return nullptr;
  const auto found = std::ranges::find(*object_, name, &json::Json::Member::first);
  return found == object_->end() ? nullptr : &found->second;
}

const json::Json* ObjectReader::given(std::string_view name) {
  const auto* member = find(name);
  return member && !member->is_null() ? member : nullptr;
}

const json::Json* ObjectReader::required(std::string_view name) {
  const auto* member = given(name);
  if (!member && object_) fault(name, RefusalCode::required);
  return member;
}

std::optional<std::string> ObjectReader::text(std::string_view name, std::size_t max_code_points, bool several_lines) {
  const auto* member = given(name);
  if (!member) return std::nullopt;
  const auto* text = member->as_string();
  if (!text) {
    fault(name, RefusalCode::wrong_type);
    return std::nullopt;
  }
  auto normal = base::nfc(*text);
  if (domain::is_blank(normal)) return std::nullopt;
  if (domain::has_control_characters(normal, several_lines)) {
    fault(name, RefusalCode::invalid_value);
  } else if (base::code_points(normal) > max_code_points) {
    fault(name, RefusalCode::too_long, std::to_string(max_code_points));
  } else {
    return normal;
  }
  return std::nullopt;
}

std::optional<bool> ObjectReader::boolean(std::string_view name) {
  const auto* member = given(name);
  if (!member) return std::nullopt;
  if (const auto* truth = member->as_boolean()) return *truth;
  fault(name, RefusalCode::wrong_type);
  return std::nullopt;
}

std::optional<base::Instant> ObjectReader::instant(std::string_view name) {
  const auto* member = given(name);
  if (!member) return std::nullopt;
  const auto* text = member->as_string();
  auto at = text ? base::parse_instant(*text) : std::nullopt;
  if (!at) fault(name, text ? RefusalCode::invalid_value : RefusalCode::wrong_type);
  return at;
}

const json::Json::Array* ObjectReader::array(std::string_view name) {
  const auto* member = given(name);
  if (!member) return nullptr;
  const auto* items = member->as_array();
  if (!items) fault(name, RefusalCode::wrong_type);
  return items;
}

void ObjectReader::fault(std::string_view name, RefusalCode code, std::string detail) {
  faults_.add(pointer(name), code, 0, std::move(detail));
}

void ObjectReader::read_only(std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    if (find(name)) fault(name, RefusalCode::read_only_field);
  }
}

void ObjectReader::finish() {
  if (!object_) return;
  for (const auto& [name, value] : *object_) {
    if (std::ranges::find(known_, name) == known_.end()) fault(name, RefusalCode::unknown_field);
  }
}

Problem problem_of(const domain::Faults& faults, Language language) {
  return problem_of(domain::Refusal::of_faults(faults.all()), language);
}

}  // namespace highseas::api
