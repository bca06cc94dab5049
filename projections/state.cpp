// state — the image, its indexes, and the questions that deciders ask of them.
#include "projections/state.hpp"

#include <limits>

#include "base/assert.hpp"
#include "projections/chains.hpp"
#include "projections/fold.hpp"

namespace highseas::projections {

State::State() : State(std::make_shared<Image>()) {}

State::State(std::shared_ptr<Image> image) : image_(std::move(image)), indexes_(std::make_unique<Indexes>(*image_)) {}

State::~State() = default;
State::State(State&&) noexcept = default;
State& State::operator=(State&&) noexcept = default;

const Image& State::image() const {
  return *image_;
}

void State::apply(const domain::Commit& commit) {
  replay(commit);
  settle();
}

void State::replay(const domain::Commit& commit) {
  Fold(*image_, *indexes_, commit).run();
}

void State::replay_part(const domain::Commit& commit) {
  Fold(*image_, *indexes_, commit).run_part();
}

void State::settle() {
  indexes_->settle();
}

Snapshot State::snapshot() {
  auto snapshot = last_snapshot_.lock();
  if (!snapshot || snapshot->position() != position()) {
    snapshot = std::make_shared<const Image>(*image_);
    last_snapshot_ = snapshot;
  }
  return snapshot;
}

std::uint32_t State::holdings(base::MemberId member, base::PoolId home_pool) const {
  return indexes_->holdings(member, home_pool);
}

bool State::counts_as_holding(base::PoolId home_pool, const expression::RecordSource& record) const {
  return indexes_->counts_as_holding(home_pool, record);
}

std::uint32_t State::claims_on(base::MemberId member, base::PoolId pool, base::Date day) const {
  return image_->claims_on(member, pool, day);
}

std::vector<CoolDown> State::cool_downs(domain::FormNumber form, base::RecordId id) const {
  std::vector<CoolDown> found;
  const auto record = image_->record(form, id);
  if (!record) return found;
  const auto head = record->table().hidden(Hidden::cool_down).get_or(record->row(), kNoEntry);
  for (auto at = static_cast<std::uint32_t>(head); at != kNoEntry;) {
    const auto& entry = image_->cool_downs().entry(at);
    found.push_back({{entry.member}, {entry.until_ms}});
    at = entry.previous;
  }
  return found;
}

std::vector<domain::DuplicateHit> State::duplicates(domain::FormNumber form, const expression::RecordSource& values,
                                                    std::optional<base::RecordId> except) const {
  return indexes_->duplicates(form, values, except);
}

std::uint32_t State::owned_count(base::MemberId member) const {
  return indexes_->owned_count(member);
}

std::uint32_t State::owned_count(base::MemberId member, domain::FormNumber form) const {
  return indexes_->owned_count(member, form);
}

std::uint32_t State::pool_count(base::PoolId pool) const {
  return indexes_->pool_count(pool);
}

std::vector<base::RecordId> State::owned(base::MemberId member, domain::FormNumber form, std::size_t limit,
                                         std::optional<base::RecordId> after) const {
  std::vector<base::RecordId> found;
  const auto* table = image_->table(form);
  if (!table) return found;
  const auto from = after ? table->find(*after) : std::nullopt;
  for (const auto row : indexes_->owned(member, form, from ? *from + 1 : 0, limit)) found.push_back(table->id(row));
  return found;
}

std::vector<DueEntry> State::due_until(base::Instant now, std::size_t limit) const {
  std::vector<DueEntry> found;
  indexes_->due().walk([&](const OrderedIndex::Key& key) {
    if (key.order > now.ms || found.size() >= limit) return false;
    found.push_back({{key.order}, key.form, image_->table(key.form)->id(key.row)});
    return true;
  });
  return found;
}

std::optional<base::Instant> State::next_due() const {
  std::optional<base::Instant> next;
  indexes_->due().walk([&](const OrderedIndex::Key& key) {
    next = base::Instant{key.order};
    return false;
  });
  return next;
}

rules::DueOfAll State::judge(domain::FormNumber form, base::RecordId id) const {
  const auto record = image_->record(form, id);
  HS_ASSERT(record.has_value());
  return indexes_->judge(*record);
}

std::optional<DueState> State::due_of(domain::FormNumber form, base::RecordId id) const {
  const auto record = image_->record(form, id);
  if (!record) return std::nullopt;
  const auto judged = indexes_->judge(*record);
  const auto at = judged.at();
  if (!at) return std::nullopt;
  return DueState{*at, judged.due_by(base::Instant{std::numeric_limits<std::int64_t>::max()})};
}

const rules::RuleBook& State::rule_book() const {
  return indexes_->book();
}
const rules::Calendar& State::calendar() const {
  return indexes_->calendar();
}
const base::Zone& State::zone() const {
  return indexes_->zone();
}

std::vector<base::RecordId> State::backfill(base::JobId job, std::size_t limit) const {
  std::vector<base::RecordId> found;
  const auto& backfills = image_->backfills();
  for (std::uint32_t number = 0; number < backfills.size(); ++number) {
    if (backfills[number].job != job) continue;
    for (const auto& key : indexes_->backfill(number, limit - found.size())) {
      found.push_back(image_->table(key.form)->id(key.row));
    }
  }
  return found;
}

std::uint64_t State::backfill_left(base::JobId job) const {
  std::uint64_t left = 0;
  const auto& backfills = image_->backfills();
  for (std::size_t number = 0; number < backfills.size(); ++number) {
    if (backfills[number].job == job) left += indexes_->backfill_left(static_cast<std::uint32_t>(number));
  }
  return left;
}

std::optional<RememberedCommand> State::remembered(base::CommandId id) const {
  const auto entry = indexes_->command(id);
  if (!entry) return std::nullopt;
  const auto& found = image_->commands().entry(*entry);
  return RememberedCommand{found.position, {found.recorded_at_ms}, found.request_digest};
}

std::size_t State::bytes_of_indexes() const {
  return indexes_->bytes();
}

}  // namespace highseas::projections
