// list_records — GET /v1/{form}: filter, sort, one page, written straight from the tables.
#include "api/handlers.hpp"
#include "api/read/page_query.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_parts.hpp"
#include "base/zone.hpp"
#include "projections/query/form_schema.hpp"
#include "projections/query/list.hpp"

namespace highseas::api {
namespace {

struct ListRequest {
  projections::ListQuery query;
  RecordParts parts;
};

Problem bad_expression(std::size_t offset, std::string detail) {
  auto problem = Problem::of("bad-expression");
  problem.detail = std::move(detail);
  problem.extras.emplace_back("offset", offset);
  return problem;
}

std::expected<ListRequest, Problem> read_list(const Call& call, const domain::FormDefinition& form, base::Instant now) {
  ListRequest request;
  auto& query = request.query;
  query.form = form.number;
  const auto zone = base::Zone::find(call.design().time_zone).value_or(base::Zone::utc());
  query.environment = {now, zone.local_date(now), call.caller().member.ulid};
  if (const auto text = call.query("filter"); text && !text->empty()) {
    const projections::FormSchema schema(call.design(), form, &call.rights());
    auto compiled = expression::compile(*text, schema);
    if (!compiled) {
      const auto& error = compiled.error();
      return std::unexpected(
          bad_expression(error.offset, call.language() == Language::zh ? error.message_zh : error.message_en));
    }
    query.filter = std::move(*compiled);
  }
  const auto place = among(call);
  if (!place) return std::unexpected(place.error());
  query.among = *place;
  auto sort = sort_keys(call, form);
  if (!sort) return std::unexpected(sort.error());
  query.sort = std::move(*sort);
  const auto limit = page_limit(call);
  if (!limit) return std::unexpected(limit.error());
  query.limit = *limit;
  query.cursor = call.query("cursor").value_or("");
  if (const auto count = call.query("count")) {
    if (*count != "exact") return std::unexpected(bad_parameter("count"));
    query.count_exact = true;
  }
  auto parts = record_parts(call, form);
  if (!parts) return std::unexpected(parts.error());
  request.parts = std::move(*parts);
  return request;
}

http::Response refused(const Call& call, const projections::Image& image, const projections::ListError& error) {
  auto problem = Problem::of("bad-cursor");
  if (error.kind == projections::ListError::Kind::fault) {
    problem =
        bad_expression(error.fault.offset, call.language() == Language::zh ? expression::fault_message_zh(error.fault)
                                                                           : expression::fault_message_en(error.fault));
  }
  auto response = problem_response(problem, call.language(), call.request().path);
  response.headers.set("Highseas-Position", std::to_string(image.position()));
  return response;
}

http::Response page_answer(const Call& call, const projections::Image& image, const projections::Page& page,
                           const RecordParts& parts) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("items").begin_array();
  for (const auto& record : page.rows) write_record(writer, image, call.rights(), record, parts);
  writer.end_array();
  if (page.next_cursor) {
    writer.member("next_cursor", *page.next_cursor);
  } else {
    writer.null_member("next_cursor");
  }
  if (page.total) writer.member("total", *page.total);
  writer.member("position", image.position()).end_object();
  return answer(200, std::move(text), image.position());
}

}  // namespace

void list_records(App& app, const CallPtr& call) {
  const auto form = form_of(*call, domain::kRead);
  if (!form) return call->refuse(form.error());
  auto request = read_list(*call, **form, app.engine().clock().now());
  if (!request) return call->refuse(request.error());
  scan(call, [call, request = std::move(*request)](const projections::Image& image) {
    const auto page = projections::list(image, call->rights(), request.query);
    return page ? page_answer(*call, image, *page, request.parts) : refused(*call, image, page.error());
  });
}

}  // namespace highseas::api
