// parse.hpp — JSON from outside, read strictly and within limits.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "api/json/value.hpp"
#include "base/bilingual.hpp"

namespace highseas::api::json {

struct Limits {
  /// Arrays and objects within each other.
  std::size_t depth = 32;
  /// Members of one object.
  std::size_t keys_per_object = 1000;
  /// Bytes of a member's name.
  std::size_t key_bytes = 1000;
  /// Characters of one number, sign, point and exponent included.
  std::size_t number_characters = 400;
  /// Values in the whole document, so that a small body can't become a large tree.
  std::size_t values = 200'000;
};

enum class JsonFault {
  malformed,      ///< no JSON (also: empty, a byte order mark, text after the value)
  not_utf8,       ///< invalid UTF-8, or an escaped surrogate followed by a wrong one
  duplicate_key,  ///< one object names a member twice
  too_deep,
  too_many_keys,
  key_too_long,
  number_too_long,
  too_many_values,
};

/// The problem code: `malformed-json`, `duplicate-key` or `json-limit`.
std::string_view code_of(JsonFault fault);

struct JsonError {
  JsonFault fault = JsonFault::malformed;
  /// Where: bytes from the start; line and column count from 1, the column in code points.
  std::size_t offset = 0;
  std::size_t line = 1;
  std::size_t column = 1;

  /// One sentence with line and column, free of the document's text.
  base::Bilingual detail() const;
};

/// The value that `text` is. RFC 8259 to the letter: no comments, no trailing commas, no NaN, no BOM.
std::expected<Json, JsonError> parse(std::string_view text, const Limits& limits = {});

}  // namespace highseas::api::json
