// records_test — who may create, change, remove and restore a record, and what stands against it.
#include "domain/records/record_decider.hpp"

#include "tests/domain/company.hpp"

namespace highseas::domain::tests {
namespace {

namespace customers = shipped::customers;
namespace contacts = shipped::contacts;

class Records : public testing::Test {
 protected:
  Records() {
    questions.reference_exists = [](const FieldDefinition&, base::Ulid id) { return id == base::Ulid{3, 3}; };
    questions.root = [this](FormNumber, base::RecordId id) {
      return id == root.record ? std::optional(root) : std::nullopt;
    };
    item.values = {{customers::kName, std::string("江南机械")}};
    root.form = shipped::kCustomers;
    root.record = base::RecordId{{3, 3}};
    root.owner = company.east_seller;
  }

  Decision ask(const Rights& rights) {
    return decide(facts, item, questions,
                  {.workspace = company.workspace,
                   .rights = rights,
                   .form = *company.workspace.form(form),
                   .fresh = base::RecordId{{6, 6}},
                   .origin = origin,
                   .pointer = pointer});
  }
  Decision ask(base::MemberId member) { return ask(Rights::of_member(company.workspace, member)); }

  // A live customer of hers at version 4.
  void given_customer_of(base::MemberId owner) {
    facts = {.exists = true,
             .deleted = false,
             .version = 4,
             .owner = owner,
             .pool = std::nullopt,
             .collaborators = {},
             .values = {{customers::kName, std::string("江南机械")},
                        {customers::kPhone, std::string("13800138000")},
                        {customers::kStatus, base::Choice{customers::status::kPotential}}}};
    item.operation = RecordOperation::update;
    item.record = base::RecordId{{5, 5}};
    item.values = {{customers::kShortName, std::string("江南")}};
  }
  void given_contact() {
    form = shipped::kContacts;
    facts = {.exists = true,
             .deleted = false,
             .version = 1,
             .owner = std::nullopt,
             .pool = std::nullopt,
             .collaborators = {},
             .values = {{contacts::kName, std::string("王芳")}, {contacts::kCustomer, base::Reference{{3, 3}}}}};
    item = {};
    item.operation = RecordOperation::update;
    item.record = base::RecordId{{5, 6}};
    item.values = {{contacts::kTitle, std::string("经理")}};
  }
  void given_duplicate(std::vector<FieldNumber> matched) {
    questions.duplicates = [matched](const std::vector<FieldValue>&) {
      return std::vector<DuplicateHit>{{base::RecordId{{4, 4}}, shipped::kCustomers, matched}};
    };
  }

  Company company;
  FormNumber form = shipped::kCustomers;
  RecordFacts facts;
  RecordItem item;
  RecordQuestions questions;
  RootFacts root;
  Origin origin = Origin::manual;
  std::string pointer;
};

TEST_F(Records, without_owner_and_pool_belong_to_their_creator) {
  const auto event = happened<RecordCreated>(ask(company.east_seller));
  EXPECT_EQ(event.owner, company.east_seller);
  EXPECT_EQ(event.pool, std::nullopt);
  EXPECT_EQ(event.home_pool, company.sea);
  EXPECT_EQ(event.record, (base::RecordId{{6, 6}}));
  EXPECT_EQ(event.values, (std::vector<FieldValue>{{customers::kName, std::string("江南机械")},
                                                   {customers::kStatus, base::Choice{customers::status::kPotential}}}));
}

TEST_F(Records, have_the_pool_of_their_owners_department_for_their_home) {
  EXPECT_EQ(happened<RecordCreated>(ask(company.west_seller)).home_pool, company.sea);  // the first one
  company.open_second_sea();
  company.workspace.departments.at(company.west).customer_pool = company.second_sea;
  EXPECT_EQ(happened<RecordCreated>(ask(company.west_seller)).home_pool, company.second_sea);
  company.workspace.departments.at(company.east).customer_pool = company.sea;
  EXPECT_EQ(happened<RecordCreated>(ask(company.east_seller)).home_pool, company.sea);
}

TEST_F(Records, go_into_the_pool_that_is_named_by_who_may_claim_there) {
  item.pool = company.sea;
  const auto event = happened<RecordCreated>(ask(company.east_seller));
  EXPECT_EQ(event.owner, std::nullopt);
  EXPECT_EQ(event.pool, company.sea);
  EXPECT_EQ(event.home_pool, company.sea);
  company.open_second_sea();
  item.pool = company.second_sea;
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::forbidden));
  EXPECT_TRUE(ask(company.admin));
}

