// permission_table_test — domain.md's table of the groups that ship, line by line: who may do what with which record.
#include <array>
#include <string_view>

#include "tests/domain/company.hpp"

namespace highseas::domain::tests {
namespace {

struct Letter {
  char letter;
  std::uint32_t operations;
};
// As domain.md abbreviates them. W is create and change together.
constexpr Letter kLetters[] = {{'R', kRead},   {'W', kCreate}, {'W', kChange}, {'D', kDelete},
                               {'X', kExport}, {'P', kPool},   {'A', kAssign}};

// Where a record stands, seen by whoever asks. The asking manager and salesperson are the east's.
enum class Stands {
  own,
  collaborating,   // owned in the west, she is a collaborator
  of_department,   // a colleague's in the east
  of_team_below,   // somebody's in the team below the east
  of_others,       // somebody's in the west
  in_open_pool,    // the pool that ships: whoever sells may claim, admins and managers manage
  in_closed_pool,  // only the west claims there and manages it
};

struct Row {
  Stands stands;
  std::string_view admin;
  std::string_view manager;
  std::string_view salesperson;
  std::string_view auditor;
};

// What a row gives each role.
template <class AnyRow>
std::array<std::pair<std::string_view, std::string_view>, 4> columns(const AnyRow& row) {
  return {{{kAdmin, row.admin}, {kManager, row.manager}, {kSalesperson, row.salesperson}, {kAuditor, row.auditor}}};
}

class PermissionTable : public testing::Test {
 protected:
  PermissionTable() {
    company.open_second_sea();
    for (const auto& role : {kAdmin, kManager, kSalesperson, kAuditor}) {
      rights.emplace(role, Rights::of_member(company.workspace, who(role)));
    }
  }

  base::MemberId who(std::string_view role) const {
    if (role == kAdmin) return company.admin;
    if (role == kManager) return company.east_manager;
    return role == kSalesperson ? company.east_seller : company.auditor;
  }

  RecordStanding standing(Stands stands, base::MemberId asking) {
    RecordStanding result;
    switch (stands) {
      case Stands::own:
        result.owner = asking;
        break;
      case Stands::collaborating:
        collaborators = {asking};
        result.owner = company.west_seller;
        result.collaborators = collaborators;
        break;
      case Stands::of_department:
        result.owner = company.east_colleague;
        break;
      case Stands::of_team_below:
        result.owner = company.team_seller;
        break;
      case Stands::of_others:
        result.owner = company.west_seller;
        break;
      case Stands::in_open_pool:
        result.pool = company.sea;
        break;
      case Stands::in_closed_pool:
        result.pool = company.second_sea;
        break;
    }
    return result;
  }

  void expect(std::string_view role, FormNumber form, const RecordStanding& record, std::string_view allowed,
              const Row& row) {
    for (const auto& [letter, operation] : kLetters) {
      EXPECT_EQ(rights.at(role).may(form, static_cast<Operation>(operation), record), allowed.contains(letter))
          << role << ", form " << form << ", standing " << static_cast<int>(row.stands) << ", " << letter;
    }
  }

  void expect_rows(FormNumber form, const std::vector<Row>& rows) {
    for (const auto& row : rows) {
      for (const auto& [role, allowed] : columns(row)) {
        expect(role, form, standing(row.stands, who(role)), allowed, row);
      }
    }
  }

  // The rows say how the customer or lead stands to which the record belongs.
  void expect_rows_by_root(FormNumber form, FormNumber root_form, const std::vector<Row>& rows) {
    for (const auto& row : rows) {
      for (const auto& [role, allowed] : columns(row)) {
        const auto root = standing(row.stands, who(role));
        RecordStanding record;
        record.owner = root.owner;
        record.root = &root;
        record.root_form = root_form;
        expect(role, form, record, allowed, row);
      }
    }
  }

