// record_examples — of records of every form, and of follow-ups.
#include "domain/follow_ups/follow_up_decider.hpp"
#include "domain/records/record_decider.hpp"
#include "tests/domain/refusals/examples.hpp"

namespace highseas::domain::tests {
namespace {

using Code = RefusalCode;
namespace customers = shipped::customers;
namespace contacts = shipped::contacts;
namespace fields = shipped::follow_ups;

// What is asked of one record; by default a customer of the east's seller at version 4, whose short name changes.
struct RecordCase {
  FormNumber form = shipped::kCustomers;
  base::MemberId who;
  RecordFacts facts;
  RecordItem item;
  RecordQuestions questions;

  explicit RecordCase(const Company& c) : who(c.east_seller) {
    facts = {.exists = true,
             .deleted = false,
             .version = 4,
             .owner = c.east_seller,
             .pool = std::nullopt,
             .collaborators = {},
             .values = {{customers::kName, std::string("江南机械")}}};
    item.operation = RecordOperation::update;
    item.record = base::RecordId{{5, 5}};
    item.values = {{customers::kShortName, std::string("江南")}};
  }
  void creates() {
    facts = {};
    item.operation = RecordOperation::create;
    item.record.reset();
    item.values = {{customers::kName, std::string("江南机械")}};
  }
  // A contact of a customer that does not exist any more.
  void is_a_contact() {
    form = shipped::kContacts;
    facts.owner.reset();
    facts.values = {{contacts::kName, std::string("王芳")}, {contacts::kCustomer, base::Reference{{3, 3}}}};
  }
  void hits_a_duplicate() {
    questions.duplicates = [](const std::vector<FieldValue>&) {
      return std::vector<DuplicateHit>{{base::RecordId{{4, 4}}, shipped::kCustomers, {customers::kShortName}}};
    };
  }
  Decision ask(const Company& c) const {
    const auto rights = Rights::of_member(c.workspace, who);
    return decide(facts, item, questions,
                  {.workspace = c.workspace,
                   .rights = rights,
                   .form = *c.workspace.form(form),
                   .fresh = base::RecordId{{6, 6}},
                   .origin = Origin::manual,
                   .pointer = ""});
  }
};

RefusalExample writing(Code code, std::string_view when, std::function<void(RecordCase&, Company&)> but) {
  return {"decide", code, when, [=](Company& c) {
            RecordCase given(c);
            but(given, c);
            return given.ask(c);
          }};
}
RefusalExample creating(Code code, std::string_view when, std::function<void(RecordCase&, Company&)> but) {
  return writing(code, when, [=](RecordCase& given, Company& c) {
    given.creates();
    but(given, c);
  });
}
RefusalExample restoring(Code code, std::string_view when, std::function<void(RecordCase&, Company&)> but) {
  return writing(code, when, [=](RecordCase& given, Company& c) {
    given.who = c.admin;
    given.facts.deleted = true;
    given.item.operation = RecordOperation::restore;
    given.item.values.clear();
    but(given, c);
  });
}

// A follow-up of the east's seller on her customer, and its correction.
struct FollowUpCase {
  base::MemberId who;
  SubjectFacts subject;
  WriteFollowUp write;
  FollowUpFacts present;
  CorrectFollowUp correct;

