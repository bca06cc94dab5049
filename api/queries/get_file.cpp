// get_file — GET /v1/files/{id}: the bytes, as an attachment that a browser does not run.
#include "api/handlers.hpp"
#include "api/render/file_json.hpp"
#include "api/render/plain_answers.hpp"
#include "projections/query/file_access.hpp"

namespace highseas::api {

void get_file(App& app, const CallPtr& call) {
  scan(call, [&app, call](const projections::Image& image) {
    const auto id = base::parse_id<base::FileTag>(call->parameter("id"));
    const auto* file = id ? image.file(*id) : nullptr;
    if (!file || !projections::may_read_file(image, call->rights(), *file)) {
      return refused_at(*call, Problem::of("not-found"), image.position());
    }
    auto bytes = app.engine().files().load(file->file);
    if (!bytes) return refused_at(*call, Problem::of("storage"), image.position());
    http::Response response;
    response.status = 200;
    response.body = std::move(*bytes);
    response.headers.set("Highseas-Position", std::to_string(image.position()));
    set_download_headers(response, file->media_type, file->name);
    return response;
  });
}

}  // namespace highseas::api
