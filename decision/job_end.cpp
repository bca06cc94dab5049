// job_end — of a backfill, its records are no longer marked as waiting either.
#include "decision/job_end.hpp"

namespace highseas::decision {

Outcome end_failed(const Request& request, const domain::JobFacts& job, domain::RefusalCode why) {
  if (!job.exists || domain::has_ended(job.state)) return std::unexpected(domain::Refusal::of(why));
  const auto id = job.started.job;
  Decided decided = begin(request);
  auto& events = decided.content.events;
  if (std::holds_alternative<domain::BackfillPlan>(job.started.plan)) {
    events.push_back(domain::BackfillEnded{.job = id, .cancelled = true});
  }
  events.push_back(domain::JobEnded{.job = id, .state = domain::JobState::failed, .error = why});
  return decided;
}

}  // namespace highseas::decision
