// form_events — what happens to forms.
#pragma once

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

struct FormAdded {
  FormDefinition form;
  bool operator==(const FormAdded&) const = default;
};

// The whole definition after the change: a form is small, and its past must be readable without the steps between.
struct FormChanged {
  FormDefinition form;
  bool operator==(const FormChanged&) const = default;
};

struct FormRemoved {
  FormNumber form = 0;
  bool operator==(const FormRemoved&) const = default;
};

// In the same commit as the first record that uses it.
struct ChoiceAdded {
  FormNumber form = 0;
  FieldNumber field = 0;
  std::uint32_t number = 0;
  std::string text;
  bool operator==(const ChoiceAdded&) const = default;
};

struct DedupRuleChanged {
  FormNumber form = 0;
  std::vector<DedupRule> rules;
  bool operator==(const DedupRuleChanged&) const = default;
};

}  // namespace highseas::domain
