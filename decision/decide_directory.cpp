// decide_directory — a member leaves: her job starts, hands over chunk by chunk, and ends with her deactivation.
#include <algorithm>

#include "decision/commands.hpp"
#include "decision/items.hpp"
#include "decision/job_end.hpp"
#include "decision/pool_desk.hpp"
#include "domain/directory/directory_decider.hpp"

namespace highseas::decision {
namespace {

domain::DeactivationFacts deactivation_facts(const Situation& situation, base::MemberId member) {
  domain::DeactivationFacts facts;
  for (const auto& [number, form] : situation.workspace().forms) {
    if (!form.behaviours.pooled) continue;
    const auto owned = situation.state().owned_count(member, number);
    if (owned > 0) facts.owns.push_back({.form = number, .count = owned});
  }
  for (const auto& [id, job] : situation.state().image().jobs()) {
    const auto* plan = std::get_if<domain::HandOverPlan>(&job->plan);
    facts.hand_over_running |= plan && plan->member == member && !domain::has_ended(job->state);
  }
  return facts;
}

// Who started it must still be here, and so must who is to own the records.
std::optional<domain::RefusalCode> hand_over_hindrance(const domain::JobFacts& job, const domain::HandOverPlan& plan,
                                                       const domain::Workspace& workspace) {
  if (const auto hindrance = domain::job_hindrance(job, workspace)) return hindrance;
  if (plan.to && !workspace.is_active(*plan.to)) return domain::RefusalCode::not_active;
  return std::nullopt;
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
  if (const auto hindrance = hand_over_hindrance(job, *plan, situation.workspace())) {
    return end_failed(request, job, *hindrance);
  }
  PoolDesk desk(situation);
  Items items(request);
  domain::JobAdvanced advanced{.job = command.job, .done = job.done, .outcomes = {}};
  for (std::size_t i = 0; i < command.records.size(); ++i) {
    const auto record = command.records[i];
    auto decision = domain::decide_hand_over(desk.facts(command.form, record), *plan, situation.context());
    if (items.add(i, record, std::move(decision), [&](const auto& events) { desk.note(events); })) {
      ++advanced.done;
    } else {
      advanced.outcomes.push_back(items.decided().content.outcomes.back());
    }
  }
  auto& events = items.decided().content.events;
  const auto refused =
      std::ranges::find_if(advanced.outcomes, [](const auto& each) { return each.code != domain::RefusalCode::none; });
  std::optional<domain::RefusalCode> stands;  // the same records would be taken again for ever
  if (events.empty() && refused != advanced.outcomes.end()) stands = refused->code;
  events.push_back(std::move(advanced));
  if (stands)
    events.push_back(domain::JobEnded{.job = command.job, .state = domain::JobState::failed, .error = *stands});
  return items.take();
}

Outcome decide_deactivation_end(Situation& situation, const Request& request,
                                const domain::FinishDeactivation& command) {
  const auto job = situation.job(command.job);
  domain::DeactivationFacts facts;
  const auto hindrance = domain::job_hindrance(job, situation.workspace());
  if (hindrance == domain::RefusalCode::not_active) return end_failed(request, job, *hindrance);
  if (const auto* plan = std::get_if<domain::HandOverPlan>(&job.started.plan)) {
    facts = deactivation_facts(situation, plan->member);
  }
  return whole(situation, request, domain::decide_finish_deactivation(job, facts, command, situation.context()));
}

}  // namespace highseas::decision
