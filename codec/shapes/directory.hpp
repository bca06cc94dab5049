// directory — the stored fields of members, departments, rights and keys.
#pragma once

#include "codec/shape.hpp"
#include "codec/shapes/forms.hpp"
#include "codec/shapes/ownership.hpp"

HS_SHAPE(Member, HS_CLEAR(0, id), HS_SEALED(1, name), HS_SEALED(2, email), HS_CLEAR(3, departments), HS_CLEAR(4, roles),
         HS_CLEAR(5, state))
HS_SHAPE(Department, HS_CLEAR(0, id), HS_CLEAR(1, name), HS_CLEAR(2, parent), HS_CLEAR(3, managers),
         HS_CLEAR(4, customer_pool), HS_CLEAR(5, removed))
HS_SHAPE(Role, HS_CLEAR(0, id), HS_CLEAR(1, key), HS_CLEAR(2, label), HS_CLEAR(3, removed))
HS_SHAPE(Grant, HS_CLEAR(0, form), HS_CLEAR(1, operations), HS_CLEAR(2, scope), HS_CLEAR(3, condition),
         HS_CLEAR(4, hidden_fields), HS_CLEAR(5, read_only_fields))
HS_SHAPE(ThingGrant, HS_CLEAR(0, thing), HS_CLEAR(1, read), HS_CLEAR(2, write), HS_CLEAR(3, scope))
HS_SHAPE(PermissionGroup, HS_CLEAR(0, id), HS_CLEAR(1, key), HS_CLEAR(2, label), HS_CLEAR(3, audience),
         HS_CLEAR(4, grants), HS_CLEAR(5, things), HS_CLEAR(6, removed))
HS_SHAPE(ApiKey, HS_CLEAR(0, id), HS_CLEAR(1, member), HS_CLEAR(2, name), HS_CLEAR(3, prefix), HS_CLEAR(4, expires_at),
         HS_CLEAR(5, revoked))
HS_SHAPE(MemberInvited, HS_CLEAR(0, member), HS_CLEAR(1, invitation), HS_CLEAR(2, expires_at))
HS_SHAPE(MemberJoined, HS_CLEAR(0, member))
HS_SHAPE(MemberChanged, HS_CLEAR(0, member))
HS_SHAPE(MemberLeaving, HS_CLEAR(0, member), HS_CLEAR(1, hand_over_to), HS_CLEAR(2, job))
HS_SHAPE(MemberDeactivated, HS_CLEAR(0, member))
HS_SHAPE(DepartmentChanged, HS_CLEAR(0, department))
HS_SHAPE(RoleChanged, HS_CLEAR(0, role))
HS_SHAPE(PermissionGroupChanged, HS_CLEAR(0, group))
HS_SHAPE(ApiKeyIssued, HS_CLEAR(0, key))
HS_SHAPE(ApiKeyRevoked, HS_CLEAR(0, key))
HS_SHAPE(InviteMember, HS_SEALED(0, name), HS_SEALED(1, email), HS_CLEAR(2, roles), HS_CLEAR(3, departments))
HS_SHAPE(AcceptInvitation, HS_CLEAR(0, member))
HS_SHAPE(ChangeMember, HS_CLEAR(0, member), HS_SEALED(1, name), HS_SEALED(2, email), HS_CLEAR(3, roles),
         HS_CLEAR(4, departments))
HS_SHAPE(DeactivateMember, HS_CLEAR(0, member), HS_CLEAR(1, hand_over_to), HS_CLEAR(2, release))
HS_SHAPE(FinishDeactivation, HS_CLEAR(0, job))
HS_SHAPE(AddDepartment, HS_CLEAR(0, department))
HS_SHAPE(ChangeDepartment, HS_CLEAR(0, department))
HS_SHAPE(IssueApiKey, HS_CLEAR(0, name), HS_CLEAR(1, prefix), HS_CLEAR(2, expires_at))
HS_SHAPE(RevokeApiKey, HS_CLEAR(0, key))
