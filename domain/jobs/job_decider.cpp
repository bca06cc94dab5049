// job_decider — an import is checked whole before its first row is read.
#include "domain/jobs/job_decider.hpp"

#include <algorithm>
#include <set>

#include "domain/faults.hpp"
#include "domain/records/record_place.hpp"

namespace highseas::domain {
namespace {

// Owner and pool of the rows, as a record's: of a pooled form one of both, by itself the form's first pool.
void check_standing(const ImportPlan& plan, const FormDefinition& form, const Workspace& workspace, Faults& faults) {
  if (plan.owner && plan.pool) faults.add("/pool", RefusalCode::owner_and_pool);
  if (plan.owner && !may_hold(workspace, form.number, *plan.owner)) faults.add("/owner", RefusalCode::unknown_member);
  if (!plan.pool) return;
  const auto* pool = workspace.pool(*plan.pool);
  if (!form.behaviours.pooled || !pool || pool->form != form.number) faults.add("/pool", RefusalCode::unknown_pool);
}

bool may_import(const ImportPlan& plan, const FormDefinition& form, const DecisionContext& context) {
  if (!form.behaviours.pooled) return context.rights.opens(form.number, kCreate);  // each row is judged by its root
  RecordStanding standing{.owner = plan.owner, .pool = plan.pool, .collaborators = {}, .root = nullptr, .root_form = 0};
  if (!plan.owner && !plan.pool) {
    const auto* first = context.workspace.first_pool(form.number);
    if (first) standing.pool = first->id;
  }
  return may_create(context.workspace, context.rights, form.number, standing);
}

void check_columns(const ImportPlan& plan, const FormDefinition& form, const Rights& rights, Faults& faults) {
  std::set<FieldNumber> covered;
  for (const auto number : plan.columns) {
    if (number == 0) continue;  // left out
    const auto* field = form.field(number);
    if (!field || field->retired || rights.hidden_everywhere(form.number, number)) {
      faults.add("/mapping", RefusalCode::unknown_field, number);
    } else if (field->read_only) {
      faults.add("/mapping", RefusalCode::read_only_field, number, field->key);
    } else if (!covered.insert(number).second) {
      faults.add("/mapping", RefusalCode::invalid_value, number, field->key);
    }
  }
  for (const auto& field : form.fields) {
    const bool must_come = field.required && !field.retired && base::is_null(field.default_value);
    if (must_come && !covered.contains(field.number)) {
      faults.add("/mapping", RefusalCode::required, field.number, field.key);
    }
  }
}

}  // namespace

bool has_ended(JobState state) {
  return state == JobState::succeeded || state == JobState::failed || state == JobState::cancelled;
}

std::optional<RefusalCode> job_hindrance(const JobFacts& job, const Workspace& workspace) {
  if (!job.exists) return RefusalCode::not_found;
  if (has_ended(job.state)) return RefusalCode::job_ended;
  if (!workspace.is_active(job.started.member)) return RefusalCode::not_active;
  return std::nullopt;
}

Decision decide_start_import(const ImportFacts& facts, const StartImport& command, const DecisionContext& context) {
  const auto& plan = command.plan;
  const auto member = context.rights.member();
  const auto* form = context.workspace.form(plan.form);
  if (!member || (form && !context.rights.opens(form->number, kCreate))) return refuse(RefusalCode::forbidden);
  Faults faults;
  if (!facts.file_known) faults.add("/file", RefusalCode::unknown_reference);
  if (!form) {
    faults.add("/form", RefusalCode::unknown_form);
    return faults.refusal();
  }
  check_standing(plan, *form, context.workspace, faults);
  if (!faults.any() && !may_import(plan, *form, context)) return refuse(RefusalCode::forbidden);
  check_columns(plan, *form, context.rights, faults);
  if (faults.any()) return faults.refusal();
  return accept(
      JobStarted{.job = base::JobId{context.ids.other()}, .member = *member, .plan = plan, .total = command.total});
}

Decision decide_end_job(const JobFacts& job, const EndJob& command, const DecisionContext& context) {
  if (!job.exists) return refuse(RefusalCode::not_found);
  const auto& rights = context.rights;
  const bool hers = rights.member() == job.started.member || rights.writes(Thing::settings);
  if (!rights.is_system() && !(hers && command.state == JobState::cancelled)) {
    return refuse(RefusalCode::forbidden);
  }
  if (!has_ended(command.state)) {
    Faults faults;
    faults.add("/state", RefusalCode::invalid_value);
    return faults.refusal();
  }
  if (has_ended(job.state)) {
    return job.state == command.state ? already_true() : refuse(RefusalCode::job_ended);
  }
  return accept(JobEnded{.job = job.started.job, .state = command.state, .error = command.error});
}

}  // namespace highseas::domain
