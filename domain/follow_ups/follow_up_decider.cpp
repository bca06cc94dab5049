// follow_up_decider — by whom, when, for whom; and whether it counts for the recycle rules.
#include "domain/follow_ups/follow_up_decider.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::domain {
namespace {

namespace fields = shipped::follow_ups;

InputFault fault_at(std::string pointer, RefusalCode code, FieldNumber field) {
  return {.pointer = std::move(pointer), .code = code, .field = field, .detail = {}};
}

FieldNumber subject_field(FormNumber form) {
  return form == shipped::kCustomers ? fields::kCustomer : form == shipped::kLeads ? fields::kLead : 0;
}

// Done by its owner or a collaborator, within the present ownership period.
bool is_of_period(const SubjectFacts& subject, base::MemberId author, base::Instant occurred_at) {
  if (!subject.owner || !subject.owned_since || occurred_at < *subject.owned_since) return false;
  return subject.owner == author || std::ranges::count(subject.collaborators, author) > 0;
}

// Written down once it was due, it is too late: the sweep may only lag behind.
bool is_too_late(const SubjectFacts& subject, base::Instant now) {
  return subject.due_at && now >= *subject.due_at;
}

class FollowUpCheck {
 public:
  FollowUpCheck(const SubjectFacts& subject, base::RecordId record, FormNumber form, const FollowUpContext& context)
      : record_(record), form_(form), context_(context) {
    root_ = {.owner = subject.owner,
             .pool = subject.pool,
             .collaborators = subject.collaborators,
             .root = nullptr,
             .root_form = 0};
    // What hangs on a record is its owner's.
    standing_ = {.owner = subject.owner, .pool = {}, .collaborators = {}, .root = &root_, .root_form = form};
  }
  FollowUpCheck(const FollowUpCheck&) = delete;

  bool sees_subject() const { return context_.rights.may(form_, kRead, root_); }
  bool may(Operation operation) const { return context_.rights.may(shipped::kFollowUps, operation, standing_); }

  ValueContext values() const {
    ValueContext values{.workspace = context_.workspace,
                        .form = context_.form,
                        .pointer = context_.pointer,
                        .record = std::nullopt,
                        .access = {},
                        .reference_exists = context_.reference_exists};
    values.access = [this](const FieldDefinition& field) {
      return context_.rights.field(shipped::kFollowUps, field.number, standing_);
    };
    return values;
  }

  // The subject is known to exist and be seen, so it is taken out before the values are checked: `customer` and `lead`
  // may say it again, and nothing else.
  std::vector<FieldValue> without_subject(const std::vector<FieldValue>& given, RefusalCode otherwise,
                                          std::vector<InputFault>& faults) const {
    std::vector<FieldValue> rest;
    for (const auto& value : given) {
      if (value.field != fields::kCustomer && value.field != fields::kLead) {
        rest.push_back(value);
        continue;
      }
      const auto expected =
          value.field == subject_field(form_) ? base::Value(base::Reference{record_.ulid}) : base::Value();
      if (value.value != expected) faults.push_back(fault_at(pointer(value.field), otherwise, value.field));
    }
    return rest;
  }

  // Not in the future, and with contacts of this customer only.
  // Contacts that `present` names already may have gone elsewhere since.
  void check(const std::vector<FieldValue>& values, const std::vector<FieldValue>& present,
             std::vector<InputFault>& faults) const {
    if (const auto* value = find_value(values, fields::kOccurredAt)) {
      const auto* at = std::get_if<base::Instant>(value);
      if (at != nullptr && *at > context_.now) {
        faults.push_back(fault_at(pointer(fields::kOccurredAt), RefusalCode::in_the_future, fields::kOccurredAt));
      }
    }
    const auto* value = find_value(values, fields::kContacts);
    const auto* contacts = value == nullptr ? nullptr : std::get_if<base::References>(value);
    if (contacts == nullptr) return;
    const auto* old = find_value(present, fields::kContacts);
    const auto* kept = old == nullptr ? nullptr : std::get_if<base::References>(old);
    for (std::size_t at = 0; at < contacts->ids.size(); ++at) {
      if (kept != nullptr && std::ranges::count(kept->ids, contacts->ids[at]) > 0) continue;
      const bool belongs = form_ == shipped::kCustomers && context_.is_contact_of &&
                           context_.is_contact_of(base::RecordId{contacts->ids[at]}, record_);
      auto place = pointer(fields::kContacts) + "/" + std::to_string(at);
      // A contact that does not exist has its fault already.
      if (belongs || std::ranges::count(faults, place, &InputFault::pointer) > 0) continue;
      faults.push_back(fault_at(std::move(place), RefusalCode::unknown_reference, fields::kContacts));
    }
  }

