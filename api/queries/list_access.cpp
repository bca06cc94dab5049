// list_access — GET /v1/audit/access: who logged in, failed to, and what became of sessions, passwords and keys.
#include <charconv>

#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/read/page_query.hpp"
#include "api/render/session_json.hpp"

namespace highseas::api {
namespace {

// "120-7": two places, opaque to who is given it.
std::string text_of(const engine::AccessCursor& cursor) {
  return std::to_string(cursor.done) + "-" + std::to_string(cursor.failures);
}

std::optional<engine::AccessCursor> read_cursor(std::string_view text) {
  engine::AccessCursor cursor;
  const auto* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, cursor.done);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, cursor.failures);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return cursor;
}

std::expected<engine::AccessQuery, Problem> read_query(const Call& call) {
  engine::AccessQuery query;
  const auto limit = page_limit(call);
  if (!limit) return std::unexpected(limit.error());
  query.limit = *limit;
  if (const auto text = call.query("cursor")) {
    const auto cursor = read_cursor(*text);
    if (!cursor) return std::unexpected(Problem::of("bad-cursor"));
    query.from = *cursor;
  }
  if (const auto text = call.query("member")) {
    query.member = base::parse_id<base::MemberTag>(*text);
    if (!query.member) return std::unexpected(bad_parameter("member"));
  }
  if (const auto text = call.query("kind")) {
    query.kind = engine::access_kind_of(*text);
    if (!query.kind) return std::unexpected(bad_parameter("kind"));
  }
  return query;
}

void write_who(json::Writer& writer, std::string_view name, const std::optional<base::MemberId>& id,
               const domain::Workspace& workspace) {
  if (!id) {
    writer.null_member(name);
    return;
  }
  const auto* member = workspace.member(*id);
  writer.key(name).begin_object().member("id", base::format_id(*id)).member("name", member ? member->name : "");
  writer.end_object();
}

void write_text_or_null(json::Writer& writer, std::string_view name, const std::string& text) {
  if (text.empty()) {
    writer.null_member(name);
  } else {
    writer.member(name, text);
  }
}

void write_entry(json::Writer& writer, const engine::AccessEntry& entry, const domain::Workspace& workspace) {
  writer.begin_object().member("kind", engine::name_of(entry.kind));
  writer.member("at", base::format_instant(entry.at)).member("last_at", base::format_instant(entry.last_at));
  writer.member("count", static_cast<std::uint64_t>(entry.count));
  write_who(writer, "member", entry.member, workspace);
  write_who(writer, "by", entry.by, workspace);
  write_text_or_null(writer, "session", entry.session ? base::format_id(kSessionPrefix, *entry.session) : "");
  write_text_or_null(writer, "api_key", entry.api_key ? base::format_id(*entry.api_key) : "");
  write_text_or_null(writer, "address", entry.address);
  write_text_or_null(writer, "user_agent", entry.user_agent);
  writer.end_object();
}

http::Response access_answer(App& app, const Call& call, const engine::AccessQuery& query,
                             const domain::Workspace& workspace, eventstore::Position position) {
  const auto page = app.engine().access_trail().list(call.workspace()->number(), query, engine::real_now());
  if (!page) return problem_response(Problem::of("storage"), call.language(), call.request().path);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("items").begin_array();
  for (const auto& entry : page->entries) write_entry(writer, entry, workspace);
  writer.end_array();
  write_text_or_null(writer, "next_cursor", page->next ? text_of(*page->next) : "");
  writer.member("position", position).end_object();
  return answer(200, std::move(text), position);
}

}  // namespace

// On a worker: with a filter the whole trail may be looked through.
void list_access(App& app, const CallPtr& call) {
  if (!call->rights().reads(domain::Thing::audit)) return call->refuse(Problem::of("forbidden"));
  const auto query = read_query(*call);
  if (!query) return call->refuse(query.error());
  scan(call, [&app, call, query = *query](const projections::Image& image) {
    return access_answer(app, *call, query, image.workspace(), image.position());
  });
}

}  // namespace highseas::api
