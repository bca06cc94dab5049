// cancel_job — POST /v1/jobs/{id}/cancel: what is done stays done.
#include "api/handlers.hpp"
#include "api/render/job_json.hpp"
#include "api/render/transient_answers.hpp"

namespace highseas::api {
namespace {

domain::Command command_of(const projections::JobView& job) {
  if (std::holds_alternative<domain::BackfillPlan>(job.plan)) {
    return domain::EndBackfill{.job = job.id, .cancelled = true};
  }
  return domain::EndJob{.job = job.id, .state = domain::JobState::cancelled, .error = domain::RefusalCode::none};
}

void cancel(const CallPtr& call, base::JobId id, base::Instant now, domain::Command command) {
  submit(call, std::move(command), [call, id, now](const projections::State& state, const engine::CommandOutcome&) {
    std::string text;
    json::Writer writer(text);
    write_job(writer, state.image(), *state.image().job(id), call->rights(), call->language(), now);
    return answer(200, std::move(text), state.position());
  });
}

}  // namespace

void cancel_job(App& app, const CallPtr& call) {
  const auto id = base::parse_id<base::JobTag>(call->parameter("id"));
  if (!id) return call->refuse(Problem::of("not-found"));
  if (transient_job(app, *call, *id)) return call->refuse(Problem::of("job-ended"));
  const auto now = app.engine().clock().now();
  // Which command ends it, its plan says.
  call->workspace()->query(
      call->min_position(),
      [call, id = *id, now](const projections::State& before) -> std::move_only_function<void()> {
        const auto* job = before.image().job(id);
        if (!job || !may_see(call->rights(), *job)) return [call] { call->refuse(Problem::of("not-found")); };
        return [call, id, now, command = command_of(*job)]() mutable { cancel(call, id, now, std::move(command)); };
      },
      call->on_failure(call), call->bytes());
}

}  // namespace highseas::api
