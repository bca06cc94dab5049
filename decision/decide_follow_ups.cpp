// decide_follow_ups — write one down or correct it.
#include "base/assert.hpp"
#include "decision/commands.hpp"
#include "decision/follow_up_desk.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::decision {
namespace {

template <class T>
T fact(const projections::RecordView& view, domain::FieldNumber field, T otherwise) {
  const auto value = view.value(field);
  const auto* found = std::get_if<T>(&value);
  return found ? *found : otherwise;
}

const domain::FormDefinition& follow_up_form(const Situation& situation) {
  const auto* form = situation.workspace().form(domain::shipped::kFollowUps);
  HS_ASSERT(form);
  return *form;
}

}  // namespace

domain::SubjectFacts subject_facts(const Situation& situation, domain::FormNumber form, base::RecordId record) {
  domain::SubjectFacts facts;
  const auto view = situation.state().record(form, record);
  if (!view || view->deleted()) return facts;
  facts.live = true;
  facts.owner = view->owner();
  facts.pool = view->pool();
  facts.collaborators = view->collaborators();
  facts.owned_since = view->instant(domain::facts::kOwnedSince);
  if (const auto due = situation.state().due_of(form, record)) facts.due_at = due->due_at;
  return facts;
}

domain::FollowUpFacts follow_up_facts(const Situation& situation, base::RecordId follow_up) {
  domain::FollowUpFacts facts;
  const auto view = situation.state().record(domain::shipped::kFollowUps, follow_up);
  if (!view) return facts;
  const auto root = view->root();
  HS_ASSERT(root);
  facts.exists = true;
  facts.version = view->version();
  facts.subject = root->id();
  facts.subject_form = root->form();
  facts.author = base::MemberId{fact(*view, domain::facts::kCreatedBy, base::Reference{}).id};
  facts.occurred_at = fact(*view, domain::shipped::follow_ups::kOccurredAt, base::Instant{});
  facts.recorded_at = fact(*view, domain::facts::kRecordedAt, base::Instant{});
  facts.effective = fact(*view, domain::facts::kEffective, false);
  facts.values = view->values();
  return facts;
}

domain::FollowUpContext follow_up_context(const Situation& situation, const domain::FormDefinition& form,
                                          base::RecordId fresh, std::string pointer) {
  return {.workspace = situation.workspace(),
          .rights = situation.rights(),
          .form = form,
          .actor = situation.actor(),
          .now = situation.now(),
          .fresh = fresh,
          .pointer = std::move(pointer),
          .reference_exists = [&situation](const auto& field,
                                           base::Ulid id) { return situation.reference_exists(field, id); },
          .is_contact_of =
              [&situation](base::RecordId contact, base::RecordId customer) {
                const auto view = situation.state().record(domain::shipped::kContacts, contact);
                if (!view || view->deleted()) return false;
                const auto root = view->root();
                return root && root->id() == customer;
              }};
}

Outcome decide_write_follow_up(Situation& situation, const Request& request, const domain::WriteFollowUp& command) {
  const auto facts = subject_facts(situation, command.subject_form, command.subject);
  const auto context =
      follow_up_context(situation, follow_up_form(situation), base::RecordId{situation.ids().item(0)}, "");
  return whole(situation, request, domain::decide(facts, command, context));
}

Outcome decide_correct_follow_up(Situation& situation, const Request& request, const domain::CorrectFollowUp& command) {
  const auto facts = follow_up_facts(situation, command.follow_up);
  const auto subject = subject_facts(situation, facts.subject_form, facts.subject);
  const auto context = follow_up_context(situation, follow_up_form(situation), command.follow_up, "");
  return whole(situation, request, domain::decide(subject, facts, command, context));
}

}  // namespace highseas::decision
