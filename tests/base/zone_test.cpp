// zone_test — local days and times, and the hours that do not exist or come twice.
#include "base/zone.hpp"

#include <gtest/gtest.h>

namespace highseas::base {
namespace {

constexpr std::int64_t kHour = 3'600'000;

Zone zone(std::string_view name) {
  const auto found = Zone::find(name);
  EXPECT_TRUE(found) << name;
  return *found;
}

TEST(Zone, is_found_by_its_iana_name_only) {
  EXPECT_EQ(zone("Asia/Shanghai").name(), "Asia/Shanghai");
  for (auto name : {"", "Asia", "asia/shanghai", "Mars/Base", "../../etc/passwd", "/etc/localtime", "Asia/Shanghai "}) {
    EXPECT_FALSE(Zone::find(name)) << name;
  }
}

TEST(Zone, gives_local_days_and_times) {
  const Zone shanghai = zone("Asia/Shanghai");
  const auto at = *parse_instant("2026-11-24T16:30:00Z");
  EXPECT_EQ(shanghai.local_date(at), make_date(2026, 11, 25));
  EXPECT_EQ(shanghai.local_time_ms(at), kHour / 2);
  EXPECT_EQ(Zone::utc().local_date(at), make_date(2026, 11, 24));
  EXPECT_EQ(shanghai.instant(*make_date(2026, 11, 25), 2 * kHour), parse_instant("2026-11-25T02:00:00+08:00"));
  const Zone new_york = zone("America/New_York");
  EXPECT_EQ(new_york.local_date(*parse_instant("1960-01-01T00:00:00Z")), make_date(1959, 12, 31));
}

TEST(Zone, goes_past_a_gap_to_the_first_instant_after_it) {
  const Zone new_york = zone("America/New_York");  // 2026-03-08: 02:00 to 03:00 does not exist
  const Date day = *make_date(2026, 3, 8);
  const auto after = *parse_instant("2026-03-08T07:00:00Z");
  EXPECT_EQ(new_york.instant(day, 2 * kHour), after);
  EXPECT_EQ(new_york.instant(day, 2 * kHour + kHour / 2), after);
  EXPECT_EQ(new_york.instant(day, 3 * kHour), after);
  EXPECT_EQ(new_york.instant(day, 2 * kHour - 1), after - 1);
}

TEST(Zone, takes_the_earlier_of_an_hour_that_comes_twice) {
  const Zone new_york = zone("America/New_York");  // 2026-11-01: 01:00 to 02:00 comes twice
  EXPECT_EQ(new_york.instant(*make_date(2026, 11, 1), kHour + kHour / 2), parse_instant("2026-11-01T05:30:00Z"));
}

TEST(Zone, knows_days_that_were_skipped_whole) {
  const Zone apia = zone("Pacific/Apia");  // crossed the date line: no 2011-12-30
  EXPECT_EQ(apia.instant(*make_date(2011, 12, 30), 12 * kHour), parse_instant("2011-12-30T10:00:00Z"));
  EXPECT_EQ(apia.local_date(*parse_instant("2011-12-30T10:00:00Z")), make_date(2011, 12, 31));
}

TEST(Zone, comes_back_from_local_day_and_time_wherever_these_are_one) {
  for (auto name : {"Asia/Shanghai", "Asia/Kathmandu", "America/St_Johns", "Etc/UTC", "Australia/Lord_Howe"}) {
    const Zone local = zone(name);
    for (std::int64_t ms = 0; ms < 60 * 365 * kMsPerDay; ms += 1234 * kHour + 567) {
      const auto back = local.instant(local.local_date({ms}), local.local_time_ms({ms}));
      // The second pass of a doubled hour comes back as the first.
      ASSERT_TRUE(back.ms == ms || back.ms == ms - kHour || back.ms == ms - kHour / 2) << name << ' ' << ms;
    }
  }
}

TEST(Zone, names_the_data_it_stands_on) {
  const std::string version = Zone::data_version();
  ASSERT_GE(version.size(), 5u) << version;
  EXPECT_TRUE(version.starts_with("20")) << version;
}

}  // namespace
}  // namespace highseas::base
