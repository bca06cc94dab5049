// follow_up_report — grouped from the moments, by who was credited then.
#include "projections/query/follow_up_report.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/zone.hpp"
#include "projections/moments.hpp"
#include "projections/query/audience.hpp"

namespace highseas::projections {
namespace {

using Group = std::tuple<std::optional<base::MemberId>, std::optional<base::DepartmentId>, std::optional<base::Date>,
                         std::optional<std::uint32_t>>;
using Subject = std::pair<domain::FormNumber, Row>;

struct Sum {
  std::uint64_t count = 0;
  std::uint64_t first = 0;
  std::set<Subject> subjects;

  void add(const Moment& moment) {
    ++count;
    first += moment.first ? 1 : 0;
    subjects.emplace(moment.form, moment.record);
  }
  void tell(FollowUpReportRow& row) const {
    row.count = count;
    row.customers = subjects.size();
    row.first_of_customer = first;
  }
};

}  // namespace

FollowUpReport follow_up_report(const Image& image, const domain::Rights& rights, const FollowUpReportQuery& query) {
  const auto& workspace = image.workspace();
  const auto zone = base::Zone::find(workspace.time_zone).value_or(base::Zone::utc());
  const auto begin = zone.instant(query.from, 0);
  const auto end = zone.instant({query.to.days + 1}, 0);
  std::vector<base::DepartmentId> departments;
  if (query.department) departments = workspace.departments_below(*query.department);
  const Audience audience(rights);
  const auto& moments = image.moments();

  std::map<Group, Sum> groups;
  Sum all;
  for (std::size_t at = 0; at < moments.size(); ++at) {
    if (moments.kind(at) != MomentKind::followed_up) continue;
    const auto when = moments.time(at);
    if (when < begin || when >= end) continue;
    const auto moment = moments.get(at);
    if (!audience.holds(moment.member)) continue;
    if (query.member && moment.member != query.member) continue;
    if (query.department &&
        (!moment.department || std::ranges::find(departments, *moment.department) == departments.end())) {
      continue;
    }
    Group group;
    if (query.by_member) std::get<0>(group) = moment.member;
    if (query.by_department) std::get<1>(group) = moment.department;
    if (query.by_day) std::get<2>(group) = zone.local_date(when);
    if (query.by_method) std::get<3>(group) = moment.method;
    groups[group].add(moment);
    all.add(moment);
  }
  FollowUpReport report;
  for (const auto& [group, sum] : groups) {
    auto& row = report.rows.emplace_back();
    std::tie(row.member, row.department, row.day, row.method) = group;
    sum.tell(row);
  }
  all.tell(report.totals);
  return report;
}

}  // namespace highseas::projections
