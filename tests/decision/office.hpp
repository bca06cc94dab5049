// office — a company at work, for the tests of decisions: each command is decided on the state of now and, where it
// leaves events, folded; as the server does it, without a disk.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include <functional>
#include <stdexcept>

#include "decision/decide.hpp"
#include "decision/preview.hpp"
#include "domain/directory/shipped_groups.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/state.hpp"

namespace highseas::decision::tests {

namespace shipped = domain::shipped;
namespace facts = domain::facts;
using domain::FieldValue;
using domain::RefusalCode;
using shipped::kContacts;
using shipped::kCustomers;

inline constexpr base::Instant kStart{1'767'225'600'000};  // 2026-01-01T00:00:00Z, 08:00 in Shanghai

inline base::Instant day(std::int64_t days) {
  return kStart + days * base::kMsPerDay;
}

inline domain::Actor of_member(base::MemberId member) {
  return {.kind = domain::ActorKind::member, .id = member.ulid, .on_behalf_of = std::nullopt};
}
inline domain::Actor of_process(domain::ActorKind kind, std::optional<base::MemberId> on_behalf_of = std::nullopt) {
  return {.kind = kind, .id = {}, .on_behalf_of = on_behalf_of};
}

struct Office {
  projections::State state;
  std::vector<domain::Commit> log;
  base::Instant now = kStart;
  base::DepartmentId east{{7, 1}};
  base::MemberId admin, manager{{8, 1}}, seller{{8, 2}}, colleague{{8, 3}};
  base::PoolId sea, second_sea{{~std::uint64_t{0}, 1}};  // made after the first

  Office() {
    told(of_process(domain::ActorKind::setup), domain::OpenWorkspace{.name = "东方机械",
                                                                     .time_zone = "Asia/Shanghai",
                                                                     .currency = "CNY",
                                                                     .admin_name = "周敏",
                                                                     .admin_email = "admin@example.com"});
    admin = state.workspace().member_by_email("admin@example.com")->id;
    sea = state.workspace().first_pool(kCustomers)->id;
    domain::Events people{domain::DepartmentChanged{
        {.id = east, .name = "华东", .parent = {}, .managers = {manager}, .customer_pool = {}}}};
    people.push_back(member_of(manager, "manager@example.com", domain::kManager));
    people.push_back(member_of(seller, "seller@example.com", domain::kSalesperson));
    people.push_back(member_of(colleague, "colleague@example.com", domain::kSalesperson));
    domain::PoolDefinition pool;
    pool.id = second_sea;
    pool.form = kCustomers;
    pool.name = "二公海";
    people.push_back(domain::PoolAdded{pool});
    append(of_process(domain::ActorKind::setup), {.command = domain::ReleaseTestClock{}, .events = std::move(people)});
  }

  // --- commands
  std::expected<Decided, domain::Refusal> decided(const domain::Actor& actor, const domain::Command& command) const {
    return decide(state,
                  {.actor = actor, .command = command, .now = now, .seed = log.size() + 1, .workspace = {{1, 1}}});
  }
  // Decides, and folds what it left.
  std::expected<Decided, domain::Refusal> tell(const domain::Actor& actor, const domain::Command& command) {
    auto answer = decided(actor, command);
    if (answer && !answer->content.events.empty()) append(actor, answer->content);
    return answer;
  }
  std::expected<Decided, domain::Refusal> tell(base::MemberId who, const domain::Command& command) {
    return tell(of_member(who), command);
  }
  // The same of what must be accepted; a test that sees it refused ends here.
  Decided told(const domain::Actor& actor, const domain::Command& command) {
    auto answer = tell(actor, command);
    if (!answer) throw std::logic_error("refused: " + std::string(domain::refusal_key(answer.error().code)));
    for (const auto& result : answer->results) {
      if (result.refusal)
        throw std::logic_error(std::string(domain::refusal_key(result.refusal->code)) + " of an item");
    }
    return *answer;
  }
  Decided told(base::MemberId who, const domain::Command& command) { return told(of_member(who), command); }

  void append(const domain::Actor& actor, domain::CommitContent content) {
    domain::Commit commit;
    commit.position = state.position() + 1;
    commit.time = now;
    commit.recorded_at = now;
    commit.actor = actor;
    commit.command_id = {{commit.position, 77}};
    commit.content = std::move(content);
    log.push_back(commit);
    state.apply(log.back());
  }

