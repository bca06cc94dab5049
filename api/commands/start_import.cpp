// start_import — POST /v1/imports: the file is read whole first; then a job writes its rows, or a trial judges some.
#include "api/commands/import_trial.hpp"
#include "api/handlers.hpp"
#include "api/read/import_request.hpp"
#include "api/render/import_warnings.hpp"
#include "api/render/job_json.hpp"
#include "api/render/plain_answers.hpp"

namespace highseas::api {
namespace {

http::Response started_answer(const Call& call, const projections::State& state, const domain::CommitContent& content,
                              const std::vector<std::string>& left_out, base::Instant now) {
  base::JobId id;
  for (const auto& event : content.events) {
    if (const auto* started = std::get_if<domain::JobStarted>(&event)) id = started->job;
  }
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  write_job_members(writer, state.image(), *state.image().job(id), call.rights(), call.language(), now);
  write_left_out(writer, left_out, call.language());
  writer.end_object();
  auto response = answer(202, std::move(text), state.position());
  response.headers.set("Location", "/v1/jobs/" + base::format_id(id));
  return response;
}

void start(const CallPtr& call, OpenedImport opened, base::Instant now) {
  const auto total = opened.source->shape().rows;
  submit(call, domain::StartImport{.plan = std::move(opened.request.plan), .total = total},
         [call, left_out = std::move(opened.left_out), now](const projections::State& state,
                                                            const engine::CommandOutcome& outcome) {
           return started_answer(*call, state, outcome.commit->content, left_out, now);
         });
}

}  // namespace

void start_import(App& app, const CallPtr& call) {
  auto request = read_import(*call);
  if (!request) return call->refuse(request.error());
  const auto now = app.engine().clock().now();
  call->workspace()->scan(
      call->min_position(),
      [&app, call, now, request = std::move(*request)](const projections::Image& image) mutable -> engine::Answer {
        auto opened = open_import(*call, image, app.engine().files(), std::move(request));
        if (!opened) {
          return told_later(call, refused_at(*call, opened.error(), image.position()));
        }
        if (!opened->request.trial) {
          return [call, now, opened = std::move(*opened)]() mutable { start(call, std::move(opened), now); };
        }
        return [trial = std::make_shared<ImportTrial>(app, call, image, std::move(*opened), now)] { trial->run(); };
      },
      call->on_failure(call), call->bytes());
}

}  // namespace highseas::api
