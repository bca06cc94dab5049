// value.cpp — look-ups in the tree, and JSON pointers.
#include "api/json/value.hpp"

#include <charconv>
#include <utility>

#include "api/json/writer.hpp"

namespace highseas::api::json {

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "boolean";
    case Kind::number:
      return "number";
    case Kind::string:
      return "string";
    case Kind::array:
      return "array";
    case Kind::object:
      return "object";
  }
  std::unreachable();
}

const std::string* Json::as_number() const {
  const auto* number = std::get_if<Number>(&value_);
  return number == nullptr ? nullptr : &number->text;
}

std::optional<std::int64_t> Json::as_int64() const {
  const auto* text = as_number();
  if (text == nullptr) {
    return std::nullopt;
  }
  std::int64_t value = 0;
  const auto result = std::from_chars(text->data(), text->data() + text->size(), value);
  if (result.ec != std::errc() || result.ptr != text->data() + text->size()) {
    return std::nullopt;
  }
  return value;
}

const Json* Json::find(std::string_view name) const {
  if (const auto* object = as_object()) {
    for (const auto& [key, value] : *object) {
      if (key == name) {
        return &value;
      }
    }
  }
  return nullptr;
}

std::string to_text(const Json& value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string pointer_with(std::string_view pointer, std::string_view name) {
  std::string out(pointer);
  out.push_back('/');
  for (const char c : name) {
    if (c == '~') {
      out.append("~0");
    } else if (c == '/') {
      out.append("~1");
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string pointer_with(std::string_view pointer, std::size_t index) {
  return std::string(pointer) + "/" + std::to_string(index);
}

}  // namespace highseas::api::json
