// fold — the commit's frame, design and directory; records, ownership, follow-ups and jobs have files of their own.
#include "projections/fold.hpp"

#include "base/assert.hpp"
#include "projections/chains.hpp"

namespace highseas::projections {

void Fold::begin() {
  HS_ASSERT(commit_.time >= image_.time_);
  image_.position_ = commit_.position;
  image_.time_ = commit_.time;
  image_.recorded_at_ = commit_.recorded_at;
  image_.last_seed_ = commit_.content.seed;
}

void Fold::run() {
  HS_ASSERT(commit_.position == image_.position_ + 1);
  begin();
  for (const auto& event : commit_.content.events) {
    std::visit(*this, event);
    ++index_;
  }
  auto& commands = *image_.commands_;
  const auto entry = commands.add({.id = commit_.command_id.ulid,
                                   .position = commit_.position,
                                   .recorded_at_ms = commit_.recorded_at.ms,
                                   .request_digest = commit_.content.request_digest});
  indexes_.remember(entry);
  if (commands.prune(commit_.recorded_at)) indexes_.remember_all();
}

void Fold::run_part() {
  HS_ASSERT(commit_.position > image_.position_);
  begin();
  for (const auto& event : commit_.content.events) {
    std::visit(*this, event);
    ++index_;
  }
}

void Fold::evolve(const domain::Event& event) {
  if (!changed_workspace_) {
    changed_workspace_ = std::make_shared<domain::Workspace>(image_.workspace());
    image_.workspace_ = changed_workspace_;
  }
  domain::evolve(*changed_workspace_, event, commit_.time);
  image_.designs_.push_back({commit_.position, commit_.time, std::make_shared<const domain::Event>(event)});
}

RecordTable& Fold::table(domain::FormNumber form) {
  const auto found = image_.tables_.find(form);
  HS_ASSERT(found != image_.tables_.end());
  return *found->second;
}

Fold::Place Fold::place(domain::FormNumber form, base::RecordId id) {
  auto& records = table(form);
  const auto row = records.find(id);
  HS_ASSERT(row.has_value());
  return {records, *row};
}

void Fold::history(RecordTable& records, Row row) {
  auto& heads = records.hidden(Hidden::history);
  const auto head = static_cast<std::uint32_t>(heads.get_or(row, kNoEntry));
  heads.set(row, image_.history_->add({commit_.position, index_}, head));
}

std::optional<base::DepartmentId> Fold::department_of(base::MemberId id) const {
  const auto* member = image_.workspace().member(id);
  if (!member || member->departments.empty()) return std::nullopt;
  return member->departments.front();
}

const domain::FormDefinition& Fold::definition(domain::FormNumber form) const {
  return image_.workspace().forms.at(form);
}

Moment Fold::moment(MomentKind kind, const RecordTable& records, Row row) const {
  Moment moment;
  moment.at = commit_.time;
  moment.kind = kind;
  moment.form = records.form();
  moment.record = row;
  return moment;
}

void Fold::operator()(const domain::PoolAdded& e) {
  evolve(e);
  indexes_.pool_changed(e.pool);
}

void Fold::operator()(const domain::PoolChanged& e) {
  evolve(e);
  indexes_.pool_changed(e.pool);
}

void Fold::operator()(const domain::FormAdded& e) {
  evolve(e);
  indexes_.form_changed(e.form.number);
}

void Fold::operator()(const domain::FormChanged& e) {
  evolve(e);
  indexes_.form_changed(e.form.number);
}

void Fold::operator()(const domain::DedupRuleChanged& e) {
  evolve(e);
  indexes_.form_changed(e.form);
}

void Fold::operator()(const domain::WorkspaceOpened& e) {
  evolve(e);
  indexes_.zone_changed();
}

void Fold::operator()(const domain::CalendarChanged& e) {
  evolve(e);
  indexes_.rules_changed();
}

void Fold::operator()(const domain::RecycleRulePublished& e) {
  evolve(e);
  indexes_.rules_changed();
}

void Fold::operator()(const domain::RecycleRuleSwitched& e) {
  evolve(e);
  indexes_.rules_changed();
}

void Fold::operator()(const domain::BackfillEnded& e) {
  evolve(e);
  if (e.cancelled) indexes_.rules_changed();  // older periods fall back under the version before
  for (std::uint32_t number = 0; number < image_.backfills_.size(); ++number) {
    const auto& backfill = image_.backfills_[number];
    if (backfill.job == e.job && !backfill.ended) indexes_.end_backfill(number, e.cancelled);
  }
}

}  // namespace highseas::projections
