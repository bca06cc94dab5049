// zone — a workspace's time zone: local days and times of day, from the system's zone data.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace highseas::base {

class Zone {
 public:
  // Nothing for a name that the IANA data does not have.
  static std::optional<Zone> find(std::string_view iana_name);
  static Zone utc();

  const std::string& name() const { return name_; }
  Date local_date(Instant at) const;
  // Milliseconds since local midnight.
  std::int64_t local_time_ms(Instant at) const;
  // The instant of that local time; in a gap of daylight saving the first instant after it, in an overlap the earlier
  // one.
  Instant instant(Date date, std::int64_t time_of_day_ms) const;
  // What the zone data is, for the decision basis ("2024a").
  static std::string data_version();

 private:
  Zone(std::string name, const void* zone) : name_(std::move(name)), zone_(zone) {}

  std::string name_;
  const void* zone_;  // the library's zone, which lives as long as the program
};

}  // namespace highseas::base
