// get_follow_up_report — GET /v1/reports/follow-ups: who followed up how often, and with how many.
#include <algorithm>

#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/read/page_query.hpp"
#include "api/read/report_query.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/query/follow_up_report.hpp"

namespace highseas::api {
namespace {

using projections::FollowUpReportRow;

const domain::ChoiceOption* method_of(const domain::Workspace& workspace, const FollowUpReportRow& row) {
  const auto* form = workspace.form(domain::shipped::kFollowUps);
  const auto* field = form ? form->field(domain::shipped::follow_ups::kMethod) : nullptr;
  return field && row.method ? field->choice(*row.method) : nullptr;
}

// The follow-ups that a row counts, as a list; null where a list can't say it: departments of then.
void write_drill(json::Writer& writer, const domain::Workspace& workspace, const FollowUpReportRow& row,
                 const projections::FollowUpReportQuery& query) {
  const auto* form = workspace.form(domain::shipped::kFollowUps);
  writer.key("drill");
  if (!form || query.by_department || query.department || (query.by_member && !row.member)) {
    writer.null();
    return;
  }
  const ReportSpan span{row.day.value_or(query.from), row.day.value_or(query.to)};
  auto filter = within_days("occurred_at", span, zone_of(workspace));
  if (const auto member = row.member ? row.member : query.member) {
    filter += " && created_by == \"" + base::format_id(*member) + "\"";
  }
  if (const auto* method = method_of(workspace, row)) filter += " && method == \"" + method->key + "\"";
  writer.begin_object().member("form", form->slug).member("filter", filter).end_object();
}

void write_named(json::Writer& writer, std::string_view name, const std::string& id, const std::string* called) {
  id.empty() ? writer.null_member(name) : writer.member(name, id);
  const auto its_name = std::string(name) + "_name";
  called ? writer.member(its_name, *called) : writer.null_member(its_name);
}

void write_groups(json::Writer& writer, const domain::Workspace& workspace, const FollowUpReportRow& row,
                  const projections::FollowUpReportQuery& query) {
  if (query.by_member) {
    const auto* member = row.member ? workspace.member(*row.member) : nullptr;
    write_named(writer, "member", row.member ? base::format_id(*row.member) : "", member ? &member->name : nullptr);
  }
  if (query.by_department) {
    const auto found = row.department ? workspace.departments.find(*row.department) : workspace.departments.end();
    write_named(writer, "department", row.department ? base::format_id(*row.department) : "",
                found == workspace.departments.end() ? nullptr : &found->second.name);
  }
  if (query.by_day) {
    writer.key("day");
    row.day ? writer.string(base::format_date(*row.day)) : writer.null();
  }
  if (query.by_method) {
    const auto* method = method_of(workspace, row);
    writer.key("method");
    method ? writer.string(method->key) : writer.null();
  }
}

void write_counts(json::Writer& writer, const FollowUpReportRow& row) {
  writer.member("count", row.count).member("customers", row.customers);
  writer.member("first_of_customer", row.first_of_customer);
}

http::Response report_answer(const Call& call, const projections::Image& image,
                             const projections::FollowUpReportQuery& query) {
  const auto& workspace = image.workspace();
  const auto report = projections::follow_up_report(image, call.rights(), query);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("rows").begin_array();
  for (const auto& row : report.rows) {
    writer.begin_object();
    write_groups(writer, workspace, row, query);
    write_counts(writer, row);
    write_drill(writer, workspace, row, query);
    writer.end_object();
  }
  writer.end_array().key("totals").begin_object();
  write_counts(writer, report.totals);
  writer.end_object();
  auto whole = query;
  whole.by_member = whole.by_department = false;
  write_drill(writer, workspace, {}, whole);
  writer.member("from", base::format_date(query.from)).member("to", base::format_date(query.to));
  writer.member("scope", *report_scope(call.rights())).member("position", image.position()).end_object();
  return answer(200, std::move(text), image.position());
}

bool has(const std::vector<std::string_view>& groups, std::string_view name) {
  return std::ranges::find(groups, name) != groups.end();
}

}  // namespace

void get_follow_up_report(App& app, const CallPtr& call) {
  if (!report_scope(call->rights())) return call->refuse(Problem::of("forbidden"));
  const auto span = report_span(*call, app.engine().clock().now());
  if (!span) return call->refuse(span.error());
  const auto groups = group_by(*call, {"member", "department", "day", "method"}, "member");
  if (!groups) return call->refuse(groups.error());
  projections::FollowUpReportQuery query{.from = span->from, .to = span->to, .member = {}, .department = {}};
  query.by_member = has(*groups, "member");
  query.by_department = has(*groups, "department");
  query.by_day = has(*groups, "day");
  query.by_method = has(*groups, "method");
  if (const auto text = call->query("member")) {
    query.member = base::parse_id<base::MemberTag>(*text);
    if (!query.member || !call->design().member(*query.member)) return call->refuse(bad_parameter("member"));
  }
  if (const auto text = call->query("department")) {
    query.department = base::parse_id<base::DepartmentTag>(*text);
    if (!query.department || !call->design().departments.contains(*query.department)) {
      return call->refuse(bad_parameter("department"));
    }
  }
  scan(call, [call, query](const projections::Image& image) { return report_answer(*call, image, query); });
}

}  // namespace highseas::api
