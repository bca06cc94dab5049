// follow_up_commands — write one down, or correct it; never overwrite, never delete.
#pragma once

#include <optional>
#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

struct WriteFollowUp {
  FormNumber subject_form = 0;
  base::RecordId subject;
  std::vector<FieldValue> values;  // of the form follow-ups; occurred_at among them or now
  bool operator==(const WriteFollowUp&) const = default;
};

struct CorrectFollowUp {
  base::RecordId follow_up;
  std::vector<FieldValue> values;
  std::optional<std::uint64_t> expected_version;
  bool operator==(const CorrectFollowUp&) const = default;
};

}  // namespace highseas::domain
