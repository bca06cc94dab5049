// job_decider — may an import start, may a job go on, may it end.
#pragma once

#include <optional>

#include "domain/context.hpp"
#include "domain/decision.hpp"
#include "domain/jobs/job_commands.hpp"

namespace highseas::domain {

// What the log tells of a job.
struct JobFacts {
  bool exists = false;
  JobStarted started;
  JobState state = JobState::running;
  std::uint64_t done = 0;
};

// succeeded, failed and cancelled.
bool has_ended(JobState state);

// Why no further chunk may be decided: not_found, job_ended, or not_active (the member for whom it runs has left, and
// the job fails with that). Nothing: it may go on.
std::optional<RefusalCode> job_hindrance(const JobFacts& job, const Workspace& workspace);

struct ImportFacts {
  bool file_known = false;  // added and not removed, and she may read it
};

// forbidden; faults: unknown_form, unknown_reference (the file), owner_and_pool, unknown_pool, unknown_member,
// unknown_field, read_only_field, invalid_value (a field in two columns), required (a required field in none).
Decision decide_start_import(const ImportFacts& facts, const StartImport& command, const DecisionContext& context);

// The system ends a job as it went; whoever started it, and who may write the settings, may cancel it. not_found,
// forbidden, invalid_value (not an end), job_ended. Ended so already: nothing.
Decision decide_end_job(const JobFacts& job, const EndJob& command, const DecisionContext& context);

}  // namespace highseas::domain
