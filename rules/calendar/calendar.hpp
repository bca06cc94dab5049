// calendar — natural and working days of a workspace: when N of them have passed, in its time zone.
#pragma once

#include <cstdint>
#include <vector>

#include "base/instant.hpp"
#include "base/zone.hpp"
#include "domain/workspace/workspace_events.hpp"

namespace highseas::rules {

// Immutable once made; to be made again on CalendarChanged. Used from any thread.
class Calendar {
 public:
  // `days` null: the workspace has no calendar; weekdays count and every working day is provisional.
  Calendar(const domain::CalendarChanged* days, base::Zone zone);

  // A listed day is what the list says; any other works from Monday to Friday.
  bool is_working(base::Date date) const;
  // True beyond the calendar's last year: its holidays are not known yet, so that a CalendarChanged may move it.
  bool is_provisional(base::Date date) const;

  // 24 hours each.
  base::Instant after_natural_days(base::Instant start, std::uint32_t days) const;
  // Counting starts on the first working day after the local date of the start; the end is the start's local time on
  // the N-th (in a gap of daylight saving the first instant after it). No days: the start.
  base::Instant after_working_days(base::Instant start, std::uint32_t days) const;
  // The same, where only the dates count for which `counts` says so (besides being working).
  template <class Counts>
  base::Instant after_working_days_that(base::Instant start, std::uint32_t days, Counts counts) const {
    base::Date date = zone_.local_date(start);
    for (std::uint32_t left = days; left > 0;) {
      ++date.days;
      if (is_working(date) && counts(date)) --left;
    }
    return days == 0 ? start : zone_.instant(date, zone_.local_time_ms(start));
  }
  // The first time of day (milliseconds since local midnight) not before `at`.
  base::Instant first_time_of_day(base::Instant at, std::int64_t time_of_day_ms) const;

  const base::Zone& zone() const { return zone_; }

 private:
  base::Date nth_working_day_after(base::Date date, std::uint32_t n) const;

  base::Zone zone_;
  std::int32_t last_year_;
  // From the first to the last day that the list covers: which of them work, by binary search.
  base::Date first_known_;
  base::Date last_known_;
  std::vector<base::Date> working_;
};

}  // namespace highseas::rules
