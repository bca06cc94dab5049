// indexes_due — the due index, and backfills that keep records out of it.
#include <list>

#include "base/assert.hpp"
#include "projections/indexes.hpp"
#include "projections/query/form_schema.hpp"

namespace highseas::projections {
namespace {

namespace facts = domain::facts;

}  // namespace

void Indexes::make_designs() {
  designs_stale_ = rules_stale_ = false;
  const auto& workspace = image_.workspace();
  calendar_.emplace(workspace.calendar(), zone_);
  std::list<FormSchema> schemas;  // they must live while the book is made
  book_ = rules::RuleBook(workspace, [&](domain::FormNumber number) -> const expression::Schema* {
    const auto* definition = workspace.form(number);
    return definition ? &schemas.emplace_back(workspace, *definition) : nullptr;
  });
  make_pins();
}

// A cancelled backfill leaves its records under the version before; the book holds newest versions only.
void Indexes::make_pins() {
  before_pin_.clear();
  for (const auto& backfill : image_.backfills()) {
    auto& before = before_pin_.emplace_back();
    const auto found = image_.workspace().rules.find(backfill.rule);
    if (!backfill.ended || backfill.version < 2 || found == image_.workspace().rules.end()) continue;
    const auto& published = found->second.versions[backfill.version - 2];
    const auto* definition = image_.workspace().form(published.draft.form);
    if (!definition) continue;
    auto compiled = rules::compile_rule(published, found->second.published_at[backfill.version - 2],
                                        FormSchema(image_.workspace(), *definition));
    if (compiled) before = std::move(*compiled);
  }
}

rules::DueOfAll Indexes::judge(const RecordView& record) const {
  const auto own = forms_.find(record.form());
  const RecordFacts facts(record, own == forms_.end() ? std::span<const std::uint32_t>{} : own->second.watched);
  auto governing = book_.governing(facts.get());
  const auto pin = record.table().hidden(Hidden::pin).get(record.row());
  if (pin && record.table().hidden(Hidden::pin_period).get(record.row()) == record.ownership_period()) {
    const auto& backfill = image_.backfills()[static_cast<std::size_t>(*pin)];
    const auto& before = before_pin_[static_cast<std::size_t>(*pin)];
    for (auto rule = governing.begin(); rule != governing.end(); ++rule) {
      if ((*rule)->rule != backfill.rule || (*rule)->version != backfill.version) continue;
      if (before) {
        *rule = &*before;
      } else {
        governing.erase(rule);
      }
      break;
    }
  }
  return rules::due_of_all(facts.get(), record, governing, *calendar_);
}

void Indexes::refresh_due(Form& own, RecordTable& records, Row row) {
  const auto old = records.number(facts::kRecycleDueAt, row);
  if (!old && image_.workspace().rules.empty()) return;
  const RecordView record(image_, records, row);
  const auto judged = record.owner() && !records.deleted(row) ? judge(record) : rules::DueOfAll{};
  const auto* deciding = judged.deciding();
  const auto fresh = deciding ? std::optional(deciding->due.at.ms) : std::nullopt;
  if (deciding || old) {
    auto& rules = records.references(facts::kRecycleRule);
    const auto rule = deciding ? std::optional(deciding->rule->rule.ulid) : std::nullopt;
    if (rules.get(row) != rule) rules.put(row, rule);
  }
  if (old == fresh) return;
  records.numbers(facts::kRecycleDueAt).put(row, fresh);
  if (records.hidden(Hidden::backfill).get(row)) return;  // its backfill has it
  if (old) HS_ASSERT(due_.erase({*old, records.form(), row}));
  if (fresh) due_.insert({*fresh, records.form(), row});
  (void)own;
}

void Indexes::start_backfill(const domain::BackfillStarted& event) {
  settle();
  const auto number = static_cast<std::uint32_t>(image_.backfills_.size());
  image_.backfills_.push_back({.job = event.job, .rule = event.rule, .version = event.version});
  before_pin_.emplace_back();
  backfill_left_.push_back(0);
  for (auto& [form_number, own] : forms_) {
    if (!own.pooled || !image_.table(form_number)) continue;
    for (const auto* rule : book_.newest(form_number)) {
      if (rule->rule != event.rule || rule->version != event.version) continue;
      take_due(form_number, *rule, number, event.judged_at);
    }
  }
}

// The version governs already, so that what it makes due stands in the index, no later: nothing else is looked at.
void Indexes::take_due(domain::FormNumber form_number, const rules::CompiledRule& rule, std::uint32_t number,
                       base::Instant judged_at) {
  auto& records = table(form_number);
  std::vector<OrderedIndex::Key> taken;
  due_.walk([&](const OrderedIndex::Key& key) {
    if (key.order > judged_at.ms) return false;
    if (key.form != form_number) return true;
    const RecordView record(image_, records, key.row);
    const RecordFacts of(record, rule.condition_slots);
    if (rules::due(of.get(), record, rule, *calendar_).is_due_by(judged_at)) taken.push_back(key);
    return true;
  });
  for (const auto& key : taken) {
    due_.erase(key);
    records.hidden(Hidden::backfill).set(key.row, number);
    backfill_rows_.insert({number, form_number, key.row});
  }
  backfill_left_[number] += taken.size();
}

void Indexes::leave_backfill(domain::FormNumber number, Row row) {
  auto& records = table(number);
  const auto backfill = records.hidden(Hidden::backfill).get(row);
  if (!backfill) return;
  records.hidden(Hidden::backfill).clear(row);
  HS_ASSERT(backfill_rows_.erase({*backfill, number, row}));
  --backfill_left_[static_cast<std::size_t>(*backfill)];
  if (const auto at = records.number(facts::kRecycleDueAt, row)) due_.insert({*at, number, row});
}

void Indexes::end_backfill(std::uint32_t number, bool cancelled) {
  image_.backfills_[number].ended = true;
  for (const auto& [order, form_number, row] : backfill(number, backfill_left_[number])) {
    auto& records = table(form_number);
    leave_backfill(form_number, row);
    if (!cancelled) continue;
    records.hidden(Hidden::pin).set(row, number);
    records.hidden(Hidden::pin_period).set(row, records.hidden(Hidden::period).get_or(row, 0));
    touch(form_number, row);
  }
  make_pins();
}

std::uint64_t Indexes::backfill_left(std::uint32_t number) const {
  return number < backfill_left_.size() ? backfill_left_[number] : 0;
}

std::vector<OrderedIndex::Key> Indexes::backfill(std::uint32_t number, std::size_t limit) const {
  std::vector<OrderedIndex::Key> waiting;
  backfill_rows_.walk_from({number, 0, 0}, [&](const OrderedIndex::Key& key) {
    if (key.order != number || waiting.size() >= limit) return false;
    waiting.push_back(key);
    return true;
  });
  return waiting;
}

}  // namespace highseas::projections
