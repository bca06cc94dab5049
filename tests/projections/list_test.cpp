// list_test — a page is what a naive filter, sort and cut would give, for whoever asks, also while others write.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "random_days.hpp"

namespace highseas::projections::tests {
namespace {

namespace fields = shipped::customers;

std::vector<base::RecordId> ids_of(const Page& page) {
  std::vector<base::RecordId> ids;
  for (const auto& row : page.rows) ids.push_back(row.id());
  return ids;
}

// All pages, one after the other.
std::vector<base::RecordId> all_pages(const Image& image, const domain::Rights& rights, ListQuery query) {
  std::vector<base::RecordId> all;
  do {
    const auto page = list(image, rights, query);
    EXPECT_TRUE(page.has_value());
    if (!page) break;
    EXPECT_LE(page->rows.size(), query.limit);
    for (const auto id : ids_of(*page)) all.push_back(id);
    query.cursor = page->next_cursor.value_or("");
  } while (!query.cursor.empty());
  return all;
}

std::strong_ordering compare(const base::Value& left, const base::Value& right) {
  if (const auto* text = std::get_if<std::string>(&left)) {
    return base::collation_key_zh(*text).compare(base::collation_key_zh(std::get<std::string>(right))) <=> 0;
  }
  if (const auto* choice = std::get_if<base::Choice>(&left)) return *choice <=> std::get<base::Choice>(right);
  if (const auto* decimal = std::get_if<base::Decimal>(&left)) return *decimal <=> std::get<base::Decimal>(right);
  return std::get<base::Instant>(left) <=> std::get<base::Instant>(right);
}

// Null last both ways, ties by id, falling.
bool before(const RecordView& left, const RecordView& right, const std::vector<SortKey>& sort) {
  for (const auto& key : sort) {
    const auto a = left.value(key.field);
    const auto b = right.value(key.field);
    if (base::is_null(a) != base::is_null(b)) return base::is_null(b);
    if (base::is_null(a)) continue;
    const auto order = compare(a, b);
    if (order != 0) return key.descending ? order > 0 : order < 0;
  }
  return left.id() > right.id();
}

TEST(List, equals_a_naive_filter_sort_and_page) {
  const std::vector<std::string> filters{"",
                                         "grade in [\"A\", \"B\"]",
                                         "name.contains(\"机\")",
                                         "credit_limit > 300.00 || status == null",
                                         "region.city == \"苏州市\" && owner != null",
                                         "owner == me",
                                         "pool != null && last_follow_up_at == null"};
  const std::vector<std::vector<SortKey>> sorts{{},
                                                {{fields::kName, false}},
                                                {{fields::kName, true}, {fields::kGrade, false}},
                                                {{fields::kCreditLimit, true}},
                                                {{fields::kStatus, false}, {fields::kCreditLimit, false}},
                                                {{facts::kUpdatedAt, true}}};
  for (int round = 0; round < 6; ++round) {
    SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(test_seed() + static_cast<std::uint64_t>(round)));
    RandomDays days(test_seed() + static_cast<std::uint64_t>(round));
    days.run(300);
    const auto& company = days.company;
    const auto rights = domain::Rights::of_member(company.state.workspace(), company.admin);
    for (const auto& text : filters) {
      for (const auto& sort : sorts) {
        SCOPED_TRACE(text);
        ListQuery query{.form = kCustomers, .filter = {}, .environment = {company.now, {}, company.seller.ulid}};
        if (!text.empty()) query.filter = company.filter(text);
        query.sort = sort;
        query.limit = 1 + days.below(20);
        query.count_exact = days.below(2) == 0;
        std::vector<RecordView> expected;
        for (const auto& [id, model] : days.model) {
          const auto record = company.customer(id);
          if (record.deleted()) continue;
          if (query.filter && !expression::evaluate(*query.filter, record, query.environment).value()) continue;
          expected.push_back(record);
        }
        std::ranges::sort(expected, [&](const auto& a, const auto& b) { return before(a, b, sort); });
        std::vector<base::RecordId> ids;
        for (const auto& record : expected) ids.push_back(record.id());
        EXPECT_EQ(all_pages(company.state.image(), rights, query), ids);
        if (query.count_exact) {
          EXPECT_EQ(list(company.state.image(), rights, query)->total, ids.size());
        }
      }
    }
  }
}

TEST(List, shows_only_what_she_may_see) {
  RandomDays days(test_seed());
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(test_seed()));
  days.run(300);
  const auto& company = days.company;
  for (const auto member : {company.seller, company.manager, company.auditor}) {
    const auto rights = domain::Rights::of_member(company.state.workspace(), member);
    std::vector<base::RecordId> expected;
    for (const auto& [id, model] : days.model) {
      const auto standing = company.customer(id).standing();
      const bool sees = !model.deleted && rights.may(kCustomers, domain::kRead, standing.get());
      if (sees) expected.push_back(id);
      EXPECT_EQ(get(company.state.image(), rights, kCustomers, id).has_value(), sees);
    }
    auto found = all_pages(company.state.image(), rights, {.form = kCustomers, .filter = {}, .environment = {}});
    std::ranges::sort(found);
    EXPECT_EQ(found, expected);
  }
}

