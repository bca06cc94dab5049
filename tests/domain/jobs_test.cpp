// jobs_test — imports start, jobs end; files become known.
#include "domain/files/file_decider.hpp"
#include "domain/jobs/job_decider.hpp"
#include "tests/domain/company.hpp"

namespace highseas::domain::tests {
namespace {

class Jobs : public testing::Test {
 protected:
  static StartImport import_of(FormNumber form, std::vector<FieldNumber> columns) {
    StartImport command;
    command.plan.file = base::FileId{{6, 1}};
    command.plan.form = form;
    command.plan.columns = std::move(columns);
    command.total = 120;
    return command;
  }
  StartImport customers() const {
    return import_of(shipped::kCustomers, {shipped::customers::kName, 0, shipped::customers::kPhone});
  }
  Decision start(const StartImport& command, base::MemberId who, bool file_known = true) {
    return decide_start_import({.file_known = file_known}, command, Asking(company, who));
  }
  JobFacts running_for(base::MemberId member) const {
    return {.exists = true,
            .started = {.job = base::JobId{{4, 1}}, .member = member, .plan = customers().plan, .total = 120},
            .state = JobState::running,
            .done = 40};
  }
  static EndJob end_with(JobState state) {
    return {.job = base::JobId{{4, 1}}, .state = state, .error = RefusalCode::none};
  }

