// get_jobs — GET /v1/jobs and /v1/jobs/{id}.
#include "api/handlers.hpp"
#include "api/read/page_query.hpp"
#include "api/render/job_json.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/small_list.hpp"
#include "api/render/transient_answers.hpp"

namespace highseas::api {

void list_jobs(App& app, const CallPtr& call) {
  const auto page = small_page(*call);
  if (!page) return call->refuse(page.error());
  const auto type = call->query("type");
  if (type && !is_job_type(*type)) return call->refuse(bad_parameter("type"));
  scan(call, [call, page = *page, type, now = app.engine().clock().now()](const projections::Image& image) {
    std::vector<base::Ulid> keys;
    for (const auto& [id, job] : image.jobs()) {
      if (type && job_type(job->plan) != *type) continue;
      if (may_see(call->rights(), *job)) keys.push_back(id.ulid);
    }
    return small_list_answer(
        page, std::move(keys),
        [&](json::Writer& writer, base::Ulid key) {
          write_job(writer, image, *image.job(base::JobId{key}), call->rights(), call->language(), now);
        },
        image.position());
  });
}

void get_job(App& app, const CallPtr& call) {
  scan(call, [&app, call, now = app.engine().clock().now()](const projections::Image& image) {
    const auto id = base::parse_id<base::JobTag>(call->parameter("id"));
    const auto* job = id ? image.job(*id) : nullptr;
    if (const auto transient = id && !job ? transient_job(app, *call, *id) : nullptr) {
      return answer(200, transient->body, image.position());
    }
    if (!job || !may_see(call->rights(), *job)) {
      return refused_at(*call, Problem::of("not-found"), image.position());
    }
    std::string text;
    json::Writer writer(text);
    write_job(writer, image, *job, call->rights(), call->language(), now);
    return answer(200, std::move(text), image.position());
  });
}

}  // namespace highseas::api