 private:
  std::string pointer(FieldNumber number) const {
    const auto* field = context_.form.field(number);
    return context_.pointer + "/" + (field == nullptr ? std::to_string(number) : field->key);
  }

  const base::RecordId record_;
  const FormNumber form_;
  const FollowUpContext& context_;
  RecordStanding root_;
  RecordStanding standing_;
};

void put(std::vector<FieldValue>& values, FieldNumber field, base::Value value) {
  const auto place = std::ranges::lower_bound(values, field, {}, &FieldValue::field);
  if (place != values.end() && place->field == field) {
    place->value = std::move(value);
  } else {
    values.insert(place, {.field = field, .value = std::move(value)});
  }
}

base::Instant occurred_at_of(const std::vector<FieldValue>& values, base::Instant otherwise) {
  const auto* value = find_value(values, fields::kOccurredAt);
  const auto* at = value == nullptr ? nullptr : std::get_if<base::Instant>(value);
  return at == nullptr ? otherwise : *at;
}

// Of one that is corrected. Of a period that is over, only that time itself could tell: what was said then stays. Once
// the record is due, no correction puts that off.
bool effective_after(const SubjectFacts& subject, const FollowUpFacts& facts, base::Instant occurred_at,
                     base::Instant now) {
  if (occurred_at == facts.occurred_at) return facts.effective;
  if (!subject.owner || !subject.owned_since) return facts.effective;
  const bool of_earlier_period = facts.recorded_at < *subject.owned_since;
  if (of_earlier_period && occurred_at < *subject.owned_since) return facts.effective;
  if (!is_of_period(subject, facts.author, occurred_at)) return false;
  return !is_too_late(subject, now) || (facts.effective && occurred_at < facts.occurred_at);
}

}  // namespace

Decision decide(const SubjectFacts& facts, const WriteFollowUp& command, const FollowUpContext& context,
                std::span<const NewChoice> new_choices) {
  const FollowUpCheck check(facts, command.subject, command.subject_form, context);
  if (!facts.live || subject_field(command.subject_form) == 0 || !check.sees_subject()) {
    return refuse(RefusalCode::not_found);
  }
  const auto author = context.actor.member();
  if (!author || !check.may(kCreate)) return refuse(RefusalCode::forbidden);

  std::vector<InputFault> faults;
  const auto given = check.without_subject(command.values, RefusalCode::invalid_value, faults);
  auto checked = check_new_values(check.values(), given, new_choices);
  if (!checked) std::ranges::move(checked.error(), std::back_inserter(faults));
  check.check(given, {}, faults);
  if (!faults.empty()) return refuse(Refusal::of_faults(std::move(faults)));

  const auto occurred_at = occurred_at_of(checked->values, context.now);
  put(checked->values, fields::kOccurredAt, occurred_at);
  put(checked->values, subject_field(command.subject_form), base::Reference{command.subject.ulid});
  Events events(checked->choices.begin(), checked->choices.end());
  events.emplace_back(
      FollowedUp{.follow_up = context.fresh,
                 .subject = command.subject,
                 .subject_form = command.subject_form,
                 .author = *author,
                 .occurred_at = occurred_at,
                 .effective = is_of_period(facts, *author, occurred_at) && !is_too_late(facts, context.now),
                 .values = std::move(checked->values)});
  return events;
}

