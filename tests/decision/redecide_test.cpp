// redecide_test — a recorded commit decided again gives its events, on whatever state was folded from the log before
// it; one that was tampered with does not.
#include "decision/redecide.hpp"

#include <functional>

#include "company.hpp"
#include "projections/checkpoint.hpp"

namespace highseas::decision::tests {
namespace {

constexpr int kRounds = 6;
constexpr int kSteps = 120;

// Working days of four people at random: whatever is allowed of what they try is in the log.
class RandomCompany : public Company {
 public:
  explicit RandomCompany(std::uint64_t random_seed) : random_(random_seed) {
    change_pool([](auto& pool) {
      pool.holding_limit = 12;
      pool.daily_claim_limit = 4;
      pool.cool_down_days = 1;
      pool.holding_excludes = "grade == \"A\"";
    });
    domain::PublishRecycleRule publish;
    publish.draft.name = "三天";
    publish.draft.form = kCustomers;
    publish.draft.pools = {pool()};
    publish.draft.triggers = {{domain::TriggerType::no_follow_up, 3}};
    publish.judged_at = now;
    must(by(admin), publish);
    for (int step = 0; step < kSteps; ++step) {
      if (below(3) == 0) now = now + static_cast<std::int64_t>(below(base::kMsPerDay));
      act();
    }
  }

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

 private:
  base::MemberId somebody() {
    const base::MemberId all[] = {admin, manager, seller, colleague};
    return all[below(4)];
  }
  domain::PoolTargets some_records() {
    std::vector<base::RecordId> some;
    for (auto left = 1 + below(6); left > 0 && !records_.empty(); --left)
      some.push_back(records_[below(records_.size())]);
    return {.form = kCustomers, .single = some.size() == 1, .records = std::move(some)};
  }
  domain::RecordItem some_item() {
    auto item = named("客户" + std::to_string(below(40)) + (below(2) == 0 ? "有限公司" : ""));
    if (below(2) == 0) item.pool = pool();
    if (below(2) == 0) {
      item.values.push_back({shipped::customers::kGrade, base::Choice{static_cast<std::uint32_t>(1 + below(3))}});
    }
    if (!records_.empty() && below(3) == 0) {
      item.operation = below(4) == 0 ? domain::RecordOperation::remove : domain::RecordOperation::update;
      item.record = records_[below(records_.size())];
      item.pool.reset();
      if (item.operation == domain::RecordOperation::remove) item.values.clear();
    }
    return item;
  }

  domain::Command command() {
    switch (below(9)) {
      case 0:
      case 1:
      case 2: {
        domain::WriteRecords write{.form = kCustomers, .atomic = below(3) == 0, .items = {}};
        for (auto left = 1 + below(5); left > 0; --left) write.items.push_back(some_item());
        return write;
      }
      case 3:
      case 4:
        return domain::ClaimRecords{some_records()};
      case 5:
        return domain::ReleaseRecords{.targets = some_records(), .reason = "搁置"};
      case 6:
        return domain::AssignRecords{.targets = some_records(),
                                     .strategy = static_cast<domain::AssignStrategy>(2 + below(2)),
                                     .members = {seller, colleague}};
      case 7:
        return domain::TransferRecords{.targets = some_records(), .owner = somebody(), .note = "交接"};
      default: {
        const auto record = records_.empty() ? base::RecordId{{9, 9}} : records_[below(records_.size())];
        return follow_up(record);
      }
    }
  }

  void act() {
    sweep();
    const auto decided = run(by(somebody()), command());
    if (!decided) return;
    for (const auto& event : decided->content.events) {
      if (const auto* created = std::get_if<domain::RecordCreated>(&event)) records_.push_back(created->record);
    }
  }

  void sweep() {
    domain::RecycleRecords recycle{.form = kCustomers, .records = {}};
    for (const auto& entry : state.due_until(now, 100)) recycle.records.push_back(entry.record);
    if (recycle.records.empty()) return;
    must({.kind = domain::ActorKind::recycler, .id = {}, .on_behalf_of = {}}, recycle);
  }

