// image — the folded state at one position, in chunks that the strand's state and its snapshots share.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "domain/commit_content.hpp"
#include "domain/workspace/workspace.hpp"
#include "projections/columns/block_vector.hpp"
#include "projections/record_view.hpp"

namespace highseas::projections {

class RecordTable;
class Moments;
class HistoryIndex;
class CommandMemory;
class CoolDowns;
class FileUses;

struct JobOutcomes {
  std::uint64_t position = 0;  // of the commit whose JobAdvanced told them
  std::vector<domain::ItemOutcome> outcomes;
  bool operator==(const JobOutcomes&) const = default;
};

struct JobView {
  base::JobId id;
  base::MemberId member;
  domain::JobPlan plan;
  domain::JobState state = domain::JobState::running;
  domain::RefusalCode error = domain::RefusalCode::none;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  std::uint64_t created = 0;  // records that its chunks created
  std::uint64_t updated = 0;
  std::uint64_t recycled = 0;
  base::Instant started_at;
  std::optional<base::Instant> ended_at;
  std::uint64_t started_position = 0;
  std::uint64_t last_position = 0;
  std::optional<base::CommandId> cause;  // the command that started it
  std::vector<std::shared_ptr<const JobOutcomes>> outcomes;
};

struct HistoryPlace {
  std::uint64_t position = 0;
  std::uint32_t index = 0;  // of the event in its commit
  auto operator<=>(const HistoryPlace&) const = default;
};

// A command that was accepted, remembered for 24 hours of real time.
struct RememberedCommand {
  std::uint64_t position = 0;
  base::Instant recorded_at;
  std::array<std::uint8_t, 16> request_digest{};
};

// A backfill that was started, by number, and the rule version that it applies.
struct Backfill {
  base::JobId job;
  base::RuleId rule;
  std::uint32_t version = 0;
  bool ended = false;
  auto operator<=>(const Backfill&) const = default;
};

// An event of design or directory, as the workspace was folded from it: checkpoints hold these, not the workspace.
struct Design {
  std::uint64_t position = 0;  // of its commit
  base::Instant at;
  std::shared_ptr<const domain::Event> event;
};

// Read only. A snapshot may be read by any thread; the strand's own by the strand alone.
class Image {
 public:
  Image();
  ~Image();
  Image(const Image&);
  Image& operator=(const Image&) = delete;

  std::uint64_t position() const { return position_; }  // of the last commit; 0 = none
  base::Instant time() const { return time_; }          // of the last commit
  base::Instant recorded_at() const { return recorded_at_; }
  std::uint64_t last_seed() const { return last_seed_; }  // of the last commit's fresh ids
  const domain::Workspace& workspace() const { return *workspace_; }
  std::shared_ptr<const domain::Workspace> workspace_handle() const { return workspace_; }

  // Deleted ones too.
  std::optional<RecordView> record(domain::FormNumber form, base::RecordId id) const;
  std::optional<RecordView> record(base::RecordId id) const;
  const RecordTable* table(domain::FormNumber form) const;  // nothing before the form's first record
  std::vector<domain::FormNumber> forms() const;            // that have a table

  using Jobs = std::map<base::JobId, std::shared_ptr<const JobView>>;
  using Files = std::map<base::FileId, std::shared_ptr<const domain::FileAdded>>;
  const Jobs& jobs() const { return jobs_->things; }
  const JobView* job(base::JobId id) const;
  const domain::FileAdded* file(base::FileId id) const;  // removed ones are gone

  // Newest first, from before `before` on: the events of the record and of those that stand on it, each once.
  std::vector<HistoryPlace> history(base::RecordId id, std::size_t limit,
                                    std::optional<HistoryPlace> before = std::nullopt) const;
  const HistoryIndex& history_index() const { return *history_; }
  const BlockVector<Design, 256>& designs() const { return designs_; }  // in the order of the log
  const Moments& moments() const { return *moments_; }
  const std::vector<Backfill>& backfills() const { return backfills_; }
  const FileUses& file_uses() const { return *file_uses_; }
  const CoolDowns& cool_downs() const { return *cool_downs_; }
  const CommandMemory& commands() const { return *commands_; }
  // The member who got the latest record that was assigned from the pool.
  std::optional<base::MemberId> last_assigned(base::PoolId pool) const;
  std::uint32_t claims_on(base::MemberId member, base::PoolId pool, base::Date day) const;
  // Of all that it holds, but the workspace's design.
  std::size_t bytes() const;

 private:
  friend class State;
  friend class Fold;
  friend class Indexes;
  friend class ImageFile;
  friend class Past;

  std::uint64_t position_ = 0;
  base::Instant time_;
  base::Instant recorded_at_;
  std::uint64_t last_seed_ = 0;
  std::shared_ptr<const domain::Workspace> workspace_;
  BlockVector<Design, 256> designs_;
  std::map<domain::FormNumber, std::unique_ptr<RecordTable>> tables_;
  template <class T>
  struct Boxed : Counted {
    T things;
  };
  Shared<Boxed<Jobs>> jobs_{new Boxed<Jobs>()};
  Shared<Boxed<Files>> files_{new Boxed<Files>()};
  std::unique_ptr<Moments> moments_;
  std::unique_ptr<HistoryIndex> history_;
  std::unique_ptr<CommandMemory> commands_;
  std::unique_ptr<CoolDowns> cool_downs_;
  std::unique_ptr<FileUses> file_uses_;  // follows from the tables: in no checkpoint
  std::vector<Backfill> backfills_;
  std::map<base::PoolId, base::MemberId> last_assigned_;
  // Of the local day of the last claim.
  base::Date claims_day_;
  std::map<std::pair<base::MemberId, base::PoolId>, std::uint32_t> claims_;
};

using Snapshot = std::shared_ptr<const Image>;

}  // namespace highseas::projections
