// follow_ups_test — who writes down what was done, when it counts, and how it is corrected.
#include "domain/follow_ups/follow_up_decider.hpp"

#include "tests/domain/company.hpp"

namespace highseas::domain::tests {
namespace {

namespace fields = shipped::follow_ups;

class FollowUps : public testing::Test {
 protected:
  FollowUps() {
    subject = {.live = true,
               .owner = company.east_seller,
               .pool = std::nullopt,
               .collaborators = {company.east_manager},
               .owned_since = day(10)};
    write.subject_form = shipped::kCustomers;
    write.subject = customer;
    write.values = {{fields::kMethod, base::Choice{fields::method::kCall}},
                    {fields::kContent, std::string("谈了价格")}};
    present = {.exists = true,
               .version = 1,
               .subject = customer,
               .subject_form = shipped::kCustomers,
               .author = company.east_seller,
               .occurred_at = day(15),
               .recorded_at = day(15),
               .effective = true,
               .values = write.values};
    present.values.push_back({fields::kOccurredAt, day(15)});
    correct = {.follow_up = base::RecordId{{6, 1}},
               .values = {{fields::kContent, std::string("谈了交期")}},
               .expected_version = std::nullopt};
  }

  FollowUpContext context(base::MemberId member, const Rights& rights) {
    return {.workspace = company.workspace,
            .rights = rights,
            .form = *company.workspace.form(shipped::kFollowUps),
            .actor = {.kind = ActorKind::member, .id = member.ulid, .on_behalf_of = std::nullopt},
            .now = now,
            .fresh = base::RecordId{{6, 1}},
            .pointer = "",
            .reference_exists = [](const FieldDefinition&, base::Ulid id) { return id.high == 4; },
            .is_contact_of = [this](base::RecordId contact,
                                    base::RecordId of) { return contact.ulid.low == 1 && of == customer; }};
  }
  Decision written_by(base::MemberId member) {
    const auto rights = Rights::of_member(company.workspace, member);
    return decide(subject, write, context(member, rights));
  }
  Decision corrected_by(base::MemberId member) {
    const auto rights = Rights::of_member(company.workspace, member);
    return decide(subject, present, correct, context(member, rights));
  }
  void given_occurred_at(base::Instant at) { write.values.push_back({fields::kOccurredAt, at}); }

