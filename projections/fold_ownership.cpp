// fold_ownership — who owns a record, which pool it lies in, since when and why.
#include "base/assert.hpp"
#include "domain/records/record_place.hpp"
#include "projections/chains.hpp"
#include "projections/fold.hpp"

namespace highseas::projections {
namespace {

namespace facts = domain::facts;

}  // namespace

// A new ownership period begins.
void Fold::enter_ownership(RecordTable& records, Row row, base::MemberId owner, domain::OwnedBy how) {
  records.references(facts::kOwner).put(row, owner.ulid);
  records.numbers(facts::kOwnedSince).set(row, commit_.time.ms);
  records.numbers(facts::kOwnedBy).set(row, static_cast<std::int64_t>(how));
  auto& periods = records.hidden(Hidden::period);
  periods.set(row, periods.get_or(row, 0) + 1);
  records.hidden(Hidden::period_began).set(row, commit_.time.ms);
  records.hidden(Hidden::last_data_change).clear(row);
}

void Fold::leave_pool(MomentKind kind, RecordTable& records, Row row, base::MemberId owner, base::PoolId pool) {
  const RecordView record(image_, records, row);
  HS_ASSERT(!record.owner() && record.pool() == pool);
  auto out = moment(kind, records, row);
  out.member = owner;
  out.department = department_of(owner);
  out.pool = pool;
  if (const auto since = records.number(facts::kPooledSince, row)) out.waited_ms = commit_.time.ms - *since;
  image_.moments_->add(out);
  records.references(facts::kPool).put(row, std::nullopt);
  records.references(facts::kHomePool).put(row, pool.ulid);
  records.numbers(facts::kPooledSince).clear(row);
  records.numbers(facts::kPooledBy).clear(row);
  records.fact(facts::kPoolReason).set(row, {});
}

void Fold::enter_pool(RecordTable& records, Row row, base::PoolId pool, domain::PooledBy how, std::string_view reason) {
  using enum domain::PooledBy;
  records.references(facts::kPool).put(row, pool.ulid);
  if (!records.reference(facts::kHomePool, row)) records.references(facts::kHomePool).put(row, pool.ulid);
  records.numbers(facts::kPooledSince).set(row, commit_.time.ms);
  records.numbers(facts::kPooledBy).set(row, static_cast<std::int64_t>(how));
  if (!reason.empty()) records.fact(facts::kPoolReason).set(row, std::string(reason));
  auto in = moment(how == imported   ? MomentKind::imported
                   : how == released ? MomentKind::released
                   : how == recycled ? MomentKind::recycled
                   : how == left     ? MomentKind::left
                   : how == moved    ? MomentKind::moved_in
                                     : MomentKind::created,
                   records, row);
  in.pool = pool;
  if (const auto from = records.reference(facts::kPreviousOwner, row); from && (how != imported && how != moved)) {
    in.member = base::MemberId{*from};
    in.department = department_of(*in.member);
  }
  image_.moments_->add(in);
}

void Fold::leave_owner(RecordTable& records, Row row, base::MemberId from,
                       std::optional<base::Instant> cool_down_until) {
  HS_ASSERT(RecordView(image_, records, row).owner() == from);
  records.references(facts::kOwner).put(row, std::nullopt);
  records.references(facts::kPreviousOwner).put(row, from.ulid);
  records.numbers(facts::kOwnedSince).clear(row);
  records.numbers(facts::kOwnedBy).clear(row);
  records.numbers(facts::kCoolDownUntil).put(row, cool_down_until ? std::optional(cool_down_until->ms) : std::nullopt);
  cool_down(records, row, from, cool_down_until);
}

void Fold::cool_down(RecordTable& records, Row row, base::MemberId from, std::optional<base::Instant> until) {
  if (!until) return;
  auto& heads = records.hidden(Hidden::cool_down);
  heads.set(row, image_.cool_downs_->add(from, *until, static_cast<std::uint32_t>(heads.get_or(row, kNoEntry))));
}

void Fold::operator()(const domain::Claimed& e) {
  auto [records, row] = place(e.form, e.record);
  leave_pool(MomentKind::claimed, records, row, e.owner, e.pool);
  enter_ownership(records, row, e.owner, domain::OwnedBy::claimed);
  changed(records, row);
  history(records, row);
  const auto day = indexes_.zone().local_date(commit_.time);
  if (day != image_.claims_day_) image_.claims_.clear();
  image_.claims_day_ = day;
  ++image_.claims_[{e.owner, e.pool}];
}

void Fold::operator()(const domain::Assigned& e) {
  auto [records, row] = place(e.form, e.record);
  leave_pool(MomentKind::assigned, records, row, e.owner, e.pool);
  image_.last_assigned_.insert_or_assign(e.pool, e.owner);
  enter_ownership(records, row, e.owner, domain::OwnedBy::assigned);
  if (domain::carries_fact(definition(e.form), *domain::fact_field(facts::kAssignedAt))) {
    records.numbers(facts::kAssignedAt).set(row, commit_.time.ms);
  }
  changed(records, row);
  history(records, row);
}

void Fold::operator()(const domain::Transferred& e) {
  auto [records, row] = place(e.form, e.record);
  HS_ASSERT(RecordView(image_, records, row).owner() == e.from);
  records.references(facts::kPreviousOwner).put(row, e.from.ulid);
  cool_down(records, row, e.from, e.cool_down_until);
  enter_ownership(records, row, e.to, domain::OwnedBy::transferred);
  changed(records, row);
  history(records, row);
  auto to = moment(MomentKind::transferred, records, row);
  to.member = e.to;
  to.department = department_of(e.to);
  image_.moments_->add(to);
}

void Fold::operator()(const domain::Released& e) {
  auto [records, row] = place(e.form, e.record);
  leave_owner(records, row, e.from, e.cool_down_until);
  enter_pool(records, row, e.pool, e.left ? domain::PooledBy::left : domain::PooledBy::released, e.reason);
  changed(records, row);
  history(records, row);
}

void Fold::operator()(const domain::Recycled& e) {
  auto [records, row] = place(e.form, e.record);
  leave_owner(records, row, e.from, e.cool_down_until);
  std::string reason;
  if (!e.rules.empty()) {
    const auto rule = image_.workspace().rules.find(e.rules.front().rule);
    HS_ASSERT(rule != image_.workspace().rules.end() && e.rules.front().version <= rule->second.versions.size());
    reason = rule->second.versions[e.rules.front().version - 1].draft.name;
  }
  enter_pool(records, row, e.pool, domain::PooledBy::recycled, reason);
  indexes_.leave_backfill(e.form, row);
  changed(records, row);
  history(records, row);
}

void Fold::operator()(const domain::MovedToPool& e) {
  auto [records, row] = place(e.form, e.record);
  HS_ASSERT(RecordView(image_, records, row).pool() == e.from);
  auto out = moment(MomentKind::moved_out, records, row);
  out.pool = e.from;
  image_.moments_->add(out);
  enter_pool(records, row, e.to, domain::PooledBy::moved, {});
  changed(records, row);
  history(records, row);
}

void Fold::operator()(const domain::Locked& e) {
  auto [records, row] = place(e.form, e.record);
  auto& end = records.hidden(Hidden::lock_end);
  if (e.until) {
    end.set(row, e.until->ms);
  } else if (const auto until = end.get(row); until && *until > commit_.time.ms) {
    end.set(row, commit_.time.ms);
  }
  records.numbers(facts::kLockedUntil).put(row, e.until ? std::optional(e.until->ms) : std::nullopt);
  changed(records, row);
  history(records, row);
}

void Fold::operator()(const domain::RecycleReminded& e) {
  auto [records, row] = place(e.form, e.record);
  history(records, row);
}

// Nothing lives in a pool that is removed, but what was taken out of it has it as its home: each record gets the home
// that its owner's would be now, so that rules, limits and the way back go by a pool that exists. Those in the bin too.
void Fold::operator()(const domain::PoolRemoved& e) {
  const auto* removed = image_.workspace().pool(e.pool);
  HS_ASSERT(removed);
  const auto form = removed->form;
  evolve(e);
  image_.last_assigned_.erase(e.pool);
  const auto& workspace = image_.workspace();
  const auto found = image_.tables_.find(form);
  if (found == image_.tables_.end()) return;
  auto& records = *found->second;
  for (Row row = 0; row < records.size(); ++row) {
    if (records.reference(facts::kHomePool, row) != e.pool.ulid) continue;
    const RecordView record(image_, records, row);
    const auto lies_in = record.pool() == e.pool ? std::nullopt : record.pool();
    const auto home = record.owner() ? domain::home_pool_of(workspace, form, *record.owner()) : lies_in;
    const auto* first = workspace.first_pool(form);
    records.references(facts::kHomePool)
        .put(row, home    ? std::optional(home->ulid)
                  : first ? std::optional(first->id.ulid)
                          : std::nullopt);
    // Other rules govern it from now on: they give it the notice that a changed condition gives.
    if (record.owner()) records.changed_at()[facts::kHomePool].set(row, commit_.time.ms);
    indexes_.touch(form, row);
  }
}

}  // namespace highseas::projections
