// job_events — what takes many commits: started, advanced chunk by chunk, ended. A job resumes from these alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/forms/form_definition.hpp"
#include "domain/refusal_code.hpp"

namespace highseas::domain {

enum class OnDuplicate : std::uint8_t { refuse = 1, skip = 2, update = 3 };

struct ImportPlan {
  base::FileId file;
  FormNumber form = 0;
  std::optional<base::PoolId> pool;  // owner or pool; neither: the form's first pool (pooled forms)
  std::optional<base::MemberId> owner;
  std::vector<FieldNumber> columns;  // the field of each column; 0 = left out
  OnDuplicate on_duplicate = OnDuplicate::refuse;
  bool operator==(const ImportPlan&) const = default;
};

struct HandOverPlan {
  base::MemberId member;
  std::optional<base::MemberId> to;  // absent: released
  bool operator==(const HandOverPlan&) const = default;
};

struct BackfillPlan {
  base::RuleId rule;
  std::uint32_t version = 0;
  base::Instant judged_at;
  bool operator==(const BackfillPlan&) const = default;
};

using JobPlan = std::variant<ImportPlan, HandOverPlan, BackfillPlan>;

enum class JobState : std::uint8_t { queued = 1, running = 2, paused = 3, succeeded = 4, failed = 5, cancelled = 6 };

enum class OutcomeStatus : std::uint8_t {
  created = 1,
  updated = 2,
  skipped = 3,
  refused = 4,
  done = 5,
  spared = 6,
  changed = 7
};

// One item of a batch or chunk; none of its values.
struct ItemOutcome {
  std::uint64_t index = 0;  // of the batch, or the row as the file counts
  OutcomeStatus status = OutcomeStatus::done;
  std::optional<base::Ulid> record;
  RefusalCode code = RefusalCode::none;
  FieldNumber field = 0;            // of the column or field at fault; 0 = none
  std::optional<base::Ulid> other;  // the record or member in the way
  std::optional<base::Instant> until;
  bool operator==(const ItemOutcome&) const = default;
};

struct JobStarted {
  base::JobId job;
  base::MemberId member;  // for whom it runs, and whose rights are judged at each chunk
  JobPlan plan;
  std::uint64_t total = 0;
  bool operator==(const JobStarted&) const = default;
};

// In the commit of its chunk. What was created or updated is told by the events beside it.
struct JobAdvanced {
  base::JobId job;
  std::uint64_t done = 0;             // items behind us, this chunk counted
  std::vector<ItemOutcome> outcomes;  // those that left no event
  bool operator==(const JobAdvanced&) const = default;
};

struct JobEnded {
  base::JobId job;
  JobState state = JobState::succeeded;
  RefusalCode error = RefusalCode::none;
  bool operator==(const JobEnded&) const = default;
};

}  // namespace highseas::domain