TEST(List, a_field_hidden_in_the_pool_is_null_in_filter_and_sort) {
  Company company;
  auto pool = *company.state.workspace().pool(company.sea);
  pool.hidden_fields = {fields::kPhone};
  company.commit({domain::PoolChanged{pool}});
  const auto pooled = company.create({}, {named("甲"), {fields::kPhone, std::string("13900000001")}});
  const auto own = company.create(company.seller, {named("乙"), {fields::kPhone, std::string("13900000002")}});
  const auto rights = domain::Rights::of_member(company.state.workspace(), company.seller);
  ListQuery query{.form = kCustomers, .filter = company.filter("phone.contains(\"139\")"), .environment = {}};
  EXPECT_EQ(ids_of(*list(company.state.image(), rights, query)), std::vector{own});
  query.filter = company.filter("phone == null");
  EXPECT_EQ(ids_of(*list(company.state.image(), rights, query)), std::vector{pooled});
  query.filter.reset();
  query.sort = {{fields::kPhone, false}};
  EXPECT_EQ(ids_of(*list(company.state.image(), rights, query)), (std::vector{own, pooled}));
}

TEST(List, a_cursor_is_stable_while_others_write) {
  RandomDays days(test_seed());
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(test_seed()));
  days.run(200);
  auto& company = days.company;
  const auto rights = domain::Rights::of_system(company.state.workspace());
  ListQuery query{.form = kCustomers, .filter = {}, .environment = {}};
  query.sort = {{fields::kName, false}};
  query.limit = 7;
  const auto before_writing = all_pages(company.state.image(), rights, query);
  std::vector<base::RecordId> seen;
  std::set<base::RecordId> moved;
  do {
    const auto page = list(company.state.image(), rights, query);
    ASSERT_TRUE(page.has_value());
    for (const auto id : ids_of(*page)) seen.push_back(id);
    query.cursor = page->next_cursor.value_or("");
    company.create(company.seller, {named("中间" + std::to_string(seen.size()))});
    const auto changed = before_writing[days.below(before_writing.size())];
    company.commit({domain::RecordChanged{changed, kCustomers, {}, {named("新" + std::to_string(days.below(9)))}}});
    moved.insert(changed);
  } while (!query.cursor.empty());
  for (const auto id : before_writing) {
    if (moved.contains(id)) continue;
    EXPECT_EQ(std::ranges::count(seen, id), 1) << "skipped or repeated";
  }
}

TEST(List, refuses_a_cursor_of_another_list) {
  RandomDays days(test_seed());
  days.run(100);
  const auto rights = domain::Rights::of_system(days.company.state.workspace());
  ListQuery query{.form = kCustomers, .filter = {}, .environment = {}};
  query.limit = 1;
  const auto cursor = list(days.company.state.image(), rights, query)->next_cursor;
  ASSERT_TRUE(cursor);
  query.sort = {{fields::kName, false}};
  for (const auto& bad : {*cursor, std::string("x"), std::string("!!"), *cursor + "AA"}) {
    query.cursor = bad;
    const auto page = list(days.company.state.image(), rights, query);
    ASSERT_FALSE(page.has_value());
    EXPECT_EQ(page.error().kind, ListError::Kind::bad_cursor);
  }
}

TEST(FormSchema, knows_facts_choices_and_ids_and_hides_what_she_may_not_see) {
  Company company;
  const auto& form = *company.state.workspace().form(kCustomers);
  const FormSchema schema(company.state.workspace(), form);
  EXPECT_EQ(schema.field("owner")->type, expression::Type::reference);
  EXPECT_FALSE(schema.field("no_such_field"));
  EXPECT_EQ(schema.choice(fields::kGrade, "A"), fields::grade::kA);
  EXPECT_EQ(schema.reference(facts::kOwner, base::format_id(company.seller)), company.seller.ulid);
  EXPECT_FALSE(schema.reference(facts::kOwner, base::format_id(company.sea)));
  EXPECT_EQ(schema.reference(facts::kPool, base::format_id(company.sea)), company.sea.ulid);
  const auto rights = domain::Rights::of_member(company.state.workspace(), base::MemberId{{99, 99}});
  EXPECT_FALSE(FormSchema(company.state.workspace(), form, &rights).field("name"));
}

}  // namespace
}  // namespace highseas::projections::tests