TEST_F(Records, that_are_imported_go_into_the_first_pool) {
  origin = Origin::import;
  EXPECT_EQ(happened<RecordCreated>(ask(company.east_seller)).pool, company.sea);
  origin = Origin::manual;
  EXPECT_EQ(happened<RecordCreated>(ask(Rights::of_system(company.workspace))).pool, company.sea);
}

TEST_F(Records, are_created_for_another_by_who_is_above_her_only) {
  item.owner = company.east_colleague;
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::forbidden));
  EXPECT_EQ(happened<RecordCreated>(ask(company.east_manager)).owner, company.east_colleague);
  item.collaborators = {{company.east_seller}};  // who names herself has no more right than before
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::forbidden));
}

TEST_F(Records, are_not_created_by_an_auditor_nor_by_who_is_gone) {
  EXPECT_TRUE(refused(ask(company.auditor), RefusalCode::forbidden));
  EXPECT_TRUE(refused(ask(company.gone), RefusalCode::forbidden));
}

TEST_F(Records, have_an_owner_or_a_pool_that_exist_and_never_both) {
  pointer = "/operations/3/data";
  item.owner = company.gone;
  item.pool = company.lead_pool;
  item.values.push_back({customers::kGrade, base::Choice{77}});
  item.collaborators = {{company.stranger}};
  EXPECT_EQ(faults_of(ask(company.admin)),
            (std::map<std::string, RefusalCode>{{"/operations/3/data/owner", RefusalCode::unknown_member},
                                                {"/operations/3/data/pool", RefusalCode::unknown_pool},
                                                {"/operations/3/data/grade", RefusalCode::unknown_choice},
                                                {"/operations/3/data/collaborators/0", RefusalCode::unknown_member}}));
  item = {};
  item.values = {{customers::kName, std::string("江南机械")}};
  item.owner = company.east_seller;
  item.pool = company.sea;
  EXPECT_TRUE(refused(ask(company.admin), RefusalCode::owner_and_pool));
}

TEST_F(Records, that_exist_already_are_not_created_again) {
  given_duplicate({customers::kPhone});
  const auto decision = ask(company.east_seller);
  ASSERT_TRUE(refused(decision, RefusalCode::duplicate_record));
  EXPECT_EQ(decision.error().duplicates.front().record, (base::RecordId{{4, 4}}));
}

TEST_F(Records, of_ones_own_count_against_the_holding_limit) {
  company.pool(company.sea).holding_limit = 2;
  std::uint64_t held = 1;
  questions.held = [&](base::PoolId, base::MemberId) { return held; };
  EXPECT_TRUE(ask(company.east_seller));
  held = 2;
  const auto decision = ask(company.east_seller);
  ASSERT_TRUE(refused(decision, RefusalCode::holding_limit));
  EXPECT_EQ(decision.error().limit, 2u);
  questions.not_counted_as_held = [](const PoolDefinition&, const std::vector<FieldValue>&) { return true; };
  EXPECT_TRUE(ask(company.east_seller));
  questions.not_counted_as_held = {};
  item.pool = company.sea;
  EXPECT_TRUE(ask(company.east_seller));  // in the pool it is nobody's
}

TEST_F(Records, that_take_a_new_word_add_the_choice_before) {
  item.new_choices = {{customers::kTags, "重点"}};
  const auto decision = ask(company.east_seller);
  ASSERT_TRUE(decision);
  ASSERT_EQ(decision->size(), 2u);
  EXPECT_EQ(std::get<ChoiceAdded>(decision->front()).text, "重点");
  EXPECT_TRUE(std::holds_alternative<RecordCreated>(decision->back()));
}

TEST_F(Records, change_by_what_differs_only) {
  given_customer_of(company.east_seller);
  item.values.push_back({customers::kName, std::string("江南机械")});
  const auto event = happened<RecordChanged>(ask(company.east_seller));
  EXPECT_EQ(event.values, (std::vector<FieldValue>{{customers::kShortName, std::string("江南")}}));
  EXPECT_EQ(event.collaborators, std::nullopt);
  item.values = {{customers::kName, std::string("江南机械")}};
  item.collaborators = std::vector<base::MemberId>{};
  EXPECT_TRUE(nothing_happens(ask(company.east_seller)));
}

