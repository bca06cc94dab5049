// preview — what a draft of a recycle rule would do at an instant: the set that publishing pins and the backfill takes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "domain/forms/fact_fields.hpp"
#include "domain/recycling/recycle_events.hpp"
#include "projections/columns/number_column.hpp"
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

// What a draft makes due at an instant, judged on a snapshot; immutable, for any thread.
struct Prejudged {
  domain::RecycleDraft draft;
  base::Instant at;
  std::shared_ptr<const domain::Workspace> design;
  projections::NumberColumn history;  // by row: tells what was changed since
  std::vector<bool> due;              // by row
  std::uint64_t count = 0;
  std::uint64_t digest = 0;
};
std::shared_ptr<const Prejudged> prejudge(const projections::Image& image, const domain::RecycleDraft& draft,
                                          base::Instant at);

// The set of those due, as a publication is held to it.
struct AffectedSet {
  std::uint64_t count = 0;
  std::uint64_t digest = 0;
  bool operator==(const AffectedSet&) const = default;
};
// As affected_by says. What was prejudged for this draft and instant under the design of now is taken, and judged again
// are those records only that were changed since; anything else prejudged, or null, costs judging every record.
AffectedSet affected_set(const projections::Image& image, const domain::RecycleDraft& draft, base::Instant at,
                         const Prejudged* prejudged);

}  // namespace highseas::decision
