// sample_form — a form with a field of every type, for the tests of the expression language.
#pragma once

#include <cstdlib>
#include <map>
#include <string>

#include "expression/evaluate.hpp"
#include "expression/expression.hpp"

namespace highseas::expression {

enum SampleSlot : std::uint32_t {
  kName,
  kAmount,
  kCount,
  kActive,
  kSignedOn,
  kSeenAt,
  kStatus,
  kGrade,
  kTags,
  kOwner,
  kPool,
  kTeam,
  kRegion,
  kPlace,
  kSecondCount,
  kCode,
  kSampleSlots,
};

class SampleForm : public Schema {
 public:
  std::optional<FieldInfo> field(std::string_view name) const override {
    static const std::map<std::string, FieldInfo, std::less<>> kFields = {
        {"name", {kName, Type::text}},
        {"amount", {kAmount, Type::decimal}},
        {"count", {kCount, Type::integer}},
        {"active", {kActive, Type::boolean}},
        {"signed_on", {kSignedOn, Type::date}},
        {"seen_at", {kSeenAt, Type::instant}},
        {"status", {kStatus, Type::choice}},
        {"grade", {kGrade, Type::choice}},
        {"tags", {kTags, Type::choices}},
        {"owner", {kOwner, Type::reference}},
        {"pool", {kPool, Type::reference}},
        {"team", {kTeam, Type::references}},
        {"region", {kRegion, Type::region}},
        {"place", {kPlace, Type::location}},
        {"count_2", {kSecondCount, Type::integer}},
        {"code", {kCode, Type::text}},
        {"customer.grade", {kGrade, Type::choice}},
    };
    const auto found = kFields.find(name);
    if (found == kFields.end()) return std::nullopt;
    return found->second;
  }

  std::optional<std::uint32_t> choice(std::uint32_t slot, std::string_view key) const override {
    static const std::map<std::string, std::uint32_t, std::less<>> kStatuses = {{"new", 1}, {"won", 2}, {"lost", 3}};
    static const std::map<std::string, std::uint32_t, std::less<>> kGrades = {{"A", 1}, {"B", 2}, {"C", 3}};
    static const std::map<std::string, std::uint32_t, std::less<>> kTagKeys = {{"vip", 7}, {"rude", 8}, {"late", 9}};
    const auto& keys = slot == kStatus ? kStatuses : slot == kGrade ? kGrades : kTagKeys;
    const auto found = keys.find(key);
    if (found == keys.end()) return std::nullopt;
    return found->second;
  }

  std::optional<base::Ulid> reference(std::uint32_t slot, std::string_view text) const override {
    return base::parse_prefixed(slot == kPool ? "pol_" : "mem_", text);
  }
};

class SampleRecord : public RecordSource {
 public:
  base::Value value(std::uint32_t slot) const override {
    const auto found = values.find(slot);
    return found == values.end() ? base::Value{} : found->second;
  }

  std::map<std::uint32_t, base::Value> values;
};

inline base::Ulid sample_member(std::uint64_t number) {
  return base::Ulid{1, number};
}
inline std::string sample_member_id(std::uint64_t number) {
  return "mem_" + base::format_ulid(sample_member(number));
}

inline Environment sample_environment() {
  return Environment(*base::parse_instant("2026-11-24T03:00:00Z"), *base::parse_date("2026-11-24"), sample_member(1));
}

}  // namespace highseas::expression
