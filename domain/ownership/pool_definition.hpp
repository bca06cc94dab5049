// pool_definition — a pool: who may see, claim and administer its records, and the limits that keep it fair.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

// Members named one by one, by department (and those below) or by role.
struct Audience {
  std::vector<base::MemberId> members;
  std::vector<base::DepartmentId> departments;
  std::vector<base::RoleId> roles;
  bool operator==(const Audience&) const = default;
};

struct PoolDefinition {
  base::PoolId id;
  FormNumber form = 0;
  std::string name;
  std::optional<Audience> managers;  // absent: admins, and managers for their departments
  std::optional<Audience> claimers;  // absent: every active member with role salesperson or manager
  std::vector<FieldNumber> hidden_fields;
  std::optional<std::uint32_t> daily_claim_limit;  // claims a member and workspace day
  std::optional<std::uint32_t> holding_limit;      // records of this home pool that a member owns
  std::string holding_excludes;                    // expression: records left out of that count; empty = none
  std::uint32_t cool_down_days = 0;                // natural days in which a former owner can't claim it back
  std::uint32_t protect_new_days = 0;              // natural days from pooled_since in which nobody claims it
  bool operator==(const PoolDefinition&) const = default;
};

}  // namespace highseas::domain
