// company — a small company and its log for the tests of the projections: each commit is folded as it is written.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "domain/directory/shipped_groups.hpp"
#include "domain/forms/builtin_forms.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/shipped.hpp"
#include "domain/workspace/open_workspace.hpp"
#include "projections/canonical_dump.hpp"
#include "projections/query/form_schema.hpp"
#include "projections/query/list.hpp"
#include "projections/state.hpp"

namespace highseas::projections::tests {

namespace shipped = domain::shipped;
namespace facts = domain::facts;
using domain::FieldValue;
using shipped::kCustomers;
using shipped::kFollowUps;
using shipped::kLeads;

inline constexpr base::Instant kStart{1'767'225'600'000};  // 2026-01-01T00:00:00Z, 08:00 in Shanghai

inline std::uint64_t test_seed() {
  static const std::uint64_t seed = [] {
    const char* given = std::getenv("HIGHSEAS_SEED");
    return given ? std::strtoull(given, nullptr, 10) : std::uint64_t{std::random_device()()};
  }();
  return seed;
}

struct Company {
  State state;
  std::vector<domain::Commit> log;
  base::Instant now = kStart;
  base::MemberId admin, manager{{8, 1}}, seller{{8, 2}}, colleague{{8, 3}}, auditor{{8, 4}};
  base::DepartmentId east{{7, 1}};
  base::PoolId sea, lead_pool, second_sea{{9, 1}};
  std::uint64_t ids = 0;

  Company() {
    base::IdSource fresh(kStart.ms, 1);
    domain::OpeningFacts opening;
    opening.workspace = {{1, 1}};
    opening.forms = domain::builtin_forms();
    opening.calendar = {.calendar = {}, .name = "中国", .first_year = 2026, .last_year = 2026, .days = {}};
    opening.basis = {.generations = {}, .unicode_version = "15", .zone_version = "2026a"};
    const domain::OpenWorkspace command{.name = "东方机械",
                                        .time_zone = "Asia/Shanghai",
                                        .currency = "CNY",
                                        .admin_name = "周敏",
                                        .admin_email = "admin@example.com"};
    commit(domain::decide_open_workspace(opening, command, kStart, fresh).value());
    admin = state.workspace().member_by_email("admin@example.com")->id;
    sea = state.workspace().first_pool(kCustomers)->id;
    lead_pool = state.workspace().first_pool(kLeads)->id;
    domain::Department department{.id = east, .name = "华东", .parent = {}, .managers = {manager}, .customer_pool = {}};
    commit({domain::DepartmentChanged{department}});
    add_member(manager, "王经理", domain::kManager);
    add_member(seller, "李销售", domain::kSalesperson);
    add_member(colleague, "赵同事", domain::kSalesperson);
    add_member(auditor, "孙审计", domain::kAuditor);
    domain::PoolDefinition pool;
    pool.id = second_sea;
    pool.form = kCustomers;
    pool.name = "二公海";
    commit({domain::PoolAdded{pool}});
  }

  void add_member(base::MemberId id, const std::string& name, std::string_view role) {
    domain::Member member;
    member.id = id;
    member.name = name;
    member.email = base::format_id(id) + "@example.com";
    member.departments = {east};
    member.roles = {state.workspace().role_by_key(role)->id};
    commit(
        {domain::MemberInvited{member, base::InvitationId{id.ulid}, now + base::kMsPerDay}, domain::MemberJoined{id}});
  }

  domain::Commit make(domain::Events events, std::optional<base::MemberId> by = std::nullopt) const {
    domain::Commit made;
    made.position = state.position() + 1;
    made.time = now;
    made.recorded_at = now;
    made.actor = by ? domain::Actor{.kind = domain::ActorKind::member, .id = by->ulid, .on_behalf_of = {}}
                    : domain::Actor{.kind = domain::ActorKind::setup, .id = {}, .on_behalf_of = {}};
    made.command_id = {{made.position, 77}};
    made.content.command = domain::ReleaseTestClock{};
    made.content.events = std::move(events);
    return made;
  }

  void commit(domain::Events events, std::optional<base::MemberId> by = std::nullopt) {
    log.push_back(make(std::move(events), by));
    state.apply(log.back());
  }

  // Ids rise with time and, within it, as they are made.
  base::RecordId fresh_id() { return {{static_cast<std::uint64_t>(now.ms) << 16, ++ids}}; }

  base::RecordId create(std::optional<base::MemberId> owner, std::vector<FieldValue> values = {},
                        domain::Origin origin = domain::Origin::manual) {
    domain::RecordCreated created;
    created.record = fresh_id();
    created.form = kCustomers;
    created.owner = owner;
    if (!owner) created.pool = sea;
    created.home_pool = sea;
    created.origin = origin;
    created.values = std::move(values);
    commit({created}, owner);
    return created.record;
  }

  base::RecordId follow_up(base::RecordId subject, base::MemberId author, base::Instant occurred_at,
                           bool effective = true) {
    domain::FollowedUp event;
    event.follow_up = fresh_id();
    event.subject = subject;
    event.subject_form = kCustomers;
    event.author = author;
    event.occurred_at = occurred_at;
    event.effective = effective;
    event.values = {{shipped::follow_ups::kMethod, base::Choice{shipped::follow_ups::method::kCall}},
                    {shipped::follow_ups::kContent, std::string("电话沟通")}};
    commit({event}, author);
    return event.follow_up;
  }

  base::RuleId publish_rule(std::uint32_t days, std::string applies_when = "", std::uint32_t version = 1) {
    domain::RecycleRulePublished event;
    event.rule = {{5, 1}};
    event.version = version;
    event.draft.name = "未跟进";
    event.draft.form = kCustomers;
    event.draft.pools = {sea, second_sea};
    event.draft.applies_when = std::move(applies_when);
    event.draft.triggers = {{domain::TriggerType::no_follow_up, days}};
    event.draft.protect_when = "status == \"won\"";
    commit({event}, admin);
    return event.rule;
  }

  RecordView customer(base::RecordId id) const { return state.record(kCustomers, id).value(); }

  expression::Compiled filter(const std::string& text, const domain::Rights* rights = nullptr) const {
    auto compiled =
        expression::compile(text, FormSchema(state.workspace(), *state.workspace().form(kCustomers), rights));
    EXPECT_TRUE(compiled.has_value()) << text;
    return *compiled;
  }
};

inline FieldValue named(const std::string& name) {
  return {shipped::customers::kName, name};
}

}  // namespace highseas::projections::tests
