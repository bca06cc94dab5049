// rule_book — the recycle rules of a workspace, compiled, and which of them govern a record.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "domain/workspace/workspace.hpp"
#include "rules/recycle/compiled_rule.hpp"
#include "rules/recycle/recycle_facts.hpp"

namespace highseas::rules {

// A live rule whose version can't be compiled against the form of now: it governs nothing, and is to be shown.
struct BrokenRule {
  base::RuleId rule;
  std::uint32_t version = 0;
  std::vector<RuleFault> faults;
};

// Null for a form that is none; asked while the book is made only.
using SchemaOfForm = std::function<const expression::Schema*(domain::FormNumber)>;

// Immutable; to be made again when a rule or form changes. Copies share what they hold.
class RuleBook {
 public:
  RuleBook() = default;
  RuleBook(const domain::Workspace& workspace, const SchemaOfForm& schema_of);

  // The versions in force for the record, by rule id, disabled rules apart. Normally the newest; an ownership period
  // begun before a version was published as new_only, or with a backfill that was cancelled, stays under the version
  // before it (none: ungoverned).
  std::vector<const CompiledRule*> governing(const RecycleFacts& facts) const;
  // Rules of the form, whatever the pool and period: the newest versions.
  std::vector<const CompiledRule*> newest(domain::FormNumber form) const;
  // The slots of the form's fields that a rule's expressions name, rising: whose changes RecycleFacts wants.
  std::vector<std::uint32_t> watched_slots(domain::FormNumber form) const;
  const std::vector<BrokenRule>& broken() const { return broken_; }

 private:
  // Of one rule, newest first, down to the first version that takes over every period.
  using Versions = std::vector<CompiledRule>;

  void add(base::RuleId id, const domain::RecycleRule& rule, const SchemaOfForm& schema_of);

  std::vector<std::shared_ptr<const Versions>> rules_;  // by rule id
  std::map<std::pair<domain::FormNumber, base::PoolId>, std::vector<std::shared_ptr<const Versions>>> by_pool_;
  std::vector<BrokenRule> broken_;
};

}  // namespace highseas::rules
