// directory_events — who is here, and what she may do. Names and e-mails are sealed with the member's key.
#pragma once

#include "domain/directory/directory.hpp"

namespace highseas::domain {

struct MemberInvited {
  Member member;
  base::InvitationId invitation;
  base::Instant expires_at;
  bool operator==(const MemberInvited&) const = default;
};

struct MemberJoined {
  base::MemberId member;
  bool operator==(const MemberJoined&) const = default;
};

// The whole member after the change.
struct MemberChanged {
  Member member;
  bool operator==(const MemberChanged&) const = default;
};

// No log-in any more; her records are being handed over.
struct MemberLeaving {
  base::MemberId member;
  std::optional<base::MemberId> hand_over_to;  // absent: her records are released
  base::JobId job;
  bool operator==(const MemberLeaving&) const = default;
};

struct MemberDeactivated {
  base::MemberId member;
  bool operator==(const MemberDeactivated&) const = default;
};

struct DepartmentChanged {
  Department department;
  bool operator==(const DepartmentChanged&) const = default;
};

struct RoleChanged {
  Role role;
  bool operator==(const RoleChanged&) const = default;
};

struct PermissionGroupChanged {
  PermissionGroup group;
  bool operator==(const PermissionGroupChanged&) const = default;
};

struct ApiKeyIssued {
  ApiKey key;
  bool operator==(const ApiKeyIssued&) const = default;
};

struct ApiKeyRevoked {
  base::ApiKeyId key;
  bool operator==(const ApiKeyRevoked&) const = default;
};

}  // namespace highseas::domain
