// cn_public_holidays_table — packaging/calendars/cn-public-holidays.csv as the compiler wants it.
#pragma once

#include <cstdint>
#include <span>

namespace highseas::rules {

struct ShippedDay {
  std::int32_t yyyymmdd;
  bool working;
  const char* name;
};

std::span<const ShippedDay> cn_public_holidays_table();

}  // namespace highseas::rules
