// record_desk — looks up in the state first, then in what this commit touched.
#include "decision/record_desk.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "domain/forms/field_values.hpp"
#include "rules/dedup/dedup.hpp"

namespace highseas::decision {

RecordDesk::RecordDesk(Situation& situation, domain::FormNumber form) : situation_(situation) {
  const auto* found = situation.workspace().form(form);
  HS_ASSERT(found);
  form_ = *found;
}

domain::RecordFacts RecordDesk::facts(base::RecordId record) const {
  if (const auto touched = touched_.find(record); touched != touched_.end()) return touched->second;
  const auto view = situation_.state().record(form_.number, record);
  if (!view) return {};
  return {.exists = true,
          .deleted = view->deleted(),
          .version = view->version(),
          .owner = view->owner(),
          .pool = view->pool(),
          .home_pool = view->home_pool(),
          .collaborators = view->collaborators(),
          .values = view->values()};
}

domain::RecordQuestions RecordDesk::questions(std::optional<base::RecordId> self) const {
  return {
      .duplicates = [this, self](const auto& values) { return duplicates(values, self); },
      .reference_exists = [this](const auto& field, base::Ulid id) { return situation_.reference_exists(field, id); },
      .root = [this](domain::FormNumber form, base::RecordId record) { return root(form, record); },
      .held =
          [this](base::PoolId pool, base::MemberId member) {
            const auto found = held_.find({pool, member});
            return situation_.state().holdings(member, pool) + (found == held_.end() ? 0 : found->second);
          },
      .not_counted_as_held =
          [this, self](const domain::PoolDefinition& pool, const auto& values) {
            const auto& state = situation_.state();
            const auto stored = self ? state.record(form_.number, *self) : std::nullopt;
            return !(stored ? state.counts_as_holding(pool.id, *stored)
                            : state.counts_as_holding(pool.id, ValueSource(values)));
          },
  };
}

std::vector<domain::DuplicateHit> RecordDesk::duplicates(const std::vector<domain::FieldValue>& values,
                                                         std::optional<base::RecordId> self) const {
  auto hits = situation_.state().duplicates(form_.number, ValueSource(values), self);
  // What this commit wrote speaks for itself below.
  std::erase_if(hits, [&](const auto& hit) { return touched_.contains(hit.record); });
  for (const auto& key : rules::dedup_keys(form_, values)) {
    const auto found = keys_.find(key.key);
    if (found == keys_.end()) continue;
    for (const auto record : found->second) {
      if (record == self) continue;
      auto hit = std::ranges::find(hits, record, &domain::DuplicateHit::record);
      if (hit == hits.end()) hit = hits.insert(hits.end(), {.record = record, .form = form_.number, .matched = {}});
      hit->matched.insert(hit->matched.end(), key.fields.begin(), key.fields.end());
    }
  }
  return hits;
}

std::optional<domain::RootFacts> RecordDesk::root(domain::FormNumber form, base::RecordId record) const {
  const auto view = situation_.state().record(form, record);
  if (!view || view->deleted()) return std::nullopt;
  return domain::RootFacts{.form = form,
                           .record = record,
                           .owner = view->owner(),
                           .pool = view->pool(),
                           .collaborators = view->collaborators()};
}

void RecordDesk::lay(base::RecordId record, domain::RecordFacts facts) {
  if (const auto before = touched_.find(record); before != touched_.end()) {
    for (const auto& key : rules::dedup_keys(form_, before->second.values)) keys_[key.key].erase(record);
  }
  if (!facts.deleted) {
    for (const auto& key : rules::dedup_keys(form_, facts.values)) keys_[key.key].insert(record);
  }
  touched_[record] = std::move(facts);
}

void RecordDesk::count(const domain::RecordFacts& facts) {
  if (!facts.owner || !facts.home_pool) return;
  if (!situation_.state().counts_as_holding(*facts.home_pool, ValueSource(facts.values))) return;
  ++held_[{*facts.home_pool, *facts.owner}];
}

void RecordDesk::note(const domain::Events& events) {
  for (const auto& event : events) {
    if (const auto* added = std::get_if<domain::ChoiceAdded>(&event)) {
      const auto field = std::ranges::find(form_.fields, added->field, &domain::FieldDefinition::number);
      HS_ASSERT(field != form_.fields.end());
      field->choices.push_back({.number = added->number, .key = added->text, .label = {added->text, added->text}});
    } else if (const auto* created = std::get_if<domain::RecordCreated>(&event)) {
      domain::RecordFacts facts{.exists = true,
                                .version = 1,
                                .owner = created->owner,
                                .pool = created->pool,
                                .home_pool = created->home_pool,
                                .collaborators = created->collaborators,
                                .values = created->values};
      count(facts);
      lay(created->record, std::move(facts));
    } else if (const auto* changed = std::get_if<domain::RecordChanged>(&event)) {
      auto facts = this->facts(changed->record);
      facts.values = domain::merged_values(facts.values, changed->values);
      if (changed->collaborators) facts.collaborators = *changed->collaborators;
      ++facts.version;
      lay(changed->record, std::move(facts));
    } else if (const auto* deleted = std::get_if<domain::RecordDeleted>(&event)) {
      auto facts = this->facts(deleted->record);
      facts.deleted = true;
      ++facts.version;
      lay(deleted->record, std::move(facts));
    } else if (const auto* restored = std::get_if<domain::RecordRestored>(&event)) {
      auto facts = this->facts(restored->record);
      facts.deleted = false;
      ++facts.version;
      count(facts);
      lay(restored->record, std::move(facts));
    } else if (const auto* released = std::get_if<domain::Released>(&event)) {
      auto facts = this->facts(released->record);
      facts.owner.reset();
      facts.pool = released->pool;
      ++facts.version;
      lay(released->record, std::move(facts));
    } else if (const auto* moved = std::get_if<domain::MovedToPool>(&event)) {
      auto facts = this->facts(moved->record);
      facts.pool = moved->to;
      ++facts.version;
      lay(moved->record, std::move(facts));
    }
  }
}

}  // namespace highseas::decision
