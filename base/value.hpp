// value — what a field can hold: a closed variant of plain values.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/decimal.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"

namespace highseas::base {

// The number of a choice within its field; never reused.
struct Choice {
  std::uint32_t number = 0;
  auto operator<=>(const Choice&) const = default;
};

struct Choices {
  std::vector<std::uint32_t> numbers;  // as given, each once
  bool operator==(const Choices&) const = default;
};

// A member, department, record or file, by id; which of them is the field's type.
struct Reference {
  Ulid id;
  auto operator<=>(const Reference&) const = default;
};

struct References {
  std::vector<Ulid> ids;
  bool operator==(const References&) const = default;
};

struct Region {
  std::string province;
  std::string city;
  std::string district;
  auto operator<=>(const Region&) const = default;
};

struct Location {
  Decimal longitude;
  Decimal latitude;
  bool operator==(const Location&) const = default;
};

// std::monostate is null: no value, or a value taken away.
using Value = std::variant<std::monostate, bool, std::int64_t, Decimal, Date, Instant, std::string, Choice, Choices,
                           Reference, References, Region, Location>;

inline bool is_null(const Value& value) {
  return std::holds_alternative<std::monostate>(value);
}

}  // namespace highseas::base
