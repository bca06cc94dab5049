// decide_design — forms and pools: what names a field is looked up before it may go.
#include "decision/commands.hpp"
#include "domain/forms/form_decider.hpp"
#include "domain/ownership/pool_decider.hpp"
#include "projections/query/form_schema.hpp"

namespace highseas::decision {
namespace {

// What an expression on a form names; one that does not compile any more names nothing that could still be kept.
domain::DesignUse use_of(const domain::Workspace& workspace, std::string name, domain::FormNumber form_number,
                         const std::string& text) {
  domain::DesignUse use{.name = std::move(name), .form = form_number, .fields = {}, .choices = {}};
  const auto* form = workspace.form(form_number);
  if (!form || text.empty()) return use;
  const auto compiled = expression::compile(text, projections::FormSchema(workspace, *form));
  if (!compiled) return use;
  use.fields.assign(compiled->slots().begin(), compiled->slots().end());
  for (const auto& choice : compiled->choices()) use.choices.emplace_back(choice.slot, choice.number);
  return use;
}

std::vector<domain::DesignUse> uses_of_fields(const domain::Workspace& workspace) {
  std::vector<domain::DesignUse> uses;
  for (const auto& [id, rule] : workspace.rules) {
    if (!rule.enabled || rule.versions.empty()) continue;
    const auto& draft = rule.versions.back().draft;
    uses.push_back(use_of(workspace, draft.name, draft.form, draft.applies_when));
    uses.push_back(use_of(workspace, draft.name, draft.form, draft.protect_when.value_or("")));
  }
  for (const auto& [id, pool] : workspace.pools) {
    auto use = use_of(workspace, pool.name, pool.form, pool.holding_excludes);
    use.fields.insert(use.fields.end(), pool.hidden_fields.begin(), pool.hidden_fields.end());
    uses.push_back(std::move(use));
  }
  return uses;
}

domain::PoolFacts pool_facts(Situation& situation, const domain::PoolDefinition& pool) {
  domain::PoolFacts facts{.records = situation.state().pool_count(pool.id), .holding_excludes_fault = {}};
  const auto* form = situation.workspace().form(pool.form);
  if (!form || pool.holding_excludes.empty()) return facts;
  const auto compiled =
      expression::compile(pool.holding_excludes, projections::FormSchema(situation.workspace(), *form),
                          {.allow_now = false, .allow_me = false});
  if (!compiled) facts.holding_excludes_fault = compiled.error();
  return facts;
}

}  // namespace

Outcome decide_change_form(Situation& situation, const Request& request, const domain::ChangeForm& command) {
  const auto uses = uses_of_fields(situation.workspace());
  const domain::FormContext context{.workspace = situation.workspace(), .rights = situation.rights()};
  return whole(situation, request, domain::decide({.uses = uses}, command, context));
}

Outcome decide_add_pool(Situation& situation, const Request& request, const domain::AddPool& command) {
  return whole(situation, request,
               domain::decide_add_pool(pool_facts(situation, command.pool), command, situation.context()));
}

Outcome decide_change_pool(Situation& situation, const Request& request, const domain::ChangePool& command) {
  // A pool keeps its form: by another one its expression is not judged.
  auto judged = command.pool;
  if (const auto* existing = situation.workspace().pool(judged.id)) judged.form = existing->form;
  return whole(situation, request,
               domain::decide_change_pool(pool_facts(situation, judged), command, situation.context()));
}

Outcome decide_remove_pool(Situation& situation, const Request& request, const domain::RemovePool& command) {
  domain::PoolDefinition pool;
  if (const auto* found = situation.workspace().pool(command.pool)) pool = *found;
  return whole(situation, request,
               domain::decide_remove_pool(pool_facts(situation, pool), command, situation.context()));
}

}  // namespace highseas::decision
