// job_end_test — a hand-over or a backfill that cannot go on ends as failed, with the reason; it never runs for ever.
#include "tests/decision/office.hpp"

namespace highseas::decision::tests {
namespace {

class JobThatCannotGoOn : public testing::Test {
 protected:
  JobThatCannotGoOn() {
    domain::Events events{domain::MemberChanged{{.id = second_admin,
                                                 .name = "副管理员",
                                                 .email = "second@example.com",
                                                 .departments = {},
                                                 .roles = {office.state.workspace().role_by_key(domain::kAdmin)->id},
                                                 .state = domain::MemberState::active}}};
    office.append(of_process(domain::ActorKind::setup),
                  {.command = domain::ReleaseTestClock{}, .events = std::move(events)});
  }

  base::JobId start_hand_over(base::MemberId by) {
    const auto leaving =
        office.told(by, domain::DeactivateMember{.member = office.seller, .hand_over_to = office.colleague});
    return std::get<domain::MemberLeaving>(leaving.content.events.front()).job;
  }
  void leave(base::MemberId member) {
    office.append(of_process(domain::ActorKind::setup),
                  {.command = domain::ReleaseTestClock{}, .events = {domain::MemberDeactivated{member}}});
  }
  domain::Events chunk(base::JobId job, base::MemberId by, std::vector<base::RecordId> records) {
    const domain::HandOverRecords command{
        .job = job, .form = kCustomers, .done = records.size(), .records = std::move(records)};
    return office.told(of_process(domain::ActorKind::scheduler, by), command).content.events;
  }
  const projections::JobView& job(base::JobId id) const { return *office.state.image().job(id); }

  Office office;
  base::MemberId second_admin{{8, 9}};
};

TEST_F(JobThatCannotGoOn, hands_over_what_it_can_and_counts_what_it_moved) {
  const auto hers = office.owned(office.seller, "甲");
  const auto not_hers = office.owned(office.manager, "乙");
  const auto id = start_hand_over(second_admin);
  chunk(id, second_admin, {hers, not_hers});
  EXPECT_EQ(job(id).done, 1u);
  EXPECT_EQ(job(id).state, domain::JobState::running);
  EXPECT_EQ(office.customer(hers).owner(), office.colleague);
}

TEST_F(JobThatCannotGoOn, ends_when_the_successor_has_left) {
  const auto record = office.owned(office.seller, "甲");
  const auto id = start_hand_over(second_admin);
  leave(office.colleague);
  const auto events = chunk(id, second_admin, {record});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(std::get<domain::JobEnded>(events.front()).error, RefusalCode::not_active);
  EXPECT_EQ(job(id).state, domain::JobState::failed);
  EXPECT_EQ(office.customer(record).owner(), office.seller);
  // Another successor can be named.
  EXPECT_EQ(Office::code_of(office.tell(
                second_admin, domain::DeactivateMember{.member = office.seller, .hand_over_to = office.manager})),
            RefusalCode::none);
}

TEST_F(JobThatCannotGoOn, ends_when_its_starter_has_left) {
  const auto record = office.owned(office.seller, "甲");
  const auto id = start_hand_over(second_admin);
  leave(second_admin);
  chunk(id, second_admin, {record});
  EXPECT_EQ(job(id).state, domain::JobState::failed);
  EXPECT_EQ(job(id).done, 0u);
}

TEST_F(JobThatCannotGoOn, ends_at_its_last_step_too_when_its_starter_has_left) {
  office.owned(office.seller, "甲");
  const auto id = start_hand_over(second_admin);
  leave(second_admin);
  office.told(of_process(domain::ActorKind::scheduler, second_admin), domain::FinishDeactivation{id});
  EXPECT_EQ(job(id).state, domain::JobState::failed);
  EXPECT_EQ(office.state.workspace().member(office.seller)->state, domain::MemberState::leaving);
}

TEST_F(JobThatCannotGoOn, ends_when_a_whole_chunk_is_refused) {
  const auto record = office.owned(office.seller, "甲");
  const auto id = start_hand_over(second_admin);
  // Her rights went, not she herself.
  domain::Member weak = *office.state.workspace().member(second_admin);
  weak.roles = {office.state.workspace().role_by_key(domain::kSalesperson)->id};
  office.append(of_process(domain::ActorKind::setup),
                {.command = domain::ReleaseTestClock{}, .events = {domain::MemberChanged{weak}}});
  const auto events = office.tell(of_process(domain::ActorKind::scheduler, second_admin),
                                  domain::HandOverRecords{id, kCustomers, 1, {record}});
  ASSERT_TRUE(events.has_value());
  EXPECT_EQ(job(id).state, domain::JobState::failed);
  EXPECT_EQ(std::get<domain::JobEnded>(events->content.events.back()).error, RefusalCode::forbidden);
}

TEST_F(JobThatCannotGoOn, takes_the_marks_of_a_backfill_along) {
  office.owned(office.seller, "甲");
  office.now = day(100);
  const auto answer = office.told(second_admin, office.publication(office.draft(30)));
  base::JobId id;
  for (const auto& event : answer.content.events) {
    if (const auto* started = std::get_if<domain::BackfillStarted>(&event)) id = started->job;
  }
  const auto waiting = office.state.backfill(id, 500);
  ASSERT_EQ(waiting.size(), 1u);
  leave(second_admin);
  office.told(of_process(domain::ActorKind::recycler, second_admin), domain::RecycleRecords{kCustomers, waiting, id});
  EXPECT_EQ(job(id).state, domain::JobState::failed);
  EXPECT_TRUE(office.state.backfill(id, 500).empty());
}

}  // namespace
}  // namespace highseas::decision::tests
