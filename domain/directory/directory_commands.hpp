// directory_commands — invite, change, and part from members; departments and API keys.
#pragma once

#include "domain/directory/directory.hpp"

namespace highseas::domain {

struct InviteMember {
  std::string name;
  std::string email;
  std::vector<base::RoleId> roles;
  std::vector<base::DepartmentId> departments;
  bool operator==(const InviteMember&) const = default;
};

// Admission by a token that was checked beside the log; not decided again.
struct AcceptInvitation {
  base::MemberId member;
  bool operator==(const AcceptInvitation&) const = default;
};

// Absent parts stay as they are.
struct ChangeMember {
  base::MemberId member;
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::optional<std::vector<base::RoleId>> roles;
  std::optional<std::vector<base::DepartmentId>> departments;
  bool operator==(const ChangeMember&) const = default;
};

// Starts the hand-over job; neither successor nor release: refused while she owns anything.
struct DeactivateMember {
  base::MemberId member;
  std::optional<base::MemberId> hand_over_to;
  bool release = false;
  bool operator==(const DeactivateMember&) const = default;
};

// The last step of the hand-over job.
struct FinishDeactivation {
  base::JobId job;
  bool operator==(const FinishDeactivation&) const = default;
};

struct AddDepartment {
  Department department;  // its id is fresh
  bool operator==(const AddDepartment&) const = default;
};

struct ChangeDepartment {
  Department department;
  bool operator==(const ChangeDepartment&) const = default;
};

struct IssueApiKey {
  std::string name;
  std::string prefix;
  std::optional<base::Instant> expires_at;
  bool operator==(const IssueApiKey&) const = default;
};

struct RevokeApiKey {
  base::ApiKeyId key;
  bool operator==(const RevokeApiKey&) const = default;
};

}  // namespace highseas::domain
