// workspace — the fold of design and directory, and the questions that deciders and queries ask of it.
#include "domain/workspace/workspace.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace highseas::domain {
namespace {

template <class Map, class Key, class T>
bool put(Map& map, const Key& key, const T& value) {
  map.insert_or_assign(key, value);
  return true;
}

template <class Map, class Key>
auto& existing(Map& map, const Key& key) {
  const auto found = map.find(key);
  HS_ASSERT(found != map.end());
  return found->second;
}

// Every event has a line here: forgetting one does not compile.
struct Evolve {
  Workspace& w;
  base::Instant at;

  bool operator()(const WorkspaceOpened& e) const {
    w.id = e.workspace;
    w.name = e.name;
    w.time_zone = e.time_zone;
    w.currency = e.currency;
    return true;
  }
  bool operator()(const FormAdded& e) const { return put(w.forms, e.form.number, e.form); }
  bool operator()(const FormChanged& e) const {
    auto& form = existing(w.forms, e.form.number);
    const auto dedup = form.dedup;  // has events of its own
    form = e.form;
    form.dedup = dedup;
    return true;
  }
  bool operator()(const FormRemoved& e) const {
    existing(w.forms, e.form).removed = true;
    return true;
  }
  bool operator()(const ChoiceAdded& e) const {
    for (auto& field : existing(w.forms, e.form).fields) {
      if (field.number != e.field) continue;
      field.choices.push_back({.number = e.number, .key = e.text, .label = {e.text, e.text}, .retired = false});
      return true;
    }
    HS_ASSERT(!"choice of a field that the form does not have");
    return false;
  }
  bool operator()(const DedupRuleChanged& e) const {
    existing(w.forms, e.form).dedup = e.rules;
    return true;
  }
  bool operator()(const PoolAdded& e) const { return put(w.pools, e.pool.id, e.pool); }
  bool operator()(const PoolChanged& e) const { return put(w.pools, e.pool.id, e.pool); }
  bool operator()(const PoolRemoved& e) const {
    for (auto& [id, department] : w.departments) {
      if (department.customer_pool == e.pool) department.customer_pool.reset();
    }
    return w.pools.erase(e.pool) > 0;
  }
  bool operator()(const CalendarChanged& e) const { return put(w.calendars, e.calendar, e); }
  bool operator()(const DecisionBasisChanged& e) const {
    w.basis = e;
    return true;
  }
  bool operator()(const MemberInvited& e) const {
    w.invitations[e.invitation] = {.member = e.member.id, .expires_at = e.expires_at, .used = false};
    return put(w.members, e.member.id, e.member);
  }
  bool operator()(const MemberJoined& e) const {
    existing(w.members, e.member).state = MemberState::active;
    for (auto& [id, invitation] : w.invitations) invitation.used |= invitation.member == e.member;
    return true;
  }
  bool operator()(const MemberChanged& e) const { return put(w.members, e.member.id, e.member); }
  bool operator()(const MemberLeaving& e) const {
    existing(w.members, e.member).state = MemberState::leaving;
    return true;
  }
  bool operator()(const MemberDeactivated& e) const {
    existing(w.members, e.member).state = MemberState::deactivated;
    for (auto& [id, key] : w.keys) key.revoked |= key.member == e.member;
    return true;
  }
  bool operator()(const DepartmentChanged& e) const { return put(w.departments, e.department.id, e.department); }
  bool operator()(const RoleChanged& e) const { return put(w.roles, e.role.id, e.role); }
  bool operator()(const PermissionGroupChanged& e) const { return put(w.groups, e.group.id, e.group); }
  bool operator()(const ApiKeyIssued& e) const { return put(w.keys, e.key.id, e.key); }
  bool operator()(const ApiKeyRevoked& e) const {
    existing(w.keys, e.key).revoked = true;
    return true;
  }
  bool operator()(const RecycleRulePublished& e) const {
    auto& rule = w.rules[e.rule];
    HS_ASSERT(e.version == rule.versions.size() + 1);
    rule.versions.push_back(e);
    rule.published_at.push_back(at);
    return true;
  }
  bool operator()(const RecycleRuleSwitched& e) const {
    existing(w.rules, e.rule).enabled = e.enabled;
    return true;
  }
  bool operator()(const BackfillStarted& e) const {
    existing(w.rules, e.rule).backfills.push_back({.job = e.job, .version = e.version, .judged_at = e.judged_at});
    return true;
  }
  bool operator()(const BackfillEnded& e) const {
    for (auto& [id, rule] : w.rules) {
      const auto found = std::ranges::find(rule.backfills, e.job, &Backfill::job);
      if (found == rule.backfills.end()) continue;
      found->ended = true;
      found->cancelled = e.cancelled;
      return true;
    }
    HS_ASSERT(!"a backfill ends that never began");
    return false;
  }

