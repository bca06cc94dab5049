// schema — what an expression may name: the types of the language and the caller's answers about its fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/ids.hpp"

namespace highseas::expression {

// The types of fields and results. A record's value of a field must be of the matching alternative of base::Value, or
// null: integer (also rating) std::int64_t; decimal (also money, percent) Decimal; instant (datetime) Instant; text
// (also long_text, phone, email, url, serial) std::string; the others by their name. An empty Choices or References and
// an empty part of a Region count as null; an empty text is a text.
enum class Type : std::uint8_t {
  null,
  boolean,
  integer,
  decimal,
  date,
  instant,
  duration,  // inside expressions only: no field has it and no result
  text,
  choice,
  choices,
  reference,
  references,
  region,
  location,
};

// `slot` is any number that the caller wants to be asked by when the expression runs.
struct FieldInfo {
  std::uint32_t slot = 0;
  Type type = Type::null;
};

// The caller's answers while an expression is checked.
class Schema {
 public:
  virtual ~Schema() = default;

  // Nothing for a field that does not exist or that she may not see: both are told as "unknown field". A dotted name
  // ("customer.grade") is asked for whole first; `region.province`, `.city` and `.district` need no such field.
  virtual std::optional<FieldInfo> field(std::string_view name) const = 0;
  // The number of a choice of the field by its key; nothing for one that it does not have.
  virtual std::optional<std::uint32_t> choice(std::uint32_t slot, std::string_view key) const = 0;
  // The id that a text names ("mem_01J…") where this field may hold it; nothing for any other text.
  virtual std::optional<base::Ulid> reference(std::uint32_t slot, std::string_view id_text) const = 0;
};

}  // namespace highseas::expression
