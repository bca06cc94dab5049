// report_query — what reports take: a span of days and what to group by.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "api/call.hpp"
#include "base/zone.hpp"

namespace highseas::api {

struct ReportSpan {
  base::Date from;  // days of the workspace, both counted in
  base::Date to;
};

// `from` and `to`; the month of `now` where absent. bad-parameter for what is no date, or an end before the beginning.
std::expected<ReportSpan, Problem> report_span(const Call& call, base::Instant now);

// `group_by`, a comma list of `known`; `shipped` where absent. bad-parameter for another name.
std::expected<std::vector<std::string_view>, Problem> group_by(const Call& call,
                                                               const std::vector<std::string_view>& known,
                                                               std::string_view shipped);

// What "all", "department" or "own" figures she sees; nothing: no reports.
std::optional<std::string_view> report_scope(const domain::Rights& rights);

base::Zone zone_of(const domain::Workspace& workspace);

// `field >= timestamp("…") && field < timestamp("…")` over the days of the workspace.
std::string within_days(std::string_view field, const ReportSpan& span, const base::Zone& zone);

}  // namespace highseas::api