TEST_F(Records, that_she_does_not_see_are_not_found_and_that_she_only_reads_are_forbidden) {
  given_customer_of(company.west_seller);
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::not_found));
  EXPECT_TRUE(refused(ask(company.auditor), RefusalCode::forbidden));
  facts.owner.reset();
  facts.pool = company.sea;
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::forbidden));
  facts.exists = false;
  EXPECT_TRUE(refused(ask(company.admin), RefusalCode::not_found));
}

TEST_F(Records, change_owner_and_pool_by_actions_only) {
  given_customer_of(company.east_seller);
  item.owner = company.east_colleague;
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::use_action));
}

TEST_F(Records, take_active_collaborators_and_keep_those_who_left) {
  given_customer_of(company.east_seller);
  facts.collaborators = {company.gone};
  item.values.clear();
  item.collaborators = {{company.gone, company.east_colleague}};
  EXPECT_EQ(happened<RecordChanged>(ask(company.east_seller)).collaborators,
            (std::vector<base::MemberId>{company.gone, company.east_colleague}));
  facts.collaborators = {};
  EXPECT_EQ(faults_of(ask(company.east_seller)),
            (std::map<std::string, RefusalCode>{{"/collaborators/0", RefusalCode::unknown_member}}));
}

TEST_F(Records, that_changed_meanwhile_are_a_version_conflict) {
  given_customer_of(company.east_seller);
  item.expected_version = 3;
  const auto decision = ask(company.east_seller);
  ASSERT_TRUE(refused(decision, RefusalCode::version_conflict));
  EXPECT_EQ(decision.error().version, 4u);
  item.expected_version = 4;
  EXPECT_TRUE(ask(company.east_seller));
}

TEST_F(Records, become_no_duplicates_by_a_change_but_pairs_that_stand_may_be_edited) {
  given_customer_of(company.east_seller);
  given_duplicate({customers::kPhone});
  EXPECT_TRUE(ask(company.east_seller));  // the short name has no part in it
  item.values = {{customers::kPhone, std::string("13900139000")}};
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::duplicate_record));
}

TEST_F(Records, in_the_bin_are_not_changed) {
  given_customer_of(company.east_seller);
  facts.deleted = true;
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::deleted));
}

TEST_F(Records, are_removed_once_by_who_may) {
  given_customer_of(company.east_seller);
  item.operation = RecordOperation::remove;
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::forbidden));
  EXPECT_TRUE(refused(ask(company.west_seller), RefusalCode::not_found));
  EXPECT_EQ(happened<RecordDeleted>(ask(company.east_manager)).record, *item.record);
  item.expected_version = 1;
  EXPECT_TRUE(refused(ask(company.east_manager), RefusalCode::version_conflict));
  facts.deleted = true;
  EXPECT_TRUE(nothing_happens(ask(company.east_manager)));
}

TEST_F(Records, are_restored_unless_another_has_taken_their_name) {
  given_customer_of(company.east_seller);
  item.operation = RecordOperation::restore;
  EXPECT_TRUE(nothing_happens(ask(company.admin)));
  facts.deleted = true;
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::forbidden));
  EXPECT_EQ(happened<RecordRestored>(ask(company.admin)).record, *item.record);
  given_duplicate({customers::kName});
  EXPECT_TRUE(refused(ask(company.admin), RefusalCode::duplicate_record));
}

TEST_F(Records, of_an_owner_who_has_left_are_restored_into_their_home_pool) {
  given_customer_of(company.gone);
  item.operation = RecordOperation::restore;
  facts.deleted = true;
  company.open_second_sea();
  facts.home_pool = company.second_sea;
  auto decision = ask(company.admin);
  ASSERT_TRUE(decision && decision->size() == 2u);
  EXPECT_TRUE(std::holds_alternative<RecordRestored>(decision->front()));
  const auto& released = std::get<Released>(decision->back());
  EXPECT_EQ(released.from, company.gone);
  EXPECT_EQ(released.pool, company.second_sea);
  EXPECT_TRUE(released.left);
  EXPECT_EQ(released.cool_down_until, std::nullopt);
  company.workspace.pools.erase(company.second_sea);
  decision = ask(company.admin);
  ASSERT_TRUE(decision && decision->size() == 2u);
  EXPECT_EQ(std::get<Released>(decision->back()).pool, company.sea) << "its home is gone as well";
}

