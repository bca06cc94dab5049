// indexes — records that were touched are counted and keyed anew, once, when the commit (or the rebuild) is over.
#include "projections/indexes.hpp"

#include <utility>

#include "base/assert.hpp"
#include "projections/chains.hpp"
#include "projections/file_uses.hpp"
#include "projections/query/form_schema.hpp"

namespace highseas::projections {

Indexes::Indexes(Image& image) : image_(image) {
  zone_changed();
  make_designs();
  for (const auto& [id, pool] : image_.workspace().pools) compile_excludes(pool);
  for (const auto& [number, definition] : image_.workspace().forms) load(number);
  load_owned_rows();
  std::vector<OrderedIndex::Key> due, waiting;
  backfill_left_.resize(image_.backfills().size());
  for (const auto& [number, records] : image_.tables_) {
    for (Row row = 0; row < records->size(); ++row) {
      const auto backfill = records->hidden(Hidden::backfill).get(row);
      if (backfill) {
        ++backfill_left_[static_cast<std::size_t>(*backfill)];
        waiting.push_back({*backfill, number, row});
      }
      const auto at = records->number(domain::facts::kRecycleDueAt, row);
      if (at && !backfill) due.push_back({*at, number, row});
    }
  }
  due_.assign(std::move(due));
  backfill_rows_.assign(std::move(waiting));
  load_file_uses();
  remember_all();
  settle();
}

void Indexes::remember_all() {
  commands_.clear();
  for (auto at = image_.commands_->begin(); at < image_.commands_->end(); ++at) {
    remember(static_cast<std::uint32_t>(at));
  }
}

RecordTable& Indexes::table(domain::FormNumber number) {
  return *image_.tables_.at(number);
}

void Indexes::load(domain::FormNumber number) {
  Form& own = form(number);
  const auto& definition = image_.workspace().forms.at(number);
  own.pooled = definition.behaviours.pooled;
  own.watched = book_.watched_slots(number);
  const auto found = image_.tables_.find(number);
  if (found == image_.tables_.end()) return;
  auto& records = *found->second;
  own.all_keys = own.dedup.take_rules(definition, records);
  if (!own.all_keys) own.dedup.load(records);
  for (Row row = 0; row < records.size(); ++row) refresh_counts(own, records, row);
}

// All at once: cheaper than one by one.
void Indexes::load_owned_rows() {
  std::vector<OrderedIndex::Key> keys;
  for (const auto& [number, own] : forms_) {
    const auto* records = image_.table(number);
    for (Row row = 0; records && row < records->size(); ++row) {
      if (const auto owner = own.counted.owner.get(row)) keys.push_back({*owner, number, row});
    }
  }
  owned_rows_.assign(std::move(keys));
  loaded_ = true;
}

void Indexes::load_file_uses() {
  *image_.file_uses_ = {};
  for (const auto& [number, records] : image_.tables_) {
    for (const auto& field : image_.workspace().forms.at(number).fields) {
      const auto* column = holds_files(field) ? records->column(field.number) : nullptr;
      if (!column) continue;
      for (Row row = 0; row < records->size(); ++row) image_.file_uses_->note({}, column->value(row), number, row);
    }
  }
}

void Indexes::touch(domain::FormNumber number, Row row, bool keys) {
  touch_as(number, row, static_cast<std::uint8_t>(keys ? kFacts | kKeys : kFacts));
}

void Indexes::touch_as(domain::FormNumber number, Row row, std::uint8_t how) {
  Form& own = form(number);
  if (row >= own.how.size()) own.how.resize(std::max<std::size_t>(row + 1, own.how.size() * 2));
  if (own.how[row] == 0) own.touched.push_back(row);
  own.how[row] |= how;
}

void Indexes::touch_field(domain::FormNumber number, Row row, domain::FieldNumber field) {
  touch(number, row, form(number).dedup.concerns(field));
}

void Indexes::touch_all(domain::FormNumber number, Touch how) {
  const auto* records = image_.table(number);
  for (Row row = 0; records && row < records->size(); ++row) touch_as(number, row, how);
}

void Indexes::form_changed(domain::FormNumber number) {
  const auto& definition = image_.workspace().forms.at(number);
  Form& own = form(number);
  own.pooled = definition.behaviours.pooled;
  // A table is made with its form, so that its dedup rules have a place.
  auto& records = image_.tables_[number];
  if (!records) records = std::make_unique<RecordTable>(number);
  if (own.dedup.take_rules(definition, *records)) own.all_keys = true;
  if (!image_.workspace().rules.empty()) designs_stale_ = true;
}

void Indexes::pool_changed(const domain::PoolDefinition& pool) {
  const auto before = excludes_text_.find(pool.id);
  if ((before == excludes_text_.end() ? "" : before->second) == pool.holding_excludes) return;
  compile_excludes(pool);
  touch_all(pool.form);
}

void Indexes::compile_excludes(const domain::PoolDefinition& pool) {
  excludes_.erase(pool.id);
  excludes_text_[pool.id] = pool.holding_excludes;
  const auto* definition = image_.workspace().form(pool.form);
  if (pool.holding_excludes.empty() || !definition) return;
  auto compiled = expression::compile(pool.holding_excludes, FormSchema(image_.workspace(), *definition),
                                      {.allow_now = false, .allow_me = false});
  if (compiled) excludes_.insert_or_assign(pool.id, std::move(*compiled));
}

void Indexes::zone_changed() {
  zone_ = base::Zone::find(image_.workspace().time_zone).value_or(base::Zone::utc());
  designs_stale_ = true;
}

void Indexes::remember(std::uint32_t entry) {
  commands_.insert(base::UlidHash{}(image_.commands_->entry(entry).id), entry,
                   [this](std::uint32_t of) { return base::UlidHash{}(image_.commands_->entry(of).id); });
}

void Indexes::settle() {
  if (designs_stale_ || rules_stale_) {
    const auto how = designs_stale_ ? kFacts : kDue;
    make_designs();
    for (auto& [number, own] : forms_) {
      own.watched = book_.watched_slots(number);
      if (own.pooled) touch_all(number, how);
    }
  }
  for (auto& [number, own] : forms_) {
    if (!own.all_keys && own.touched.empty()) continue;
    auto& records = table(number);
    const auto& definition = image_.workspace().forms.at(number);
    if (own.all_keys) {
      for (Row row = 0; row < records.size(); ++row) own.dedup.refresh(definition, records, row);
    }
    for (const Row row : own.touched) {
      if ((own.how[row] & kKeys) != 0 && !own.all_keys) own.dedup.refresh(definition, records, row);
      const auto how = std::exchange(own.how[row], 0);
      if (!own.pooled) continue;
      if ((how & kFacts) != 0) refresh_counts(own, records, row);
      refresh_due(own, records, row);
    }
    own.all_keys = false;
    own.touched.clear();
  }
}

bool Indexes::count_one(NumberColumn& column, Row row, std::optional<std::uint32_t> fresh,
                        std::vector<std::uint32_t>& counts) {
  const auto old = column.get(row);
  if (old == (fresh ? std::optional<std::int64_t>(*fresh) : std::nullopt)) return false;
  if (old) --counts[static_cast<std::size_t>(*old)];
  if (fresh) {
    if (*fresh >= counts.size()) counts.resize(*fresh + 1);
    ++counts[*fresh];
  }
  column.put(row, fresh ? std::optional<std::int64_t>(*fresh) : std::nullopt);
  return true;
}

void Indexes::refresh_counts(Form& own, RecordTable& records, Row row) {
  if (!own.pooled) return;
  const RecordView record(image_, records, row);
  const bool live = !records.deleted(row);
  const auto owner = live ? record.owner() : std::nullopt;
  const auto pool = live ? record.pool() : std::nullopt;
  const auto home = record.home_pool();
  const auto code = [](IdDictionary& ids, const auto& id) {
    return id ? std::optional(ids.intern(id->ulid)) : std::nullopt;
  };
  const auto before = own.counted.owner.get(row);
  const auto now = code(members_, owner);
  if (count_one(own.counted.owner, row, now, own.owned) && loaded_) {
    if (before) HS_ASSERT(owned_rows_.erase({*before, records.form(), row}));
    if (now) owned_rows_.insert({*now, records.form(), row});
  }
  count_one(own.counted.pool, row, code(pools_, pool), in_pool_);

  const auto held_by = own.counted.held_by.get(row);
  const auto held_in = own.counted.held_in.get(row);
  const bool holds = owner && home && counts_as_holding(*home, record);
  const auto by = holds ? std::optional<std::int64_t>(members_.intern(owner->ulid)) : std::nullopt;
  const auto in = holds ? std::optional<std::int64_t>(pools_.intern(home->ulid)) : std::nullopt;
  if (held_by == by && held_in == in) return;
  if (held_by) {
    --holdings_[{{members_.id(static_cast<std::uint32_t>(*held_by))},
                 {pools_.id(static_cast<std::uint32_t>(*held_in))}}];
  }
  if (holds) ++holdings_[{*owner, *home}];
  own.counted.held_by.put(row, by);
  own.counted.held_in.put(row, in);
}

std::uint32_t Indexes::holdings(base::MemberId member, base::PoolId pool) const {
  const auto found = holdings_.find({member, pool});
  return found == holdings_.end() ? 0 : found->second;
}

bool Indexes::counts_as_holding(base::PoolId pool, const expression::RecordSource& record) const {
  const auto found = excludes_.find(pool);
  if (found == excludes_.end()) return true;
  return !expression::evaluate(found->second, record, {}).value_or(false);
}

std::uint32_t Indexes::owned_count(base::MemberId member) const {
  std::uint32_t count = 0;
  for (const auto& [number, own] : forms_) count += owned_count(member, number);
  return count;
}

std::uint32_t Indexes::owned_count(base::MemberId member, domain::FormNumber number) const {
  const auto found = forms_.find(number);
  const auto code = members_.find(member.ulid);
  if (!code || found == forms_.end()) return 0;
  const auto& owned = found->second.owned;
  return *code < owned.size() ? owned[*code] : 0;
}

std::vector<Row> Indexes::owned(base::MemberId member, domain::FormNumber number, Row first, std::size_t limit) const {
  std::vector<Row> rows;
  const auto code = members_.find(member.ulid);
  if (!code) return rows;
  owned_rows_.walk_from({*code, number, first}, [&](const OrderedIndex::Key& key) {
    if (key.order != *code || key.form != number || rows.size() >= limit) return false;
    rows.push_back(key.row);
    return true;
  });
  return rows;
}

std::uint32_t Indexes::pool_count(base::PoolId pool) const {
  const auto code = pools_.find(pool.ulid);
  return code && *code < in_pool_.size() ? in_pool_[*code] : 0;
}

std::vector<domain::DuplicateHit> Indexes::duplicates(domain::FormNumber number, const expression::RecordSource& values,
                                                      std::optional<base::RecordId> except) const {
  const auto found = forms_.find(number);
  const auto* records = image_.table(number);
  const auto* definition = image_.workspace().form(number);
  if (found == forms_.end() || !records || !definition) return {};
  return found->second.dedup.find(*definition, *records, values, except);
}

std::optional<std::uint32_t> Indexes::command(base::CommandId id) const {
  std::optional<std::uint32_t> newest;
  commands_.find(base::UlidHash{}(id.ulid), [&](std::uint32_t entry) {
    if (entry >= image_.commands_->begin() && image_.commands_->entry(entry).id == id.ulid) {
      newest = std::max(newest.value_or(0), entry);
    }
    return false;
  });
  return newest;
}

std::size_t Indexes::bytes() const {
  std::size_t sum = due_.bytes() + owned_rows_.bytes() + backfill_rows_.bytes() + commands_.bytes() + members_.bytes() +
                    pools_.bytes() + holdings_.size() * 64;
  for (const auto& [number, own] : forms_) {
    const auto& counted = own.counted;
    sum += counted.owner.bytes() + counted.pool.bytes() + counted.held_by.bytes() + counted.held_in.bytes();
    sum += own.dedup.bytes() + own.touched.capacity() * sizeof(Row) + own.how.capacity();
  }
  return sum;
}

}  // namespace highseas::projections
