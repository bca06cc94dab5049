// instant — RFC 3339 in and out, and the civil calendar.
#include "base/instant.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace highseas::base {
namespace {

// 0001-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
constexpr std::int64_t kFirstMs = -719'162 * kMsPerDay;
constexpr std::int64_t kLastMs = 2'932'897 * kMsPerDay - 1;

// Exactly `width` digits at `at`; moves on.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = text[at + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  at += width;
  return value;
}

bool skip(std::string_view text, std::size_t& at, char wanted) {
  if (at >= text.size() || text[at] != wanted) return false;
  ++at;
  return true;
}

std::optional<Date> date_at(std::string_view text, std::size_t& at) {
  const auto year = digits(text, at, 4);
  if (!year || !skip(text, at, '-')) return std::nullopt;
  const auto month = digits(text, at, 2);
  if (!month || !skip(text, at, '-')) return std::nullopt;
  const auto day = digits(text, at, 2);
  if (!day || *year == 0) return std::nullopt;
  return make_date(*year, *month, *day);
}

// ".5", ".123": milliseconds.
std::optional<int> fraction_at(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  ++at;
  int value = 0;
  int places = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    if (++places > 3) return std::nullopt;
    value = value * 10 + (text[at++] - '0');
  }
  if (places == 0) return std::nullopt;
  for (; places < 3; ++places) value *= 10;
  return value;
}

// "Z" or "+08:00", in minutes.
std::optional<int> zone_at(std::string_view text, std::size_t& at) {
  if (at >= text.size()) return std::nullopt;
  const char sign = text[at++];
  if (sign == 'Z' || sign == 'z') return 0;
  if (sign != '+' && sign != '-') return std::nullopt;
  const auto hours = digits(text, at, 2);
  if (!hours || *hours > 23 || !skip(text, at, ':')) return std::nullopt;
  const auto minutes = digits(text, at, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const int offset = *hours * 60 + *minutes;
  return sign == '-' ? -offset : offset;
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  using namespace std::chrono;
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  // chrono keeps months and days in a byte: 257 would be the first.
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || !ymd.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(sys_days{ymd}.time_since_epoch().count())};
}

YearMonthDay year_month_day(Date date) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{date.days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int weekday(Date date) {
  return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{std::chrono::days{date.days}}}.iso_encoding());
}

std::string format_instant(Instant at) {
  std::int64_t days = at.ms / kMsPerDay;
  std::int64_t rest = at.ms % kMsPerDay;
  if (rest < 0) {
    rest += kMsPerDay;
    --days;
  }
  const auto [year, month, day] = year_month_day(Date{static_cast<std::int32_t>(days)});
  char text[40];
  const int length = std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, day,
                                   static_cast<int>(rest / 3'600'000), static_cast<int>(rest / 60'000 % 60),
                                   static_cast<int>(rest / 1000 % 60), static_cast<int>(rest % 1000));
  return std::string(text, static_cast<std::size_t>(length));
}

std::optional<Instant> parse_instant(std::string_view text) {
  std::size_t at = 0;
  const auto date = date_at(text, at);
  if (!date || at >= text.size() || (text[at] != 'T' && text[at] != 't')) return std::nullopt;
  ++at;
  const auto hour = digits(text, at, 2);
  if (!hour || *hour > 23 || !skip(text, at, ':')) return std::nullopt;
  const auto minute = digits(text, at, 2);
  if (!minute || *minute > 59 || !skip(text, at, ':')) return std::nullopt;
  const auto second = digits(text, at, 2);
  if (!second || *second > 59) return std::nullopt;
  const auto fraction = fraction_at(text, at);
  if (!fraction) return std::nullopt;
  const auto zone = zone_at(text, at);
  if (!zone || at != text.size()) return std::nullopt;
  const std::int64_t seconds = (*hour * 60 + *minute - *zone) * 60 + *second;
  const Instant instant{date->days * kMsPerDay + seconds * kMsPerSecond + *fraction};
  // An offset can lead past the years that have four digits in UTC.
  if (instant.ms < kFirstMs || instant.ms > kLastMs) return std::nullopt;
  return instant;
}

std::string format_date(Date date) {
  const auto [year, month, day] = year_month_day(date);
  char text[24];
  const int length = std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return std::string(text, static_cast<std::size_t>(length));
}

std::optional<Date> parse_date(std::string_view text) {
  std::size_t at = 0;
  const auto date = date_at(text, at);
  return at == text.size() ? date : std::nullopt;
}

}  // namespace highseas::base
