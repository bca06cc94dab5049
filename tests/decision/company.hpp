// company — a company of four whose log is made by deciding commands: given these commits, a command gives these
// events.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "codec/codec.hpp"
#include "decision/decide.hpp"
#include "decision/situation.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/state.hpp"

namespace highseas::decision::tests {

namespace shipped = domain::shipped;
using domain::RefusalCode;
using shipped::kCustomers;

inline std::uint64_t test_seed() {
  static const std::uint64_t seed = [] {
    const char* given = std::getenv("HIGHSEAS_SEED");
    return given ? std::strtoull(given, nullptr, 10) : std::uint64_t{std::random_device()()};
  }();
  return seed;
}

inline const domain::Actor kSystem{.kind = domain::ActorKind::setup, .id = {}, .on_behalf_of = {}};

inline domain::Actor by(base::MemberId member) {
  return {.kind = domain::ActorKind::member, .id = member.ulid, .on_behalf_of = {}};
}

struct Company {
  projections::State state;
  std::vector<domain::Commit> log;  // as they are read back
  base::WorkspaceId workspace{{1, 1}};
  base::Instant now{1'772'413'200'000};  // 2026-03-02T01:00:00Z, 09:00 in Shanghai
  base::MemberId admin, manager, seller, colleague;
  std::uint64_t seed = 0;

  Company() {
    must(kSystem, domain::OpenWorkspace{.name = "海东机械",
                                        .time_zone = "Asia/Shanghai",
                                        .currency = "CNY",
                                        .admin_name = "周敏",
                                        .admin_email = "zhou@example.com"});
    admin = state.workspace().member_by_email("zhou@example.com")->id;
    manager = join("陈刚", "manager");
    seller = join("李娜", "salesperson");
    colleague = join("王强", "salesperson");
  }

  base::MemberId join(const std::string& name, std::string_view role) {
    const auto email = "m" + std::to_string(log.size()) + "@example.com";
    must(by(admin),
         domain::InviteMember{
             .name = name, .email = email, .roles = {state.workspace().role_by_key(role)->id}, .departments = {}});
    const auto member = state.workspace().member_by_email(email)->id;
    must(kSystem, domain::AcceptInvitation{member});
    return member;
  }

  Request request(const domain::Actor& actor, domain::Command command) const {
    return {.actor = actor, .command = std::move(command), .now = now, .seed = seed + 1, .workspace = workspace};
  }

  Outcome decide(const domain::Actor& actor, domain::Command command) const {
    return decision::decide(state, request(actor, std::move(command)));
  }

  // Decides; what was accepted is written to the log and folded.
  Outcome run(const domain::Actor& actor, domain::Command command) {
    auto decided = decide(actor, std::move(command));
    ++seed;
    if (decided && !decided->content.events.empty()) commit(actor, decided->content);
    return decided;
  }

  Decided must(const domain::Actor& actor, domain::Command command) {
    auto decided = run(actor, std::move(command));
    if (!decided) ADD_FAILURE() << "refused: " << domain::refusal_key(decided.error().code);
    return decided ? std::move(*decided) : Decided{};
  }

  void commit(const domain::Actor& actor, const domain::CommitContent& content) {
    domain::Commit made{.position = state.position() + 1,
                        .time = now,
                        .recorded_at = now,
                        .actor = actor,
                        .command_id = {{state.position() + 1, 7}},
                        .correlation = {},
                        .cause = {},
                        .content = {}};
    auto read = codec::decode(codec::encode(content, codec::sealed_by_type()));
    ASSERT_TRUE(read.has_value());
    made.content = std::move(read->content);
    state.apply(made);
    log.push_back(std::move(made));
  }

  base::PoolId pool() const { return state.workspace().first_pool(kCustomers)->id; }

  // Changes the customers' pool.
  template <class Change>
  void change_pool(Change change) {
    auto definition = *state.workspace().first_pool(kCustomers);
    change(definition);
    must(by(admin), domain::ChangePool{definition});
  }

  static domain::RecordItem named(const std::string& name, std::optional<base::PoolId> pool = std::nullopt) {
    domain::RecordItem item;
    item.values = {{shipped::customers::kName, name}};
    item.pool = pool;
    return item;
  }

  base::RecordId customer(const domain::Actor& actor, const std::string& name,
                          std::optional<base::PoolId> in_pool = std::nullopt) {
    const auto decided = must(actor, domain::WriteRecords{.form = kCustomers, .items = {named(name, in_pool)}});
    return decided.results.empty() ? base::RecordId{} : decided.results.front().record.value_or(base::RecordId{});
  }

  std::vector<base::RecordId> in_pool(int count) {
    std::vector<base::RecordId> records;
    for (int i = 0; i < count; ++i) {
      records.push_back(customer(by(admin), "公海客户 " + std::to_string(log.size()), pool()));
    }
    return records;
  }

  static domain::WriteFollowUp follow_up(base::RecordId customer) {
    using namespace shipped::follow_ups;
    return {.subject_form = kCustomers,
            .subject = customer,
            .values = {{kMethod, base::Choice{method::kCall}}, {kContent, std::string("来电")}}};
  }

  static domain::PoolTargets all_of(std::vector<base::RecordId> records) {
    const bool single = records.size() == 1;
    return {.form = kCustomers, .single = single, .records = std::move(records)};
  }
};

// The refusal of each item, none for the accepted.
inline std::vector<RefusalCode> refusals(const Decided& decided) {
  std::vector<RefusalCode> codes;
  for (const auto& result : decided.results) codes.push_back(result.refusal ? result.refusal->code : RefusalCode::none);
  return codes;
}

template <class Event>
std::vector<Event> events_of(const Decided& decided) {
  std::vector<Event> found;
  for (const auto& event : decided.content.events) {
    if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
  }
  return found;
}

}  // namespace highseas::decision::tests
