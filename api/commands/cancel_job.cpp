// cancel_job — POST /v1/jobs/{id}/cancel: what is done stays done.
#include "api/handlers.hpp"
#include "api/render/job_json.hpp"

namespace highseas::api {
namespace {

domain::Command command_of(const projections::JobView& job) {
  if (std::holds_alternative<domain::BackfillPlan>(job.plan)) {
    return domain::EndBackfill{.job = job.id, .cancelled = true};
  }
  return domain::EndJob{.job = job.id, .state = domain::JobState::cancelled, .error = domain::RefusalCode::none};
}

}  // namespace

void cancel_job(App& app, const CallPtr& call) {
  const auto id = base::parse_id<base::JobTag>(call->parameter("id"));
  if (!id) return call->refuse(Problem::of("not-found"));
  const auto now = app.engine().clock().now();
  // Which command ends it, its plan says.
  call->workspace()->on_strand([call, id = *id, now](projections::State& before) {
    const auto* job = before.image().job(id);
    if (!job || !may_see(call->rights(), *job)) return call->refuse(Problem::of("not-found"));
    submit(call, command_of(*job), [call, id, now](const projections::State& state, const engine::CommandOutcome&) {
      std::string text;
      json::Writer writer(text);
      write_job(writer, state.image(), *state.image().job(id), call->language(), now);
      return answer(200, std::move(text), state.position());
    });
  });
}

}  // namespace highseas::api
