// form_decider — what is retired may not be named by anything that lives; dedup rules compare what can be compared.
#include "domain/forms/form_decider.hpp"

#include <algorithm>
#include <array>

#include "domain/forms/form_change.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::domain {
namespace {

constexpr std::size_t kMaxFieldsOfARule = 5;

// First segments of paths below /v1, and what stands where a form's slug or a record's id would.
constexpr auto kReservedSlugs = std::to_array<std::string_view>({
    "actions",
    "api-keys",
    "approvals",
    "assign",
    "assignment-rules",
    "audit",
    "batch",
    "calendars",
    "check-duplicates",
    "claim",
    "clock",
    "dashboards",
    "departments",
    "diff",
    "exports",
    "files",
    "forms",
    "groups",
    "healthz",
    "history",
    "import-template.xlsx",
    "imports",
    "invitations",
    "jobs",
    "keys",
    "leave",
    "leaves",
    "lock",
    "me",
    "members",
    "metrics",
    "move",
    "new",
    "notifications",
    "openapi.json",
    "permission-groups",
    "pipelines",
    "pools",
    "query",
    "readyz",
    "recycle-rules",
    "release",
    "reports",
    "roles",
    "rules",
    "search",
    "sessions",
    "settings",
    "setup",
    "stream",
    "templates",
    "test-clock",
    "transfer",
    "views",
    "webhooks",
    "workflows",
    "workspaces",
});

template <class Range, class T>
bool contains(const Range& range, const T& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

// What names a field or choice that is about to be retired; each once.
std::vector<std::string> users_of(const FormFacts& facts, const FormDefinition& present, const FormChange& change) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!contains(names, name)) names.push_back(name);
  };
  for (const auto& rule : present.dedup) {
    if (std::ranges::any_of(rule, [&](FieldNumber field) { return contains(change.retired_fields(), field); })) {
      add("dedup");
    }
  }
  for (const auto& use : facts.uses) {
    if (use.form != present.number) continue;
    const bool names_field =
        std::ranges::any_of(use.fields, [&](FieldNumber field) { return contains(change.retired_fields(), field); });
    const bool names_choice = std::ranges::any_of(
        use.choices, [&](const auto& choice) { return contains(change.retired_choices(), choice); });
    if (names_field || names_choice) add(use.name);
  }
  return names;
}

bool is_comparable(const FieldDefinition& field) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::phone:
    case FieldType::email:
    case FieldType::url:
    case FieldType::address:
    case FieldType::integer:
    case FieldType::date:
    case FieldType::choice:
      return true;
    case FieldType::member:
    case FieldType::department:
    case FieldType::reference:
      return !field.many;
    case FieldType::long_text:
    case FieldType::decimal:
    case FieldType::money:
    case FieldType::percent:
    case FieldType::datetime:
    case FieldType::choices:
    case FieldType::region:
    case FieldType::location:
    case FieldType::file:
    case FieldType::image:
    case FieldType::boolean:
    case FieldType::rating:
      return false;
  }
  return false;
}

std::vector<InputFault> rule_faults(const FormDefinition& form, const DedupRule& rule, const std::string& pointer) {
  std::vector<InputFault> faults;
  const auto fault = [&](const std::string& below, RefusalCode code, FieldNumber field) {
    faults.push_back({.pointer = pointer + below, .code = code, .field = field, .detail = {}});
  };
  if (rule.empty()) fault("", RefusalCode::required, 0);
  if (rule.size() > kMaxFieldsOfARule) fault("", RefusalCode::too_long, 0);
  for (std::size_t at = 0; at < rule.size(); ++at) {
    const auto* field = form.field(rule[at]);
    const std::string below = "/" + std::to_string(at);
    if (field == nullptr || field->retired) {
      fault(below, RefusalCode::unknown_field, rule[at]);
    } else if (!is_comparable(*field)) {
      fault(below, RefusalCode::not_allowed_here, rule[at]);
    } else if (std::ranges::count(rule.begin(), rule.begin() + static_cast<std::ptrdiff_t>(at), rule[at]) > 0) {
      fault(below, RefusalCode::invalid_value, rule[at]);
    }
  }
  return faults;
}

}  // namespace

Decision decide(const FormFacts& facts, const ChangeForm& command, const FormContext& context) {
  const auto* present = context.workspace.form(command.form.number);
  if (present == nullptr) return refuse(RefusalCode::not_found);
  if (!context.rights.writes(Thing::forms)) return refuse(RefusalCode::forbidden);
  FormChange change(context.workspace, *present);
  auto form = change.apply(command.form);
  if (!change.faults().empty()) return refuse(Refusal::of_faults(std::move(change.faults())));
  if (auto names = users_of(facts, *present, change); !names.empty()) {
    auto refusal = Refusal::of(RefusalCode::field_in_use);
    refusal.names = std::move(names);
    return refuse(std::move(refusal));
  }
  if (form == *present) return already_true();
  return accept(FormChanged{.form = std::move(form)});
}

Decision decide(const ChangeDedupRules& command, const FormContext& context) {
  const auto* form = context.workspace.form(command.form);
  if (form == nullptr) return refuse(RefusalCode::not_found);
  if (!context.rights.writes(Thing::forms)) return refuse(RefusalCode::forbidden);
  std::vector<InputFault> faults;
  // A follow-up is what happened: two alike are two.
  if (command.form == shipped::kFollowUps && !command.rules.empty()) {
    faults.push_back({.pointer = "/rules", .code = RefusalCode::not_allowed_here, .field = 0, .detail = {}});
  }
  if (command.rules.size() > kMaxDedupRules) {
    faults.push_back(
        {.pointer = "/rules", .code = RefusalCode::too_long, .field = 0, .detail = std::to_string(kMaxDedupRules)});
  }
  for (std::size_t at = 0; at < command.rules.size(); ++at) {
    const std::string pointer = "/rules/" + std::to_string(at);
    std::ranges::move(rule_faults(*form, command.rules[at], pointer), std::back_inserter(faults));
    if (command.rules[at].empty()) continue;  // that is its fault
    for (std::size_t before = 0; before < at; ++before) {
      if (!std::ranges::is_permutation(command.rules[before], command.rules[at])) continue;
      faults.push_back({.pointer = pointer, .code = RefusalCode::invalid_value, .field = 0, .detail = {}});
      break;
    }
  }
  if (!faults.empty()) return refuse(Refusal::of_faults(std::move(faults)));
  if (form->dedup == command.rules) return already_true();
  return accept(DedupRuleChanged{.form = command.form, .rules = command.rules});
}

bool is_reserved_slug(std::string_view slug) {
  return contains(kReservedSlugs, slug);
}

std::string free_field_key(const FormDefinition& form, std::string_view key) {
  const auto taken = [&](const std::string& candidate) {
    return std::ranges::any_of(form.fields, [&](const FieldDefinition& field) { return field.key == candidate; });
  };
  std::string candidate(key);
  for (int suffix = 2; taken(candidate); ++suffix) candidate = std::string(key) + "_" + std::to_string(suffix);
  return candidate;
}

}  // namespace highseas::domain
