// calendar — the days that a list covers are looked up; those after it follow the weekday and are computed by weeks.
#include "rules/calendar/calendar.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "base/assert.hpp"

namespace highseas::rules {
namespace {

constexpr int kFriday = 5;

bool is_weekday(base::Date date) {
  return base::weekday(date) <= kFriday;
}

// The n-th weekday after the date, without walking years of them.
base::Date nth_weekday_after(base::Date date, std::uint32_t n) {
  const auto weeks = n / 5;
  auto left = n % 5;
  date.days += static_cast<std::int32_t>(weeks * 7);
  // A weekend day plus whole weeks is a weekend day again, though the last weekday before it was the one counted.
  if (left == 0 && weeks > 0) {
    while (!is_weekday(date)) --date.days;
  }
  while (left > 0) {
    ++date.days;
    if (is_weekday(date)) --left;
  }
  return date;
}

}  // namespace

Calendar::Calendar(const domain::CalendarChanged* days, base::Zone zone)
    : zone_(std::move(zone)),
      last_year_(days ? days->last_year : std::numeric_limits<std::int32_t>::min()),
      first_known_{0},
      last_known_{-1} {
  if (!days) return;
  std::map<base::Date, bool> listed;
  for (const auto& day : days->days) listed[day.date] = day.working;
  // A list may name days of the year after (the New Year's holiday that begins in December), which hold as well.
  const auto first = base::make_date(days->first_year, 1, 1);
  const auto last = base::make_date(days->last_year, 12, 31);
  HS_ASSERT(first.has_value() && last.has_value() && *first <= *last);
  first_known_ = listed.empty() ? *first : std::min(*first, listed.begin()->first);
  last_known_ = listed.empty() ? *last : std::max(*last, listed.rbegin()->first);
  for (auto date = first_known_; date <= last_known_; ++date.days) {
    const auto found = listed.find(date);
    if (found == listed.end() ? is_weekday(date) : found->second) working_.push_back(date);
  }
}

bool Calendar::is_working(base::Date date) const {
  if (date < first_known_ || date > last_known_) return is_weekday(date);
  return std::ranges::binary_search(working_, date);
}

bool Calendar::is_provisional(base::Date date) const {
  return base::year_month_day(date).year > last_year_;
}

base::Instant Calendar::after_natural_days(base::Instant start, std::uint32_t days) const {
  return start + std::int64_t{days} * base::kMsPerDay;
}

base::Instant Calendar::after_working_days(base::Instant start, std::uint32_t days) const {
  if (days == 0) return start;
  return zone_.instant(nth_working_day_after(zone_.local_date(start), days), zone_.local_time_ms(start));
}

base::Instant Calendar::first_time_of_day(base::Instant at, std::int64_t time_of_day_ms) const {
  auto date = zone_.local_date(at);
  auto found = zone_.instant(date, time_of_day_ms);
  while (found < at) {
    ++date.days;
    found = zone_.instant(date, time_of_day_ms);
  }
  return found;
}

base::Date Calendar::nth_working_day_after(base::Date date, std::uint32_t n) const {
  while (n > 0 && date < first_known_ && last_known_ >= first_known_) {
    ++date.days;
    if (is_working(date)) --n;
  }
  if (n == 0) return date;
  if (date < last_known_) {
    const auto next = static_cast<std::size_t>(std::ranges::upper_bound(working_, date) - working_.begin());
    if (working_.size() - next >= n) return working_[next + n - 1];
    n -= static_cast<std::uint32_t>(working_.size() - next);
    date = last_known_;
  }
  return nth_weekday_after(date, n);
}

}  // namespace highseas::rules
