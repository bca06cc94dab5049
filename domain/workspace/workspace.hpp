// workspace — a company's design and directory, folded from its log: small, copied whole when it changes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/directory/directory.hpp"
#include "domain/event.hpp"
#include "domain/recycling/recycle_events.hpp"

namespace highseas::domain {

struct Invitation {
  base::MemberId member;
  base::Instant expires_at;
  bool used = false;
  bool operator==(const Invitation&) const = default;
};

// From its start to its end the records that the version made due at that instant belong to it.
struct Backfill {
  base::JobId job;
  std::uint32_t version = 0;
  base::Instant judged_at;
  bool ended = false;
  bool cancelled = false;
  bool operator==(const Backfill&) const = default;
};

struct RecycleRule {
  std::vector<RecycleRulePublished> versions;  // the last one is in force
  std::vector<base::Instant> published_at;     // of each version
  std::vector<Backfill> backfills;             // all that were ever started
  bool enabled = true;
  bool operator==(const RecycleRule&) const = default;

  // Ownership periods begun before the version was published stay under the one before it: asked for, or what is left
  // of a cancelled backfill.
  bool spares_older_periods(const RecycleRulePublished& version) const;
};

struct Workspace {
  base::WorkspaceId id;
  std::string name;
  std::string time_zone = "UTC";
  std::string currency;
  std::map<FormNumber, FormDefinition> forms;
  std::map<base::PoolId, PoolDefinition> pools;  // in order of creation, as ids are
  std::map<base::MemberId, Member> members;
  std::map<base::DepartmentId, Department> departments;
  std::map<base::RoleId, Role> roles;
  std::map<base::GroupId, PermissionGroup> groups;
  std::map<base::ApiKeyId, ApiKey> keys;
  std::map<base::InvitationId, Invitation> invitations;
  std::map<base::CalendarId, CalendarChanged> calendars;
  std::map<base::RuleId, RecycleRule> rules;
  DecisionBasisChanged basis;
  bool operator==(const Workspace&) const = default;

  const FormDefinition* form(FormNumber number) const;  // live ones only
  const FormDefinition* form_by_slug(std::string_view slug) const;
  const PoolDefinition* pool(base::PoolId id) const;
  const Member* member(base::MemberId id) const;
  const Role* role_by_key(std::string_view key) const;
  // By the normal form of the address; deactivated members apart.
  const Member* member_by_email(std::string_view email) const;
  const PoolDefinition* first_pool(FormNumber form) const;
  const Backfill* backfill(base::JobId job) const;
  const CalendarChanged* calendar() const;  // the workspace's working-day calendar

  bool has_role(const Member& member, std::string_view key) const;
  bool is_active(base::MemberId id) const;
  // The department and all below it.
  std::vector<base::DepartmentId> departments_below(base::DepartmentId top) const;
  bool in_audience(const Audience& audience, const Member& member) const;
  // Judged by the pool's claimers, or what ships where none are named: active members with role salesperson or manager.
  bool may_claim_in(const PoolDefinition& pool, const Member& member) const;
  // Judged by the pool's managers, or what ships: admins and managers.
  bool manages_pool(const PoolDefinition& pool, const Member& member) const;
};

// Folds one event; those of records, jobs and files leave the workspace as it is. True where it changed.
bool evolve(Workspace& workspace, const Event& event, base::Instant at);

}  // namespace highseas::domain
