// record_place — the place by the form, the values, and the pools of the workspace.
#include "domain/records/record_place.hpp"

#include "domain/forms/field_values.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::domain {

bool may_create(const Workspace& workspace, const Rights& rights, FormNumber form, const RecordStanding& standing) {
  if (rights.may(form, kCreate, standing)) return true;
  if (!standing.pool || !rights.opens(form, kCreate)) return false;
  const auto* pool = workspace.pool(*standing.pool);
  const auto* member = rights.member() ? workspace.member(*rights.member()) : nullptr;
  if (pool == nullptr || member == nullptr) return false;
  return workspace.may_claim_in(*pool, *member) || workspace.manages_pool(*pool, *member);
}

std::optional<base::RecordId> root_record(const FormDefinition& form, const std::vector<FieldValue>& values) {
  if (form.number != shipped::kContacts) return std::nullopt;
  const auto* value = find_value(values, shipped::contacts::kCustomer);
  const auto* customer = value == nullptr ? nullptr : std::get_if<base::Reference>(value);
  if (customer == nullptr) return std::nullopt;
  return base::RecordId{customer->id};
}

bool has_owner_of_its_own(FormNumber form) {
  return form != shipped::kContacts && form != shipped::kProducts && form != shipped::kFollowUps;
}

std::optional<base::PoolId> home_pool_of(const Workspace& workspace, FormNumber form, base::MemberId owner) {
  if (const auto* member = workspace.member(owner); member != nullptr && !member->departments.empty()) {
    const auto found = workspace.departments.find(member->departments.front());
    if (found != workspace.departments.end() && found->second.customer_pool) {
      const auto* pool = workspace.pool(*found->second.customer_pool);
      if (pool != nullptr && pool->form == form) return pool->id;
    }
  }
  const auto* first = workspace.first_pool(form);
  return first == nullptr ? std::nullopt : std::optional(first->id);
}

bool may_hold(const Workspace& workspace, FormNumber form, base::MemberId member) {
  const RecordStanding hers{.owner = member, .pool = {}, .collaborators = {}, .root = nullptr, .root_form = 0};
  return workspace.is_active(member) && Rights::of_member(workspace, member).may(form, kWrite, hers);
}

}  // namespace highseas::domain