TEST_F(Records, whose_pool_is_gone_are_restored_into_another) {
  given_customer_of(company.gone);
  item.operation = RecordOperation::restore;
  facts.deleted = true;
  facts.owner.reset();
  facts.pool = facts.home_pool = company.second_sea;
  const auto decision = ask(company.admin);
  ASSERT_TRUE(decision && decision->size() == 2u);
  const auto& moved = std::get<MovedToPool>(decision->back());
  EXPECT_EQ(moved.from, company.second_sea);
  EXPECT_EQ(moved.to, company.sea);
}

TEST_F(Records, of_a_form_without_pools_are_restored_to_whom_they_were) {
  given_contact();
  item.operation = RecordOperation::restore;
  facts.deleted = true;
  facts.owner = company.gone;  // her customer's, who is in the bin too or has left
  facts.pool = company.second_sea;
  const auto decision = ask(company.admin);
  ASSERT_TRUE(decision && decision->size() == 1u);
}

// Else who is at the limit would put one into the bin, claim another, and have the first one back.
TEST_F(Records, are_not_restored_above_the_holding_limit_of_their_owner) {
  given_customer_of(company.east_seller);
  item.operation = RecordOperation::restore;
  facts.deleted = true;
  facts.home_pool = company.sea;
  company.pool(company.sea).holding_limit = 2;
  std::uint64_t held = 2;
  questions.held = [&](base::PoolId, base::MemberId) { return held; };
  const auto decision = ask(company.admin);
  ASSERT_TRUE(refused(decision, RefusalCode::holding_limit));
  EXPECT_EQ(decision.error().owner, company.east_seller);
  EXPECT_EQ(decision.error().limit, 2u);
  held = 1;
  EXPECT_TRUE(ask(company.admin));
}

TEST_F(Records, of_contacts_have_no_owner_in_their_event_and_the_rights_of_their_customer) {
  form = shipped::kContacts;
  item.values = {{contacts::kName, std::string("王芳")}, {contacts::kCustomer, base::Reference{{3, 3}}}};
  const auto event = happened<RecordCreated>(ask(company.east_seller));
  EXPECT_EQ(event.owner, std::nullopt);
  EXPECT_EQ(event.home_pool, std::nullopt);
  item.owner = company.east_seller;
  EXPECT_EQ(faults_of(ask(company.east_seller)),
            (std::map<std::string, RefusalCode>{{"/owner", RefusalCode::read_only_field}}));
}

TEST_F(Records, of_contacts_whose_customer_she_does_not_see_name_a_customer_that_is_unknown) {
  form = shipped::kContacts;
  questions.reference_exists = {};  // as decision/ answers for what is hidden from her
  item.values = {{contacts::kName, std::string("王芳")}, {contacts::kCustomer, base::Reference{{3, 3}}}};
  EXPECT_EQ(faults_of(ask(company.west_seller)),
            (std::map<std::string, RefusalCode>{{"/customer", RefusalCode::unknown_reference}}));
  item.values.pop_back();
  EXPECT_EQ(faults_of(ask(company.west_seller)),
            (std::map<std::string, RefusalCode>{{"/customer", RefusalCode::required}}));
}

TEST_F(Records, of_contacts_change_with_the_rights_on_their_customer) {
  given_contact();
  EXPECT_EQ(happened<RecordChanged>(ask(company.east_seller)).record, *item.record);
  EXPECT_TRUE(refused(ask(company.west_seller), RefusalCode::not_found));
  root.collaborators = {company.west_seller};
  EXPECT_TRUE(ask(company.west_seller));
  root.collaborators = {};
  root.owner.reset();
  root.pool = company.sea;  // she sees it, but what its pool hides is hidden in its contacts too
  EXPECT_TRUE(refused(ask(company.west_seller), RefusalCode::not_found));
}

TEST_F(Records, of_products_have_neither_owner_nor_pool) {
  form = shipped::kProducts;
  item.values = {{shipped::products::kName, std::string("水泵")}};
  const auto event = happened<RecordCreated>(ask(company.admin));
  EXPECT_EQ(event.owner, std::nullopt);
  EXPECT_EQ(event.pool, std::nullopt);
  EXPECT_TRUE(refused(ask(company.east_seller), RefusalCode::forbidden));
}

TEST_F(Records, of_follow_ups_are_never_removed) {
  form = shipped::kFollowUps;
  item.operation = RecordOperation::remove;
  item.record = base::RecordId{{5, 7}};
  EXPECT_TRUE(refused(ask(company.admin), RefusalCode::no_method));
}

}  // namespace
}  // namespace highseas::domain::tests
