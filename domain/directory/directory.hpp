// directory — members, departments, roles, permission groups and API keys as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ownership/pool_definition.hpp"

namespace highseas::domain {

enum class MemberState : std::uint8_t { invited = 1, active = 2, leaving = 3, deactivated = 4 };

struct Member {
  base::MemberId id;
  std::string name;
  std::string email;                            // as given; compared by its normal form
  std::vector<base::DepartmentId> departments;  // the first is the one that her records count for
  std::vector<base::RoleId> roles;
  MemberState state = MemberState::invited;
  bool operator==(const Member&) const = default;
};

struct Department {
  base::DepartmentId id;
  std::string name;
  std::optional<base::DepartmentId> parent;
  std::vector<base::MemberId> managers;
  std::optional<base::PoolId> customer_pool;  // home pool of what its members create; absent: the form's first pool
  bool removed = false;
  bool operator==(const Department&) const = default;
};

struct Role {
  base::RoleId id;
  std::string key;
  Label label;
  bool removed = false;
  bool operator==(const Role&) const = default;
};

// What may be done with records; a set of bits.
enum Operation : std::uint32_t {
  kRead = 1,
  kCreate = 2,
  kChange = 4,
  kDelete = 8,
  kExport = 16,
  kPool = 32,    // claim and release
  kAssign = 64,  // assign, transfer, move, lock
  kWrite = kCreate | kChange,
};

// On which records. `of_…` judge a contact or follow-up by the customer or lead that it belongs to.
enum class Scope : std::uint8_t {
  all = 1,
  department_and_below = 2,  // records whose owner belongs to a department that she manages or is in, or below it
  own = 3,
  own_and_collaborating = 4,
  claimable_pools = 5,  // in a pool in which she may claim; the pool's hidden fields are null there
  managed_pools = 6,
  of_visible = 7,  // of a customer or lead that she may see
  of_own = 8,      // of a customer or lead that is hers, or that she collaborates on: her follow-ups there count
};

struct Grant {
  FormNumber form = 0;
  std::uint32_t operations = 0;
  Scope scope = Scope::own;
  std::string condition;  // expression on the record; empty = none
  std::vector<FieldNumber> hidden_fields;
  std::vector<FieldNumber> read_only_fields;
  bool operator==(const Grant&) const = default;
};

// What is no record.
enum class Thing : std::uint8_t {
  members = 1,
  departments = 2,
  roles = 3,
  pools = 4,
  pipelines = 5,
  calendars = 6,
  forms = 7,
  rules = 8,
  workflows = 9,
  groups = 10,
  keys = 11,
  webhooks = 12,
  settings = 13,
  reports = 14,
  audit = 15,
};

struct ThingGrant {
  Thing thing = Thing::members;
  bool read = false;
  bool write = false;
  Scope scope = Scope::all;  // of reports: whose figures
  bool operator==(const ThingGrant&) const = default;
};

struct PermissionGroup {
  base::GroupId id;
  std::string key;
  Label label;
  Audience audience;
  std::vector<Grant> grants;
  std::vector<ThingGrant> things;
  bool removed = false;
  bool operator==(const PermissionGroup&) const = default;
};

struct ApiKey {
  base::ApiKeyId id;
  base::MemberId member;
  std::string name;
  std::string prefix;  // the secret's first characters, to tell keys apart
  std::optional<base::Instant> expires_at;
  bool revoked = false;
  bool operator==(const ApiKey&) const = default;
};

}  // namespace highseas::domain