  Company company;
  const base::RecordId customer{{3, 3}};
  base::Instant now = day(20);
  SubjectFacts subject;
  WriteFollowUp write;
  FollowUpFacts present;
  CorrectFollowUp correct;
};

TEST_F(FollowUps, by_the_owner_count_from_now) {
  const auto event = happened<FollowedUp>(written_by(company.east_seller));
  EXPECT_EQ(event.author, company.east_seller);
  EXPECT_EQ(event.occurred_at, now);
  EXPECT_TRUE(event.effective);
  EXPECT_EQ(*find_value(event.values, fields::kCustomer), base::Value(base::Reference{customer.ulid}));
  EXPECT_EQ(*find_value(event.values, fields::kOccurredAt), base::Value(now));
}

TEST_F(FollowUps, count_from_the_first_moment_of_the_ownership_period_on) {
  given_occurred_at(day(10));
  EXPECT_TRUE(happened<FollowedUp>(written_by(company.east_seller)).effective);
  write.values.back().value = day(10) - 1;
  EXPECT_FALSE(happened<FollowedUp>(written_by(company.east_seller)).effective);
}

TEST_F(FollowUps, by_a_collaborator_count_and_by_others_do_not) {
  EXPECT_TRUE(happened<FollowedUp>(written_by(company.east_manager)).effective);
  EXPECT_FALSE(happened<FollowedUp>(written_by(company.admin)).effective);
}

TEST_F(FollowUps, count_where_they_are_written_down_before_the_record_is_due_and_not_after) {
  given_occurred_at(day(15));
  subject.due_at = now + 1;
  EXPECT_TRUE(happened<FollowedUp>(written_by(company.east_seller)).effective);
  subject.due_at = now;
  EXPECT_FALSE(happened<FollowedUp>(written_by(company.east_seller)).effective);
}

TEST_F(FollowUps, that_are_corrected_once_the_record_is_due_do_not_put_that_off) {
  subject.due_at = now;
  correct.values = {{fields::kOccurredAt, day(16)}};
  EXPECT_FALSE(happened<FollowUpCorrected>(corrected_by(company.east_seller)).effective);
  correct.values = {{fields::kOccurredAt, day(14)}};
  EXPECT_TRUE(happened<FollowUpCorrected>(corrected_by(company.east_seller)).effective);
  present.effective = false;
  EXPECT_FALSE(happened<FollowUpCorrected>(corrected_by(company.east_seller)).effective);
}

TEST_F(FollowUps, on_what_lies_in_a_pool_do_not_count) {
  subject.owner.reset();
  subject.pool = company.sea;
  EXPECT_FALSE(happened<FollowedUp>(written_by(company.admin)).effective);
}

TEST_F(FollowUps, are_not_written_on_what_she_does_not_see_or_what_is_gone) {
  EXPECT_TRUE(refused(written_by(company.west_seller), RefusalCode::not_found));
  subject.live = false;
  EXPECT_TRUE(refused(written_by(company.east_seller), RefusalCode::not_found));
  subject.live = true;
  write.subject_form = shipped::kProducts;
  EXPECT_TRUE(refused(written_by(company.admin), RefusalCode::not_found));
}

TEST_F(FollowUps, are_not_written_by_who_only_reads) {
  EXPECT_TRUE(refused(written_by(company.auditor), RefusalCode::forbidden));
}

TEST_F(FollowUps, tell_all_faults_at_once) {
  write.values = {{fields::kContent, std::string("")},
                  {fields::kOccurredAt, now + 1},
                  {fields::kLead, base::Reference{{9, 9}}},
                  {fields::kContacts, base::References{{{4, 1}, {4, 2}, {5, 1}}}}};
  EXPECT_EQ(faults_of(written_by(company.east_seller)),
            (std::map<std::string, RefusalCode>{{"/content", RefusalCode::required},
                                                {"/method", RefusalCode::required},
                                                {"/occurred_at", RefusalCode::in_the_future},
                                                {"/lead", RefusalCode::invalid_value},
                                                {"/contacts/1", RefusalCode::unknown_reference},
                                                {"/contacts/2", RefusalCode::unknown_reference}}));
}

TEST_F(FollowUps, are_corrected_by_their_author_with_what_changed_only) {
  const auto event = happened<FollowUpCorrected>(corrected_by(company.east_seller));
  EXPECT_EQ(event.values, (std::vector<FieldValue>{{fields::kContent, std::string("谈了交期")}}));
  EXPECT_EQ(event.occurred_at, day(15));
  EXPECT_TRUE(event.effective);
  correct.values = {{fields::kContent, std::string("谈了价格")}};
  EXPECT_TRUE(nothing_happens(corrected_by(company.east_seller)));
}

TEST_F(FollowUps, are_corrected_by_their_author_when_the_customer_is_another_s) {
  subject.owner = company.east_manager;
  subject.owned_since = day(16);
  subject.collaborators = {company.east_seller};  // she still sees it
  EXPECT_TRUE(happened<FollowUpCorrected>(corrected_by(company.east_seller)).effective);
  EXPECT_TRUE(refused(corrected_by(company.auditor), RefusalCode::forbidden));
  EXPECT_TRUE(refused(corrected_by(company.west_seller), RefusalCode::not_found));
}

TEST_F(FollowUps, that_are_moved_in_time_are_judged_again) {
  correct.values = {{fields::kOccurredAt, day(9)}};
  EXPECT_FALSE(happened<FollowUpCorrected>(corrected_by(company.east_seller)).effective);
  present.effective = false;
  present.occurred_at = day(9);
  correct.values = {{fields::kOccurredAt, day(12)}};
  EXPECT_TRUE(happened<FollowUpCorrected>(corrected_by(company.east_seller)).effective);
}

TEST_F(FollowUps, of_a_period_that_is_over_keep_what_was_said_of_them) {
  subject.owned_since = day(18);
  correct.values = {{fields::kOccurredAt, day(14)}};
  EXPECT_TRUE(happened<FollowUpCorrected>(corrected_by(company.east_seller)).effective);
}

TEST_F(FollowUps, keep_their_customer_and_took_place_at_some_time) {
  correct.values = {{fields::kCustomer, base::Reference{{9, 9}}}, {fields::kOccurredAt, base::Value{}}};
  EXPECT_EQ(faults_of(corrected_by(company.east_seller)),
            (std::map<std::string, RefusalCode>{{"/customer", RefusalCode::read_only_field},
                                                {"/occurred_at", RefusalCode::required}}));
  correct.values = {{fields::kOccurredAt, now + 1}};
  EXPECT_TRUE(refused(corrected_by(company.east_seller), RefusalCode::in_the_future));
}

TEST_F(FollowUps, that_were_corrected_meanwhile_are_a_version_conflict) {
  correct.expected_version = 7;
  EXPECT_TRUE(refused(corrected_by(company.east_seller), RefusalCode::version_conflict));
}

TEST_F(FollowUps, of_a_batch_name_one_customer_or_one_lead) {
  RecordItem item;
  item.values = write.values;
  EXPECT_EQ(write_follow_up_of(item, "").error().faults.front().pointer, "/customer");
  item.values.push_back({fields::kLead, base::Reference{{9, 9}}});
  EXPECT_EQ(write_follow_up_of(item, "")->subject_form, shipped::kLeads);
  item.values.push_back({fields::kCustomer, base::Reference{customer.ulid}});
  EXPECT_EQ(write_follow_up_of(item, "").error().code, RefusalCode::invalid_value);
}

}  // namespace
}  // namespace highseas::domain::tests
