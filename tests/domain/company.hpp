// company — a small company for the tests of the deciders: opened as every company is, then peopled.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "domain/context.hpp"
#include "domain/decision.hpp"
#include "domain/directory/shipped_groups.hpp"
#include "domain/forms/builtin_forms.hpp"
#include "domain/forms/shipped.hpp"
#include "domain/workspace/open_workspace.hpp"

namespace highseas::domain::tests {

inline constexpr base::Instant kStart{1'767'225'600'000};  // 2026-01-01T00:00:00Z

inline base::Instant day(std::int64_t days) {
  return kStart + days * base::kMsPerDay;
}

inline void fold(Workspace& workspace, const Events& events, base::Instant at = kStart) {
  for (const auto& event : events) evolve(workspace, event, at);
}

inline OpeningFacts opening_facts() {
  OpeningFacts facts;
  facts.workspace = base::WorkspaceId{{1, 1}};
  facts.forms = builtin_forms();
  facts.calendar = {.calendar = {}, .name = "中国", .first_year = 2026, .last_year = 2026, .days = {}};
  facts.basis = {
      .generations = {{.command_type = 1, .generation = 1}}, .unicode_version = "15", .zone_version = "2026a"};
  return facts;
}

inline OpenWorkspace opening_command() {
  return {.name = "东方机械",
          .time_zone = "Asia/Shanghai",
          .currency = "CNY",
          .admin_name = "周敏",
          .admin_email = "admin@example.com"};
}

// Head office, east and west below it, and a team below east. Of each role somebody, in east and in west.
struct Company {
  Workspace workspace;
  base::DepartmentId head_office{{7, 1}}, east{{7, 2}}, east_team{{7, 3}}, west{{7, 4}};
  base::MemberId admin;
  base::MemberId east_manager{{8, 1}}, east_seller{{8, 2}}, east_colleague{{8, 3}}, team_seller{{8, 4}};
  base::MemberId west_manager{{8, 5}}, west_seller{{8, 6}}, auditor{{8, 7}}, gone{{8, 8}}, stranger{{8, 9}};
  base::PoolId sea, lead_pool;  // those that ship
  base::PoolId second_sea{{9, 1}};

  Company() {
    base::IdSource ids(kStart.ms, 1);
    const auto opened = decide_open_workspace(opening_facts(), opening_command(), kStart, ids);
    if (!opened) throw std::logic_error("the company does not open");
    fold(workspace, *opened);
    admin = workspace.member_by_email("admin@example.com")->id;
    sea = workspace.first_pool(shipped::kCustomers)->id;
    lead_pool = workspace.first_pool(shipped::kLeads)->id;
    add_department(head_office, "总部", std::nullopt, {});
    add_department(east, "华东", head_office, {east_manager});
    add_department(east_team, "华东一组", east, {});
    add_department(west, "华西", head_office, {west_manager});
    add_member(east_manager, "east.manager@example.com", kManager, east);
    add_member(east_seller, "east.seller@example.com", kSalesperson, east);
    add_member(east_colleague, "east.colleague@example.com", kSalesperson, east);
    add_member(team_seller, "team.seller@example.com", kSalesperson, east_team);
    add_member(west_manager, "west.manager@example.com", kManager, west);
    add_member(west_seller, "west.seller@example.com", kSalesperson, west);
    add_member(auditor, "auditor@example.com", kAuditor, head_office);
    add_member(gone, "gone@example.com", kSalesperson, west, MemberState::deactivated);
  }

  void add_department(base::DepartmentId id, std::string name, std::optional<base::DepartmentId> parent,
                      std::vector<base::MemberId> managers) {
    fold(workspace, {DepartmentChanged{{.id = id,
                                        .name = std::move(name),
                                        .parent = parent,
                                        .managers = std::move(managers),
                                        .customer_pool = std::nullopt,
                                        .removed = false}}});
  }

  void add_member(base::MemberId id, std::string email, std::string_view role, base::DepartmentId department,
                  MemberState state = MemberState::active) {
    fold(workspace, {MemberChanged{{.id = id,
                                    .name = email.substr(0, email.find('@')),
                                    .email = email,
                                    .departments = {department},
                                    .roles = {workspace.role_by_key(role)->id},
                                    .state = state}}});
  }

  PoolDefinition& pool(base::PoolId id) { return workspace.pools.at(id); }
  // A second pool of customers, of which only the west's people are claimers and managers.
  void open_second_sea() {
    auto definition = pool(sea);
    definition.id = second_sea;
    definition.name = "华西公海";
    definition.claimers = Audience{.members = {}, .departments = {west}, .roles = {}};
    definition.managers = Audience{.members = {west_manager}, .departments = {}, .roles = {}};
    fold(workspace, {PoolAdded{definition}});
  }
};

// Somebody asks at a moment. The company must stay as it is meanwhile.
class Asking {
 public:
  Asking(const Company& company, base::MemberId member, base::Instant now = kStart)
      : rights_(Rights::of_member(company.workspace, member)), context_{now, rights_, company.workspace, ids_} {}
  static Asking system(const Company& company, base::Instant now = kStart) { return Asking(company, now); }

  Asking(const Asking&) = delete;
  operator const DecisionContext&() const { return context_; }
  const Rights& rights() const { return rights_; }

 private:
  Asking(const Company& company, base::Instant now)
      : rights_(Rights::of_system(company.workspace)), context_{now, rights_, company.workspace, ids_} {}

  base::IdSource ids_{kStart.ms, 42};
  Rights rights_;
  DecisionContext context_;
};

inline std::string told(const Decision& decision) {
  if (decision) {
    std::string text = "accepted:";
    for (const auto& event : *decision) text += " " + std::string(event_name(event));
    return text;
  }
  std::string text = "refused: " + std::to_string(static_cast<int>(decision.error().code));
  for (const auto& fault : decision.error().faults) {
    text += " " + fault.pointer + "=" + std::to_string(static_cast<int>(fault.code));
  }
  return text;
}

inline testing::AssertionResult refused(const Decision& decision, RefusalCode code) {
  if (!decision && decision.error().code == code) return testing::AssertionSuccess();
  return testing::AssertionFailure() << told(decision) << ", not refused with " << static_cast<int>(code);
}

inline testing::AssertionResult nothing_happens(const Decision& decision) {
  if (decision && decision->empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << told(decision) << ", not nothing";
}

// "pointer=code" of each fault, in order.
inline std::map<std::string, RefusalCode> faults_of(const Decision& decision) {
  std::map<std::string, RefusalCode> faults;
  if (decision) return faults;
  for (const auto& fault : decision.error().faults) faults[fault.pointer] = fault.code;
  return faults;
}

// The only event of the decision; a test that expects another one ends here.
template <class T>
T happened(const Decision& decision) {
  if (!decision || decision->size() != 1 || !std::holds_alternative<T>(decision->front())) {
    throw std::logic_error("expected one event of another kind; " + told(decision));
  }
  return std::get<T>(decision->front());
}

}  // namespace highseas::domain::tests
