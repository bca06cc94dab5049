// whole_number — a count or a number of days out of JSON.
#pragma once

#include <cstdint>
#include <limits>

#include "api/read/object_reader.hpp"

namespace highseas::api {

// Nothing where absent or null. Faults: wrong-type for what is no whole number, out-of-range for one that does not fit.
inline std::optional<std::uint32_t> whole_number(ObjectReader& reader, std::string_view name) {
  const auto* given = reader.given(name);
  if (!given) return std::nullopt;
  const auto number = given->as_int64();
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
