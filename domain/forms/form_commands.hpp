// form_commands — an admin changes a form or its dedup rules.
#pragma once

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

// The whole form as it is to be. Fields and choices without a number are new; live ones that are missing are retired.
struct ChangeForm {
  FormDefinition form;
  bool operator==(const ChangeForm&) const = default;
};

struct ChangeDedupRules {
  FormNumber form = 0;
  std::vector<DedupRule> rules;
  bool operator==(const ChangeDedupRules&) const = default;
};

}  // namespace highseas::domain
