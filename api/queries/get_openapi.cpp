// get_openapi — GET /openapi.json: whoever has logged in gets the workspace's forms as she may see them, anybody else
// those that ship. Made once for each design.
#include <map>
#include <mutex>

#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/openapi/document.hpp"
#include "domain/forms/builtin_forms.hpp"

namespace highseas::api {
namespace {

// For whom the workspace's own forms are no business of.
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

using Hidden = std::vector<std::pair<domain::FormNumber, domain::FieldNumber>>;

// What she may see nowhere is unknown to her, its name too.
Hidden hidden_from(const RightsNow& now) {
  Hidden hidden;
  for (const auto& [number, form] : now.workspace->forms) {
    for (const auto& field : form.fields) {
      if (now.rights.hidden_everywhere(number, field.number)) hidden.emplace_back(number, field.number);
    }
  }
  return hidden;
}

domain::Workspace without(const domain::Workspace& design, const Hidden& hidden) {
  auto seen = design;
  for (const auto& [form, field] : hidden) {
    std::erase_if(seen.forms.at(form).fields, [gone = field](const auto& each) { return each.number == gone; });
  }
  return seen;
}

// The documents of the design that was asked for last, by what they leave out: members of one role share one.
class LastDocuments {
 public:
  std::shared_ptr<const std::string> of(const std::shared_ptr<const domain::Workspace>& design, const Hidden& hidden,
                                        const std::string& public_url) {
    const std::lock_guard lock(mutex_);
    if (design_ != design || public_url_ != public_url || texts_.size() >= kTextsMax) texts_.clear();
    design_ = design;
    public_url_ = public_url;
    auto& text = texts_[hidden];
    if (!text) {
      const auto document = hidden.empty() ? openapi_document(*design, public_url)
                                           : openapi_document(without(*design, hidden), public_url);
      text = std::make_shared<const std::string>(json::to_text(document));
    }
    return text;
  }

 private:
  static constexpr std::size_t kTextsMax = 16;
  std::mutex mutex_;
  std::shared_ptr<const domain::Workspace> design_;  // guarded by mutex_, as all below
  std::string public_url_;
  std::map<Hidden, std::shared_ptr<const std::string>> texts_;
};

}  // namespace

void get_openapi(App& app, const CallPtr& call) {
  app.engine().threads().on_worker([&app, call] {
    static LastDocuments of_members;
    static LastDocuments of_guests;  // of one design, and anybody may ask: it costs a lookup
    const auto& url = app.options().public_url;
    const auto text = call->has_caller()
                          ? of_members.of(call->rights_now()->workspace, hidden_from(*call->rights_now()), url)
                          : of_guests.of(shipped_design(), {}, url);
    auto response = http::Response::json(200, *text);
    response.headers.set("Cache-Control", "no-cache");
    response.headers.set("Vary", "Authorization, Cookie");
    response.headers.set("Highseas-Position", std::to_string(durable_position(app)));
    call->respond(std::move(response));
  });
}

}  // namespace highseas::api
