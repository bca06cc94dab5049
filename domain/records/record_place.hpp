// record_place — where a record stands: in whose hands or in which pool, below which customer, who may put it there.
#pragma once

#include <optional>
#include <vector>

#include "domain/permissions/permissions.hpp"
#include "domain/records/record_commands.hpp"

namespace highseas::domain {

// Whether she may create a record of the form that is to stand there: by a grant that covers it, or in a pool where she
// may claim or that she manages. The same for one record and for an import's rows.
bool may_create(const Workspace& workspace, const Rights& rights, FormNumber form, const RecordStanding& standing);
// The customer that a contact belongs to, by its values; nothing for forms whose records have no root.
std::optional<base::RecordId> root_record(const FormDefinition& form, const std::vector<FieldValue>& values);
// Contacts' owner is their customer's and products have none: neither is in their events.
bool has_owner_of_its_own(FormNumber form);
// The pool that a record of a pooled form belongs to where `owner` has it from the start: that of her first department,
// else the form's first; nothing where the form has no pool.
std::optional<base::PoolId> home_pool_of(const Workspace& workspace, FormNumber form, base::MemberId owner);

// Whether the member is active and some group lets her change the records of the form that she owns: an auditor holds
// none.
bool may_hold(const Workspace& workspace, FormNumber form, base::MemberId member);

}  // namespace highseas::domain
