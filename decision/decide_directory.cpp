// decide_directory — a member leaves: her job starts, hands over chunk by chunk, and ends with her deactivation.
#include <limits>

#include "decision/commands.hpp"
#include "decision/items.hpp"
#include "decision/pool_desk.hpp"
#include "domain/directory/directory_decider.hpp"

namespace highseas::decision {
namespace {

domain::DeactivationFacts deactivation_facts(const Situation& situation, base::MemberId member) {
  domain::DeactivationFacts facts;
  for (const auto& [number, form] : situation.workspace().forms) {
    if (!form.behaviours.pooled) continue;
    const auto owned = situation.state().owned(member, number, std::numeric_limits<std::size_t>::max());
    if (!owned.empty()) facts.owns.push_back({.form = number, .count = owned.size()});
  }
  for (const auto& [id, job] : situation.state().image().jobs()) {
    const auto* plan = std::get_if<domain::HandOverPlan>(&job->plan);
    facts.hand_over_running |= plan && plan->member == member && !domain::has_ended(job->state);
  }
  return facts;
}

}  // namespace

Outcome decide_deactivation(Situation& situation, const Request& request, const domain::DeactivateMember& command) {
  const auto facts = deactivation_facts(situation, command.member);
  return whole(situation, request, domain::decide_deactivate_member(facts, command, situation.context()));
}

Outcome decide_hand_over(Situation& situation, const Request& request, const domain::HandOverRecords& command) {
  const auto job = situation.job(command.job);
  const auto* plan = std::get_if<domain::HandOverPlan>(&job.started.plan);
  if (!job.exists || !plan) return std::unexpected(domain::Refusal::of(domain::RefusalCode::not_found));
  if (domain::has_ended(job.state)) return std::unexpected(domain::Refusal::of(domain::RefusalCode::job_ended));
  PoolDesk desk(situation);
  Items items(request);
  domain::JobAdvanced advanced{.job = command.job, .done = command.done, .outcomes = {}};
  for (std::size_t i = 0; i < command.records.size(); ++i) {
    const auto record = command.records[i];
    auto decision = domain::decide_hand_over(desk.facts(command.form, record), *plan, situation.context());
    if (!items.add(i, record, std::move(decision), [&](const auto& events) { desk.note(events); })) {
      advanced.outcomes.push_back(items.decided().content.outcomes.back());
    }
  }
  items.decided().content.events.push_back(std::move(advanced));
  return items.take();
}

Outcome decide_deactivation_end(Situation& situation, const Request& request,
                                const domain::FinishDeactivation& command) {
  const auto job = situation.job(command.job);
  domain::DeactivationFacts facts;
  if (const auto* plan = std::get_if<domain::HandOverPlan>(&job.started.plan)) {
    facts = deactivation_facts(situation, plan->member);
  }
  return whole(situation, request, domain::decide_finish_deactivation(job, facts, command, situation.context()));
}

}  // namespace highseas::decision
