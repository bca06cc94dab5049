// value.hpp — a small JSON tree whose numbers stay the text that they were, and whose members keep their order.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace highseas::api::json {

/// A number as its own text, e.g. `12.50` or `1e400`: valid by JSON's grammar, never rounded.
struct Number {
  std::string text;

  friend bool operator==(const Number&, const Number&) = default;
};

enum class Kind { null, boolean, number, string, array, object };

/// The kind's English name, e.g. `array`.
std::string_view kind_name(Kind kind);

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;  // null
  Json(std::nullptr_t) {}
  // Templates, so that neither a pointer nor a character becomes a truth or a number by itself.
  template <std::same_as<bool> T>
  Json(T value) : value_(value) {}
  template <std::integral T>
    requires(!std::same_as<T, bool> && sizeof(T) > 1)
  Json(T value) : value_(Number{std::to_string(value)}) {}
  Json(Number value) : value_(std::move(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  Kind kind() const { return static_cast<Kind>(value_.index()); }
  bool is_null() const { return kind() == Kind::null; }
  bool is_object() const { return kind() == Kind::object; }
  bool is_array() const { return kind() == Kind::array; }
  bool is_string() const { return kind() == Kind::string; }
  bool is_number() const { return kind() == Kind::number; }
  bool is_boolean() const { return kind() == Kind::boolean; }

  /// The value, or null when it is of another kind.
  const bool* as_boolean() const { return std::get_if<bool>(&value_); }
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }
  Array* as_array() { return std::get_if<Array>(&value_); }
  Object* as_object() { return std::get_if<Object>(&value_); }
  /// The number's text, or null when it is no number.
  const std::string* as_number() const;
  /// The number when it is a whole one without fraction or exponent (`-0` is 0) that fits; else nothing.
  std::optional<std::int64_t> as_int64() const;

  /// The member `name` of an object, or null when there is none (or this is no object).
  const Json* find(std::string_view name) const;

  /// Equal in kind, value and order of members; numbers by their text.
  friend bool operator==(const Json&, const Json&) = default;

 private:
  // In the order of Kind.
  std::variant<std::monostate, bool, Number, std::string, Array, Object> value_;
};

/// The JSON text of a tree, without spaces.
std::string to_text(const Json& value);

/// The text of a JSON pointer (RFC 6901) grown by one member name or array index, e.g. `/errors` + `a/b` →
/// `/errors/a~1b`.
std::string pointer_with(std::string_view pointer, std::string_view name);
std::string pointer_with(std::string_view pointer, std::size_t index);

}  // namespace highseas::api::json
