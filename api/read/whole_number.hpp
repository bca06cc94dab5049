// whole_number — a count or a number of days out of JSON.
#pragma once

#include <cstdint>
#include <limits>

#include "api/read/object_reader.hpp"
#include "base/decimal.hpp"

namespace highseas::api {

// A whole number however it is written (3, 3.0, 3e2); nothing for another number, one that does not fit, or none.
inline std::optional<std::int64_t> exact_int64(const json::Json& json) {
  if (const auto number = json.as_int64()) return number;
  const auto* digits = json.as_number();
  const auto value = digits ? base::parse_decimal(*digits) : std::nullopt;
  const auto whole = value ? base::rescale(*value, 0) : std::nullopt;
  return whole && *whole == *value ? std::optional(whole->mantissa) : std::nullopt;
}

// Nothing where absent or null. Faults: wrong-type for what is no whole number, out-of-range for one that does not fit.
inline std::optional<std::uint32_t> whole_number(ObjectReader& reader, std::string_view name) {
  const auto* given = reader.given(name);
  if (!given) return std::nullopt;
  const auto number = exact_int64(*given);
  if (!number) {
    reader.fault(name, domain::RefusalCode::wrong_type);
    return std::nullopt;
  }
  if (*number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) {
    reader.fault(name, domain::RefusalCode::out_of_range);
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(*number);
}

}  // namespace highseas::api