  Company company;
  std::vector<base::MemberId> collaborators;
  std::map<std::string_view, Rights> rights;
};

// clang-format off
const std::vector<Row> kPooledRows = {
    // standing              admin     manager   salesperson  auditor
    {Stands::own,            "RWDXPA", "RWDXPA", "RWP",       "RX"},
    {Stands::collaborating,  "RWDXPA", "",       "RWP",       "RX"},
    {Stands::of_department,  "RWDXPA", "RWDXPA", "",          "RX"},
    {Stands::of_team_below,  "RWDXPA", "RWDXPA", "",          "RX"},
    {Stands::of_others,      "RWDXPA", "",       "",          "RX"},
    {Stands::in_open_pool,   "RWDXPA", "RWDXPA", "RP",        "RX"},
    {Stands::in_closed_pool, "RWDXPA", "",       "",          "RX"},
};

const std::vector<Row> kRowsByRoot = {
    // of the root           admin     manager   salesperson  auditor
    {Stands::own,            "RWDX",   "RW",     "RW",        "RX"},
    {Stands::collaborating,  "RWDX",   "",       "RW",        "RX"},
    {Stands::of_department,  "RWDX",   "RW",     "",          "RX"},
    {Stands::of_team_below,  "RWDX",   "RW",     "",          "RX"},
    {Stands::of_others,      "RWDX",   "",       "",          "RX"},
    {Stands::in_open_pool,   "RWDX",   "RW",     "",          "RX"},  // it hides fields (decision 0005)
    {Stands::in_closed_pool, "RWDX",   "",       "",          "RX"},
};
// clang-format on

TEST_F(PermissionTable, holds_for_customers) {
  expect_rows(shipped::kCustomers, kPooledRows);
}

TEST_F(PermissionTable, holds_for_leads) {
  auto rows = kPooledRows;
  std::erase_if(
      rows, [](const Row& row) { return row.stands == Stands::in_open_pool || row.stands == Stands::in_closed_pool; });
  expect_rows(shipped::kLeads, rows);
  const Row pooled{Stands::in_open_pool, "RWDXPA", "RWDXPA", "RP", "RX"};
  RecordStanding lead;
  lead.pool = company.lead_pool;
  for (const auto& [role, allowed] : columns(pooled)) expect(role, shipped::kLeads, lead, allowed, pooled);
}

TEST_F(PermissionTable, holds_for_contacts_by_their_customer) {
  expect_rows_by_root(shipped::kContacts, shipped::kCustomers, kRowsByRoot);
}

TEST_F(PermissionTable, holds_for_follow_ups_by_their_customer_or_lead) {
  expect_rows_by_root(shipped::kFollowUps, shipped::kCustomers, kRowsByRoot);
  auto rows = kRowsByRoot;
  std::erase_if(
      rows, [](const Row& row) { return row.stands == Stands::in_open_pool || row.stands == Stands::in_closed_pool; });
  expect_rows_by_root(shipped::kFollowUps, shipped::kLeads, rows);
}

TEST_F(PermissionTable, holds_for_products) {
  expect_rows(shipped::kProducts, {{Stands::of_others, "RWDX", "R", "R", "RX"}, {Stands::own, "RWDX", "R", "R", "RX"}});
}

TEST_F(PermissionTable, hides_the_cost_of_products_from_salespeople_alone) {
  const RecordStanding product;
  const auto cost = [&](std::string_view role) {
    return rights.at(role).field(shipped::kProducts, shipped::products::kCost, product);
  };
  EXPECT_EQ(cost(kAdmin), FieldAccess::write);
  EXPECT_EQ(cost(kManager), FieldAccess::read);
  EXPECT_EQ(cost(kSalesperson), FieldAccess::hidden);
  EXPECT_EQ(cost(kAuditor), FieldAccess::read);
  EXPECT_TRUE(rights.at(kSalesperson).hidden_everywhere(shipped::kProducts, shipped::products::kCost));
  EXPECT_FALSE(rights.at(kManager).hidden_everywhere(shipped::kProducts, shipped::products::kCost));
  EXPECT_EQ(rights.at(kSalesperson).field(shipped::kProducts, shipped::products::kListPrice, product),
            FieldAccess::read);
}

TEST_F(PermissionTable, hides_a_pool_s_hidden_fields_until_the_customer_is_claimed) {
  namespace customers = shipped::customers;
  const auto phone = [&](std::string_view role, Stands stands) {
    return rights.at(role).field(shipped::kCustomers, customers::kPhone, standing(stands, who(role)));
  };
  EXPECT_EQ(phone(kSalesperson, Stands::in_open_pool), FieldAccess::hidden);
  EXPECT_EQ(phone(kSalesperson, Stands::own), FieldAccess::write);
  EXPECT_EQ(phone(kManager, Stands::in_open_pool), FieldAccess::write);
  EXPECT_EQ(phone(kAdmin, Stands::in_open_pool), FieldAccess::write);
  EXPECT_EQ(phone(kAuditor, Stands::in_open_pool), FieldAccess::read);
  EXPECT_TRUE(rights.at(kSalesperson).hidden_somewhere(shipped::kCustomers, customers::kPhone));
  EXPECT_FALSE(rights.at(kSalesperson).hidden_everywhere(shipped::kCustomers, customers::kPhone));
  EXPECT_EQ(rights.at(kSalesperson)
                .field(shipped::kCustomers, customers::kName, standing(Stands::in_open_pool, company.east_seller)),
            FieldAccess::read);
}

struct ThingRow {
  Thing thing;
  std::string_view admin;
  std::string_view manager;
  std::string_view salesperson;
  std::string_view auditor;
};

const ThingRow kThingRows[] = {
    {Thing::members, "RW", "R", "R", "R"},   {Thing::departments, "RW", "R", "R", "R"},
    {Thing::roles, "RW", "R", "R", "R"},     {Thing::pools, "RW", "R", "R", "R"},
    {Thing::pipelines, "RW", "R", "R", "R"}, {Thing::calendars, "RW", "R", "R", "R"},
    {Thing::forms, "RW", "R", "R", "R"},     {Thing::rules, "RW", "R", "", "R"},
    {Thing::workflows, "RW", "R", "", "R"},  {Thing::groups, "RW", "", "", "R"},
    {Thing::keys, "RW", "", "", "R"},        {Thing::webhooks, "RW", "", "", "R"},
    {Thing::settings, "RW", "", "", "R"},    {Thing::audit, "R", "", "", "R"},
};

TEST_F(PermissionTable, holds_for_what_is_no_record) {
  for (const auto& row : kThingRows) {
    for (const auto& [role, allowed] : columns(row)) {
      const auto named = ::testing::Message() << role << ", thing " << static_cast<int>(row.thing);
      EXPECT_EQ(rights.at(role).reads(row.thing), allowed.contains('R')) << named;
      EXPECT_EQ(rights.at(role).writes(row.thing), allowed.contains('W')) << named;
    }
  }
}

TEST_F(PermissionTable, holds_for_reports) {
  EXPECT_EQ(rights.at(kAdmin).reports(), Scope::all);
  EXPECT_EQ(rights.at(kManager).reports(), Scope::department_and_below);
  EXPECT_EQ(rights.at(kSalesperson).reports(), Scope::own);
  EXPECT_EQ(rights.at(kAuditor).reports(), Scope::all);
}

TEST_F(PermissionTable, gives_nothing_to_who_is_not_an_active_member) {
  for (const auto member : {company.gone, company.stranger}) {
    const auto none = Rights::of_member(company.workspace, member);
    for (const auto& form : builtin_forms()) EXPECT_FALSE(none.opens(form.number, kRead));
    for (const auto& row : kThingRows) EXPECT_FALSE(none.reads(row.thing) || none.writes(row.thing));
    EXPECT_EQ(none.reports(), std::nullopt);
  }
}

TEST_F(PermissionTable, lets_several_groups_add_up) {
  auto member = *company.workspace.member(company.east_seller);
  member.roles.push_back(company.workspace.role_by_key(kAuditor)->id);
  fold(company.workspace, {MemberChanged{member}});
  const auto both = Rights::of_member(company.workspace, company.east_seller);
  EXPECT_TRUE(both.may(shipped::kCustomers, kExport, standing(Stands::of_others, company.east_seller)));
  EXPECT_FALSE(both.may(shipped::kCustomers, kChange, standing(Stands::of_others, company.east_seller)));
  EXPECT_TRUE(both.may(shipped::kCustomers, kChange, standing(Stands::own, company.east_seller)));
  EXPECT_EQ(both.field(shipped::kProducts, shipped::products::kCost, {}), FieldAccess::read);
}

TEST_F(PermissionTable, gives_the_system_everything) {
  const auto system = Rights::of_system(company.workspace);
  EXPECT_TRUE(system.may(shipped::kCustomers, kAssign, standing(Stands::of_others, company.admin)));
  EXPECT_TRUE(system.writes(Thing::settings));
}

TEST_F(PermissionTable, gives_a_form_that_it_does_not_name_to_nobody) {
  FormDefinition form;
  form.number = kFirstOwnNumber;
  form.slug = "tenders";
  for (const auto& role : {kAdmin, kManager, kSalesperson, kAuditor}) {
    EXPECT_TRUE(shipped_grants(role, form).empty());
  }
}

}  // namespace
}  // namespace highseas::domain::tests