  std::mt19937_64 random_;
  std::vector<base::RecordId> records_;
};

class Redecide : public testing::Test {
 protected:
  // Calls with the state in front of each commit that can be decided again.
  static void each(const std::vector<domain::Commit>& log,
                   const std::function<void(const projections::State&, const domain::Commit&)>& visit) {
    projections::State state;
    for (const auto& commit : log) {
      if (!is_admission(commit.content.command)) visit(state, commit);
      state.apply(commit);
    }
  }
};

TEST_F(Redecide, finds_the_events_of_every_commit_of_random_days) {
  for (int round = 0; round < kRounds; ++round) {
    const auto seed = test_seed() + static_cast<std::uint64_t>(round);
    SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
    const RandomCompany company(seed);
    int decided = 0;
    int with_refused_items = 0;
    each(company.log, [&](const auto& before, const auto& commit) {
      ++decided;
      with_refused_items += !commit.content.outcomes.empty();
      EXPECT_TRUE(decides_the_same(before, commit, company.workspace))
          << "position " << commit.position << ", " << domain::command_name(commit.content.command);
    });
    EXPECT_GT(decided, kSteps / 3);
    EXPECT_GT(with_refused_items, 0);
  }
}

// An event that is missing, doubled, or of another record is found in every commit, whatever its command.
TEST_F(Redecide, finds_what_was_taken_from_or_added_to_a_commit) {
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(test_seed()));
  const RandomCompany company(test_seed());
  each(company.log, [&](const auto& before, const auto& commit) {
    auto less = commit;
    less.content.events.pop_back();
    EXPECT_FALSE(decides_the_same(before, less, company.workspace)) << commit.position;
    auto more = commit;
    more.content.events.push_back(more.content.events.front());
    EXPECT_FALSE(decides_the_same(before, more, company.workspace)) << commit.position;
  });
}

TEST_F(Redecide, finds_a_tampered_owner_value_time_seed_and_actor) {
  Company company;
  const auto lying = company.in_pool(1).front();
  company.must(by(company.seller), domain::ClaimRecords{Company::all_of({lying})});
  company.customer(by(company.seller), "苏州海泰");
  const auto check = [&](std::uint64_t position, const std::function<void(domain::Commit&)>& tamper) {
    bool same = true;
    each(company.log, [&](const auto& before, const auto& commit) {
      if (commit.position != position) return;
      auto tampered = commit;
      ASSERT_TRUE(decides_the_same(before, tampered, company.workspace));
      tamper(tampered);
      same = decides_the_same(before, tampered, company.workspace);
    });
    return same;
  };
  const auto created = company.log.size();
  const auto claimed = created - 1;
  EXPECT_FALSE(check(claimed, [&](auto& commit) {
    std::get<domain::Claimed>(commit.content.events.front()).owner = company.colleague;
  }));
  EXPECT_FALSE(check(claimed, [&](auto& commit) { commit.actor = by(company.colleague); }));
  EXPECT_FALSE(check(created, [](auto& commit) {
    std::get<domain::RecordCreated>(commit.content.events.front()).values.front().value = std::string("别家");
  }));
  EXPECT_FALSE(check(created, [](auto& commit) {
    auto& write = std::get<domain::WriteRecords>(commit.content.command);
    write.items.front().values.front().value = std::string("别家");
  }));
  EXPECT_FALSE(check(created, [](auto& commit) { commit.time = commit.time + 1; }));  // ids are made of it
  EXPECT_FALSE(check(created, [](auto& commit) { ++commit.content.seed; }));
}

// A claim that the limit of the moment refused can't be slipped in afterwards.
TEST_F(Redecide, finds_an_event_that_the_state_before_it_does_not_allow) {
  Company company;
  company.change_pool([](auto& pool) { pool.holding_limit = 1; });
  const auto records = company.in_pool(2);
  company.must(by(company.seller), domain::ClaimRecords{Company::all_of({records[0]})});
  const domain::ClaimRecords second{Company::all_of({records[1]})};
  ASSERT_FALSE(company.run(by(company.seller), second).has_value());
  domain::CommitContent forged{.command = second, .seed = company.seed};
  forged.events = {
      domain::Claimed{.record = records[1], .form = kCustomers, .owner = company.seller, .pool = company.pool()}};
  company.commit(by(company.seller), forged);
  std::vector<std::uint64_t> different;
  each(company.log, [&](const auto& before, const auto& commit) {
    if (!decides_the_same(before, commit, company.workspace)) different.push_back(commit.position);
  });
  EXPECT_EQ(different, std::vector{company.log.back().position});
}

TEST(Decide, gives_the_same_bytes_for_the_same_request_on_states_folded_alike) {
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(test_seed()));
  RandomCompany company(test_seed());
  projections::State replayed;
  for (const auto& commit : company.log) replayed.replay(commit);
  replayed.settle();
  auto image = projections::read_checkpoint(projections::write_checkpoint(*company.state.snapshot()));
  ASSERT_TRUE(image);
  const projections::State loaded(std::move(image));
  domain::WriteRecords write{.form = kCustomers, .atomic = false, .items = {}};
  for (int i = 0; i < 30; ++i) write.items.push_back(Company::named("客户" + std::to_string(i), company.pool()));
  const std::vector<domain::Command> commands{
      write,
      domain::InviteMember{.name = "新人",
                           .email = "new@example.com",
                           .roles = {company.state.workspace().role_by_key("salesperson")->id},
                           .departments = {}},
  };
  for (const auto& command : commands) {
    const auto request = company.request(by(company.admin), command);
    const auto bytes = [&](const projections::State& state) {
      const auto decided = decision::decide(state, request);
      EXPECT_TRUE(decided.has_value());
      return decided ? codec::encode(decided->content, codec::sealed_by_type()) : std::vector<codec::Section>{};
    };
    const auto first = bytes(replayed);
    EXPECT_FALSE(first.empty());
    EXPECT_EQ(bytes(replayed), first);
    EXPECT_EQ(bytes(loaded), first);
  }
}

TEST(Decide, makes_other_ids_of_another_seed) {
  Company company;
  auto request =
      company.request(by(company.seller), domain::WriteRecords{.form = kCustomers, .items = {Company::named("一家")}});
  const auto first = decision::decide(company.state, request);
  ++request.seed;
  const auto second = decision::decide(company.state, request);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->results.front().record, second->results.front().record);
}

}  // namespace
}  // namespace highseas::decision::tests
