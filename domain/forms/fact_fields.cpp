// fact_fields — one line a fact.
#include "domain/forms/fact_fields.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::domain {
namespace {

using enum FieldType;
using enum FactScope;

constexpr std::array<FactChoice, 5> kOrigins = {{{1, "manual", "手工", "Manual"},
                                                 {2, "import", "导入", "Import"},
                                                 {3, "api", "API", "API"},
                                                 {4, "conversion", "转化", "Conversion"},
                                                 {5, "rule", "规则", "Rule"}}};

constexpr std::array<FactChoice, 6> kOwnedByChoices = {{{1, "created", "自建", "Created"},
                                                        {2, "claimed", "领取", "Claimed"},
                                                        {3, "assigned", "分配", "Assigned"},
                                                        {4, "transferred", "转移", "Transferred"},
                                                        {5, "converted", "转化", "Converted"},
                                                        {6, "returned", "撤销回收", "Returned"}}};

constexpr std::array<FactChoice, 6> kPooledByChoices = {{{1, "created", "录入", "Created"},
                                                         {2, "released", "退回", "Released"},
                                                         {3, "recycled", "自动回收", "Recycled"},
                                                         {4, "imported", "导入", "Imported"},
                                                         {5, "left", "离职", "Owner left"},
                                                         {6, "moved", "移池", "Moved"}}};

constexpr auto kFacts = std::to_array<FactField>({
    {facts::kId, "id", "编号", "Id", reference, every_form},
    {facts::kVersion, "version", "版本", "Version", integer, every_form},
    {facts::kCreatedAt, "created_at", "创建时间", "Created at", datetime, every_form},
    {facts::kCreatedBy, "created_by", "创建人", "Created by", member, every_form},
    {facts::kUpdatedAt, "updated_at", "更新时间", "Updated at", datetime, every_form},
    {facts::kUpdatedBy, "updated_by", "更新人", "Updated by", member, every_form},
    {facts::kOwner, "owner", "负责人", "Owner", member, every_form},
    {facts::kPool, "pool", "所在公海", "Pool", reference, every_form, false, {}, base::PoolTag::kPrefix},
    {facts::kCollaborators, "collaborators", "协作人", "Collaborators", member, every_form, true},
    {facts::kOrigin, "origin", "写入方式", "Origin", choice, every_form, false, kOrigins},
    {facts::kHomePool, "home_pool", "原属公海", "Home pool", reference, pooled, false, {}, base::PoolTag::kPrefix},
    {facts::kOwnedSince, "owned_since", "归属时间", "Owned since", datetime, pooled},
    {facts::kOwnedBy, "owned_by", "归属方式", "Owned by way of", choice, pooled, false, kOwnedByChoices},
    {facts::kPooledSince, "pooled_since", "入池时间", "Pooled since", datetime, pooled},
    {facts::kPooledBy, "pooled_by", "入池方式", "Pooled by way of", choice, pooled, false, kPooledByChoices},
    {facts::kPoolReason, "pool_reason", "入池原因", "Reason for pooling", text, pooled},
    {facts::kPreviousOwner, "previous_owner", "前负责人", "Previous owner", member, pooled},
    {facts::kLockedUntil, "locked_until", "锁定至", "Locked until", datetime, pooled},
    {facts::kCoolDownUntil, "cool_down_until", "冷却至", "Cool-down until", datetime, pooled},
    {facts::kRecycleDueAt, "recycle_due_at", "预计回收", "Recycling due at", datetime, pooled},
    {facts::kRecycleRule,
     "recycle_rule",
     "回收规则",
     "Recycle rule",
     reference,
     pooled,
     false,
     {},
     base::RuleTag::kPrefix},
    {facts::kLastFollowUpAt, "last_follow_up_at", "最近跟进", "Last follow-up at", datetime, followed},
    {facts::kLastFollowUpBy, "last_follow_up_by", "最近跟进人", "Last follow-up by", member, followed},
    {facts::kLastFollowUpMethod, "last_follow_up_method", "最近跟进方式", "Last follow-up method", choice, followed},
    {facts::kNextFollowUpAt, "next_follow_up_at", "下次跟进", "Next follow-up at", datetime, followed},
    {facts::kFollowUpCount, "follow_up_count", "跟进次数", "Follow-ups", integer, followed},
    {facts::kOpenOpportunities, "open_opportunities", "进行中商机", "Open opportunities", integer, customers},
    {facts::kWonAmount, "won_amount", "累计赢单", "Won amount", money, customers},
    {facts::kAssignedAt, "assigned_at", "分配时间", "Assigned at", datetime, leads},
    {facts::kFirstResponseAt, "first_response_at", "首次响应", "First response at", datetime, leads},
    {facts::kRecordedAt, "recorded_at", "录入时间", "Recorded at", datetime, follow_ups},
    {facts::kEffective, "effective", "有效", "Effective", boolean, follow_ups},
});

// Of answers and of facts that come later, and the words of the expression language: a field of that name could not be
// told from them.
constexpr auto kOtherReservedKeys = std::to_array<std::string_view>({
    "form",
    "actions",
    "deleted_at",
    "deleted_by",
    "department_of_owner",
    "first_deal_at",
    "last_deal_at",
    "received_amount",
    "outstanding_amount",
    "converted_at",
    "converted_customer",
    "converted_contact",
    "converted_opportunity",
    "true",
    "false",
    "null",
    "in",
    "now",
    "today",
    "me",
    "days",
    "hours",
    "date",
    "timestamp",
    "size",
    "contains",
    "starts_with",
    "ends_with",
});

}  // namespace

std::span<const FactField> fact_fields() {
  return kFacts;
}

std::span<const FieldNumber> count_facts() {
  static constexpr std::array kCounts{facts::kFollowUpCount, facts::kOpenOpportunities};
  return kCounts;
}

const FactField* fact_field(FieldNumber number) {
  const auto* found = std::ranges::find(kFacts, number, &FactField::number);
  return found == kFacts.end() ? nullptr : found;
}

const FactField* fact_field_by_key(std::string_view key) {
  const auto* found = std::ranges::find(kFacts, key, &FactField::key);
  return found == kFacts.end() ? nullptr : found;
}

bool carries_fact(const FormDefinition& form, const FactField& fact) {
  switch (fact.scope) {
    case FactScope::every_form:
      return true;
    case FactScope::pooled:
      return form.behaviours.pooled;
    case FactScope::followed:
      return form.behaviours.followed;
    case FactScope::customers:
      return form.number == shipped::kCustomers;
    case FactScope::leads:
      return form.number == shipped::kLeads;
    case FactScope::follow_ups:
      return form.number == shipped::kFollowUps;
  }
  HS_ASSERT(!"fact scope");
  return false;
}

bool is_reserved_field_key(std::string_view key) {
  return fact_field_by_key(key) != nullptr || std::ranges::find(kOtherReservedKeys, key) != kOtherReservedKeys.end();
}

}  // namespace highseas::domain
