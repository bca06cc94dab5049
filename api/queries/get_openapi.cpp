// get_openapi — GET /openapi.json: made once for each design of the forms.
#include <mutex>

#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/openapi/document.hpp"
#include "domain/forms/builtin_forms.hpp"

namespace highseas::api {
namespace {

// Before the set-up: the forms that ship.
std::shared_ptr<const domain::Workspace> shipped_design() {
  static const auto design = [] {
    auto workspace = std::make_shared<domain::Workspace>();
    workspace->currency = "CNY";
    for (auto& form : domain::builtin_forms()) {
      const auto number = form.number;
      workspace->forms.emplace(number, std::move(form));
    }
    return std::shared_ptr<const domain::Workspace>(std::move(workspace));
  }();
  return design;
}

// The document of the design that was asked for last. Whoever may ask is anybody, so that it must cost little.
class LastDocument {
 public:
  std::shared_ptr<const std::string> of(const std::shared_ptr<const domain::Workspace>& design,
                                        const std::string& public_url) {
    const std::lock_guard lock(mutex_);
    if (design_ != design || public_url_ != public_url) {
      text_ = std::make_shared<const std::string>(json::to_text(openapi_document(*design, public_url)));
      design_ = design;
      public_url_ = public_url;
    }
    return text_;
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<const domain::Workspace> design_;  // guarded by mutex_, as all below
  std::string public_url_;
  std::shared_ptr<const std::string> text_;
};

}  // namespace

void get_openapi(App& app, const CallPtr& call) {
  app.engine().threads().on_worker([&app, call] {
    static LastDocument last;
    const auto workspace = app.engine().workspace();
    const bool open = workspace && !app.engine().needs_set_up();
    const auto text = last.of(open ? workspace->design() : shipped_design(), app.options().public_url);
    auto response = http::Response::json(200, *text);
    response.headers.set("Cache-Control", "no-cache");
    response.headers.set("Highseas-Position", std::to_string(durable_position(app)));
    call->respond(std::move(response));
  });
}

}  // namespace highseas::api
