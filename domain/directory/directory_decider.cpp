// directory_decider — the company is never left without an admin, nor a record without an owner who is still here.
#include "domain/directory/directory_decider.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "domain/directory/shipped_groups.hpp"
#include "domain/faults.hpp"
#include "domain/records/record_place.hpp"

namespace highseas::domain {
namespace {

constexpr std::size_t kEmailBytesMax = 254;
constexpr std::size_t kLocalPartBytesMax = 64;

// Each once, in the order given.
template <class T>
std::vector<T> each_once(const std::vector<T>& given) {
  std::vector<T> result;
  for (const auto& item : given) {
    if (std::ranges::find(result, item) == result.end()) result.push_back(item);
  }
  return result;
}

bool has_live_invitation(const Workspace& workspace, base::MemberId member, base::Instant now) {
  return std::ranges::any_of(workspace.invitations, [&](const auto& entry) {
    const auto& invitation = entry.second;
    return invitation.member == member && !invitation.used && invitation.expires_at > now;
  });
}

std::string checked_email(const std::string& email, Faults& faults) {
  if (email.empty()) {
    faults.add("/email", RefusalCode::required);
  } else if (!is_email_address(email)) {
    faults.add("/email", RefusalCode::invalid_value);
  } else {
    return base::nfc(email);
  }
  return {};
}

void check_roles(const std::vector<base::RoleId>& roles, const Workspace& workspace, Faults& faults) {
  for (std::size_t at = 0; at < roles.size(); ++at) {
    const auto found = workspace.roles.find(roles[at]);
    if (found != workspace.roles.end() && !found->second.removed) continue;
    faults.add("/roles/" + std::to_string(at), RefusalCode::unknown_role);
  }
}

void check_departments(const std::vector<base::DepartmentId>& departments, const Workspace& workspace, Faults& faults) {
  for (std::size_t at = 0; at < departments.size(); ++at) {
    const auto found = workspace.departments.find(departments[at]);
    if (found != workspace.departments.end() && !found->second.removed) continue;
    faults.add("/departments/" + std::to_string(at), RefusalCode::unknown_department);
  }
}

// True where no other active member is an admin.
bool is_last_admin(const Member& member, const Workspace& workspace) {
  if (member.state != MemberState::active || !workspace.has_role(member, kAdmin)) return false;
  return std::ranges::none_of(workspace.members, [&](const auto& entry) {
    const auto& [id, other] = entry;
    return id != member.id && other.state == MemberState::active && workspace.has_role(other, kAdmin);
  });
}

// The member after the change; faults go to `faults`.
Member changed(const Member& before, const ChangeMember& command, const Workspace& workspace, Faults& faults) {
  auto after = before;
  if (command.name) after.name = checked_name(*command.name, "/name", kNameLengthMax, faults);
  if (command.email) {
    after.email = checked_email(*command.email, faults);
    const auto* holder = after.email.empty() ? nullptr : workspace.member_by_email(after.email);
    if (holder && holder->id != before.id) faults.add("/email", RefusalCode::email_taken);
  }
  if (command.roles) {
    check_roles(*command.roles, workspace, faults);
    after.roles = each_once(*command.roles);
  }
  if (command.departments) {
    check_departments(*command.departments, workspace, faults);
    after.departments = each_once(*command.departments);
  }
  return after;
}

Decision refuse_still_owns(const DeactivationFacts& facts) {
  auto refusal = Refusal::of(RefusalCode::still_owns);
  refusal.counts = facts.owns;
  return refuse(std::move(refusal));
}

std::uint64_t total_of(const std::vector<FormCount>& counts) {
  std::uint64_t total = 0;
  for (const auto& count : counts) total += count.count;
  return total;
}

}  // namespace

bool is_email_address(const std::string& text) {
  if (text.size() > kEmailBytesMax || !base::is_valid_utf8(text)) return false;
  const auto at = text.find('@');
  if (at == std::string::npos || at == 0 || at > kLocalPartBytesMax || text.find('@', at + 1) != std::string::npos) {
    return false;
  }
  const auto blank = [](unsigned char byte) { return byte <= 0x20 || byte == 0x7F; };
  if (std::ranges::any_of(text, blank)) return false;
  const auto domain = std::string_view(text).substr(at + 1);
  const auto dot = domain.find('.');
  return dot != std::string_view::npos && dot > 0 && domain.back() != '.' &&
         domain.find("..") == std::string_view::npos;
}

Decision decide_invite_member(const InviteMember& command, const DecisionContext& context) {
  if (!context.rights.writes(Thing::members)) return refuse(RefusalCode::forbidden);
  const auto& workspace = context.workspace;
  Faults faults;
  Member member{.id = {},
                .name = checked_name(command.name, "/name", kNameLengthMax, faults),
                .email = checked_email(command.email, faults),
                .departments = each_once(command.departments),
                .roles = each_once(command.roles),
                .state = MemberState::invited};
  const auto* holder = member.email.empty() ? nullptr : workspace.member_by_email(member.email);
  const bool invited_anew =
      holder && holder->state == MemberState::invited && !has_live_invitation(workspace, holder->id, context.now);
  if (holder && !invited_anew) faults.add("/email", RefusalCode::email_taken);
  check_roles(command.roles, workspace, faults);
  check_departments(command.departments, workspace, faults);
  if (faults.any()) return faults.refusal();
  member.id = invited_anew ? holder->id : base::MemberId{context.ids.other()};
  return accept(MemberInvited{.member = std::move(member),
                              .invitation = base::InvitationId{context.ids.other()},
                              .expires_at = context.now + kInvitationDays * base::kMsPerDay});
}

Decision decide_accept_invitation(const AcceptInvitation& command, const DecisionContext& context) {
  const auto* member = context.workspace.member(command.member);
  if (!member) return refuse(RefusalCode::not_found);
  const bool open =
      member->state == MemberState::invited && has_live_invitation(context.workspace, command.member, context.now);
  if (!open) return refuse(RefusalCode::invitation_used);
  return accept(MemberJoined{command.member});
}

Decision decide_change_member(const ChangeMember& command, const DecisionContext& context) {
  const auto& workspace = context.workspace;
  if (!context.rights.writes(Thing::members)) return refuse(RefusalCode::forbidden);
  const auto* before = workspace.member(command.member);
  if (!before) return refuse(RefusalCode::not_found);
  Faults faults;
  auto after = changed(*before, command, workspace, faults);
  if (faults.any()) return faults.refusal();
  if (before->state == MemberState::leaving || before->state == MemberState::deactivated) {
    return refuse(RefusalCode::not_active);
  }
  if (is_last_admin(*before, workspace) && !workspace.has_role(after, kAdmin)) {
    return refuse(RefusalCode::last_admin);
  }
  if (after == *before) return already_true();
  return accept(MemberChanged{std::move(after)});
}

Decision decide_deactivate_member(const DeactivationFacts& facts, const DeactivateMember& command,
                                  const DecisionContext& context) {
  const auto& workspace = context.workspace;
  const auto actor = context.rights.member();
  if (!actor || !context.rights.writes(Thing::members)) return refuse(RefusalCode::forbidden);
  const auto* member = workspace.member(command.member);
  if (!member) return refuse(RefusalCode::not_found);
  Faults faults;
  if (command.hand_over_to) {
    const auto to = *command.hand_over_to;
    const bool able = to != command.member && workspace.is_active(to) &&
                      std::ranges::all_of(facts.owns, [&](const auto& of) { return may_hold(workspace, of.form, to); });
    if (!able) faults.add("/hand_over_to", RefusalCode::unknown_member);
    if (command.release) faults.add("/release", RefusalCode::invalid_value);
  }
  if (faults.any()) return faults.refusal();
  const bool leaving = member->state == MemberState::leaving;
  if (member->state == MemberState::deactivated || (leaving && facts.hand_over_running)) return already_true();
  if (is_last_admin(*member, workspace)) return refuse(RefusalCode::last_admin);
  if (!facts.owns.empty() && !command.hand_over_to && !command.release) return refuse_still_owns(facts);

  const base::JobId job{context.ids.other()};
  Events events;
  events.push_back(MemberLeaving{.member = command.member, .hand_over_to = command.hand_over_to, .job = job});
  events.push_back(JobStarted{.job = job,
                              .member = *actor,
                              .plan = HandOverPlan{.member = command.member, .to = command.hand_over_to},
                              .total = total_of(facts.owns)});
  return events;
}

Decision decide_finish_deactivation(const JobFacts& job, const DeactivationFacts& facts,
                                    const FinishDeactivation& command, const DecisionContext& context) {
  const auto* plan = job.exists ? std::get_if<HandOverPlan>(&job.started.plan) : nullptr;
  if (!plan) return refuse(RefusalCode::not_found);
  HS_ASSERT(job.started.job == command.job);
  if (!context.rights.is_system() && !context.rights.writes(Thing::members)) return refuse(RefusalCode::forbidden);
  if (has_ended(job.state)) return refuse(RefusalCode::job_ended);
  if (!facts.owns.empty()) return refuse_still_owns(facts);
  Events events;
  events.push_back(MemberDeactivated{plan->member});
  events.push_back(JobEnded{.job = command.job, .state = JobState::succeeded, .error = RefusalCode::none});
  return events;
}

Decision decide_issue_api_key(const IssueApiKey& command, const DecisionContext& context) {
  const auto member = context.rights.member();
  if (!member || !context.rights.writes(Thing::keys)) return refuse(RefusalCode::forbidden);
  Faults faults;
  auto name = checked_name(command.name, "/name", kNameLengthMax, faults);
  if (command.expires_at && *command.expires_at <= context.now) faults.add("/expires_at", RefusalCode::before_now);
  if (faults.any()) return faults.refusal();
  return accept(ApiKeyIssued{{.id = base::ApiKeyId{context.ids.other()},
                              .member = *member,
                              .name = std::move(name),
                              .prefix = command.prefix,
                              .expires_at = command.expires_at,
                              .revoked = false}});
}

Decision decide_revoke_api_key(const RevokeApiKey& command, const DecisionContext& context) {
  if (!context.rights.writes(Thing::keys)) return refuse(RefusalCode::forbidden);
  const auto found = context.workspace.keys.find(command.key);
  if (found == context.workspace.keys.end()) return refuse(RefusalCode::not_found);
  if (found->second.revoked) return already_true();
  return accept(ApiKeyRevoked{command.key});
}

}  // namespace highseas::domain
