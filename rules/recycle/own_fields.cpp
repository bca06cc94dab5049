// own_fields — dotted names lead to other records; the due date would depend on itself.
#include "rules/recycle/own_fields.hpp"

#include "domain/forms/fact_fields.hpp"

namespace highseas::rules {
namespace {

bool is_outcome_of_rules(std::string_view name) {
  const auto* fact = domain::fact_field_by_key(name);
  return fact && (fact->number == domain::facts::kRecycleDueAt || fact->number == domain::facts::kRecycleRule);
}

}  // namespace

std::optional<expression::FieldInfo> OwnFields::field(std::string_view name) const {
  const auto found = form_.field(name);
  if (!found) return std::nullopt;
  const bool of_another_record = name.find('.') != std::string_view::npos;
  if (of_another_record || is_outcome_of_rules(name)) {
    if (refused_.empty()) refused_ = name;
    return std::nullopt;
  }
  return found;
}

}  // namespace highseas::rules
