// report_query — dates and groups of a report's query string.
#include "api/read/report_query.hpp"

#include <algorithm>

#include "api/read/page_query.hpp"

namespace highseas::api {
namespace {

std::expected<base::Date, Problem> date_or(const Call& call, std::string_view name, base::Date shipped) {
  const auto text = call.query(name);
  if (!text) return shipped;
  const auto date = base::parse_date(*text);
  if (!date) return std::unexpected(bad_parameter(name));
  return *date;
}

ReportSpan month_of(base::Date day) {
  const auto [year, month, unused] = base::year_month_day(day);
  const auto first = *base::make_date(year, month, 1);
  const auto next = *base::make_date(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1);
  return {first, {next.days - 1}};
}

}  // namespace

std::expected<ReportSpan, Problem> report_span(const Call& call, base::Instant now) {
  const auto month = month_of(zone_of(call.design()).local_date(now));
  const auto from = date_or(call, "from", month.from);
  if (!from) return std::unexpected(from.error());
  // A beginning by itself goes to the end of this month, or of its own where that is later.
  const auto to = date_or(call, "to", std::max(month.to, month_of(*from).to));
  if (!to) return std::unexpected(to.error());
  if (*to < *from) return std::unexpected(bad_parameter("to"));
  return ReportSpan{*from, *to};
}

std::expected<std::vector<std::string_view>, Problem> group_by(const Call& call,
                                                               const std::vector<std::string_view>& known,
                                                               std::string_view shipped) {
  auto names = comma_list(call.query("group_by").value_or(shipped));
  for (const auto name : names) {
    if (std::ranges::find(known, name) == known.end()) return std::unexpected(bad_parameter("group_by"));
  }
  return names;
}

std::optional<std::string_view> report_scope(const domain::Rights& rights) {
  const auto scope = rights.reports();
  if (!scope) return std::nullopt;
  if (*scope == domain::Scope::all) return "all";
  return *scope == domain::Scope::department_and_below ? "department" : "own";
}

base::Zone zone_of(const domain::Workspace& workspace) {
  return base::Zone::find(workspace.time_zone).value_or(base::Zone::utc());
}

std::string within_days(std::string_view field, const ReportSpan& span, const base::Zone& zone) {
  const auto bound = [&](base::Date day) {
    return "timestamp(\"" + base::format_instant(zone.instant(day, 0)) + "\")";
  };
  const std::string name(field);
  return name + " >= " + bound(span.from) + " && " + name + " < " + bound({span.to.days + 1});
}

}  // namespace highseas::api
