// run_recycle_rules — POST /v1/recycle-rules/run: takes what is due by now, and answers when that is done.
#include <algorithm>
#include <limits>

#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/render/plain_answers.hpp"

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

// Shaped like a job, though it is none: it has no chunks to go on with after a crash, since the sweep does.
http::Response swept(const projections::State& state, std::uint64_t taken, base::Instant started_at) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().null_member("id").member("type", "sweep").member("state", "succeeded");
  writer.member("done", taken).member("total", taken).member("started_at", base::format_instant(started_at));
  writer.null_member("eta").key("result").begin_object().member("recycled", taken).end_object();
  writer.null_member("error").end_object();
  return answer(200, std::move(text), state.position());
}

void sweep(App& app, const CallPtr& call, base::Instant now, std::size_t due) {
  app.engine().sweep(call->workspace()->number(), [call, now, due](bool well) {
    ask(call, [call, now, due, well](const projections::State& state) {
      // Where the scheduler's own sweep came in between, ours found nothing to move, and all is well.
      const auto left = due_by(state, now);
      if (!well && left > 0) return refused_at(*call, Problem::of("storage"), state.position());
      return swept(state, due - std::min(due, left), now);
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