  // Of records, jobs, files and workspace 0: not the workspace's design.
  bool operator()(const RecordCreated&) const { return false; }
  bool operator()(const RecordChanged&) const { return false; }
  bool operator()(const RecordDeleted&) const { return false; }
  bool operator()(const RecordRestored&) const { return false; }
  bool operator()(const Claimed&) const { return false; }
  bool operator()(const Assigned&) const { return false; }
  bool operator()(const Transferred&) const { return false; }
  bool operator()(const Released&) const { return false; }
  bool operator()(const Recycled&) const { return false; }
  bool operator()(const MovedToPool&) const { return false; }
  bool operator()(const Locked&) const { return false; }
  bool operator()(const RecycleReminded&) const { return false; }
  bool operator()(const FollowedUp&) const { return false; }
  bool operator()(const FollowUpCorrected&) const { return false; }
  bool operator()(const JobStarted&) const { return false; }
  bool operator()(const JobAdvanced&) const { return false; }
  bool operator()(const JobEnded&) const { return false; }
  bool operator()(const FileAdded&) const { return false; }
  bool operator()(const FileRemoved&) const { return false; }
  bool operator()(const WorkspaceAdded&) const { return false; }
  bool operator()(const TestClockStarted&) const { return false; }
  bool operator()(const TestClockAdvanced&) const { return false; }
  bool operator()(const TestClockReleased&) const { return false; }
};

template <class Map, class Key>
auto find_in(const Map& map, const Key& key) -> const typename Map::mapped_type* {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

bool evolve(Workspace& workspace, const Event& event, base::Instant at) {
  return std::visit(Evolve{workspace, at}, event);
}

const FormDefinition* Workspace::form(FormNumber number) const {
  const auto* found = find_in(forms, number);
  return found && !found->removed ? found : nullptr;
}

const FormDefinition* Workspace::form_by_slug(std::string_view slug) const {
  for (const auto& [number, form] : forms) {
    if (form.slug == slug && !form.removed) return &form;
  }
  return nullptr;
}

const PoolDefinition* Workspace::pool(base::PoolId pool) const {
  return find_in(pools, pool);
}
const Member* Workspace::member(base::MemberId member) const {
  return find_in(members, member);
}

const Role* Workspace::role_by_key(std::string_view key) const {
  for (const auto& [role_id, role] : roles) {
    if (role.key == key && !role.removed) return &role;
  }
  return nullptr;
}

const Member* Workspace::member_by_email(std::string_view email) const {
  const auto wanted = base::normal_form_1(base::NormalFormKind::email, email);
  for (const auto& [member_id, member] : members) {
    if (member.state == MemberState::deactivated) continue;
    if (base::normal_form_1(base::NormalFormKind::email, member.email) == wanted) return &member;
  }
  return nullptr;
}

const PoolDefinition* Workspace::first_pool(FormNumber form) const {
  for (const auto& [pool_id, pool] : pools) {
    if (pool.form == form) return &pool;
  }
  return nullptr;
}

bool RecycleRule::spares_older_periods(const RecycleRulePublished& version) const {
  return version.existing == Existing::new_only || std::ranges::any_of(backfills, [&](const Backfill& backfill) {
           return backfill.version == version.version && backfill.cancelled;
         });
}

const Backfill* Workspace::backfill(base::JobId job) const {
  for (const auto& [rule_id, rule] : rules) {
    const auto found = std::ranges::find(rule.backfills, job, &Backfill::job);
    if (found != rule.backfills.end()) return &*found;
  }
  return nullptr;
}

const CalendarChanged* Workspace::calendar() const {
  return calendars.empty() ? nullptr : &calendars.begin()->second;
}

bool Workspace::has_role(const Member& member, std::string_view key) const {
  const auto* role = role_by_key(key);
  return role && std::ranges::find(member.roles, role->id) != member.roles.end();
}

bool Workspace::is_active(base::MemberId wanted) const {
  const auto* found = member(wanted);
  return found && found->state == MemberState::active;
}

std::vector<base::DepartmentId> Workspace::departments_below(base::DepartmentId top) const {
  std::vector<base::DepartmentId> found{top};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (const auto& [below, department] : departments) {
      if (department.parent == found[at] && std::ranges::find(found, below) == found.end()) found.push_back(below);
    }
  }
  return found;
}

bool Workspace::in_audience(const Audience& audience, const Member& member) const {
  if (std::ranges::find(audience.members, member.id) != audience.members.end()) return true;
  for (const auto role : audience.roles) {
    if (std::ranges::find(member.roles, role) != member.roles.end()) return true;
  }
  for (const auto top : audience.departments) {
    for (const auto below : departments_below(top)) {
      if (std::ranges::find(member.departments, below) != member.departments.end()) return true;
    }
  }
  return false;
}

bool Workspace::may_claim_in(const PoolDefinition& pool, const Member& member) const {
  if (member.state != MemberState::active) return false;
  if (pool.claimers) return in_audience(*pool.claimers, member);
  return has_role(member, "salesperson") || has_role(member, "manager");
}

bool Workspace::manages_pool(const PoolDefinition& pool, const Member& member) const {
  if (member.state != MemberState::active) return false;
  if (pool.managers) return in_audience(*pool.managers, member);
  return has_role(member, "admin") || has_role(member, "manager");
}

}  // namespace highseas::domain
