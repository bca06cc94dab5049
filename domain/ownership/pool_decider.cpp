// pool_decider — a pool's definition is checked whole; one that holds records or that a rule names is never removed.
#include "domain/ownership/pool_decider.hpp"

#include <algorithm>

#include "domain/faults.hpp"

namespace highseas::domain {
namespace {

void check_audience(const std::optional<Audience>& audience, const std::string& pointer, const Workspace& workspace,
                    Faults& faults) {
  if (!audience) return;
  for (std::size_t at = 0; at < audience->members.size(); ++at) {
    if (workspace.member(audience->members[at])) continue;
    faults.add(pointer + "/members/" + std::to_string(at), RefusalCode::unknown_member);
  }
  for (std::size_t at = 0; at < audience->departments.size(); ++at) {
    const auto found = workspace.departments.find(audience->departments[at]);
    if (found != workspace.departments.end() && !found->second.removed) continue;
    faults.add(pointer + "/departments/" + std::to_string(at), RefusalCode::unknown_department);
  }
  for (std::size_t at = 0; at < audience->roles.size(); ++at) {
    const auto found = workspace.roles.find(audience->roles[at]);
    if (found != workspace.roles.end() && !found->second.removed) continue;
    faults.add(pointer + "/roles/" + std::to_string(at), RefusalCode::unknown_role);
  }
}

void check_hidden_fields(const PoolDefinition& pool, const FormDefinition& form, Faults& faults) {
  for (std::size_t at = 0; at < pool.hidden_fields.size(); ++at) {
    const auto* field = form.field(pool.hidden_fields[at]);
    if (field && !field->retired) continue;
    faults.add("/hidden_fields/" + std::to_string(at), RefusalCode::unknown_field, pool.hidden_fields[at]);
  }
}

// The pool as it is to be stored; `pool.id` is what its name may share.
PoolDefinition checked(PoolDefinition pool, const PoolFacts& facts, const Workspace& workspace, Faults& faults) {
  pool.name = checked_name(pool.name, "/name", kNameLengthMax, faults);
  for (const auto& [id, other] : workspace.pools) {
    if (id == pool.id || other.form != pool.form || other.name != pool.name) continue;
    faults.add("/name", RefusalCode::name_taken);
    break;
  }
  const auto* form = workspace.form(pool.form);
  if (!form || !form->behaviours.pooled) {
    faults.add("/form", RefusalCode::unknown_form);
  } else {
    check_hidden_fields(pool, *form, faults);
  }
  check_audience(pool.managers, "/managers", workspace, faults);
  check_audience(pool.claimers, "/claimers", workspace, faults);
  if (facts.holding_excludes_fault) faults.add_expression("/holding_excludes", *facts.holding_excludes_fault);
  const auto limit = std::to_string(kPoolDaysMax);
  if (pool.cool_down_days > kPoolDaysMax) faults.add("/cool_down_days", RefusalCode::out_of_range, 0, limit);
  if (pool.protect_new_days > kPoolDaysMax) faults.add("/protect_new_days", RefusalCode::out_of_range, 0, limit);
  return pool;
}

bool names(const RecycleDraft& draft, base::PoolId pool) {
  return draft.target_pool == pool || std::ranges::find(draft.pools, pool) != draft.pools.end();
}

// The rules that are switched on and whose versions in force name the pool: the newest, and those before it for as long
// as it leaves older ownership periods to them.
std::vector<std::string> rules_that_name(base::PoolId pool, const Workspace& workspace) {
  std::vector<std::string> found;
  for (const auto& [id, rule] : workspace.rules) {
    if (!rule.enabled) continue;
    for (auto version = rule.versions.rbegin(); version != rule.versions.rend(); ++version) {
      if (names(version->draft, pool)) {
        found.push_back(rule.versions.back().draft.name);
        break;
      }
      if (!rule.spares_older_periods(*version)) break;
    }
  }
  return found;
}

}  // namespace

Decision decide_add_pool(const PoolFacts& facts, const AddPool& command, const DecisionContext& context) {
  if (!context.rights.writes(Thing::pools)) return refuse(RefusalCode::forbidden);
  auto pool = command.pool;
  pool.id = base::PoolId{context.ids.other()};
  Faults faults;
  pool = checked(std::move(pool), facts, context.workspace, faults);
  if (faults.any()) return faults.refusal();
  return accept(PoolAdded{std::move(pool)});
}

Decision decide_change_pool(const PoolFacts& facts, const ChangePool& command, const DecisionContext& context) {
  const auto* existing = context.workspace.pool(command.pool.id);
  if (!existing || !context.rights.reads(Thing::pools)) return refuse(RefusalCode::not_found);
  if (!context.rights.writes(Thing::pools)) return refuse(RefusalCode::forbidden);
  Faults faults;
  auto wanted = command.pool;
  if (wanted.form != existing->form) faults.add("/form", RefusalCode::read_only_field);
  wanted.form = existing->form;
  auto pool = checked(std::move(wanted), facts, context.workspace, faults);
  if (faults.any()) return faults.refusal();
  if (pool == *existing) return already_true();
  return accept(PoolChanged{std::move(pool)});
}

Decision decide_remove_pool(const PoolFacts& facts, const RemovePool& command, const DecisionContext& context) {
  const auto* pool = context.workspace.pool(command.pool);
  if (!pool || !context.rights.reads(Thing::pools)) return refuse(RefusalCode::not_found);
  if (!context.rights.writes(Thing::pools)) return refuse(RefusalCode::forbidden);
  const auto of_its_form = std::ranges::count_if(context.workspace.pools,
                                                 [&](const auto& entry) { return entry.second.form == pool->form; });
  if (facts.records > 0 || of_its_form < 2) return refuse(RefusalCode::pool_not_empty);
  if (auto rules = rules_that_name(command.pool, context.workspace); !rules.empty()) {
    auto refusal = Refusal::of(RefusalCode::pool_in_use);
    refusal.names = std::move(rules);
    return refuse(std::move(refusal));
  }
  return accept(PoolRemoved{command.pool});
}

}  // namespace highseas::domain
