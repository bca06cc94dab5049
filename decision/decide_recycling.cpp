// decide_recycling — publishing rules, and taking what they make due: judged again on the present state.
#include <algorithm>

#include "decision/commands.hpp"
#include "decision/items.hpp"
#include "decision/job_end.hpp"
#include "decision/pool_desk.hpp"
#include "decision/preview.hpp"
#include "domain/recycling/recycling_decider.hpp"
#include "projections/query/form_schema.hpp"
#include "rules/recycle/draft_check.hpp"

namespace highseas::decision {
namespace {

// The rules under which the record is due by now, with what the deciding one says of pool and cool-down.
std::optional<domain::DueNow> due_now(const Situation& situation, domain::FormNumber form, base::RecordId record) {
  const auto due = situation.state().due_of(form, record);
  if (!due) return std::nullopt;
  domain::DueNow now;
  for (const auto& rule : due->rules) {
    if (rule.due_at <= situation.now()) now.rules.push_back(rule);
  }
  if (now.rules.empty()) return std::nullopt;
  const auto& deciding = now.rules.front();
  const auto& draft = situation.workspace().rules.at(deciding.rule).versions.at(deciding.version - 1).draft;
  now.target_pool = draft.target_pool;
  now.cool_down_days = draft.cool_down_days;
  return now;
}

void advance_backfill(Decided& decided, const Situation& situation, base::JobId id, std::size_t judged) {
  domain::JobAdvanced advanced{
      .job = id, .done = situation.job(id).done + judged, .outcomes = decided.content.outcomes};
  for (auto& outcome : advanced.outcomes) outcome.status = domain::OutcomeStatus::spared;
  decided.content.events.push_back(std::move(advanced));
}

bool may_write_rules(const Situation& situation) {
  return situation.rights().writes(domain::Thing::rules);
}

}  // namespace

Outcome decide_recycle_records(Situation& situation, const Request& request, const domain::RecycleRecords& command) {
  if (!situation.rights().is_system() && !command.backfill && !may_write_rules(situation)) {
    return std::unexpected(domain::Refusal::of(domain::RefusalCode::forbidden));
  }
  if (command.backfill) {
    const auto job = situation.job(*command.backfill);
    if (const auto hindrance = domain::job_hindrance(job, situation.workspace())) {
      return end_failed(request, job, *hindrance);
    }
  }
  PoolDesk desk(situation);
  Items items(request);
  for (std::size_t i = 0; i < command.records.size(); ++i) {
    const auto record = command.records[i];
    const auto& facts = desk.facts(command.form, record);
    auto decision =
        domain::decide_recycle(facts, due_now(situation, command.form, record), command.backfill, situation.context());
    items.add(i, record, std::move(decision), [&](const auto& events) { desk.note(events); });
  }
  if (command.backfill) advance_backfill(items.decided(), situation, *command.backfill, command.records.size());
  return items.take();
}

Outcome decide_publish_rule(Situation& situation, const Request& request, const domain::PublishRecycleRule& command) {
  if (!may_write_rules(situation)) return std::unexpected(domain::Refusal::of(domain::RefusalCode::forbidden));
  const auto& workspace = situation.workspace();
  domain::PublishRecycleRuleFacts facts;
  const auto* form = workspace.form(command.draft.form);
  if (form) {
    const projections::FormSchema schema(workspace, *form);
    facts.faults = rules::check_draft(command.draft, workspace, &schema);
  } else {
    facts.faults = rules::check_draft(command.draft, workspace, nullptr);
  }
  std::ranges::copy(rules::check_existing(command.existing), std::back_inserter(facts.faults));
  if (facts.faults.empty()) {
    const auto affected = affected_set(situation.state().image(), command.draft, command.judged_at, request.prejudged);
    facts.affected_count = affected.count;
    facts.affected_digest = affected.digest;
  }
  if (const auto member = situation.rights().member()) facts.member = *member;
  facts.fresh_rule = base::RuleId{situation.ids().other()};
  facts.fresh_job = base::JobId{situation.ids().other()};
  return whole(situation, request, domain::decide_publish_recycle_rule(command, workspace, facts));
}

Outcome decide_switch_rule(Situation& situation, const Request& request, const domain::SwitchRecycleRule& command) {
  if (!may_write_rules(situation)) return std::unexpected(domain::Refusal::of(domain::RefusalCode::forbidden));
  return whole(situation, request, domain::decide_switch_recycle_rule(command, situation.workspace()));
}

Outcome decide_end_backfill(Situation& situation, const Request& request, const domain::EndBackfill& command) {
  if (!may_write_rules(situation)) return std::unexpected(domain::Refusal::of(domain::RefusalCode::forbidden));
  return whole(situation, request, domain::decide_end_backfill(command, situation.workspace()));
}

}  // namespace highseas::decision
