// preview — what a draft of a recycle rule would do at an instant: the set that publishing pins and the backfill takes.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "domain/forms/fact_fields.hpp"
#include "domain/recycling/recycle_events.hpp"
#include "projections/image.hpp"
#include "rules/recycle/due.hpp"

namespace highseas::decision {

struct PreviewItem {
  base::RecordId record;
  rules::Due due;
  std::optional<base::Instant> due_under_old;  // by the rules in force now
};

struct Affected {
  std::vector<PreviewItem> due;  // at the instant, by row: recycled when published with `now`
  std::uint64_t count = 0;
  std::uint64_t digest = 0;     // of their ids
  std::uint64_t in_7_days = 0;  // become due within, those due now left out
  std::uint64_t in_30_days = 0;
  std::uint64_t owned = 0;  // of all forms' owned records that the draft's form has
};

// Every live, owned record of the draft's form with what the draft says of it, by row; none where the draft has faults.
using VisitJudged = std::function<void(const projections::RecordView&, const rules::RecycleFacts&, const rules::Due&)>;
void judge_each(const projections::Image& image, const domain::RecycleDraft& draft, base::Instant at,
                const VisitJudged& visit);

Affected affected_by(const projections::Image& image, const domain::RecycleDraft& draft, base::Instant at);

}  // namespace highseas::decision