Decision decide(const SubjectFacts& subject, const FollowUpFacts& facts, const CorrectFollowUp& command,
                const FollowUpContext& context, std::span<const NewChoice> new_choices) {
  if (!facts.exists || !subject.live) return refuse(RefusalCode::not_found);
  const FollowUpCheck check(subject, facts.subject, facts.subject_form, context);
  if (!check.may(kRead)) return refuse(RefusalCode::not_found);
  const bool is_author = context.actor.member() == facts.author;
  if (!is_author && !check.may(kChange)) return refuse(RefusalCode::forbidden);

  std::vector<InputFault> faults;
  const auto given = check.without_subject(command.values, RefusalCode::read_only_field, faults);
  auto values = check.values();
  if (is_author) {  // who wrote it may correct all that she sees of it
    values.access = [inner = std::move(values.access)](const FieldDefinition& field) {
      return inner(field) == FieldAccess::hidden ? FieldAccess::hidden : FieldAccess::write;
    };
  }
  auto checked = check_changed_values(values, facts.values, given, new_choices);
  if (!checked) std::ranges::move(checked.error(), std::back_inserter(faults));
  for (const auto& value : given) {  // it took place at some time
    if (value.field != fields::kOccurredAt || !base::is_null(value.value)) continue;
    faults.push_back(fault_at(context.pointer + "/occurred_at", RefusalCode::required, fields::kOccurredAt));
  }
  if (checked) check.check(checked->values, facts.values, faults);
  if (!faults.empty()) return refuse(Refusal::of_faults(std::move(faults)));

  if (command.expected_version && *command.expected_version != facts.version) {
    auto refusal = Refusal::of(RefusalCode::version_conflict);
    refusal.version = facts.version;
    return refuse(std::move(refusal));
  }
  if (checked->values.empty()) return already_true();
  const auto occurred_at = occurred_at_of(checked->values, facts.occurred_at);
  Events events(checked->choices.begin(), checked->choices.end());
  events.emplace_back(FollowUpCorrected{.follow_up = command.follow_up,
                                        .subject = facts.subject,
                                        .subject_form = facts.subject_form,
                                        .occurred_at = occurred_at,
                                        .effective = effective_after(subject, facts, occurred_at, context.now),
                                        .values = std::move(checked->values)});
  return events;
}

std::expected<WriteFollowUp, Refusal> write_follow_up_of(const RecordItem& item, const std::string& pointer) {
  WriteFollowUp command{.subject_form = 0, .subject = {}, .values = item.values};
  std::vector<InputFault> faults;
  for (const auto& value : item.values) {
    const bool customer = value.field == fields::kCustomer;
    if ((!customer && value.field != fields::kLead) || base::is_null(value.value)) continue;
    const auto* named = std::get_if<base::Reference>(&value.value);
    const std::string place = pointer + (customer ? "/customer" : "/lead");
    if (named == nullptr) {
      faults.push_back(fault_at(place, RefusalCode::wrong_type, value.field));
    } else if (command.subject_form != 0) {
      faults.push_back(fault_at(place, RefusalCode::invalid_value, value.field));
    } else {
      command.subject_form = customer ? shipped::kCustomers : shipped::kLeads;
      command.subject = base::RecordId{named->id};
    }
  }
  if (faults.empty() && command.subject_form == 0) {
    faults.push_back(fault_at(pointer + "/customer", RefusalCode::required, fields::kCustomer));
  }
  // A follow-up has none of these of its own: it is judged by the record that it stands on.
  if (item.owner) faults.push_back(fault_at(pointer + "/owner", RefusalCode::read_only_field, 0));
  if (item.pool) faults.push_back(fault_at(pointer + "/pool", RefusalCode::read_only_field, 0));
  if (item.collaborators) faults.push_back(fault_at(pointer + "/collaborators", RefusalCode::read_only_field, 0));
  if (!faults.empty()) return std::unexpected(Refusal::of_faults(std::move(faults)));
  return command;
}

std::vector<InputFault> faults_beside_subject(const RecordItem& item, const FollowUpContext& context) {
  auto values = item.values;
  std::erase_if(
      values, [](const FieldValue& value) { return value.field == fields::kCustomer || value.field == fields::kLead; });
  // Rights hang on the subject; whether other things exist is asked once it is known.
  const ValueContext asked{.workspace = context.workspace,
                           .form = context.form,
                           .pointer = context.pointer,
                           .record = std::nullopt,
                           .access = {},
                           .reference_exists = [](const auto&, base::Ulid) { return true; }};
  const auto checked = check_new_values(asked, values, item.new_choices);
  return checked ? std::vector<InputFault>() : checked.error();
}

CorrectFollowUp correct_follow_up_of(const RecordItem& item) {
  HS_ASSERT(item.record.has_value());
  return {.follow_up = *item.record, .values = item.values, .expected_version = item.expected_version};
}

}  // namespace highseas::domain
