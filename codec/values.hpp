// values — a record's values as bytes: field number, kind, value, in varints; one way to write each, no other is read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::codec {

// True for the values that are sealed whatever their field says: text and locations.
bool is_sealed_value(const base::Value& value);

// In the order given. The two forms together are the list: `sealed` holds the values for which the question is true,
// `clear` the others, and in the place of a sealed one its field number.
struct SplitValues {
  std::string clear;
  std::string sealed;
};
SplitValues encode_values(const std::vector<domain::FieldValue>& values,
                          const std::function<bool(const domain::FieldValue&)>& is_sealed);
// All of them in the clear.
std::string encode_values(const std::vector<domain::FieldValue>& values);

// `sealed` absent: it is erased or its key is not at hand, and its values are left out. Nothing for bytes that
// encode_values does not write.
std::optional<std::vector<domain::FieldValue>> decode_values(std::string_view clear,
                                                             std::optional<std::string_view> sealed);

// One value by itself (a field's default).
std::string encode_value(const base::Value& value);
std::optional<base::Value> decode_value(std::string_view bytes);

}  // namespace highseas::codec
