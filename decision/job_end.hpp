// job_end — a chunk whose job cannot go on ends it as failed, with the reason; what is done stays done.
#pragma once

#include "decision/situation.hpp"

namespace highseas::decision {

// Refused with `why` where there is no such job or it has ended already.
Outcome end_failed(const Request& request, const domain::JobFacts& job, domain::RefusalCode why);

}  // namespace highseas::decision
