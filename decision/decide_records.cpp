// decide_records — one record or many, of any form; and the rows of an import.
#include <algorithm>

#include "decision/commands.hpp"
#include "decision/follow_up_desk.hpp"
#include "decision/items.hpp"
#include "decision/job_end.hpp"
#include "decision/record_desk.hpp"
#include "domain/faults.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::decision {
namespace {

domain::Decision decide_follow_up_item(Situation& situation, RecordDesk& desk, const domain::RecordItem& item,
                                       base::RecordId fresh, const std::string& pointer) {
  const auto context = follow_up_context(situation, desk.form(), item.record.value_or(fresh), pointer);
  if (item.operation == domain::RecordOperation::create) {
    const auto command = domain::write_follow_up_of(item, pointer);
    if (!command) {
      domain::Faults faults;
      for (const auto& fault : command.error().faults) faults.add(fault);
      faults.add_untold(domain::faults_beside_subject(item, context));
      return faults.refusal();
    }
    const auto subject = subject_facts(situation, command->subject_form, command->subject);
    return domain::decide(subject, *command, context, item.new_choices);
  }
  const auto facts = follow_up_facts(situation, *item.record);
  const auto subject = subject_facts(situation, facts.subject_form, facts.subject);
  return domain::decide(subject, facts, domain::correct_follow_up_of(item), context, item.new_choices);
}

bool writes_follow_up(domain::FormNumber form, domain::RecordOperation operation) {
  using enum domain::RecordOperation;
  return form == domain::shipped::kFollowUps && (operation == create || operation == update);
}

domain::Decision decide_item(Situation& situation, RecordDesk& desk, const domain::RecordItem& item,
                             domain::Origin origin, std::size_t index, const std::string& pointer) {
  if (!item.region_patches.empty() && item.record) {
    auto whole = item;
    domain::complete_regions(whole, desk.facts(*item.record).values);
    return decide_item(situation, desk, whole, origin, index, pointer);
  }
  const base::RecordId fresh{situation.ids().item(static_cast<std::uint16_t>(index))};
  if (writes_follow_up(desk.form().number, item.operation)) {
    return decide_follow_up_item(situation, desk, item, fresh, pointer);
  }
  const auto facts = item.record ? desk.facts(*item.record) : domain::RecordFacts{};
  const domain::RecordContext context{.workspace = situation.workspace(),
                                      .rights = situation.rights(),
                                      .form = desk.form(),
                                      .fresh = fresh,
                                      .origin = origin,
                                      .pointer = pointer};
  return domain::decide(facts, item, desk.questions(item.record), context);
}

bool any_refused(const Decided& decided) {
  for (const auto& result : decided.results) {
    if (result.refusal) return true;
  }
  return false;
}

// Nothing of an atomic batch is done where one item is refused; the others say so.
Decided taken_back(const Request& request, const domain::WriteRecords& command, Decided decided) {
  Decided none = begin(request);
  none.results = std::move(decided.results);
  for (std::size_t i = 0; i < none.results.size(); ++i) {
    auto& result = none.results[i];
    if (!result.refusal) result.refusal = domain::Refusal::of(domain::RefusalCode::batch_refused);
    if (command.items[i].operation == domain::RecordOperation::create) result.record.reset();  // it was not made
  }
  return none;
}

domain::Decision update_instead(Situation& situation, RecordDesk& desk, const domain::RecordItem& item,
                                base::RecordId existing, std::size_t index) {
  domain::RecordItem update = item;
  update.operation = domain::RecordOperation::update;
  update.record = existing;
  update.owner.reset();  // an import never moves a record between owner and pool
  update.pool.reset();
  return decide_item(situation, desk, update, domain::Origin::import, index, "");
}

bool is_one_duplicate(const domain::Decision& decision) {
  return !decision && decision.error().code == domain::RefusalCode::duplicate_record &&
         decision.error().duplicates.size() == 1;
}

// Another's record, which she may not see or not change: then it stands in the way, and she is told whose it is.
bool is_beyond_reach(const domain::Refusal& refusal) {
  return refusal.code == domain::RefusalCode::not_found || refusal.code == domain::RefusalCode::forbidden;
}

}  // namespace

Outcome decide_write_records(Situation& situation, const Request& request, const domain::WriteRecords& command) {
  if (!situation.workspace().form(command.form)) {
    return std::unexpected(domain::Refusal::of(domain::RefusalCode::unknown_form));
  }
  const bool single = command.items.size() == 1 && command.atomic;
  RecordDesk desk(situation, command.form);
  Items items(request);
  for (std::size_t i = 0; i < command.items.size(); ++i) {
    if (items.is_recorded(i)) continue;
    const auto& item = command.items[i];
    const auto pointer = single ? std::string() : "/operations/" + std::to_string(i) + "/data";
    auto decision = decide_item(situation, desk, item, command.origin, i, pointer);
    items.add(i, item.record, std::move(decision), [&](const auto& events) { desk.note(events); });
  }
  auto decided = items.take();
  if (!single && command.atomic && any_refused(decided)) return taken_back(request, command, std::move(decided));
  return answer_of(std::move(decided), single);
}

Outcome decide_import_rows(Situation& situation, const Request& request, const domain::ImportRows& command) {
  // A chunk of no job is a trial's: decided like any other, and never appended.
  const bool trial = command.job == base::JobId{};
  if (!trial) {
    const auto job = situation.job(command.job);
    if (const auto hindrance = domain::job_hindrance(job, situation.workspace())) {
      return end_failed(request, job, *hindrance);
    }
  } else if (!situation.workspace().form(command.form)) {
    return std::unexpected(domain::Refusal::of(domain::RefusalCode::unknown_form));
  }
  RecordDesk desk(situation, command.form);
  Items items(request, Kept::all_faults);
  for (std::size_t i = 0; i < command.items.size(); ++i) {
    if (items.is_recorded(command.rows[i])) continue;
    const auto& item = command.items[i];
    auto decision = decide_item(situation, desk, item, domain::Origin::import, i, "");
    const bool duplicate = is_one_duplicate(decision);
    std::optional<base::RecordId> record;
    if (duplicate) record = decision.error().duplicates.front().record;
    if (duplicate && command.on_duplicate == domain::OnDuplicate::update) {
      auto updated = update_instead(situation, desk, item, *record, i);
      if (updated || !is_beyond_reach(updated.error())) decision = std::move(updated);
    } else if (duplicate && command.on_duplicate == domain::OnDuplicate::skip) {
      decision = domain::already_true();
    }
    items.add(command.rows[i], record, std::move(decision), [&](const auto& events) { desk.note(events); });
  }
  if (trial) return items.take();
  domain::JobAdvanced advanced{.job = command.job, .done = command.done, .outcomes = command.unreadable};
  const auto& outcomes = items.decided().content.outcomes;
  advanced.outcomes.insert(advanced.outcomes.end(), outcomes.begin(), outcomes.end());
  std::ranges::stable_sort(advanced.outcomes, {}, &domain::ItemOutcome::index);
  items.decided().content.events.push_back(std::move(advanced));
  return items.take();
}

}  // namespace highseas::decision
