// refusals_test — what is refused before a decider is asked: a command without its job, its form, its right or its
// place. Those of the deciders have their examples in tests/domain/refusals.
#include "tests/decision/office.hpp"

namespace highseas::decision::tests {
namespace {

class Refused : public ::testing::Test {
 protected:
  RefusalCode asked(const domain::Actor& actor, const domain::Command& command) const {
    return Office::code_of(office.decided(actor, command));
  }
  RefusalCode asked(base::MemberId who, const domain::Command& command) const { return asked(of_member(who), command); }
  domain::Actor importer() const { return of_process(domain::ActorKind::importer, office.admin); }
  base::JobId started_import() {
    const auto file = office.csv_file();
    const auto started = office.told(
        office.admin,
        domain::StartImport{
            .plan = {.file = file, .form = kCustomers, .pool = {}, .owner = {}, .columns = {shipped::customers::kName}},
            .total = 1});
    return std::get<domain::JobStarted>(started.content.events.front()).job;
  }
  static domain::ImportRows row_of(base::JobId job) {
    return {.job = job,
            .form = kCustomers,
            .done = 1,
            .rows = {1},
            .items = {Office::customer_named("甲")},
            .unreadable = {}};
  }
  void end(base::JobId job) { office.told(office.admin, domain::EndJob{job, domain::JobState::cancelled}); }

  const base::JobId unknown{{4, 4}};
  Office office;
};

TEST_F(Refused, is_a_write_to_a_form_that_is_none) {
  EXPECT_EQ(asked(office.admin, domain::WriteRecords{.form = 777, .items = {Office::customer_named("甲")}}),
            RefusalCode::unknown_form);
}

TEST_F(Refused, is_what_belongs_to_the_server_in_the_log_of_a_company) {
  EXPECT_EQ(asked(office.admin, domain::AddWorkspace{{{1, 2}}, 2}), RefusalCode::not_allowed_here);
  EXPECT_EQ(asked(office.admin, domain::StartTestClock{kStart}), RefusalCode::not_allowed_here);
  EXPECT_EQ(asked(office.admin, domain::AdvanceTestClock{day(1)}), RefusalCode::not_allowed_here);
  EXPECT_EQ(asked(office.admin, domain::ReleaseTestClock{}), RefusalCode::not_allowed_here);
}

TEST_F(Refused, are_recycle_rules_to_who_only_reads_them) {
  const auto draft = office.draft(30);
  EXPECT_EQ(asked(office.manager, office.publication(draft)), RefusalCode::forbidden);
  EXPECT_EQ(asked(office.manager, domain::SwitchRecycleRule{{{2, 2}}, false}), RefusalCode::forbidden);
  EXPECT_EQ(asked(office.manager, domain::EndBackfill{unknown, false}), RefusalCode::forbidden);
  EXPECT_EQ(asked(office.manager, domain::RecycleRecords{kCustomers, {office.pooled("甲")}, {}}),
            RefusalCode::forbidden);
}

TEST_F(Refused, is_a_backfill_s_chunk_without_its_job_or_after_it) {
  const auto recycler = of_process(domain::ActorKind::recycler, office.admin);
  const auto record = office.owned(office.seller, "甲");
  EXPECT_EQ(asked(recycler, domain::RecycleRecords{kCustomers, {record}, unknown}), RefusalCode::not_found);
  const auto published = office.told(office.admin, office.publication(office.draft(30)));
  base::JobId job;
  for (const auto& event : published.content.events) {
    if (const auto* started = std::get_if<domain::BackfillStarted>(&event)) job = started->job;
  }
  EXPECT_EQ(asked(recycler, domain::RecycleRecords{kCustomers, {record}, job}), RefusalCode::none);
  office.told(recycler, domain::EndBackfill{job, false});
  EXPECT_EQ(asked(recycler, domain::RecycleRecords{kCustomers, {record}, job}), RefusalCode::job_ended);
}

TEST_F(Refused, is_an_import_s_chunk_without_its_job_or_after_it) {
  EXPECT_EQ(asked(importer(), row_of(unknown)), RefusalCode::not_found);
  const auto job = started_import();
  EXPECT_EQ(asked(importer(), row_of(job)), RefusalCode::none);
  end(job);
  EXPECT_EQ(asked(importer(), row_of(job)), RefusalCode::job_ended);
}

// What is done stays done; what is left is not done for somebody who has gone.
TEST_F(Refused, is_the_rest_of_an_import_whose_member_has_left_and_the_job_fails_with_that) {
  const auto job = started_import();
  auto admin = *office.state.workspace().member(office.admin);
  admin.state = domain::MemberState::deactivated;
  office.append(of_process(domain::ActorKind::setup),
                {.command = domain::ReleaseTestClock{}, .events = {domain::MemberChanged{admin}}});
  const auto answer = office.tell(importer(), row_of(job));
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->content.events.size(), 1u);
  const auto& ended = std::get<domain::JobEnded>(answer->content.events.front());
  EXPECT_EQ(ended.state, domain::JobState::failed);
  EXPECT_EQ(ended.error, RefusalCode::not_active);
}

TEST_F(Refused, is_a_hand_over_s_chunk_without_its_job_or_after_it) {
  const auto record = office.owned(office.seller, "甲");
  const domain::HandOverRecords chunk{.job = unknown, .form = kCustomers, .done = 1, .records = {record}};
  EXPECT_EQ(asked(office.admin, chunk), RefusalCode::not_found);
  const auto leaving =
      office.told(office.admin, domain::DeactivateMember{.member = office.seller, .hand_over_to = office.colleague});
  const auto job = std::get<domain::MemberLeaving>(leaving.content.events.front()).job;
  auto hers = chunk;
  hers.job = job;
  EXPECT_EQ(asked(office.admin, hers), RefusalCode::none);
  end(job);
  EXPECT_EQ(asked(office.admin, hers), RefusalCode::job_ended);
}

}  // namespace
}  // namespace highseas::decision::tests