  // --- what people do; each is refused as the command is
  static domain::PoolTargets one(base::RecordId record) {
    return {.form = kCustomers, .single = true, .records = {record}};
  }
  RefusalCode claim(base::MemberId who, base::RecordId record) {
    return code_of(tell(who, domain::ClaimRecords{one(record)}));
  }
  RefusalCode release(base::MemberId who, base::RecordId record) {
    return code_of(tell(who, domain::ReleaseRecords{one(record), {}, "", ""}));
  }
  RefusalCode assign(base::MemberId who, base::RecordId record, base::MemberId to) {
    return code_of(tell(who, domain::AssignRecords{one(record), domain::AssignStrategy::to_member, {to}}));
  }
  RefusalCode transfer(base::MemberId who, base::RecordId record, base::MemberId to) {
    return code_of(tell(who, domain::TransferRecords{one(record), to, ""}));
  }
  RefusalCode move(base::MemberId who, base::RecordId record, base::PoolId to) {
    return code_of(tell(who, domain::MoveRecords{one(record), to}));
  }
  RefusalCode lock(base::MemberId who, base::RecordId record, base::Instant until) {
    return code_of(tell(who, domain::LockRecords{one(record), until, ""}));
  }
  RefusalCode change(base::MemberId who, base::RecordId record, std::vector<FieldValue> values) {
    domain::RecordItem item{
        .operation = domain::RecordOperation::update, .record = record, .values = std::move(values)};
    return code_of(tell(who, domain::WriteRecords{.form = kCustomers, .items = {std::move(item)}}));
  }
  base::RecordId follow_up(base::MemberId who, base::RecordId customer,
                           std::optional<base::Instant> at = std::nullopt) {
    std::vector<FieldValue> values{{shipped::follow_ups::kMethod, base::Choice{shipped::follow_ups::method::kCall}},
                                   {shipped::follow_ups::kContent, std::string("谈了价格")}};
    if (at) values.push_back({shipped::follow_ups::kOccurredAt, *at});
    const auto answer = told(who, domain::WriteFollowUp{kCustomers, customer, values});
    return std::get<domain::FollowedUp>(answer.content.events.back()).follow_up;
  }

  static domain::RecordItem customer_named(const std::string& name) {
    return {.operation = domain::RecordOperation::create, .values = {{shipped::customers::kName, name}}};
  }
  // In that pool from the start; names must differ.
  base::RecordId pooled(const std::string& name, std::optional<base::PoolId> pool = std::nullopt) {
    auto item = customer_named(name);
    item.pool = pool.value_or(sea);
    return create(admin, kCustomers, std::move(item));
  }
  base::RecordId owned(base::MemberId owner, const std::string& name, std::vector<FieldValue> more = {}) {
    auto item = customer_named(name);
    item.owner = owner;
    item.values.insert(item.values.end(), more.begin(), more.end());
    return create(admin, kCustomers, std::move(item));
  }
  base::RecordId create(base::MemberId who, domain::FormNumber form, domain::RecordItem item) {
    const auto answer = told(who, domain::WriteRecords{.form = form, .items = {std::move(item)}});
    return *answer.results.front().record;
  }

  void change_pool(base::PoolId id, const std::function<void(domain::PoolDefinition&)>& by) {
    auto pool = *state.workspace().pool(id);
    by(pool);
    told(admin, domain::ChangePool{pool});
  }

  // A file that an import may read.
  base::FileId csv_file() {
    const base::FileId file{{3, 3}};
    told(
        admin,
        domain::AddFile{
            {.file = file, .added_by = admin, .size = 10, .media_type = "text/csv", .sha256 = {}, .name = "rows.csv"}});
    return file;
  }

  // --- recycle rules
  domain::RecycleDraft draft(std::uint32_t days) const {
    domain::RecycleDraft draft;
    draft.name = "未跟进";
    draft.form = kCustomers;
    draft.pools = {sea};
    draft.triggers = {{domain::TriggerType::no_follow_up, days}};
    return draft;
  }
  // What a preview of now would pin.
  domain::PublishRecycleRule publication(const domain::RecycleDraft& draft) const {
    const auto affected = affected_by(state.image(), draft, now);
    return {.rule = {},
            .draft = draft,
            .existing = domain::Existing::now,
            .previewed_at_position = state.position(),
            .judged_at = now,
            .affected_count = affected.count,
            .affected_digest = affected.digest,
            .accept_changes = false};
  }
  // Published, with its backfill run to its end.
  void publish(const domain::RecycleDraft& draft) {
    const auto answer = told(admin, publication(draft));
    for (const auto& event : answer.content.events) {
      const auto* started = std::get_if<domain::BackfillStarted>(&event);
      if (!started) continue;
      const auto recycler = of_process(domain::ActorKind::recycler, admin);
      while (true) {
        const auto records = state.backfill(started->job, 500);
        if (records.empty()) break;
        told(recycler, domain::RecycleRecords{kCustomers, records, started->job});
      }
      told(recycler, domain::EndBackfill{started->job, false});
    }
  }
  // As the scheduler does it: whatever is due by now.
  std::vector<ItemResult> sweep() {
    std::vector<base::RecordId> records;
    for (const auto& entry : state.due_until(now, 500)) records.push_back(entry.record);
    if (records.empty()) return {};
    return sweep(records);
  }
  std::vector<ItemResult> sweep(const std::vector<base::RecordId>& records) {
    const auto answer =
        tell(of_process(domain::ActorKind::recycler), domain::RecycleRecords{kCustomers, records, std::nullopt});
    if (!answer) throw std::logic_error("a sweep was refused");
    return answer->results;
  }

  // --- what is true
  projections::RecordView customer(base::RecordId id) const { return state.record(kCustomers, id).value(); }
  std::optional<base::Instant> shown_due(base::RecordId id) const { return customer(id).instant(facts::kRecycleDueAt); }
  static RefusalCode code_of(const std::expected<Decided, domain::Refusal>& answer) {
    return answer ? RefusalCode::none : answer.error().code;
  }

 private:
  domain::Event member_of(base::MemberId id, std::string email, std::string_view role) const {
    return domain::MemberChanged{{.id = id,
                                  .name = email.substr(0, email.find('@')),
                                  .email = email,
                                  .departments = {east},
                                  .roles = {state.workspace().role_by_key(role)->id},
                                  .state = domain::MemberState::active}};
  }
};

}  // namespace highseas::decision::tests
