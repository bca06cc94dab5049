// workspace_events — a company opens; its calendars, its clock, and by which program its commands are decided.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/instant.hpp"

namespace highseas::domain {

struct WorkspaceOpened {
  base::WorkspaceId workspace;
  std::string name;
  std::string time_zone;  // IANA name
  std::string currency;   // ISO 4217
  bool operator==(const WorkspaceOpened&) const = default;
};

// In the log of workspace 0.
struct WorkspaceAdded {
  base::WorkspaceId workspace;
  std::uint32_t number = 0;  // local key prefix
  bool operator==(const WorkspaceAdded&) const = default;
};

struct CalendarDay {
  base::Date date;
  bool working = false;  // false: off; true: a make-up working day
  std::string name;
  bool operator==(const CalendarDay&) const = default;
};

struct CalendarChanged {
  base::CalendarId calendar;
  std::string name;
  std::int32_t first_year = 0;
  std::int32_t last_year = 0;     // beyond it weekdays count, and dates are provisional
  std::vector<CalendarDay> days;  // all of it after the change, in order; days not listed follow the weekday
  bool operator==(const CalendarChanged&) const = default;
};

// In the log of workspace 0: time stands until it is advanced.
struct TestClockStarted {
  base::Instant at;
  bool operator==(const TestClockStarted&) const = default;
};

struct TestClockAdvanced {
  base::Instant to;
  bool operator==(const TestClockAdvanced&) const = default;
};

struct TestClockReleased {
  bool operator==(const TestClockReleased&) const = default;
};

struct DecisionGeneration {
  std::uint16_t command_type = 0;
  std::uint32_t generation = 0;
  bool operator==(const DecisionGeneration&) const = default;
};

// By what the commands after it are decided (log.md, What is recorded to decide again).
struct DecisionBasisChanged {
  std::vector<DecisionGeneration> generations;
  std::string unicode_version;
  std::string zone_version;
  bool operator==(const DecisionBasisChanged&) const = default;
};

}  // namespace highseas::domain
