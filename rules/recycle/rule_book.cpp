// rule_book — compiles the versions that still govern, and finds them by form and home pool.
#include "rules/recycle/rule_book.hpp"

#include <algorithm>
#include <set>

#include "base/assert.hpp"

namespace highseas::rules {
namespace {

// The version under which the ownership period stands; null: under none.
const CompiledRule* in_force(std::span<const CompiledRule> newest_first, base::Instant period_began_at) {
  for (const auto& version : newest_first) {
    if (version.existing != domain::Existing::new_only || period_began_at >= version.published_at) return &version;
  }
  return nullptr;
}

}  // namespace

RuleBook::RuleBook(const domain::Workspace& workspace, const SchemaOfForm& schema_of) {
  for (const auto& [id, rule] : workspace.rules) {
    if (rule.enabled && !rule.versions.empty()) add(id, rule, schema_of);
  }
}

void RuleBook::add(base::RuleId id, const domain::RecycleRule& rule, const SchemaOfForm& schema_of) {
  HS_ASSERT(rule.versions.size() == rule.published_at.size());
  auto versions = std::make_shared<Versions>();
  for (auto index = rule.versions.size(); index-- > 0;) {
    const auto& published = rule.versions[index];
    const auto* schema = schema_of(published.draft.form);
    if (!schema) {
      broken_.push_back({id, published.version, {}});
    } else if (auto compiled = compile_rule(published, rule.published_at[index], *schema)) {
      if (rule.spares_older_periods(published)) compiled->existing = domain::Existing::new_only;
      versions->push_back(std::move(*compiled));
    } else {
      broken_.push_back({id, published.version, std::move(compiled.error())});
    }
    // A broken version does not hand its records to the one before it: nobody asked for that.
    const bool is_broken = versions->size() < rule.versions.size() - index;
    if (is_broken || !rule.spares_older_periods(published)) break;
  }
  if (versions->empty()) return;
  std::set<std::pair<domain::FormNumber, base::PoolId>> places;
  for (const auto& version : *versions) {
    for (const auto pool : version.draft.pools) places.emplace(version.draft.form, pool);
  }
  for (const auto& place : places) by_pool_[place].push_back(versions);
  rules_.push_back(std::move(versions));
}

std::vector<const CompiledRule*> RuleBook::governing(const RecycleFacts& facts) const {
  std::vector<const CompiledRule*> found;
  const auto place = by_pool_.find({facts.form, facts.home_pool});
  if (place == by_pool_.end()) return found;
  for (const auto& versions : place->second) {
    const auto* version = in_force(*versions, facts.period_began_at);
    if (version && version->governs(facts.form, facts.home_pool)) found.push_back(version);
  }
  return found;
}

std::vector<const CompiledRule*> RuleBook::newest(domain::FormNumber form) const {
  std::vector<const CompiledRule*> found;
  for (const auto& versions : rules_) {
    if (versions->front().draft.form == form) found.push_back(&versions->front());
  }
  return found;
}

std::vector<std::uint32_t> RuleBook::watched_slots(domain::FormNumber form) const {
  std::set<std::uint32_t> slots;
  for (const auto& versions : rules_) {
    for (const auto& version : *versions) {
      if (version.draft.form == form) slots.insert(version.condition_slots.begin(), version.condition_slots.end());
    }
  }
  return {slots.begin(), slots.end()};
}

}  // namespace highseas::rules
