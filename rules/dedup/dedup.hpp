// dedup — the keys by which records of a form are told to be the same. Versioned by normal_form_1 of base/text.
#pragma once

#include <string>
#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::rules {

struct DedupKey {
  domain::DedupRule fields;  // the rule that made it
  std::string key;           // names the rule's fields too: equal keys = duplicates, whatever rule list they come from
  bool operator==(const DedupKey&) const = default;
};

// The rules in force: the form's dedup rules, and one more for each live field marked unique that has none of its own.
// Rules that name a retired field are left out.
std::vector<domain::DedupRule> dedup_rules_in_force(const domain::FormDefinition& form);

// One key a rule whose fields all have something to compare, in the order of the rules. Deterministic.
std::vector<DedupKey> dedup_keys(const domain::FormDefinition& form, const std::vector<domain::FieldValue>& values);

}  // namespace highseas::rules
