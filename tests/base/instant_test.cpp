// instant_test — RFC 3339 in and out, the calendar, and everything that is not taken.
#include "base/instant.hpp"

#include <gtest/gtest.h>

namespace highseas::base {
namespace {

TEST(Instant, is_written_in_utc_with_three_decimals) {
  EXPECT_EQ(format_instant(Instant{0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(format_instant(Instant{-1}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_instant(Instant{1'795'489'200'007}), "2026-11-24T03:00:00.007Z");
  EXPECT_EQ(format_instant(Instant{-kMsPerDay}), "1969-12-31T00:00:00.000Z");
}

TEST(Instant, is_read_with_any_zone) {
  const auto noon = parse_instant("2026-11-24T04:00:00Z");
  ASSERT_TRUE(noon);
  for (auto text : {"2026-11-24T12:00:00+08:00", "2026-11-23T20:30:00-07:30", "2026-11-24t04:00:00.000z",
                    "2026-11-24T04:00:00.0-00:00", "2026-11-25T03:59:00+23:59"}) {
    EXPECT_EQ(parse_instant(text), noon) << text;
  }
  EXPECT_EQ(parse_instant("2026-11-24T04:00:00.5Z")->ms, noon->ms + 500);
  EXPECT_EQ(parse_instant("2026-11-24T04:00:00.05Z")->ms, noon->ms + 50);
  EXPECT_EQ(parse_instant("2026-11-24T04:00:00.123Z")->ms, noon->ms + 123);
  EXPECT_EQ(parse_instant("2024-02-29T00:00:00Z")->ms, 1'709'164'800'000);
}

TEST(Instant, takes_no_half_time) {
  for (auto text : {"",
                    "2026",
                    "2026-11-24",
                    "2026-11-24T04:00:00",
                    "2026-11-24 04:00:00Z",
                    "2026-11-24T04:00Z",
                    "2026-11-24T24:00:00Z",
                    "2026-11-24T04:60:00Z",
                    "2026-12-31T23:59:60Z",
                    "2026-11-24T04:00:00.Z",
                    "2026-11-24T04:00:00.1234Z",
                    "2026-11-24T04:00:00+8:00",
                    "2026-11-24T04:00:00+0800",
                    "2026-11-24T04:00:00+24:00",
                    "2026-11-24T04:00:00+08:60",
                    "2026-11-24T04:00:00Z ",
                    " 2026-11-24T04:00:00Z",
                    "2026-02-29T00:00:00Z",
                    "2026-13-01T00:00:00Z",
                    "0000-01-01T00:00:00Z",
                    "2026-1-01T00:00:00Z",
                    "+2026-01-01T00:00:00Z",
                    "2026-11-24T-4:00:00Z",
                    "2026-11-24T04:00:00,5Z"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

// What is written must be readable: an offset that carries an instant past the years 1 and 9999 gives a time without a
// four-digit year.
TEST(Instant, stays_within_the_years_that_can_be_written) {
  for (auto text : {"0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-00:01"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
  for (auto text : {"0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"}) {
    const auto at = parse_instant(text);
    ASSERT_TRUE(at) << text;
    EXPECT_EQ(format_instant(*at), text);
  }
}

TEST(Instant, comes_back_from_its_text) {
  for (std::int64_t ms = -62'135'596'800'000; ms < 253'402'300'800'000; ms += 86'399'999'123) {
    ASSERT_EQ(parse_instant(format_instant(Instant{ms})), Instant{ms});
  }
}

TEST(Date, exists_or_is_not_taken) {
  EXPECT_EQ(make_date(1970, 1, 1)->days, 0);
  EXPECT_EQ(make_date(2000, 2, 29)->days, 11'016);
  EXPECT_EQ(make_date(1, 1, 1)->days, -719'162);
  EXPECT_EQ(make_date(9999, 12, 31)->days, 2'932'896);
  for (auto [year, month, day] : {std::tuple{2026, 2, 29},
                                  {1900, 2, 29},
                                  {2026, 4, 31},
                                  {2026, 0, 1},
                                  {2026, 13, 1},
                                  {2026, 1, 0},
                                  {2026, 1, 32},
                                  {0, 1, 1},
                                  {10'000, 1, 1},
                                  {-1, 1, 1},
                                  {2026, -1, 1},
                                  {2026, 1, -1},
                                  {2026, 257, 1},
                                  {2026, 1, 257},
                                  {65'537 + 2'025, 1, 1}}) {
    EXPECT_FALSE(make_date(year, month, day)) << year << '-' << month << '-' << day;
  }
}

TEST(Date, comes_back_from_its_parts_and_its_text_on_every_day) {
  int before = 0;
  for (std::int32_t days = -719'162; days <= 2'932'896; days += 13) {
    const Date date{days};
    const auto [year, month, day] = year_month_day(date);
    ASSERT_EQ(make_date(year, month, day), date);
    ASSERT_EQ(parse_date(format_date(date)), date);
    before = year;
  }
  EXPECT_EQ(before, 9999);
}

TEST(Date, knows_its_weekday_from_monday_1_to_sunday_7) {
  EXPECT_EQ(weekday(*make_date(1970, 1, 1)), 4);
  EXPECT_EQ(weekday(*make_date(2026, 11, 23)), 1);
  EXPECT_EQ(weekday(*make_date(2026, 11, 29)), 7);
  EXPECT_EQ(weekday(*make_date(1, 1, 1)), 1);
}

TEST(Date, is_read_in_one_form_only) {
  EXPECT_EQ(parse_date("2026-11-24"), make_date(2026, 11, 24));
  for (auto text : {"", "2026-11-24 ", "2026-11-4", "2026/11/24", "20261124", "26-11-24", "2026-11-24T00:00:00Z",
                    "2026-02-30", "-026-11-24", "２０２６-11-24"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

}  // namespace
}  // namespace highseas::base
