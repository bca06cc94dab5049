// follow_up_decider — decides what is written down, or corrected, about what was done with a customer or lead.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/decision.hpp"
#include "domain/follow_ups/follow_up_commands.hpp"
#include "domain/permissions/permissions.hpp"
#include "domain/records/record_commands.hpp"

namespace highseas::domain {

// The customer or lead that it stands on.
struct SubjectFacts {
  bool live = false;  // exists, not deleted, of the form that was named
  std::optional<base::MemberId> owner;
  std::optional<base::PoolId> pool;
  std::vector<base::MemberId> collaborators;
  std::optional<base::Instant> owned_since;  // of the present ownership period
  std::optional<base::Instant> due_at;       // when it goes back to the pool as things stand; nothing: never
};

// The follow-up that is corrected.
struct FollowUpFacts {
  bool exists = false;
  std::uint64_t version = 0;
  base::RecordId subject;
  FormNumber subject_form = 0;
  base::MemberId author;
  base::Instant occurred_at;
  base::Instant recorded_at;
  bool effective = false;
  std::vector<FieldValue> values;
};

struct FollowUpContext {
  const Workspace& workspace;
  const Rights& rights;
  const FormDefinition& form;  // of follow-ups, with the choices that items before it in its commit added
  Actor actor;
  base::Instant now;
  base::RecordId fresh;  // the id of a follow-up to be written
  std::string pointer;   // of the values: "" or "/operations/3/data"
  // True where the record (of field.reference) or file exists, is live, and may be seen by her. Empty: none does.
  std::function<bool(const FieldDefinition& field, base::Ulid id)> reference_exists;
  // True where the contact is one of this customer's. Empty: it is not.
  std::function<bool(base::RecordId contact, base::RecordId customer)> is_contact_of;
};

// FollowedUp; its values name the subject (`customer` or `lead`) and `occurred_at` too, so that they are the record's
// whole content. `new_choices` are those of a batch's item.
Decision decide(const SubjectFacts& facts, const WriteFollowUp& command, const FollowUpContext& context,
                std::span<const NewChoice> new_choices = {});
// FollowUpCorrected, with only what changed.
Decision decide(const SubjectFacts& subject, const FollowUpFacts& facts, const CorrectFollowUp& command,
                const FollowUpContext& context, std::span<const NewChoice> new_choices = {});

// A batch's or import's item as the command that it is. The subject is what its `customer` or `lead` names: neither or
// both is an input fault.
std::expected<WriteFollowUp, Refusal> write_follow_up_of(const RecordItem& item, const std::string& pointer);
// What is wrong with its other values, where it is not known what it stands on.
std::vector<InputFault> faults_beside_subject(const RecordItem& item, const FollowUpContext& context);
CorrectFollowUp correct_follow_up_of(const RecordItem& item);

}  // namespace highseas::domain
