// dedup_test — which records are told to be the same, and that real company names are not.
#include "rules/dedup/dedup.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "domain/forms/builtin_forms.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::rules {
namespace {

namespace shipped = domain::shipped;
using domain::FieldValue;

domain::FormDefinition form(domain::FormNumber number) {
  return domain::builtin_forms().at(number - 1);
}

std::vector<std::string> keys(domain::FormNumber number, const std::vector<FieldValue>& values) {
  std::vector<std::string> keys;
  for (const auto& key : dedup_keys(form(number), values)) keys.push_back(key.key);
  return keys;
}

std::vector<std::string> customer(const std::string& name, const std::string& phone = {}) {
  return keys(shipped::kCustomers, {{shipped::customers::kName, name}, {shipped::customers::kPhone, phone}});
}

TEST(DedupKeys, are_equal_for_one_company_written_in_two_ways) {
  EXPECT_EQ(customer("江南机械有限公司"), customer("江南机械"));
  EXPECT_EQ(customer("ＡＢＣ（上海）有限公司"), customer("abc上海有限公司"));
  EXPECT_NE(customer("江南机械"), customer("江南机械集团"));
}

TEST(DedupKeys, are_equal_for_one_phone_written_in_two_ways) {
  EXPECT_EQ(customer("甲", "+86 138-0013-8000").at(1), customer("乙", "13800138000").at(1));
  EXPECT_NE(customer("甲", "021-1234 转 8").at(1), customer("乙", "021-1234").at(1));
}

TEST(DedupKeys, compare_credit_codes_without_regard_to_case) {
  const auto of = [](const std::string& code) {
    return keys(shipped::kCustomers, {{shipped::customers::kCreditCode, code}});
  };
  EXPECT_EQ(of("91310000ma1fl0000x"), of("9131 0000 MA1F L000 0X"));
}

TEST(DedupKeys, are_not_made_of_an_empty_value) {
  EXPECT_EQ(customer("江南机械", "").size(), 1u);
  EXPECT_EQ(customer("", "").size(), 0u);
  EXPECT_EQ(keys(shipped::kCustomers, {{shipped::customers::kName, base::Value{}}}).size(), 0u);
  EXPECT_EQ(customer("!!!").size(), 0u);  // nothing is left to compare
}

TEST(DedupKeys, of_a_rule_of_two_fields_need_both) {
  namespace fields = shipped::leads;
  const auto one = keys(shipped::kLeads, {{fields::kCompany, std::string("江南机械有限公司")}});
  EXPECT_TRUE(one.empty());
  const auto both = keys(shipped::kLeads, {{fields::kCompany, std::string("江南机械有限公司")},
                                           {fields::kContactName, std::string("王芳")}});
  EXPECT_EQ(both, keys(shipped::kLeads,
                       {{fields::kContactName, std::string("王 芳")}, {fields::kCompany, std::string("江南机械")}}));
}

TEST(DedupKeys, keep_the_texts_of_two_fields_apart) {
  namespace fields = shipped::leads;
  const auto of = [](const std::string& company, const std::string& name) {
    return keys(shipped::kLeads, {{fields::kCompany, company}, {fields::kContactName, name}});
  };
  EXPECT_NE(of("ab", "c"), of("a", "bc"));
}

TEST(DedupKeys, of_contacts_are_of_one_customer_only) {
  namespace fields = shipped::contacts;
  const auto of = [](std::uint64_t customer_id) {
    return keys(shipped::kContacts, {{fields::kCustomer, base::Reference{{1, customer_id}}},
                                     {fields::kMobile, std::string("13800138000")}});
  };
  EXPECT_EQ(of(1), of(1));
  EXPECT_NE(of(1), of(2));
}

TEST(DedupRules, in_force_are_the_forms_own_and_one_for_each_unique_field) {
  using Rules = std::vector<domain::DedupRule>;
  EXPECT_EQ(dedup_rules_in_force(form(shipped::kProducts)), (Rules{{shipped::products::kCode}}));
  auto customers = form(shipped::kCustomers);
  customers.dedup = {{shipped::customers::kPhone, shipped::customers::kName},
                     {shipped::customers::kName, shipped::customers::kPhone}};
  EXPECT_EQ(dedup_rules_in_force(customers), (Rules{{shipped::customers::kName, shipped::customers::kPhone}}));
  for (auto& field : customers.fields) field.retired |= field.number == shipped::customers::kPhone;
  EXPECT_TRUE(dedup_rules_in_force(customers).empty());
}

// 20,000 names of different companies: with the closed list of legal endings none is taken for another.
TEST(DedupKeys, take_no_two_real_company_names_for_one) {
  const auto path = std::filesystem::path(HIGHSEAS_SOURCE_DIR) / "sample/company-names/short-names.txt";
  std::ifstream file(path);
  if (!file) GTEST_SKIP() << "no " << path;
  const auto customers = form(shipped::kCustomers);
  std::map<std::string, std::string> names;
  std::size_t count = 0;
  for (std::string name; std::getline(file, name); ++count) {
    const auto made = dedup_keys(customers, {{shipped::customers::kName, name}});
    ASSERT_EQ(made.size(), 1u) << name;
    const auto [found, fresh] = names.emplace(made.front().key, name);
    EXPECT_TRUE(fresh) << name << " = " << found->second;
  }
  EXPECT_EQ(count, 20'000u);
}

}  // namespace
}  // namespace highseas::rules
