// form_decider — decides changes of a form and of its dedup rules.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.hpp"
#include "domain/forms/form_commands.hpp"
#include "domain/permissions/permissions.hpp"

namespace highseas::domain {

inline constexpr std::size_t kMaxFields = 500;  // live ones of a form
inline constexpr std::size_t kMaxDedupRules = 10;

// A live expression or definition that names fields of a form (a recycle rule, a pool's holding_excludes …). The form's
// own dedup rules are known to the decider.
struct DesignUse {
  std::string name;  // as a person knows it: "recycle rule 90 天未跟进"
  FormNumber form = 0;
  std::vector<FieldNumber> fields;
  std::vector<std::pair<FieldNumber, std::uint32_t>> choices;  // field, choice
};

struct FormFacts {
  std::span<const DesignUse> uses;
};

struct FormContext {
  const Workspace& workspace;
  const Rights& rights;
};

// FormChanged with the whole form after the change. Pointers are into the form: "/fields/3/key".
Decision decide(const FormFacts& facts, const ChangeForm& command, const FormContext& context);
// Pointers: "/rules/0/1".
Decision decide(const ChangeDedupRules& command, const FormContext& context);

// True for slugs that the API uses for itself and no form may take.
bool is_reserved_slug(std::string_view slug);
// The key that a shipped field gets in this form: itself, or with the suffix _2, _3 … where the workspace has taken it.
std::string free_field_key(const FormDefinition& form, std::string_view key);

}  // namespace highseas::domain
