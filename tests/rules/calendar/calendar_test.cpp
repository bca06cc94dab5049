// calendar_test — working days with the shipped Chinese holidays, beyond them, and over changes of daylight saving.
#include "rules/calendar/calendar.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "rules/calendar/shipped_calendars.hpp"
#include "tests/rules/recycle/recycle_fixture.hpp"

namespace highseas::rules {
namespace {

const domain::CalendarChanged& china() {
  static const auto calendar = cn_public_holidays({});
  return calendar;
}

Calendar shanghai() {
  return Calendar(&china(), *base::Zone::find("Asia/Shanghai"));
}

TEST(ShippedCalendar, equals_the_csv_line_by_line) {
  std::ifstream csv(HIGHSEAS_SOURCE_DIR "/packaging/calendars/cn-public-holidays.csv");
  std::string line;
  ASSERT_TRUE(std::getline(csv, line));
  std::ostringstream made;
  for (const auto& day : china().days) {
    made << base::format_date(day.date) << ',' << day.name << ',' << (day.working ? "work" : "off") << '\n';
  }
  std::string rest;
  while (std::getline(csv, line)) {
    if (line.ends_with('\r')) line.pop_back();
    rest += line + '\n';
  }
  EXPECT_EQ(made.str(), rest) << "run packaging/calendars/make-table";
  EXPECT_EQ(china().days.size(), 405u);
  EXPECT_EQ(china().first_year, 2015);
  EXPECT_EQ(china().last_year, 2026);
}

TEST(Calendar, holidays_are_off_and_make_up_days_work) {
  const auto calendar = shanghai();
  EXPECT_FALSE(calendar.is_working(date("2026-10-01")));  // a Thursday, National Day
  EXPECT_TRUE(calendar.is_working(date("2015-01-04")));   // a Sunday that makes up for New Year
  EXPECT_TRUE(calendar.is_working(date("2026-11-24")));
  EXPECT_FALSE(calendar.is_working(date("2026-11-28")));
}

TEST(Calendar, counts_weekdays_beyond_its_last_year_and_calls_them_provisional) {
  const auto calendar = shanghai();
  EXPECT_TRUE(calendar.is_working(date("2027-01-01")));  // a Friday: nobody has announced anything yet
  EXPECT_TRUE(calendar.is_provisional(date("2027-01-01")));
  EXPECT_FALSE(calendar.is_provisional(date("2026-12-31")));
  const Calendar none(nullptr, base::Zone::utc());
  EXPECT_TRUE(none.is_provisional(date("2026-12-31")));
  EXPECT_TRUE(none.is_working(date("2026-10-01")));
  EXPECT_FALSE(none.is_working(date("2026-10-03")));
}

TEST(Calendar, starts_counting_on_the_first_working_day_after_the_start) {
  const auto calendar = shanghai();
  // Wednesday 30 September 2026, 10:30 in Shanghai: 1 to 7 October are off, so the first day that counts is the 8th.
  EXPECT_EQ(calendar.after_working_days(at("2026-09-30T10:30:00+08:00"), 1), at("2026-10-08T10:30:00+08:00"));
  // A working Saturday (10 October) counts.
  EXPECT_EQ(calendar.after_working_days(at("2026-09-30T10:30:00+08:00"), 3), at("2026-10-10T10:30:00+08:00"));
  // Started on a Sunday: Monday is the first.
  EXPECT_EQ(calendar.after_working_days(at("2026-11-22T09:00:00+08:00"), 1), at("2026-11-23T09:00:00+08:00"));
  // The local date counts: 16:30Z on the 23rd is the 24th in Shanghai.
  EXPECT_EQ(calendar.after_working_days(at("2026-11-23T16:30:00Z"), 1), at("2026-11-24T16:30:00Z"));
}

TEST(Calendar, natural_days_are_24_hours_each_whatever_the_clocks_do) {
  const Calendar berlin(nullptr, *base::Zone::find("Europe/Berlin"));
  EXPECT_EQ(berlin.after_natural_days(at("2026-03-28T12:00:00+01:00"), 1), at("2026-03-29T13:00:00+02:00"));
}

TEST(Calendar, takes_the_first_instant_after_a_gap_of_daylight_saving) {
  // Monday 9 March 2026 back to Friday: in New York clocks jump on Sunday 8 March, 02:00 to 03:00. A calendar on which
  // that Sunday works brings the end into the gap.
  const domain::CalendarChanged sunday{
      .calendar = {}, .name = "", .first_year = 2026, .last_year = 2026, .days = {{date("2026-03-08"), true, ""}}};
  const Calendar calendar(&sunday, *base::Zone::find("America/New_York"));
  EXPECT_EQ(calendar.after_working_days(at("2026-03-06T02:30:00-05:00"), 1), at("2026-03-08T03:00:00-04:00"));
  EXPECT_EQ(calendar.first_time_of_day(at("2026-03-08T01:00:00-05:00"), 150 * 60'000), at("2026-03-08T03:00:00-04:00"));
}

TEST(Calendar, the_time_of_day_is_the_first_one_not_before) {
  const auto calendar = shanghai();
  const std::int64_t two = 2 * 3'600'000;
  EXPECT_EQ(calendar.first_time_of_day(at("2026-11-24T02:00:00+08:00"), two), at("2026-11-24T02:00:00+08:00"));
  EXPECT_EQ(calendar.first_time_of_day(at("2026-11-24T02:00:00.001+08:00"), two), at("2026-11-25T02:00:00+08:00"));
  EXPECT_EQ(calendar.first_time_of_day(at("2026-11-24T01:59:59+08:00"), two), at("2026-11-24T02:00:00+08:00"));
}

TEST(Calendar, computes_the_same_as_counting_day_by_day) {
  const auto seed = random_seed();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  const auto calendar = shanghai();
  const Calendar bare(nullptr, base::Zone::utc());
  for (int round = 0; round < 2'000; ++round) {
    // From before the list to beyond it.
    const base::Instant start{date("2014-06-01").days * base::kMsPerDay +
                              static_cast<std::int64_t>(random() % (15ull * 365 * base::kMsPerDay))};
    const auto days = static_cast<std::uint32_t>(random() % 400);
    const auto every_day = [](base::Date) { return true; };
    ASSERT_EQ(calendar.after_working_days(start, days), calendar.after_working_days_that(start, days, every_day));
    ASSERT_EQ(bare.after_working_days(start, days), bare.after_working_days_that(start, days, every_day));
  }
}

}  // namespace
}  // namespace highseas::rules
