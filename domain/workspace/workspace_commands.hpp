// workspace_commands — open a workspace, move the test clock, name the decision basis.
#pragma once

#include "domain/workspace/workspace_events.hpp"

namespace highseas::domain {

// Writes everything that ships as ordinary events. Admission by the set-up token: not decided again.
struct OpenWorkspace {
  std::string name;
  std::string time_zone;
  std::string currency;
  std::string admin_name;
  std::string admin_email;
  bool operator==(const OpenWorkspace&) const = default;
};

// Of workspace 0.
struct AddWorkspace {
  base::WorkspaceId workspace;
  std::uint32_t number = 0;
  bool operator==(const AddWorkspace&) const = default;
};

struct StartTestClock {
  base::Instant at;
  bool operator==(const StartTestClock&) const = default;
};

struct AdvanceTestClock {
  base::Instant to;
  bool operator==(const AdvanceTestClock&) const = default;
};

struct ReleaseTestClock {
  bool operator==(const ReleaseTestClock&) const = default;
};

struct ChangeDecisionBasis {
  std::vector<DecisionGeneration> generations;
  std::string unicode_version;
  std::string zone_version;
  bool operator==(const ChangeDecisionBasis&) const = default;
};

}  // namespace highseas::domain
