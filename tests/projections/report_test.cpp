// report_test — what pool and follow-up reports count, and for whom.
#include <algorithm>

#include "company.hpp"
#include "projections/query/follow_up_report.hpp"
#include "projections/query/pool_report.hpp"

namespace highseas::projections::tests {
namespace {

base::Date local_day(const Company& company, base::Instant at) {
  return company.state.zone().local_date(at);
}

TEST(FollowUpReport, counts_follow_ups_customers_and_first_ones_of_each_member) {
  Company company;
  const auto one = company.create(company.seller, {named("甲")});
  const auto two = company.create(company.colleague, {named("乙")});
  company.follow_up(one, company.seller, company.now);
  company.follow_up(one, company.seller, company.now);
  company.follow_up(two, company.colleague, company.now);
  company.follow_up(two, company.seller, company.now);
  FollowUpReportQuery query;
  query.from = query.to = local_day(company, company.now);
  query.by_member = true;
  const auto admin = domain::Rights::of_member(company.state.workspace(), company.admin);
  const auto report = follow_up_report(company.state.image(), admin, query);
  ASSERT_EQ(report.rows.size(), 2u);
  EXPECT_EQ(report.rows[0].member, company.seller);
  EXPECT_EQ(report.rows[0].count, 3u);
  EXPECT_EQ(report.rows[0].customers, 2u);
  EXPECT_EQ(report.rows[0].first_of_customer, 1u);
  EXPECT_EQ(report.totals.count, 4u);
  EXPECT_EQ(report.totals.customers, 2u);

  const auto seller = domain::Rights::of_member(company.state.workspace(), company.seller);
  EXPECT_EQ(follow_up_report(company.state.image(), seller, query).totals.count, 3u) << "her own alone";
  query.from = query.to = {query.to.days + 1};
  EXPECT_TRUE(follow_up_report(company.state.image(), admin, query).rows.empty());
}

TEST(FollowUpReport, counts_for_the_department_that_she_was_in_then) {
  Company company;
  const auto one = company.create(company.seller, {named("甲")});
  company.follow_up(one, company.seller, company.now);
  auto member = *company.state.workspace().member(company.seller);
  member.departments.clear();
  company.commit({domain::MemberChanged{member}});
  FollowUpReportQuery query;
  query.from = query.to = local_day(company, company.now);
  query.by_department = true;
  const auto admin = domain::Rights::of_member(company.state.workspace(), company.admin);
  EXPECT_EQ(follow_up_report(company.state.image(), admin, query).rows.at(0).department, company.east);
}

TEST(PoolReport, counts_what_went_in_and_out_and_what_stands) {
  Company company;
  const auto one = company.create({}, {named("甲")});
  company.create({}, {named("乙")}, domain::Origin::import);
  const auto own = company.create(company.seller, {named("丙")});
  company.now = company.now + 2 * base::kMsPerDay;
  company.commit({domain::Claimed{one, kCustomers, company.colleague, company.sea}});
  company.commit({domain::Released{own, kCustomers, company.seller, company.sea, {}, false, "", ""}});
  company.commit({domain::MovedToPool{own, kCustomers, company.sea, company.second_sea}});
  PoolReportQuery query;
  query.from = local_day(company, kStart);
  query.to = local_day(company, company.now);
  query.pool = company.sea;
  const auto rights = domain::Rights::of_member(company.state.workspace(), company.admin);
  const auto rows = pool_report(company.state.image(), rights, query);
  ASSERT_EQ(rows.size(), 1u);
  PoolReportRow expected;
  expected.pool = company.sea;
  expected.created = 1;
  expected.imported = 1;
  expected.released = 1;
  expected.claimed = 1;
  expected.standing = 1;
  expected.median_days_100 = 200;
  EXPECT_EQ(rows[0], expected);
  query.pool = company.second_sea;
  EXPECT_EQ(pool_report(company.state.image(), rights, query).at(0).moved, 1u);

  const auto stats = pool_stats(company.state.image(), rights, company.sea, company.now);
  EXPECT_EQ(stats.standing, 1u);
  EXPECT_EQ(stats.owned, 1u);
  EXPECT_EQ(stats.claimed_today, 1u);
  EXPECT_EQ(stats.median_days_100, 200);
}

// A pool that was removed took its past out of the report.
TEST(PoolReport, keeps_what_happened_in_a_pool_that_was_removed_since) {
  Company company;
  const auto one = company.create({}, {named("甲")});
  company.commit({domain::MovedToPool{one, kCustomers, company.sea, company.second_sea}});
  company.commit({domain::Claimed{one, kCustomers, company.colleague, company.second_sea}});
  PoolReportQuery query;
  query.from = query.to = local_day(company, company.now);
  const auto rows_for = [&](base::MemberId who) {
    return pool_report(company.state.image(), domain::Rights::of_member(company.state.workspace(), who), query);
  };
  const auto admin_before = rows_for(company.admin);
  const auto seller_before = rows_for(company.seller);
  ASSERT_EQ(admin_before.size(), 2u);
  ASSERT_EQ(seller_before.size(), 2u);
  company.commit({domain::PoolRemoved{company.second_sea}});
  EXPECT_EQ(rows_for(company.admin), admin_before);
  EXPECT_EQ(rows_for(company.seller), seller_before);
  EXPECT_EQ(rows_for(company.auditor), admin_before);
  query.by_pool = false;
  EXPECT_EQ(rows_for(company.admin).at(0).claimed, 1u);
}

TEST(PoolReport, shows_a_removed_pool_to_nobody_who_could_not_claim_in_it) {
  Company company;
  auto pool = *company.state.workspace().pool(company.second_sea);
  pool.claimers = domain::Audience{.members = {company.colleague}, .departments = {}, .roles = {}};
  company.commit({domain::PoolChanged{pool}});
  const auto one = company.create({}, {named("甲")});
  company.commit({domain::MovedToPool{one, kCustomers, company.sea, company.second_sea}});
  company.commit({domain::Claimed{one, kCustomers, company.colleague, company.second_sea}});
  company.commit({domain::PoolRemoved{company.second_sea}});
  PoolReportQuery query;
  query.from = query.to = local_day(company, company.now);
  const auto shown_to = [&](base::MemberId who) {
    const auto rights = domain::Rights::of_member(company.state.workspace(), who);
    return std::ranges::any_of(pool_report(company.state.image(), rights, query),
                               [&](const auto& row) { return row.pool == company.second_sea; });
  };
  EXPECT_TRUE(shown_to(company.colleague));
  EXPECT_FALSE(shown_to(company.seller));
}

}  // namespace
}  // namespace highseas::projections::tests
