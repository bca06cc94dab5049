// past_test — what a repeat is told from: the state as a commit left it, folded from what made its records alone, shows
// of them what a fold of the whole log shows.
#include <algorithm>

#include "projections/past.hpp"
#include "tests/decision/laws/world.hpp"

namespace highseas::decision::tests {
namespace {

using projections::State;

// What is folded, counted by the commits that were read.
struct Told {
  std::unique_ptr<State> state;
  std::size_t read = 0;
};

Told told_again(const Office& office, std::uint64_t position, bool with_records = true) {
  Told told;
  State now;
  for (const auto& commit : office.log) now.replay(commit);
  now.settle();
  auto state = projections::state_after(office.log[position - 1], *now.snapshot(), with_records,
                                        [&](std::uint64_t at) -> std::expected<domain::Commit, eventstore::ReadError> {
                                          ++told.read;
                                          auto commit = office.log[at - 1];
                                          commit.content.command = {};
                                          return commit;
                                        });
  if (state) told.state = std::move(*state);
  return told;
}

// Each record that the commit's events name, with its form.
std::vector<std::pair<domain::FormNumber, base::RecordId>> named_in(const domain::Commit& commit) {
  std::vector<std::pair<domain::FormNumber, base::RecordId>> named;
  for (const auto& event : commit.content.events) {
    std::visit(
        [&](const auto& e) {
          if constexpr (requires { e.follow_up; }) {
            named.emplace_back(shipped::kFollowUps, e.follow_up);
            named.emplace_back(e.subject_form, e.subject);
          } else if constexpr (requires {
                                 e.form;
                                 e.record;
                               }) {
            named.emplace_back(e.form, e.record);
          }
        },
        event);
  }
  return named;
}

// Nothing: all that is shown of the records is the same.
std::string difference(const State& whole, const State& part, const domain::Commit& commit) {
  if (part.position() != commit.position || part.time() != commit.time) return "the position";
  if (!(part.workspace() == whole.workspace())) return "the design";
  for (const auto& [form, id] : named_in(commit)) {
    const auto expected = whole.record(form, id);
    const auto told = part.record(form, id);
    if (!expected || !told) return "a record is missing";
    for (const auto& fact : domain::fact_fields()) {
      if (told->value(fact.number) != expected->value(fact.number)) return std::string(fact.key);
    }
    if (told->values() != expected->values()) return "values";
    if (told->deleted() != expected->deleted()) return "deleted";
    if (told->version() != expected->version()) return "version";
    const auto standing = told->standing();
    const auto due = expected->standing();
    if (standing.owner != due.owner || standing.pool != due.pool || standing.collaborators != due.collaborators ||
        standing.root_owner != due.root_owner || standing.root_pool != due.root_pool) {
      return "whose it is";
    }
  }
  return "";
}

std::string difference_at(const Office& office, std::uint64_t position) {
  State whole;
  for (std::uint64_t at = 1; at <= position; ++at) whole.replay(office.log[at - 1]);
  whole.settle();
  const auto part = told_again(office, position);
  return part.state ? difference(whole, *part.state, office.log[position - 1]) : "it could not be read";
}

RC_GTEST_PROP(Past, shows_what_a_fold_of_the_whole_log_shows_of_a_commit_s_records, ()) {
  World world;
  for (const auto& step : *any_steps()) world.take(step);
  const auto& log = world.office.log;
  const auto position = *rc::gen::inRange<std::uint64_t>(1, log.size() + 1);
  RC_ASSERT(difference_at(world.office, position) == "");
}

TEST(Past, of_every_commit_of_a_company_with_contacts_and_corrected_follow_ups_is_right) {
  Office office;
  office.publish(office.draft(10));
  const auto customer = office.owned(office.seller, "甲");
  const auto other = office.owned(office.colleague, "乙");
  domain::RecordItem item{.values = {{shipped::contacts::kName, std::string("李雷")},
                                     {shipped::contacts::kCustomer, base::Reference{customer.ulid}}}};
  const auto contact = office.create(office.seller, kContacts, item);
  office.follow_up(office.seller, customer);
  ASSERT_EQ(office.transfer(office.manager, customer, office.colleague), RefusalCode::none);
  office.told(office.admin, domain::WriteRecords{
                                .form = kContacts,
                                .items = {{.operation = domain::RecordOperation::update,
                                           .record = contact,
                                           .values = {{shipped::contacts::kCustomer, base::Reference{other.ulid}}}}}});
  office.now = day(10);
  office.sweep({customer});
  ASSERT_EQ(office.claim(office.seller, customer), RefusalCode::none);
  for (std::uint64_t at = 1; at <= office.log.size(); ++at) EXPECT_EQ(difference_at(office, at), "") << at;
}

// They stay under the version before, judged or not.
TEST(Past, of_records_of_a_cancelled_backfill_knows_when_they_are_due) {
  Office office;
  office.publish(office.draft(60));
  const auto judged = office.owned(office.seller, "甲");
  const auto waiting = office.owned(office.seller, "乙");
  const auto rule = office.state.workspace().rules.begin()->first;
  office.now = day(30);
  auto publication = office.publication(office.draft(20));
  publication.rule = rule;
  const auto published = office.told(office.admin, publication);
  base::JobId job;
  for (const auto& event : published.content.events) {
    if (const auto* started = std::get_if<domain::BackfillStarted>(&event)) job = started->job;
  }
  ASSERT_EQ(office.state.backfill(job, 10).size(), 2u);
  ASSERT_EQ(office.lock(office.manager, judged, day(31)), RefusalCode::none);
  const auto recycler = of_process(domain::ActorKind::recycler, office.admin);
  ASSERT_TRUE(office.tell(recycler, domain::RecycleRecords{kCustomers, {judged}, job}));
  ASSERT_EQ(office.customer(judged).owner(), office.seller);
  ASSERT_TRUE(office.tell(office.admin, domain::EndBackfill{job, true}));
  ASSERT_EQ(office.change(office.seller, judged, {{shipped::kRemark, std::string("新")}}), RefusalCode::none);
  ASSERT_EQ(office.change(office.seller, waiting, {{shipped::kRemark, std::string("新")}}), RefusalCode::none);
  EXPECT_EQ(office.shown_due(judged), day(60));
  EXPECT_EQ(office.shown_due(waiting), day(60));
  for (std::uint64_t at = 1; at <= office.log.size(); ++at) EXPECT_EQ(difference_at(office, at), "") << at;
}

TEST(Past, reads_only_the_commits_of_its_records) {
  Office office;
  const auto customer = office.owned(office.seller, "甲");
  for (int at = 0; at < 50; ++at) office.owned(office.seller, "别家" + std::to_string(at));
  ASSERT_EQ(office.change(office.seller, customer, {{shipped::kRemark, std::string("一")}}), RefusalCode::none);
  const auto position = office.log.size();
  ASSERT_EQ(office.change(office.seller, customer, {{shipped::kRemark, std::string("二")}}), RefusalCode::none);
  const auto told = told_again(office, position);
  EXPECT_EQ(told.read, 1u) << "its creation; the change itself was given";
  EXPECT_EQ(told.state->record(kCustomers, customer)->value(shipped::kRemark), base::Value(std::string("一")));
  EXPECT_EQ(told_again(office, position, false).read, 0u);
}

TEST(Past, of_the_design_is_what_it_was_at_each_position) {
  Office office;
  for (int at = 0; at < 3; ++at) {
    office.owned(office.seller, "甲" + std::to_string(at));
    office.change_pool(office.sea, [&](auto& pool) { pool.cool_down_days = static_cast<std::uint32_t>(at + 1); });
  }
  State whole;
  EXPECT_EQ(*projections::design_at(office.state.image(), 0), whole.workspace());
  for (const auto& commit : office.log) {
    whole.apply(commit);
    EXPECT_EQ(*projections::design_at(office.state.image(), commit.position), whole.workspace()) << commit.position;
  }
}

}  // namespace
}  // namespace highseas::decision::tests
