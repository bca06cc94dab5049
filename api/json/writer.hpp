// writer.hpp — JSON appended straight to a string, for lists that are written from columns without a tree between.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/json/value.hpp"

namespace highseas::api::json {

/// Appends `text` (valid UTF-8) as a JSON string with its quotes. Escaped beyond what JSON demands: `<`, DEL, U+2028
/// and U+2029, so that an answer is harmless within a script.
void append_string(std::string& out, std::string_view text);
void append_int(std::string& out, std::int64_t value);
void append_uint(std::string& out, std::uint64_t value);
void append_json(std::string& out, const Json& value);

/// Writes one document: sets commas, checks in debug and release alike that objects and arrays close as they opened and
/// that a member's name stands before each value of an object.
///
///   Writer w(out);
///   w.begin_object().key("items").begin_array();
///   for (...) w.string(name);
///   w.end_array().member("position", position).end_object();
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();

  /// The name of the next value.
  Writer& key(std::string_view name);

  Writer& string(std::string_view value);
  Writer& integer(std::int64_t value);
  Writer& unsigned_integer(std::uint64_t value);
  Writer& boolean(bool value);
  Writer& null();
  /// A value that is JSON text already (a number's text, a stored document).
  Writer& raw(std::string_view json);
  Writer& json(const Json& value);

  /// A text, a whole number, a truth or a tree, with its name.
  template <typename T>
  Writer& member(std::string_view name, const T& value) {
    key(name);
    if constexpr (std::same_as<T, bool>) {
      return boolean(value);
    } else if constexpr (std::signed_integral<T>) {
      return integer(value);
    } else if constexpr (std::unsigned_integral<T>) {
      return unsigned_integer(value);
    } else if constexpr (std::same_as<T, Json>) {
      return json(value);
    } else {
      return string(value);
    }
  }
  Writer& null_member(std::string_view name) { return key(name).null(); }

  /// Whether one whole value was written.
  bool complete() const { return open_.empty() && started_; }

 private:
  struct Level {
    bool object = false;
    bool empty = true;
    bool named = false;
  };
  void before_value();
  void end(bool object, char bracket);

  std::string& out_;
  std::vector<Level> open_;
  bool started_ = false;
};

}  // namespace highseas::api::json