  Company company;
};

using Import = Jobs;
using Job = Jobs;
using AddFileDecider = Jobs;

TEST_F(Import, starts_a_job_for_the_one_who_asked) {
  const auto event = happened<JobStarted>(start(customers(), company.admin));
  EXPECT_EQ(event.member, company.admin);
  EXPECT_EQ(event.total, 120u);
  EXPECT_EQ(event.plan, JobPlan(customers().plan));
  EXPECT_FALSE(event.job.ulid.is_zero());
}

TEST_F(Import, needs_the_right_to_create_where_the_rows_are_to_lie) {
  EXPECT_TRUE(refused(start(customers(), company.auditor), RefusalCode::forbidden));
  EXPECT_TRUE(refused(start(customers(), company.gone), RefusalCode::forbidden));
  EXPECT_TRUE(start(customers(), company.east_seller)) << "into a pool where she may claim, as she may create there";
  company.pool(company.sea).claimers = Audience{.members = {company.west_seller}, .departments = {}, .roles = {}};
  EXPECT_TRUE(refused(start(customers(), company.east_seller), RefusalCode::forbidden));
  auto mine = customers();
  mine.plan.owner = company.east_seller;
  EXPECT_TRUE(start(mine, company.east_seller));
  mine.plan.owner = company.west_seller;
  EXPECT_TRUE(refused(start(mine, company.east_seller), RefusalCode::forbidden));
  EXPECT_TRUE(start(customers(), company.east_manager));
  company.open_second_sea();
  auto elsewhere = customers();
  elsewhere.plan.pool = company.second_sea;
  EXPECT_TRUE(refused(start(elsewhere, company.east_manager), RefusalCode::forbidden));
  EXPECT_TRUE(refused(start(import_of(shipped::kProducts, {shipped::products::kName}), company.east_manager),
                      RefusalCode::forbidden));
}

TEST_F(Import, tells_all_faults_at_once) {
  auto command = import_of(shipped::kCustomers, {shipped::customers::kPhone, 7777});
  command.plan.owner = company.gone;
  command.plan.pool = company.lead_pool;
  const auto decision = start(command, company.admin, false);
  ASSERT_FALSE(decision);
  std::vector<RefusalCode> codes;
  for (const auto& fault : decision.error().faults) codes.push_back(fault.code);
  EXPECT_EQ(codes,
            (std::vector{RefusalCode::unknown_reference, RefusalCode::owner_and_pool, RefusalCode::unknown_member,
                         RefusalCode::unknown_pool, RefusalCode::unknown_field, RefusalCode::required}));
}

TEST_F(Import, refuses_a_mapping_that_does_not_fit_the_form) {
  namespace fields = shipped::customers;
  EXPECT_TRUE(refused(start(import_of(shipped::kCustomers, {fields::kPhone}), company.admin), RefusalCode::required));
  EXPECT_TRUE(
      refused(start(import_of(shipped::kCustomers, {fields::kName, 7777}), company.admin), RefusalCode::unknown_field));
  EXPECT_TRUE(refused(start(import_of(shipped::kCustomers, {fields::kName, fields::kName}), company.admin),
                      RefusalCode::invalid_value));
  for (auto& field : company.workspace.forms.at(shipped::kCustomers).fields) {
    if (field.number == fields::kGrade) field.read_only = true;
    if (field.number == fields::kScale) field.retired = true;
  }
  EXPECT_TRUE(refused(start(import_of(shipped::kCustomers, {fields::kName, fields::kGrade}), company.admin),
                      RefusalCode::read_only_field));
  EXPECT_TRUE(refused(start(import_of(shipped::kCustomers, {fields::kName, fields::kScale}), company.admin),
                      RefusalCode::unknown_field));
}

TEST_F(Import, refuses_a_form_that_is_not_there_and_a_pool_for_what_is_not_pooled) {
  EXPECT_TRUE(refused(start(import_of(7777, {1}), company.admin), RefusalCode::unknown_form));
  auto contacts = import_of(shipped::kContacts, {shipped::contacts::kName, shipped::contacts::kCustomer});
  EXPECT_TRUE(start(contacts, company.east_seller));
  contacts.plan.pool = company.sea;
  EXPECT_TRUE(refused(start(contacts, company.east_seller), RefusalCode::unknown_pool));
}

TEST_F(Job, goes_on_until_it_has_ended_or_its_member_has_left) {
  auto job = running_for(company.east_seller);
  EXPECT_EQ(job_hindrance(job, company.workspace), std::nullopt);
  job.state = JobState::paused;
  EXPECT_EQ(job_hindrance(job, company.workspace), std::nullopt);
  for (const auto state : {JobState::succeeded, JobState::failed, JobState::cancelled}) {
    job.state = state;
    EXPECT_EQ(job_hindrance(job, company.workspace), RefusalCode::job_ended);
  }
  EXPECT_EQ(job_hindrance(running_for(company.gone), company.workspace), RefusalCode::not_active);
  EXPECT_EQ(job_hindrance({}, company.workspace), RefusalCode::not_found);
}

TEST_F(Job, is_ended_by_the_system_as_it_went) {
  auto failed = end_with(JobState::failed);
  failed.error = RefusalCode::not_active;
  const auto event = happened<JobEnded>(decide_end_job(running_for(company.gone), failed, Asking::system(company)));
  EXPECT_EQ(event.state, JobState::failed);
  EXPECT_EQ(event.error, RefusalCode::not_active);
  EXPECT_TRUE(refused(decide_end_job(running_for(company.admin), end_with(JobState::paused), Asking::system(company)),
                      RefusalCode::invalid_value));
}

TEST_F(Job, is_cancelled_by_who_started_it_or_an_admin) {
  const auto job = running_for(company.east_seller);
  const auto cancel = end_with(JobState::cancelled);
  EXPECT_TRUE(decide_end_job(job, cancel, Asking(company, company.east_seller)));
  EXPECT_TRUE(decide_end_job(job, cancel, Asking(company, company.admin)));
  EXPECT_TRUE(refused(decide_end_job(job, cancel, Asking(company, company.east_colleague)), RefusalCode::forbidden));
  EXPECT_TRUE(refused(decide_end_job(job, end_with(JobState::succeeded), Asking(company, company.east_seller)),
                      RefusalCode::forbidden));
  EXPECT_TRUE(refused(decide_end_job({}, cancel, Asking(company, company.admin)), RefusalCode::not_found));
}

TEST_F(Job, ends_once) {
  auto job = running_for(company.admin);
  job.state = JobState::cancelled;
  EXPECT_TRUE(nothing_happens(decide_end_job(job, end_with(JobState::cancelled), Asking(company, company.admin))));
  EXPECT_TRUE(
      refused(decide_end_job(job, end_with(JobState::succeeded), Asking::system(company)), RefusalCode::job_ended));
}

TEST_F(AddFileDecider, names_who_brought_it_whatever_the_command_says) {
  AddFile command;
  command.file.file = base::FileId{{6, 1}};
  command.file.added_by = company.west_seller;
  command.file.size = 10;
  command.file.name = "名单.csv";
  const auto event = happened<FileAdded>(decide_add_file(false, command, Asking(company, company.east_seller)));
  EXPECT_EQ(event.added_by, company.east_seller);
  EXPECT_EQ(event.name, "名单.csv");
  EXPECT_TRUE(nothing_happens(decide_add_file(true, command, Asking(company, company.east_seller))));
}

TEST_F(AddFileDecider, is_refused_with_its_reason) {
  AddFile command;
  command.file.size = kFileBytesMax + 1;
  command.file.name = "a\nb";
  EXPECT_TRUE(refused(decide_add_file(false, command, Asking(company, company.gone)), RefusalCode::forbidden));
  EXPECT_TRUE(refused(decide_add_file(false, command, Asking(company, company.auditor)), RefusalCode::forbidden))
      << "who writes no record has nothing to name it in";
  const auto faults = faults_of(decide_add_file(false, command, Asking(company, company.admin)));
  EXPECT_EQ(faults.at("/file"), RefusalCode::out_of_range);
  EXPECT_EQ(faults.at("/file/name"), RefusalCode::invalid_value);
  command.file.size = kFileBytesMax;
  command.file.name = std::string(kFileNameLengthMax + 1, 'a');
  EXPECT_TRUE(refused(decide_add_file(false, command, Asking(company, company.admin)), RefusalCode::too_long));
  command.file.name = "";
  EXPECT_TRUE(refused(decide_add_file(false, command, Asking(company, company.admin)), RefusalCode::required));
}

}  // namespace
}  // namespace highseas::domain::tests
