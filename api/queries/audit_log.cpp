// audit_log — GET /v1/audit/head and /v1/audit/commits: the log as it lies on disk, for who checks it.
#include <algorithm>
#include <charconv>

#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/read/page_query.hpp"
#include "api/render/event_json.hpp"
#include "base/base64.hpp"
#include "eventstore/commit_format.hpp"
#include "projections/log_fold.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kAnswerBytes = 8u << 20;  // after which the rest is left for the next request
constexpr eventstore::ReadLimit kBatch{.commits = 100, .bytes = 1u << 20};

// On a worker, with a snapshot all of which is on disk.
void read_log(const CallPtr& call, std::move_only_function<http::Response(const projections::Image&)> render) {
  auto when_durable = [call, render = std::move(render)](const projections::State& state) mutable {
    return [call, position = state.position(), render = std::move(render)]() mutable {
      call->workspace()->scan(
          position,
          [call, render = std::move(render)](const projections::Image& image) mutable {
            return told_later(call, render(image));
          },
          call->on_failure(call));
    };
  };
  call->workspace()->query(call->min_position(), std::move(when_durable), call->on_failure(call), call->bytes());
}

http::Response head_answer(App& app, const Call& call, const projections::Image& image) {
  const auto head = app.engine().audit_trees().signed_head(call.workspace()->number(), image.workspace().id);
  if (!head) return problem_response(Problem::of("storage"), call.language(), call.request().path);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().member("position", head->tree.size).member("tree_size", head->tree.size);
  writer.member("head_hash", eventstore::to_hex(head->last_leaf));
  writer.member("root_hash", eventstore::to_hex(head->tree.root));
  writer.member("signed_at", base::format_instant(head->signed_at));
  writer.member("key_id", eventstore::to_hex(head->key_id));
  writer.member("public_key", eventstore::to_hex(head->public_key));
  writer.member("checkpoint", head->checkpoint).end_object();
  return answer(200, std::move(text), head->tree.size);
}

bool write_commit(std::string& text, App& app, const Call& call, const projections::Image& image,
                  const eventstore::StoredCommit& stored) {
  const auto head = eventstore::decode_head(stored.head);
  auto plain = eventstore::open_commit(stored, &app.engine().vault());
  if (!head || !plain) return false;
  const auto read = projections::to_commit(std::move(*plain));
  if (!read) return false;
  const auto& commit = read->commit;
  json::Writer writer(text);
  writer.begin_object().member("position", commit.position).member("at", base::format_instant(commit.time));
  writer.key("actor");
  write_actor(writer, commit.actor, image.workspace(), call.language());
  writer.member("command_id", base::format_id(commit.command_id));
  writer.key("events").begin_array();
  for (const auto& event : commit.content.events) write_event(writer, event, image, call.rights(), call.language());
  writer.end_array();
  writer.member("leaf_hash", eventstore::to_hex(eventstore::leaf_hash_of(stored.head)));
  writer.member("previous_hash", eventstore::to_hex(head->previous_hash));
  writer.member("raw", base::base64(stored.head));
  writer.key("sections").begin_array();
  for (const auto& section : stored.sections) writer.string(base::base64(section));
  writer.end_array().end_object();
  text += '\n';
  return true;
}

http::Response commits_answer(App& app, const Call& call, const projections::Image& image, std::uint64_t from,
                              std::size_t limit) {
  const auto number = call.workspace()->number();
  const auto& log = app.engine().log();
  const auto end = log.end(number);
  http::Response response;
  response.headers.set("Content-Type", "application/x-ndjson; charset=utf-8");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Highseas-Position", std::to_string(end));
  auto next = std::max<std::uint64_t>(1, from);
  const auto last = limit > end || next > end - limit + 1 ? end : next + limit - 1;
  while (next <= last && response.body.size() < kAnswerBytes) {
    const auto batch = log.read(number, next, kBatch);
    if (!batch || batch->empty()) {
      return problem_response(Problem::of("storage"), call.language(), call.request().path);
    }
    for (const auto& stored : *batch) {
      if (next > last || response.body.size() >= kAnswerBytes) break;
      if (!write_commit(response.body, app, call, image, stored)) {
        return problem_response(Problem::of("storage"), call.language(), call.request().path);
      }
      ++next;
    }
  }
  return response;
}

}  // namespace

void get_audit_head(App& app, const CallPtr& call) {
  if (!call->rights().reads(domain::Thing::audit)) return call->refuse(Problem::of("forbidden"));
  read_log(call, [&app, call](const projections::Image& image) { return head_answer(app, *call, image); });
}

void list_audit_commits(App& app, const CallPtr& call) {
  if (!call->rights().reads(domain::Thing::audit)) return call->refuse(Problem::of("forbidden"));
  const auto limit = page_limit(*call);
  if (!limit) return call->refuse(limit.error());
  std::uint64_t from = 1;
  if (const auto text = call->query("from")) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), from);
    if (error != std::errc{} || end != text->data() + text->size()) return call->refuse(bad_parameter("from"));
  }
  read_log(call, [&app, call, from, limit = *limit](const projections::Image& image) {
    return commits_answer(app, *call, image, from, limit);
  });
}

}  // namespace highseas::api
