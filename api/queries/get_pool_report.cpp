// get_pool_report — GET /v1/reports/pool: what went into the pools and out of them.
#include <algorithm>

#include "api/handlers.hpp"
#include "api/read/page_query.hpp"
#include "api/read/report_query.hpp"
#include "api/render/pool_json.hpp"
#include "projections/former_pools.hpp"
#include "projections/query/pool_report.hpp"

namespace highseas::api {
namespace {

using projections::PoolReportRow;

// The list of what stands in a pool; null for several pools.
void write_drill(json::Writer& writer, const domain::Workspace& workspace, std::optional<base::PoolId> id) {
  const auto* pool = id ? workspace.pool(*id) : nullptr;
  const auto* form = pool ? workspace.form(pool->form) : nullptr;
  writer.key("drill");
  if (!form) {
    writer.null();
    return;
  }
  writer.begin_object().member("form", form->slug);
  writer.member("filter", "pool == \"" + base::format_id(*id) + "\"").end_object();
}

void write_counts(json::Writer& writer, const PoolReportRow& row) {
  writer.member("created", row.created).member("released", row.released).member("recycled", row.recycled);
  writer.member("imported", row.imported).member("left", row.left).member("moved", row.moved);
  writer.member("claimed", row.claimed).member("assigned", row.assigned).member("standing", row.standing);
  write_days(writer, "median_days", row.median_days_100);
}

void write_row(json::Writer& writer, const projections::Image& image, const PoolReportRow& row) {
  writer.begin_object().key("pool");
  row.pool ? writer.string(base::format_id(*row.pool)) : writer.null();
  const auto pool = row.pool ? projections::pool_ever(image, *row.pool) : std::nullopt;
  writer.key("pool_name");
  pool ? writer.string(pool->name) : writer.null();
  writer.key("day");
  row.day ? writer.string(base::format_date(*row.day)) : writer.null();
  write_counts(writer, row);
  write_drill(writer, image.workspace(), row.pool);
  writer.end_object();
}

http::Response report_answer(const Call& call, const projections::Image& image,
                             const projections::PoolReportQuery& query) {
  const auto& workspace = image.workspace();
  auto whole = query;
  whole.by_pool = false;
  whole.by_day = false;
  const auto totals = projections::pool_report(image, call.rights(), whole);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("rows").begin_array();
  for (const auto& row : projections::pool_report(image, call.rights(), query)) write_row(writer, image, row);
  writer.end_array().key("totals").begin_object();
  write_counts(writer, totals.empty() ? PoolReportRow{} : totals.front());
  writer.end_object();
  write_drill(writer, workspace, query.pool);
  writer.member("from", base::format_date(query.from)).member("to", base::format_date(query.to));
  writer.member("scope", *report_scope(call.rights())).member("position", image.position()).end_object();
  return answer(200, std::move(text), image.position());
}

}  // namespace

void get_pool_report(App& app, const CallPtr& call) {
  if (!report_scope(call->rights())) return call->refuse(Problem::of("forbidden"));
  const auto span = report_span(*call, app.engine().clock().now());
  if (!span) return call->refuse(span.error());
  const auto groups = group_by(*call, {"pool", "day"}, "pool");
  if (!groups) return call->refuse(groups.error());
  projections::PoolReportQuery query{.from = span->from, .to = span->to, .pool = {}};
  query.by_pool = std::ranges::find(*groups, "pool") != groups->end();
  query.by_day = std::ranges::find(*groups, "day") != groups->end();
  if (const auto text = call->query("pool")) {
    query.pool = base::parse_id<base::PoolTag>(*text);
    if (!query.pool || !call->design().pool(*query.pool)) return call->refuse(bad_parameter("pool"));
  }
  scan(call, [call, query](const projections::Image& image) { return report_answer(*call, image, query); });
}

}  // namespace highseas::api
