// recycle_fixture — a small form, a workspace with pools, and rules made in a line, for the tests of recycle rules.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>
#include <string>

#include "domain/workspace/workspace.hpp"
#include "expression/evaluate.hpp"
#include "rules/recycle/compiled_rule.hpp"
#include "rules/recycle/recycle_facts.hpp"

namespace highseas::rules {

inline base::Instant at(std::string_view text) {
  const auto parsed = base::parse_instant(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(base::Instant{});
}
inline base::Date date(std::string_view text) {
  return *base::parse_date(text);
}
inline std::uint64_t random_seed() {
  const char* given = std::getenv("HIGHSEAS_SEED");
  return given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

inline constexpr domain::FormNumber kForm = 1;
inline constexpr domain::FormNumber kOtherForm = 2;
inline constexpr base::PoolId kPool{{1, 1}};
inline constexpr base::PoolId kSecondPool{{1, 2}};
inline constexpr base::PoolId kForeignPool{{1, 3}};
inline constexpr base::RuleId kRule{{2, 1}};
inline constexpr base::MemberId kOwner{{3, 1}};

enum Slot : std::uint32_t { kStatus = 1, kGrade = 2, kAmount = 3, kParts = 4, kBoss = 5, kDueAt = 6 };

class CustomerSchema : public expression::Schema {
 public:
  explicit CustomerSchema(bool with_status = true) : with_status_(with_status) {}

  std::optional<expression::FieldInfo> field(std::string_view name) const override {
    using expression::Type;
    if (name == "status" && with_status_) return expression::FieldInfo{kStatus, Type::choice};
    if (name == "grade") return expression::FieldInfo{kGrade, Type::text};
    if (name == "amount") return expression::FieldInfo{kAmount, Type::integer};
    if (name == "parts") return expression::FieldInfo{kParts, Type::integer};
    if (name == "parent.grade") return expression::FieldInfo{kBoss, Type::text};
    if (name == "recycle_due_at") return expression::FieldInfo{kDueAt, Type::instant};
    return std::nullopt;
  }
  std::optional<std::uint32_t> choice(std::uint32_t, std::string_view key) const override {
    if (key == "following") return 2;
    if (key == "won") return 3;
    return std::nullopt;
  }
  std::optional<base::Ulid> reference(std::uint32_t, std::string_view) const override { return std::nullopt; }

 private:
  bool with_status_;
};

class Customer : public expression::RecordSource {
 public:
  Customer() = default;
  explicit Customer(std::map<std::uint32_t, base::Value> values) : values_(std::move(values)) {}
  base::Value value(std::uint32_t slot) const override {
    const auto found = values_.find(slot);
    return found == values_.end() ? base::Value{} : found->second;
  }

 private:
  std::map<std::uint32_t, base::Value> values_;
};

inline domain::RecycleDraft draft_of(std::uint32_t days) {
  domain::RecycleDraft draft;
  draft.name = "华东 30 天未跟进";
  draft.form = kForm;
  draft.pools = {kPool};
  draft.triggers = {{domain::TriggerType::no_follow_up, days}};
  draft.protect_when = "";
  return draft;
}

inline domain::RecycleRulePublished published(domain::RecycleDraft draft, std::uint32_t version = 1) {
  domain::RecycleRulePublished event;
  event.rule = kRule;
  event.version = version;
  event.draft = std::move(draft);
  return event;
}

inline CompiledRule compiled(const domain::RecycleRulePublished& version,
                             base::Instant published_at = at("2026-01-01T00:00:00Z")) {
  auto rule = compile_rule(version, published_at, CustomerSchema());
  EXPECT_TRUE(rule) << (rule ? "" : rule.error().front().error.message_en);
  return *rule;
}
inline CompiledRule compiled(domain::RecycleDraft draft) {
  return compiled(published(std::move(draft)));
}

inline RecycleFacts owned_since(std::string_view when) {
  RecycleFacts facts;
  facts.form = kForm;
  facts.owner = kOwner;
  facts.home_pool = kPool;
  facts.owned_since = at(when);
  facts.period_began_at = at(when);
  return facts;
}

inline domain::Workspace workspace_with_pools() {
  domain::Workspace workspace;
  workspace.time_zone = "Asia/Shanghai";
  for (const auto number : {kForm, kOtherForm}) {
    auto& form = workspace.forms[number];
    form.number = number;
    form.slug = number == kForm ? "customers" : "leads";
    form.behaviours.pooled = true;
  }
  for (const auto id : {kPool, kSecondPool, kForeignPool}) {
    auto& pool = workspace.pools[id];
    pool.id = id;
    pool.form = id == kForeignPool ? kOtherForm : kForm;
  }
  return workspace;
}

}  // namespace highseas::rules
