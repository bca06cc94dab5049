// run_recycle_rules — POST /v1/recycle-rules/run: takes what is due by now, and answers when that is done.
#include <algorithm>
#include <limits>

#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/render/job_json.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/transient_answers.hpp"

namespace highseas::api {
namespace {

std::size_t due_by(const projections::State& state, base::Instant now) {
  return state.due_until(now, std::numeric_limits<std::size_t>::max()).size();
}

http::Response tried(const projections::State& state, base::Instant now) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().member("would", due_by(state, now) > 0 ? "accept" : "nothing");
  writer.key("events").begin_array().end_array().end_object();
  return answer(200, std::move(text), state.position());
}

// A job that is over when it is told of: it has no chunks to go on with after a crash, since the sweep goes on by
// itself.
http::Response swept(App& app, const Call& call, std::uint64_t taken, base::Instant started_at,
                     eventstore::Position position) {
  const auto id = fresh_transient_id(app, started_at);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().member("id", base::format_id(id)).member("type", "bulk").member("state", "succeeded");
  writer.member("done", taken).member("total", taken).member("started_at", base::format_instant(started_at));
  writer.member("ended_at", base::format_instant(app.engine().clock().now()));
  writer.null_member("eta").key("result").begin_object().member("recycled", taken).end_object();
  writer.null_member("error").end_object();
  TransientJob job{.member = call.caller().member, .body = std::move(text), .items = {}, .errors_csv = {}};
  return keep_transient(app, id, std::move(job), position);
}

void sweep(App& app, const CallPtr& call, base::Instant now, std::size_t due) {
  app.engine().sweep(call->workspace()->number(), [&app, call, now, due](bool well) {
    ask(call, [&app, call, now, due, well](const projections::State& state) {
      // Where the scheduler's own sweep came in between, ours found nothing to move, and all is well.
      const auto left = due_by(state, now);
      if (!well && left > 0) return refused_at(*call, Problem::of("storage"), state.position());
      return swept(app, *call, due - std::min(due, left), now, state.position());
    });
  });
}

}  // namespace

void run_recycle_rules(App& app, const CallPtr& call) {
  if (!call->rights().writes(domain::Thing::rules)) return call->refuse(Problem::of("forbidden"));
  const auto now = app.engine().clock().now();
  if (call->dry_run()) {
    return ask(call, [now](const projections::State& state) { return tried(state, now); });
  }
  call->workspace()->query(
      call->min_position(),
      [&app, call, now](const projections::State& before) {
        return [&app, call, now, due = due_by(before, now)] { sweep(app, call, now, due); };
      },
      call->on_failure(call), call->bytes());
}

}  // namespace highseas::api
