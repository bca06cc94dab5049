// job_commands — start and end what takes many commits.
#pragma once

#include "domain/jobs/job_events.hpp"

namespace highseas::domain {

struct StartImport {
  ImportPlan plan;
  std::uint64_t total = 0;
  bool operator==(const StartImport&) const = default;
};

struct EndJob {
  base::JobId job;
  JobState state = JobState::succeeded;
  RefusalCode error = RefusalCode::none;
  bool operator==(const EndJob&) const = default;
};

}  // namespace highseas::domain
