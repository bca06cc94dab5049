// follow_up_report — who followed up how often, with how many customers, and how many for the first time.
#pragma once

#include <optional>
#include <vector>

#include "domain/permissions/permissions.hpp"
#include "projections/image.hpp"

namespace highseas::projections {

struct FollowUpReportRow {
  // Where grouped by it.
  std::optional<base::MemberId> member;          // its author
  std::optional<base::DepartmentId> department;  // hers when she wrote it down; none: she had none
  std::optional<base::Date> day;                 // of the workspace, on which it took place
  std::optional<std::uint32_t> method;           // number of the choice
  std::uint64_t count = 0;
  std::uint64_t customers = 0;          // different records that were followed up
  std::uint64_t first_of_customer = 0;  // that were the record's first
  bool operator==(const FollowUpReportRow&) const = default;
};

struct FollowUpReportQuery {
  base::Date from;  // days of the workspace, both counted in
  base::Date to;
  bool by_member = false;
  bool by_department = false;
  bool by_day = false;
  bool by_method = false;
  std::optional<base::MemberId> member;
  std::optional<base::DepartmentId> department;  // and those below
};

struct FollowUpReport {
  std::vector<FollowUpReportRow> rows;  // in the order of their groups
  FollowUpReportRow totals;
};

// Of the members whose figures she may see (Rights::reports); nobody's without that.
FollowUpReport follow_up_report(const Image& image, const domain::Rights& rights, const FollowUpReportQuery& query);

}  // namespace highseas::projections
