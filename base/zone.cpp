// zone — Howard Hinnant's date library over the system's tz data (g++ 12 has no zone database).
#include "base/zone.hpp"

#include <date/tz.h>

#include <chrono>
#include <fstream>
#include <stdexcept>

namespace highseas::base {
namespace {

constexpr const char* kZoneSource = "/usr/share/zoneinfo/tzdata.zi";

const date::time_zone* as_zone(const void* zone) {
  return static_cast<const date::time_zone*>(zone);
}

date::sys_time<std::chrono::milliseconds> as_sys(Instant at) {
  return date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{at.ms}};
}

}  // namespace

std::optional<Zone> Zone::find(std::string_view iana_name) {
  try {
    const auto* zone = date::locate_zone(std::string(iana_name));
    return Zone(std::string(iana_name), zone);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

Zone Zone::utc() {
  return *find("Etc/UTC");
}

Date Zone::local_date(Instant at) const {
  const auto local = as_zone(zone_)->to_local(as_sys(at));
  return Date{static_cast<std::int32_t>(date::floor<date::days>(local).time_since_epoch().count())};
}

std::int64_t Zone::local_time_ms(Instant at) const {
  const auto local = as_zone(zone_)->to_local(as_sys(at));
  return (local - date::floor<date::days>(local)).count();
}

Instant Zone::instant(Date date, std::int64_t time_of_day_ms) const {
  const date::local_time<std::chrono::milliseconds> local{
      std::chrono::milliseconds{date.days * kMsPerDay + time_of_day_ms}};
  const auto info = as_zone(zone_)->get_info(local);
  if (info.result == date::local_info::nonexistent) {
    return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(info.first.end.time_since_epoch()).count()};
  }
  return Instant{(local.time_since_epoch() - info.first.offset).count()};
}

std::string Zone::data_version() {
  // The library finds no version beside the compiled zones; the source that Debian ships with them begins with it.
  static const std::string version = [] {
    std::string found = date::get_tzdb().version;
    constexpr std::string_view kMark = "# version ";
    std::string line;
    std::ifstream source(kZoneSource);
    if (std::getline(source, line) && line.starts_with(kMark)) found = line.substr(kMark.size());
    return found;
  }();
  return version;
}

}  // namespace highseas::base