  explicit FollowUpCase(const Company& c) : who(c.east_seller) {
    subject = {.live = true, .owner = c.east_seller, .pool = {}, .collaborators = {}, .owned_since = day(1)};
    write.subject_form = shipped::kCustomers;
    write.subject = base::RecordId{{3, 3}};
    write.values = {{fields::kMethod, base::Choice{fields::method::kCall}},
                    {fields::kContent, std::string("谈了价格")}};
    present = {.exists = true,
               .version = 1,
               .subject = write.subject,
               .subject_form = shipped::kCustomers,
               .author = c.east_seller,
               .occurred_at = day(2),
               .recorded_at = day(2),
               .effective = true,
               .values = write.values};
    correct = {.follow_up = base::RecordId{{6, 1}},
               .values = {{fields::kContent, std::string("谈了交期")}},
               .expected_version = std::nullopt};
  }
  Decision ask(const Company& c, bool corrects) const {
    const auto rights = Rights::of_member(c.workspace, who);
    const FollowUpContext context{.workspace = c.workspace,
                                  .rights = rights,
                                  .form = *c.workspace.form(shipped::kFollowUps),
                                  .actor = {.kind = ActorKind::member, .id = who.ulid, .on_behalf_of = std::nullopt},
                                  .now = day(3),
                                  .fresh = base::RecordId{{6, 1}},
                                  .pointer = "",
                                  .reference_exists = [](const FieldDefinition&, base::Ulid) { return true; },
                                  .is_contact_of = [](base::RecordId, base::RecordId) { return false; }};
    return corrects ? decide(subject, present, correct, context) : decide(subject, write, context);
  }
};

RefusalExample writing_down(Code code, std::string_view when, std::function<void(FollowUpCase&, const Company&)> but) {
  return {"decide", code, when, [=](Company& c) {
            FollowUpCase given(c);
            but(given, c);
            return given.ask(c, false);
          }};
}
RefusalExample correcting(Code code, std::string_view when, std::function<void(FollowUpCase&, const Company&)> but) {
  return {"decide", code, when, [=](Company& c) {
            FollowUpCase given(c);
            but(given, c);
            return given.ask(c, true);
          }};
}
RefusalExample of_an_item(Code code, std::string_view when, std::function<void(RecordItem&, const Company&)> but) {
  return {"write_follow_up_of", code, when, [=](Company& c) -> Decision {
            RecordItem item;
            but(item, c);
            const auto command = write_follow_up_of(item, "");
            if (command) return already_true();
            return refuse(command.error());
          }};
}

std::vector<RefusalExample> of_creating() {
  return {
      creating(Code::forbidden, "she may create none", [](auto& given, auto& c) { given.who = c.auditor; }),
      creating(Code::forbidden, "it would be a colleague's",
               [](auto& given, auto& c) { given.item.owner = c.east_colleague; }),
      creating(Code::read_only_field, "a product has no owner",
               [](auto& given, auto& c) {
                 given.who = c.admin;
                 given.form = shipped::kProducts;
                 given.item.values = {{shipped::products::kName, std::string("水泵")}};
                 given.item.owner = c.east_seller;
               }),
      creating(Code::owner_and_pool, "it would have both",
               [](auto& given, auto& c) {
                 given.item.owner = c.east_seller;
                 given.item.pool = c.sea;
               }),
      creating(Code::unknown_member, "its owner has left", [](auto& given, auto& c) { given.item.owner = c.gone; }),
      creating(Code::unknown_member, "its owner could do nothing with it",
               [](auto& given, auto& c) { given.item.owner = c.auditor; }),
      creating(Code::unknown_pool, "the pool is one of leads",
               [](auto& given, auto& c) { given.item.pool = c.lead_pool; }),
      creating(Code::duplicate_record, "one with the same key exists",
               [](auto& given, auto&) { given.hits_a_duplicate(); }),
      creating(Code::holding_limit, "she holds as many as the pool allows",
               [](auto& given, auto& c) {
                 c.pool(c.sea).holding_limit = 3;
                 given.questions.held = [](base::PoolId, base::MemberId) { return std::uint64_t{3}; };
               }),
      creating(Code::required, "a name is missing", [](auto& given, auto&) { given.item.values.clear(); }),
      creating(Code::not_allowed_here, "it is a follow-up, which has a decider of its own",
               [](auto& given, auto&) { given.form = shipped::kFollowUps; }),
  };
}

std::vector<RefusalExample> of_changing() {
  return {
      writing(Code::not_found, "it is another department's", [](auto& given, auto& c) { given.who = c.west_seller; }),
      writing(Code::forbidden, "she only reads it", [](auto& given, auto& c) { given.who = c.auditor; }),
      writing(Code::use_action, "its owner is to be another",
              [](auto& given, auto& c) { given.item.owner = c.east_colleague; }),
      writing(Code::use_action, "it is to lie in a pool", [](auto& given, auto& c) { given.item.pool = c.sea; }),
      writing(Code::unknown_member, "a collaborator is nobody",
              [](auto& given, auto& c) { given.item.collaborators = {{c.stranger}}; }),
      writing(
          Code::too_long, "it has more collaborators than a list may",
          [](auto& given, auto& c) { given.item.collaborators = std::vector<base::MemberId>(101, c.east_colleague); }),
      writing(Code::deleted, "it lies in the bin", [](auto& given, auto&) { given.facts.deleted = true; }),
      writing(Code::version_conflict, "it has changed meanwhile",
              [](auto& given, auto&) { given.item.expected_version = 3; }),
      writing(Code::duplicate_record, "it would share a key with another",
              [](auto& given, auto&) { given.hits_a_duplicate(); }),
      writing(Code::forbidden, "a contact would go to a customer that is not hers",
              [](auto& given, auto& c) {
                given.is_a_contact();
                given.questions.reference_exists = [](const FieldDefinition&, base::Ulid) { return true; };
                given.questions.root = [&c](FormNumber form, base::RecordId id) -> std::optional<RootFacts> {
                  const auto owner = id.ulid == base::Ulid{3, 3} ? c.east_seller : c.west_seller;
                  return RootFacts{.form = form, .record = id, .owner = owner, .pool = {}, .collaborators = {}};
                };
                given.item.values = {{contacts::kCustomer, base::Reference{{3, 4}}}};
              }),
      writing(Code::no_method, "a follow-up is never removed",
              [](auto& given, auto&) {
                given.form = shipped::kFollowUps;
                given.item.operation = RecordOperation::remove;
              }),
      writing(Code::forbidden, "it is hers, and she may not remove it",
              [](auto& given, auto&) { given.item.operation = RecordOperation::remove; }),
      writing(Code::version_conflict, "it has changed before it was to be removed",
              [](auto& given, auto& c) {
                given.who = c.admin;
                given.item.operation = RecordOperation::remove;
                given.item.expected_version = 3;
              }),
  };
}

std::vector<RefusalExample> of_restoring() {
  return {
      restoring(Code::not_found, "it never was", [](auto& given, auto&) { given.facts.exists = false; }),
      restoring(Code::forbidden, "she may not", [](auto& given, auto& c) { given.who = c.east_seller; }),
      restoring(Code::version_conflict, "it has changed meanwhile",
                [](auto& given, auto&) { given.item.expected_version = 3; }),
      restoring(Code::unknown_pool, "its pool is gone and the form has no other",
                [](auto& given, auto& c) {
                  given.facts.owner.reset();
                  given.facts.pool = c.second_sea;
                  c.workspace.pools.clear();
                }),
      restoring(Code::unknown_reference, "its customer is gone", [](auto& given, auto&) { given.is_a_contact(); }),
      restoring(Code::holding_limit, "its owner holds as many as the pool allows",
                [](auto& given, auto& c) {
                  c.pool(c.sea).holding_limit = 3;
                  given.facts.home_pool = c.sea;
                  given.questions.held = [](base::PoolId, base::MemberId) { return std::uint64_t{3}; };
                }),
      restoring(Code::duplicate_record, "its place is taken", [](auto& given, auto&) { given.hits_a_duplicate(); }),
  };
}

}  // namespace

RefusalsOfFile refusals_of_records() {
  RefusalsOfFile refusals{"records/record_decider.cpp", of_creating()};
  for (auto more : {of_changing(), of_restoring()}) {
    refusals.examples.insert(refusals.examples.end(), more.begin(), more.end());
  }
  return refusals;
}

RefusalsOfFile refusals_of_follow_ups() {
  const base::Reference other{{9, 9}};
  return {
      "follow_ups/follow_up_decider.cpp",
      {
          writing_down(Code::not_found, "she does not see the customer",
                       [](auto& given, auto& c) { given.who = c.west_seller; }),
          writing_down(Code::forbidden, "she only reads", [](auto& given, auto& c) { given.who = c.auditor; }),
          writing_down(Code::in_the_future, "it has not taken place yet",
                       [](auto& given, auto&) { given.write.values.push_back({fields::kOccurredAt, day(4)}); }),
          writing_down(Code::invalid_value, "it names a lead beside its customer",
                       [=](auto& given, auto&) { given.write.values.push_back({fields::kLead, other}); }),
          writing_down(Code::unknown_reference, "a contact is another customer's",
                       [](auto& given, auto&) {
                         given.write.values.push_back({fields::kContacts, base::References{{{4, 1}}}});
                       }),
          correcting(Code::not_found, "there is no such follow-up",
                     [](auto& given, auto&) { given.present.exists = false; }),
          correcting(Code::forbidden, "another wrote it and she only reads",
                     [](auto& given, auto& c) { given.who = c.auditor; }),
          correcting(Code::read_only_field, "it is to be another customer's",
                     [=](auto& given, auto&) { given.correct.values.push_back({fields::kCustomer, other}); }),
          correcting(Code::required, "it took place at some time",
                     [](auto& given, auto&) { given.correct.values = {{fields::kOccurredAt, base::Value{}}}; }),
          correcting(Code::version_conflict, "it was corrected meanwhile",
                     [](auto& given, auto&) { given.correct.expected_version = 7; }),
          of_an_item(Code::required, "it names neither customer nor lead", [](auto&, auto&) {}),
          of_an_item(Code::wrong_type, "its customer is a text",
                     [](auto& item, auto&) { item.values = {{fields::kCustomer, std::string("江南机械")}}; }),
          of_an_item(Code::invalid_value, "it names both",
                     [=](auto& item, auto&) { item.values = {{fields::kCustomer, other}, {fields::kLead, other}}; }),
          of_an_item(Code::read_only_field, "it is to have an owner of its own",
                     [=](auto& item, auto& c) {
                       item.values = {{fields::kCustomer, other}};
                       item.owner = c.east_seller;
                     }),
      }};
}

}  // namespace highseas::domain::tests
