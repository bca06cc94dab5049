// shipped_calendars — from the compiled table to the event's content.
#include "rules/calendar/shipped_calendars.hpp"

#include "base/assert.hpp"
#include "rules/calendar/cn_public_holidays_table.hpp"

namespace highseas::rules {

domain::CalendarChanged cn_public_holidays(base::CalendarId calendar) {
  domain::CalendarChanged changed;
  changed.calendar = calendar;
  changed.name = "中国法定节假日";
  const auto table = cn_public_holidays_table();
  changed.days.reserve(table.size());
  for (const auto& day : table) {
    const auto date = base::make_date(day.yyyymmdd / 10'000, day.yyyymmdd / 100 % 100, day.yyyymmdd % 100);
    HS_ASSERT(date.has_value());
    HS_ASSERT(changed.days.empty() || changed.days.back().date < *date);
    changed.days.push_back({.date = *date, .working = day.working, .name = day.name});
  }
  HS_ASSERT(!changed.days.empty());
  changed.first_year = base::year_month_day(changed.days.front().date).year;
  changed.last_year = base::year_month_day(changed.days.back().date).year;
  return changed;
}

}  // namespace highseas::rules
