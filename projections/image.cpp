// image — looking things up in the tables.
#include "projections/image.hpp"

#include "base/assert.hpp"
#include "projections/chains.hpp"
#include "projections/file_uses.hpp"
#include "projections/moments.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {

Image::Image()
    : workspace_(std::make_shared<domain::Workspace>()),
      moments_(std::make_unique<Moments>()),
      history_(std::make_unique<HistoryIndex>()),
      commands_(std::make_unique<CommandMemory>()),
      cool_downs_(std::make_unique<CoolDowns>()),
      file_uses_(std::make_unique<FileUses>()) {}

Image::~Image() = default;

Image::Image(const Image& other)
    : position_(other.position_),
      time_(other.time_),
      recorded_at_(other.recorded_at_),
      last_seed_(other.last_seed_),
      workspace_(other.workspace_),
      designs_(other.designs_),
      jobs_(other.jobs_),
      files_(other.files_),
      moments_(other.moments_->share()),
      history_(std::make_unique<HistoryIndex>(*other.history_)),
      commands_(std::make_unique<CommandMemory>(*other.commands_)),
      cool_downs_(std::make_unique<CoolDowns>(*other.cool_downs_)),
      file_uses_(std::make_unique<FileUses>(*other.file_uses_)),
      backfills_(other.backfills_),
      last_assigned_(other.last_assigned_),
      claims_day_(other.claims_day_),
      claims_(other.claims_) {
  for (const auto& [form, table] : other.tables_) tables_.emplace(form, table->share());
}

const RecordTable* Image::table(domain::FormNumber form) const {
  const auto found = tables_.find(form);
  return found == tables_.end() ? nullptr : found->second.get();
}

std::vector<domain::FormNumber> Image::forms() const {
  std::vector<domain::FormNumber> forms;
  for (const auto& [form, table] : tables_) forms.push_back(form);
  return forms;
}

std::optional<RecordView> Image::record(domain::FormNumber form, base::RecordId id) const {
  const auto* found = table(form);
  if (!found) return std::nullopt;
  const auto row = found->find(id);
  if (!row) return std::nullopt;
  return RecordView(*this, *found, *row);
}

std::optional<RecordView> Image::record(base::RecordId id) const {
  for (const auto& [form, table] : tables_) {
    if (const auto row = table->find(id)) return RecordView(*this, *table, *row);
  }
  return std::nullopt;
}

const JobView* Image::job(base::JobId id) const {
  const auto found = jobs().find(id);
  return found == jobs().end() ? nullptr : found->second.get();
}

const domain::FileAdded* Image::file(base::FileId id) const {
  const auto found = files_->things.find(id);
  return found == files_->things.end() ? nullptr : found->second.get();
}

std::optional<base::MemberId> Image::last_assigned(base::PoolId pool) const {
  const auto found = last_assigned_.find(pool);
  return found == last_assigned_.end() ? std::nullopt : std::optional(found->second);
}

std::uint32_t Image::claims_on(base::MemberId member, base::PoolId pool, base::Date day) const {
  if (day != claims_day_) return 0;
  const auto found = claims_.find({member, pool});
  return found == claims_.end() ? 0 : found->second;
}

std::size_t Image::bytes() const {
  std::size_t sum =
      moments_->bytes() + history_->bytes() + commands_->bytes() + cool_downs_->bytes() + file_uses_->bytes();
  for (const auto& [form, table] : tables_) sum += table->bytes();
  return sum;
}

std::vector<HistoryPlace> Image::history(base::RecordId id, std::size_t limit,
                                         std::optional<HistoryPlace> before) const {
  std::vector<HistoryPlace> places;
  for (const auto& [form, table] : tables_) {
    const auto row = table->find(id);
    if (!row) continue;
    auto entry = static_cast<std::uint32_t>(table->hidden(Hidden::history).get_or(*row, kNoEntry));
    for (; entry != kNoEntry && places.size() < limit; entry = history_->previous(entry)) {
      const auto place = history_->place(entry);
      if (!before || place < *before) places.push_back(place);
    }
    return places;
  }
  return places;
}

}  // namespace highseas::projections
