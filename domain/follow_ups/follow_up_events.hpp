// follow_up_events — what was done with a customer or lead. A follow-up is a record too: FollowedUp is its creation.
#pragma once

#include <optional>
#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

struct FollowedUp {
  base::RecordId follow_up;
  base::RecordId subject;  // the customer or lead for which it counts, and whose key seals it
  FormNumber subject_form = 0;
  base::MemberId author;
  base::Instant occurred_at;
  bool effective = false;  // by owner or collaborator, within the ownership period: counted by the recycle rules
  std::vector<FieldValue> values;  // of the form follow-ups, all that were given
  bool operator==(const FollowedUp&) const = default;
};

struct FollowUpCorrected {
  base::RecordId follow_up;
  base::RecordId subject;
  FormNumber subject_form = 0;
  base::Instant occurred_at;  // after the correction
  bool effective = false;     // after the correction
  std::vector<FieldValue> values;
  bool operator==(const FollowUpCorrected&) const = default;
};

}  // namespace highseas::domain
