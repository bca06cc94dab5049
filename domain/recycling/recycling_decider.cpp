// recycling_decider — a publication is one commit: the version, the claim of its backfill on the records, and the job.
#include "domain/recycling/recycling_decider.hpp"

#include <utility>

#include "domain/faults.hpp"

namespace highseas::domain {
namespace {

RecycleDraft stored_form(const RecycleDraft& draft) {
  auto stored = draft;
  Faults known_already;  // a name at fault is among the facts' faults
  stored.name = checked_name(draft.name, "/name", kNameLengthMax, known_already);
  return stored;
}

bool is_stale(const PublishRecycleRule& command, const PublishRecycleRuleFacts& facts) {
  return command.affected_count != facts.affected_count || command.affected_digest != facts.affected_digest;
}

}  // namespace

Decision decide_publish_recycle_rule(const PublishRecycleRule& command, const Workspace& workspace,
                                     const PublishRecycleRuleFacts& facts) {
  const RecycleRule* before = nullptr;
  if (command.rule) {
    const auto found = workspace.rules.find(*command.rule);
    if (found == workspace.rules.end()) return refuse(RefusalCode::unknown_rule);
    before = &found->second;
  }
  if (!facts.faults.empty()) {
    Faults faults;
    for (const auto& fault : facts.faults) faults.add(fault);
    return faults.refusal();
  }
  if (is_stale(command, facts) && !command.accept_changes) return refuse(RefusalCode::preview_stale);

  const auto rule = command.rule.value_or(facts.fresh_rule);
  const auto version = before ? static_cast<std::uint32_t>(before->versions.size() + 1) : 1u;
  Events events;
  events.push_back(RecycleRulePublished{.rule = rule,
                                        .version = version,
                                        .draft = stored_form(command.draft),
                                        .existing = command.existing,
                                        .grace_days = 0});
  if (before && !before->enabled) events.push_back(RecycleRuleSwitched{.rule = rule, .enabled = true});
  events.push_back(
      BackfillStarted{.job = facts.fresh_job, .rule = rule, .version = version, .judged_at = command.judged_at});
  events.push_back(JobStarted{.job = facts.fresh_job,
                              .member = facts.member,
                              .plan = BackfillPlan{.rule = rule, .version = version, .judged_at = command.judged_at},
                              .total = facts.affected_count});
  return events;
}

Decision decide_switch_recycle_rule(const SwitchRecycleRule& command, const Workspace& workspace) {
  const auto found = workspace.rules.find(command.rule);
  if (found == workspace.rules.end()) return refuse(RefusalCode::unknown_rule);
  if (found->second.enabled == command.enabled) return already_true();
  return accept(RecycleRuleSwitched{.rule = command.rule, .enabled = command.enabled});
}

Decision decide_end_backfill(const EndBackfill& command, const Workspace& workspace) {
  const auto* backfill = workspace.backfill(command.job);
  if (!backfill) return refuse(RefusalCode::not_found);
  if (backfill->ended) return refuse(RefusalCode::job_ended);
  Events events;
  events.push_back(BackfillEnded{.job = command.job, .cancelled = command.cancelled});
  events.push_back(JobEnded{.job = command.job,
                            .state = command.cancelled ? JobState::cancelled : JobState::succeeded,
                            .error = RefusalCode::none});
  return events;
}

}  // namespace highseas::domain
