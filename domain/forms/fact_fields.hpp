// fact_fields — the envelope and the facts that events keep: read-only, of no form, with fixed numbers from 900,000.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

inline constexpr FieldNumber kFirstFactNumber = 900'000;

// As lists, filters and answers name them. Never reused.
namespace facts {
inline constexpr FieldNumber kId = 900'001;
inline constexpr FieldNumber kVersion = 900'002;
inline constexpr FieldNumber kCreatedAt = 900'003;
inline constexpr FieldNumber kCreatedBy = 900'004;
inline constexpr FieldNumber kUpdatedAt = 900'005;
inline constexpr FieldNumber kUpdatedBy = 900'006;
inline constexpr FieldNumber kOwner = 900'007;
inline constexpr FieldNumber kPool = 900'008;
inline constexpr FieldNumber kCollaborators = 900'009;
inline constexpr FieldNumber kOrigin = 900'010;
// Pooled forms.
inline constexpr FieldNumber kHomePool = 900'020;
inline constexpr FieldNumber kOwnedSince = 900'021;
inline constexpr FieldNumber kOwnedBy = 900'022;
inline constexpr FieldNumber kPooledSince = 900'023;
inline constexpr FieldNumber kPooledBy = 900'024;
inline constexpr FieldNumber kPoolReason = 900'025;
inline constexpr FieldNumber kPreviousOwner = 900'026;
inline constexpr FieldNumber kLockedUntil = 900'027;
inline constexpr FieldNumber kCoolDownUntil = 900'028;
inline constexpr FieldNumber kRecycleDueAt = 900'029;
inline constexpr FieldNumber kRecycleRule = 900'030;
// Followed forms.
inline constexpr FieldNumber kLastFollowUpAt = 900'040;
inline constexpr FieldNumber kLastFollowUpBy = 900'041;
inline constexpr FieldNumber kLastFollowUpMethod = 900'042;
inline constexpr FieldNumber kNextFollowUpAt = 900'043;
inline constexpr FieldNumber kFollowUpCount = 900'044;
// Customers; kept by the sales process, null or nought until it is there.
inline constexpr FieldNumber kOpenOpportunities = 900'050;
inline constexpr FieldNumber kWonAmount = 900'051;
// 900,052 to 900,056: first_deal_at, last_deal_at, received_amount, outstanding_amount come with the sales process.
// Leads; what a conversion keeps (900,062 to 900,065) comes with it.
inline constexpr FieldNumber kAssignedAt = 900'060;
inline constexpr FieldNumber kFirstResponseAt = 900'061;
// Follow-ups.
inline constexpr FieldNumber kRecordedAt = 900'070;
inline constexpr FieldNumber kEffective = 900'071;
}  // namespace facts

// How a record came to its owner; stored nowhere, told by the event that did it.
enum class OwnedBy : std::uint8_t {
  created = 1,
  claimed = 2,
  assigned = 3,
  transferred = 4,
  converted = 5,
  returned = 6
};
// How a record came into its pool.
enum class PooledBy : std::uint8_t { created = 1, released = 2, recycled = 3, imported = 4, left = 5, moved = 6 };

enum class FactScope : std::uint8_t { every_form, pooled, followed, customers, leads, follow_ups };

struct FactChoice {
  std::uint32_t number;  // of Origin, OwnedBy or PooledBy
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};

struct FactField {
  FieldNumber number;
  std::string_view key;
  std::string_view zh;
  std::string_view en;
  FieldType type;
  FactScope scope;
  bool many = false;
  std::span<const FactChoice> choices = {};  // empty for last_follow_up_method: those of follow-ups' method
  // Of a reference: the prefix of the ids that it holds ("pol_"); empty for the record's own id, whose prefix is its
  // form's. Members and departments have theirs by type.
  std::string_view id_prefix = {};

  Label label() const { return {std::string(zh), std::string(en)}; }
};

std::span<const FactField> fact_fields();
// Those that count something: a record of which nothing was counted yet has 0 there, never null.
std::span<const FieldNumber> count_facts();
const FactField* fact_field(FieldNumber number);
const FactField* fact_field_by_key(std::string_view key);
// True where records of the form carry it. Contacts and products have no owner and pool of their own, but the keys.
bool carries_fact(const FormDefinition& form, const FactField& fact);
inline bool is_fact_number(FieldNumber number) {
  return number >= kFirstFactNumber;
}
// True for keys that a form's own field can't have: facts of any form, the envelope, and words of the expression
// language.
bool is_reserved_field_key(std::string_view key);

}  // namespace highseas::domain
