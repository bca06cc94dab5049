// instant — moments in UTC milliseconds and calendar days, with their RFC 3339 text.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace highseas::base {

// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
struct Instant {
  std::int64_t ms = 0;

  auto operator<=>(const Instant&) const = default;
};

inline constexpr std::int64_t kMsPerSecond = 1000;
inline constexpr std::int64_t kMsPerDay = 86'400'000;

inline Instant operator+(Instant at, std::int64_t ms) {
  return {at.ms + ms};
}
inline Instant operator-(Instant at, std::int64_t ms) {
  return {at.ms - ms};
}

// Days since 1970-01-01 of the proleptic Gregorian calendar.
struct Date {
  std::int32_t days = 0;

  auto operator<=>(const Date&) const = default;
};

struct YearMonthDay {
  int year = 1970;
  int month = 1;
  int day = 1;
};

std::optional<Date> make_date(int year, int month, int day);  // nothing for a day that does not exist
YearMonthDay year_month_day(Date date);
int weekday(Date date);  // 1 Monday … 7 Sunday

// "2026-11-24T03:15:00.000Z": always UTC, always three decimals.
std::string format_instant(Instant at);
// RFC 3339 with a zone ("Z" or an offset); more than three decimals, leap seconds and what lies outside the
// years 1 to 9999 of UTC are not taken.
std::optional<Instant> parse_instant(std::string_view text);

std::string format_date(Date date);  // "2026-11-24"
std::optional<Date> parse_date(std::string_view text);

}  // namespace highseas::base
