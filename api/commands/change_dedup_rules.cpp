// change_dedup_rules — PUT /v1/forms/{slug}/dedup: answers with the pairs that stand already under the new rules.
#include "api/handlers.hpp"
#include "api/queries/standing_pairs.hpp"
#include "api/read/form_body.hpp"
#include "api/render/event_json.hpp"
#include "api/render/form_json.hpp"
#include "api/submit.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kPairsMax = 100;

http::Response rules_answer(const Call& call, const projections::Image& image, domain::FormNumber number) {
  const auto& form = image.workspace().forms.at(number);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().member("rules", dedup_json(call.rights(), form));
  writer.key("pairs").begin_array();
  for (const auto& pair : standing_pairs(image, form, kPairsMax)) {
    writer.begin_object();
    writer.member("records", duplicates_json(image, call.rights(), {pair.first, pair.second})).end_object();
  }
  writer.end_array().member("position", image.position()).end_object();
  return answer(200, std::move(text), image.position());
}

}  // namespace

void change_dedup_rules(App&, const CallPtr& call) {
  const auto* form = call->design().form_by_slug(call->parameter("slug"));
  if (!form) return call->refuse(Problem::of("not-found"));
  domain::Faults faults;
  domain::ChangeDedupRules command{.form = form->number, .rules = {}};
  command.rules = read_dedup_rules(call->body(), call->rights(), *form, faults);
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  submit_then_scan(call, std::move(command), [call, number = form->number](const projections::Image& image) {
    return rules_answer(*call, image, number);
  });
}

}  // namespace highseas::api
