// deactivate_member — POST /v1/members/{id}/deactivate: no log-in from now on; a job hands over what she owns.
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/render/job_json.hpp"
#include "api/submit.hpp"
#include "base/assert.hpp"

namespace highseas::api {
namespace {

// The latest of her hand-over jobs: the one that the command started, or that is under way or done already.
const projections::JobView* hand_over_of(const projections::Image& image, base::MemberId member) {
  const projections::JobView* latest = nullptr;
  for (const auto& [id, job] : image.jobs()) {
    const auto* plan = std::get_if<domain::HandOverPlan>(&job->plan);
    if (plan && plan->member == member) latest = job.get();
  }
  return latest;
}

}  // namespace

void deactivate_member(App& app, const CallPtr& call) {
  const auto id = base::parse_id<base::MemberTag>(call->parameter("id"));
  if (!id) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  domain::DeactivateMember command{.member = *id, .hand_over_to = std::nullopt, .release = false};
  command.hand_over_to = body.id<base::MemberTag>("hand_over_to", domain::RefusalCode::unknown_member);
  command.release = body.boolean("release").value_or(false);
  body.finish();
  if (faults.any()) return refuse_unread(call, command, std::move(faults));
  submit(call, command, [&app, call, id](const projections::State& state, const engine::CommandOutcome& outcome) {
    const auto* job = hand_over_of(state.image(), *id);
    HS_ASSERT(job);
    std::string text;
    json::Writer writer(text);
    write_job(writer, state.image(), *job, call->rights(), call->language(), app.engine().clock().now());
    auto response = answer(202, std::move(text), outcome.position);
    response.headers.set("Location", "/v1/jobs/" + base::format_id(job->id));
    return response;
  });
}

}  // namespace highseas::api
