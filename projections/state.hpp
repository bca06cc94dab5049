// state — a workspace's state, folded from its commits: what deciders look up and lists read. For one strand.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "domain/commit_content.hpp"
#include "domain/refusal.hpp"
#include "projections/image.hpp"
#include "rules/calendar/calendar.hpp"
#include "rules/recycle/due.hpp"
#include "rules/recycle/rule_book.hpp"

namespace highseas::projections {

class Indexes;

struct CoolDown {
  base::MemberId member;
  base::Instant until;
  auto operator<=>(const CoolDown&) const = default;
};

struct DueEntry {
  base::Instant due_at;
  domain::FormNumber form = 0;
  base::RecordId record;
  auto operator<=>(const DueEntry&) const = default;
};

// What the recycle rules say of a record: the earliest due first; all of them that govern it and are ever due.
struct DueState {
  base::Instant due_at;
  std::vector<domain::DueRule> rules;
  bool operator==(const DueState&) const = default;
};

class State {
 public:
  State();
  // Goes on from an image (a checkpoint's); what only speeds up looking is built from it.
  explicit State(std::shared_ptr<Image> image);
  ~State();
  State(State&&) noexcept;
  State& operator=(State&&) noexcept;

  // The next commit: position() + 1, whole; anything else is an assertion.
  void apply(const domain::Commit& commit);

  // The same for a rebuild: what is looked up by index is brought up to date by settle() alone, which must come before
  // anything is asked.
  void replay(const domain::Commit& commit);
  void settle();
  // The next of the commits that concern a part of the state, cut down to what does: see past.hpp.
  void replay_part(const domain::Commit& commit);

  const Image& image() const;
  std::uint64_t position() const { return image().position(); }
  base::Instant time() const { return image().time(); }
  const domain::Workspace& workspace() const { return image().workspace(); }
  std::optional<RecordView> record(base::RecordId id) const { return image().record(id); }
  std::optional<RecordView> record(domain::FormNumber form, base::RecordId id) const {
    return image().record(form, id);
  }
  // The state as it is, for other threads; the same one for all who ask at this position.
  Snapshot snapshot();

  // --- limits
  // Records of this home pool that the member owns, without those that holding_excludes of the pool names.
  std::uint32_t holdings(base::MemberId member, base::PoolId home_pool) const;
  // Whether this record, with these values, would count (holding_excludes of the pool is false or absent).
  bool counts_as_holding(base::PoolId home_pool, const expression::RecordSource& record) const;
  // Claims from this pool on this day of the workspace, which must not lie before that of the last commit.
  std::uint32_t claims_on(base::MemberId member, base::PoolId pool, base::Date day) const;
  // Of every owner whose own period ended within it, latest first; those that are over may be among them.
  std::vector<CoolDown> cool_downs(domain::FormNumber form, base::RecordId record) const;

  // --- dedup
  // Live records, others than `except`, that share a dedup or unique key with these values of the form's fields
  // (slots are field numbers); by record.
  std::vector<domain::DuplicateHit> duplicates(domain::FormNumber form, const expression::RecordSource& values,
                                               std::optional<base::RecordId> except = std::nullopt) const;

  // --- whose, and where
  std::uint32_t owned_count(base::MemberId member) const;  // live records of pooled forms
  std::uint32_t owned_count(base::MemberId member, domain::FormNumber form) const;
  // Live records of the pooled form that the member owns, in the order of their rows, from after `after` on; costs what
  // it gives.
  std::vector<base::RecordId> owned(base::MemberId member, domain::FormNumber form, std::size_t limit,
                                    std::optional<base::RecordId> after = std::nullopt) const;
  std::uint32_t pool_count(base::PoolId pool) const;  // live records that lie in it

  // --- what is due
  // In order of instants, then as they stand in the tables; at most `limit`; what belongs to a running backfill is left
  // out.
  std::vector<DueEntry> due_until(base::Instant now, std::size_t limit) const;
  std::optional<base::Instant> next_due() const;
  std::optional<DueState> due_of(domain::FormNumber form, base::RecordId record) const;
  // The same with all that the rules say, also why not; of a record that exists. Good until the next commit.
  rules::DueOfAll judge(domain::FormNumber form, base::RecordId record) const;
  const rules::RuleBook& rule_book() const;
  const rules::Calendar& calendar() const;
  const base::Zone& zone() const;
  // Records that belong to a running backfill and are not judged yet, by row; costs what it gives.
  std::vector<base::RecordId> backfill(base::JobId job, std::size_t limit) const;
  std::uint64_t backfill_left(base::JobId job) const;

  // --- repeats
  std::optional<RememberedCommand> remembered(base::CommandId id) const;

  // Memory of what speeds looking up, beside Image::bytes().
  std::size_t bytes_of_indexes() const;

 private:
  std::shared_ptr<Image> image_;
  std::unique_ptr<Indexes> indexes_;
  std::weak_ptr<const Image> last_snapshot_;
};

}  // namespace highseas::projections
