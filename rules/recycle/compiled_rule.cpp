// compiled_rule — checks a rule's expressions against its form.
#include "rules/recycle/compiled_rule.hpp"

#include <algorithm>
#include <utility>

#include "domain/forms/fact_fields.hpp"
#include "rules/recycle/own_fields.hpp"
#include "rules/recycle/triggers/trigger.hpp"

namespace highseas::rules {
namespace {

using Expression = std::expected<std::optional<expression::Compiled>, expression::Error>;

Expression compile_condition(std::string_view text, const expression::Schema& schema) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return std::nullopt;
  const OwnFields fields(schema);
  auto compiled = expression::compile(text, fields, {.allow_now = false, .allow_me = false});
  if (compiled) return std::move(*compiled);
  auto error = std::move(compiled.error());
  if (!fields.refused().empty()) {
    error.code = expression::ErrorCode::not_allowed_here;
    error.message_zh = "回收规则不能使用字段 " + fields.refused();
    error.message_en = "a recycle rule can't use the field " + fields.refused();
  }
  return std::unexpected(std::move(error));
}

bool has_won_status(const expression::Schema& schema) {
  const auto status = schema.field("status");
  return status && status->type == expression::Type::choice && schema.choice(status->slot, "won");
}

bool spares_won(const domain::RecycleDraft& draft) {
  return std::ranges::any_of(draft.triggers,
                             [](const domain::Trigger& trigger) { return trigger_kind(trigger.type).spares_won; });
}

// The home pool too: by it a rule governs a record or does not.
std::vector<std::uint32_t> slots_of(const CompiledRule& rule) {
  std::vector<std::uint32_t> slots{domain::facts::kHomePool};
  for (const auto* condition : {&rule.applies_when, &rule.protect_when}) {
    if (*condition) slots.insert(slots.end(), (*condition)->slots().begin(), (*condition)->slots().end());
  }
  std::ranges::sort(slots);
  const auto repeated = std::ranges::unique(slots);
  slots.erase(repeated.begin(), repeated.end());
  return slots;
}

}  // namespace

bool CompiledRule::governs(domain::FormNumber form, base::PoolId home_pool) const {
  return draft.form == form && std::ranges::find(draft.pools, home_pool) != draft.pools.end();
}

std::uint32_t CompiledRule::notice_days() const {
  if (draft.notice_days) return *draft.notice_days;
  return draft.remind_before.empty() ? 0 : std::ranges::max(draft.remind_before);
}

std::expected<CompiledRule, std::vector<RuleFault>> compile_rule(const domain::RecycleRulePublished& published,
                                                                 base::Instant published_at,
                                                                 const expression::Schema& schema) {
  CompiledRule rule{.rule = published.rule,
                    .version = published.version,
                    .draft = published.draft,
                    .published_at = published_at,
                    .existing = published.existing,
                    .grace_days = published.grace_days,
                    .applies_when = std::nullopt,
                    .protect_when = std::nullopt,
                    .condition_slots = {}};
  std::vector<RuleFault> faults;
  if (auto compiled = compile_condition(rule.draft.applies_when, schema)) {
    rule.applies_when = std::move(*compiled);
  } else {
    faults.push_back({"applies_when", std::move(compiled.error())});
  }
  std::string_view protection;
  if (rule.draft.protect_when) {
    protection = *rule.draft.protect_when;
  } else if (spares_won(rule.draft) && has_won_status(schema)) {
    protection = kShippedProtection;
  }
  if (auto compiled = compile_condition(protection, schema)) {
    rule.protect_when = std::move(*compiled);
  } else {
    faults.push_back({"protect_when", std::move(compiled.error())});
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  rule.condition_slots = slots_of(rule);
  return rule;
}

}  // namespace highseas::rules
