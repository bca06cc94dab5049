// permissions — several groups: what any allows is allowed; a field is hidden where every grant that shows the record
// hides it.
#include "domain/permissions/permissions.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace highseas::domain {
namespace {

template <class Range, class T>
bool contains(const Range& range, const T& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

std::set<base::MemberId> team_of(const Workspace& workspace, const Member& member) {
  std::set<base::DepartmentId> departments;
  for (const auto& [id, department] : workspace.departments) {
    if (!contains(department.managers, member.id) && !contains(member.departments, id)) continue;
    for (const auto below : workspace.departments_below(id)) departments.insert(below);
  }
  std::set<base::MemberId> team{member.id};
  for (const auto& [id, other] : workspace.members) {
    if (std::ranges::any_of(other.departments, [&](auto d) { return departments.contains(d); })) team.insert(id);
  }
  return team;
}

}  // namespace

Rights Rights::of_member(const Workspace& workspace, base::MemberId id) {
  Rights rights;
  rights.workspace_ = &workspace;
  rights.member_ = id;
  const auto* member = workspace.member(id);
  if (!member || member->state != MemberState::active) return rights;
  for (const auto& [group_id, group] : workspace.groups) {
    if (group.removed || !workspace.in_audience(group.audience, *member)) continue;
    for (const auto& grant : group.grants) rights.grants_[grant.form].push_back(&grant);
    for (const auto& grant : group.things) rights.things_.push_back(&grant);
  }
  rights.team_ = team_of(workspace, *member);
  for (const auto& [number, form] : workspace.forms) {
    for (const auto& field : form.fields) {
      if (!field.visible) rights.not_shown_.emplace(number, field.number);
    }
  }
  for (const auto& [pool_id, pool] : workspace.pools) {
    if (workspace.may_claim_in(pool, *member)) rights.claimable_.insert(pool_id);
    if (workspace.manages_pool(pool, *member)) rights.managed_.insert(pool_id);
  }
  return rights;
}

Rights Rights::of_system(const Workspace& workspace) {
  Rights rights;
  rights.workspace_ = &workspace;
  rights.system_ = true;
  return rights;
}

bool Rights::opens(FormNumber form, std::uint32_t operations) const {
  if (system_) return true;
  const auto found = grants_.find(form);
  return found != grants_.end() &&
         std::ranges::any_of(found->second, [&](const Grant* grant) { return (grant->operations & operations) != 0; });
}

bool Rights::opens_all(FormNumber form, Operation operation) const {
  if (system_) return true;
  const auto found = grants_.find(form);
  return found != grants_.end() && std::ranges::any_of(found->second, [&](const Grant* grant) {
           return (grant->operations & operation) != 0 && grant->scope == Scope::all && grant->hidden_fields.empty();
         });
}

bool Rights::sees_whole(FormNumber form) const {
  const auto hidden = not_shown_.lower_bound({form, 0});
  return opens_all(form, kRead) && (hidden == not_shown_.end() || hidden->first != form);
}

bool Rights::may(FormNumber form, Operation operation, const RecordStanding& standing) const {
  if (system_) return true;
  const auto found = grants_.find(form);
  return found != grants_.end() && std::ranges::any_of(found->second, [&](const Grant* grant) {
           return (grant->operations & operation) != 0 && covers(*grant, standing);
         });
}

FieldAccess Rights::field(FormNumber form, FieldNumber field, const RecordStanding& standing) const {
  if (system_) return FieldAccess::write;
  FieldAccess best = FieldAccess::hidden;
  if (not_shown_.contains({form, field})) return best;
  const auto found = grants_.find(form);
  if (found == grants_.end()) return best;
  for (const Grant* grant : found->second) {
    if (!covers(*grant, standing) || hides(*grant, field, standing)) continue;
    if ((grant->operations & kRead) != 0) best = std::max(best, FieldAccess::read);
    if ((grant->operations & kWrite) != 0 && !contains(grant->read_only_fields, field)) return FieldAccess::write;
  }
  return best;
}

bool Rights::hidden_everywhere(FormNumber form, FieldNumber field) const {
  return not_shown_.contains({form, field}) || hidden_by_groups(form, field);
}

bool Rights::hidden_by_groups(FormNumber form, FieldNumber field) const {
  if (system_) return false;
  const auto found = grants_.find(form);
  if (found == grants_.end()) return true;
  return std::ranges::all_of(found->second, [&](const Grant* grant) {
    return (grant->operations & kRead) == 0 || contains(grant->hidden_fields, field);
  });
}

bool Rights::hidden_somewhere(FormNumber form, FieldNumber field) const {
  if (system_ || sees_whole(form)) return false;
  if (not_shown_.contains({form, field})) return true;
  const auto found = grants_.find(form);
  if (found == grants_.end()) return true;
  return std::ranges::any_of(found->second, [&](const Grant* grant) {
    if ((grant->operations & kRead) == 0) return false;
    if (contains(grant->hidden_fields, field)) return true;
    return grant->scope == Scope::claimable_pools && std::ranges::any_of(claimable_, [&](base::PoolId id) {
             const auto* pool = workspace_->pool(id);
             return pool && pool->form == form && contains(pool->hidden_fields, field);
           });
  });
}

bool Rights::reads(Thing thing) const {
  return system_ ||
         std::ranges::any_of(things_, [&](const ThingGrant* grant) { return grant->thing == thing && grant->read; });
}

bool Rights::writes(Thing thing) const {
  return system_ ||
         std::ranges::any_of(things_, [&](const ThingGrant* grant) { return grant->thing == thing && grant->write; });
}

std::optional<Scope> Rights::reports() const {
  if (system_) return Scope::all;
  std::optional<Scope> widest;
  for (const ThingGrant* grant : things_) {
    if (grant->thing != Thing::reports || !grant->read) continue;
    if (!widest || grant->scope < *widest) widest = grant->scope;  // scopes are numbered from the widest
  }
  return widest;
}

bool Rights::covers(const Grant& grant, const RecordStanding& standing) const {
  switch (grant.scope) {
    case Scope::all:
      return true;
    case Scope::department_and_below:
      return standing.owner && team_.contains(*standing.owner);
    case Scope::own:
      return standing.owner == member_;
    case Scope::own_and_collaborating:
      return standing.owner == member_ || contains(standing.collaborators, *member_);
    case Scope::claimable_pools:
      return standing.pool && claimable_.contains(*standing.pool);
    case Scope::managed_pools:
      return standing.pool && managed_.contains(*standing.pool);
    case Scope::of_visible:
      return standing.root && sees_all_of(standing.root_form, *standing.root);
    case Scope::of_own:
      return standing.root && (standing.root->owner == member_ || contains(standing.root->collaborators, *member_));
  }
  HS_ASSERT(!"scope");
  return false;
}

// What hangs on a record (its contacts, what was said to them) is shown with it, but not where she sees it only because
// it lies in a pool that hides fields: names and phones are hidden until she claims it.
bool Rights::sees_all_of(FormNumber form, const RecordStanding& standing) const {
  const auto found = grants_.find(form);
  return found != grants_.end() && std::ranges::any_of(found->second, [&](const Grant* grant) {
           if ((grant->operations & kRead) == 0 || !covers(*grant, standing)) return false;
           if (grant->scope != Scope::claimable_pools) return true;
           const auto* pool = workspace_->pool(*standing.pool);
           return pool && pool->hidden_fields.empty();
         });
}

bool Rights::hides(const Grant& grant, FieldNumber field, const RecordStanding& standing) const {
  if (contains(grant.hidden_fields, field)) return true;
  if (grant.scope != Scope::claimable_pools || !standing.pool) return false;
  const auto* pool = workspace_->pool(*standing.pool);
  return pool && contains(pool->hidden_fields, field);
}

}  // namespace highseas::domain
