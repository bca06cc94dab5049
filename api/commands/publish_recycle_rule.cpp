// publish_recycle_rule — POST /v1/recycle-rules/publish: what a preview showed becomes the next version, and its
// backfill begins.
#include "api/handlers.hpp"
#include "api/json/parse.hpp"
#include "api/read/object_reader.hpp"
#include "api/read/rule_draft.hpp"
#include "api/read/whole_number.hpp"
#include "api/render/job_json.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/preview_figures.hpp"
#include "api/render/rule_json.hpp"
#include "api/submit.hpp"
#include "base/assert.hpp"
#include "base/decimal.hpp"
#include "decision/preview.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

constexpr std::size_t kTokenMax = 200;

struct Publication {
  std::string token;
  domain::Existing existing = domain::Existing::now;
  bool accept_changes = false;
  std::optional<base::Decimal> accept_share;
  std::optional<base::RuleId> rule;           // where the caller says again what is published
  std::optional<domain::RecycleDraft> draft;  //
};

std::optional<base::Decimal> decimal_of(const json::Json& json) {
  const auto* text = json.as_string() ? json.as_string() : json.as_number();
  return text ? base::parse_decimal(*text) : std::nullopt;
}

void read_existing(ObjectReader& body, Publication& read) {
  body.required("existing");
  whole_number(body, "grace_days");
  const auto key = body.text("existing", kTokenMax);
  if (!key) return;
  if (*key == "now") {
    read.existing = domain::Existing::now;
  } else if (*key == "grace" || *key == "new_only") {
    body.fault("existing", RefusalCode::not_yet);
  } else {
    body.fault("existing", RefusalCode::unknown_choice);
  }
}

Publication read_publication(const Call& call, domain::Faults& faults) {
  Publication read;
  ObjectReader body(call.body(), "", faults);
  body.required("preview_token");
  read.token = body.text("preview_token", kTokenMax).value_or("");
  read_existing(body, read);
  read.accept_changes = body.boolean("accept_changes").value_or(false);
  if (const auto* share = body.given("accept_share")) {
    read.accept_share = decimal_of(*share);
    if (!read.accept_share) body.fault("accept_share", RefusalCode::wrong_type);
  }
  read.rule = body.id<base::RuleTag>("id", RefusalCode::unknown_rule);
  if (const auto* draft = body.given("draft")) read.draft = read_draft(call.design(), *draft, "/draft", faults);
  body.finish();
  return read;
}

// Why the preview does not carry this publication; nothing: it does.
std::optional<Problem> hindrance(const Preview& preview, const Publication& asked) {
  if ((asked.draft && *asked.draft != preview.draft) || (asked.rule && asked.rule != preview.rule)) {
    return Problem::of("preview-mismatch");
  }
  if (preview.share && asked.accept_share != base::parse_decimal(*preview.share)) {
    auto problem = Problem::of("share-not-accepted");
    problem.extras.emplace_back("share", *preview.share);
    return problem;
  }
  return std::nullopt;
}

http::Response published_answer(const Call& call, const projections::State& state, const domain::CommitContent& content,
                                base::Instant now) {
  std::string text;
  std::string place;
  json::Writer writer(text);
  writer.begin_object();
  for (const auto& event : content.events) {
    if (const auto* published = std::get_if<domain::RecycleRulePublished>(&event)) {
      const auto& rule = state.workspace().rules.at(published->rule);
      writer.key("rule");
      write_rule(writer, state.workspace(), published->rule, rule, state.rule_book(), call.language());
    }
    if (const auto* started = std::get_if<domain::JobStarted>(&event)) {
      place = "/v1/jobs/" + base::format_id(started->job);
      writer.key("job");
      write_job(writer, state.image(), *state.image().job(started->job), call.rights(), call.language(), now);
    }
  }
  writer.end_object();
  auto response = answer(202, std::move(text), state.position());
  if (!place.empty()) response.headers.set("Location", place);
  return response;
}

// It was accepted, and its preview may be gone. What is sent stands for the first command, whose answer is told again;
// decided anew it would be refused, for it has no draft.
void publish_again(App& app, const CallPtr& call) {
  submit(
      call, domain::PublishRecycleRule{},
      [call, now = app.engine().clock().now()](const projections::State& state, const engine::CommandOutcome& outcome) {
        return published_answer(*call, state, outcome.commit->content, now);
      },
      {.tells_records = false});
}

json::Json figures_of(const projections::Image& image, const Preview& preview) {
  Preview judged_again{
      .member = preview.member, .rule = preview.rule, .draft = preview.draft, .judged_at = preview.judged_at};
  const auto figures = PreviewFigures::of(image, judged_again);
  std::string text;
  json::Writer writer(text);
  figures.write(writer, image.workspace());
  auto parsed = json::parse(text);
  HS_ASSERT(parsed);
  return std::move(*parsed);
}

// A stale preview is refused with the figures as they are now, by the instant that it judged at.
std::optional<engine::Answer> stale_answer(const CallPtr& call, const PreviewPtr& preview,
                                           const projections::State& state, const domain::Refusal& refusal) {
  if (refusal.code != domain::RefusalCode::preview_stale) return std::nullopt;
  auto problem = problem_of(refusal, call->language());
  return engine::Answer([call, preview, position = state.position(), problem = std::move(problem)]() mutable {
    call->workspace()->scan(
        position,
        [call, preview, problem = std::move(problem)](const projections::Image& image) mutable {
          problem.extras.emplace_back("figures", figures_of(image, *preview));
          return told_later(call, refused_at(*call, problem, image.position()));
        },
        call->on_failure(call), call->bytes());
  });
}

void publish(App& app, const CallPtr& call, const PreviewPtr& preview, std::unique_ptr<PreviewUse> use,
             const Publication& asked, std::shared_ptr<const decision::Prejudged> prejudged) {
  domain::PublishRecycleRule command{.rule = preview->rule,
                                     .draft = preview->draft,
                                     .existing = asked.existing,
                                     .previewed_at_position = preview->position,
                                     .judged_at = preview->judged_at,
                                     .affected_count = preview->count,
                                     .affected_digest = preview->digest,
                                     .accept_changes = asked.accept_changes};
  submit(call, std::move(command),
         [call, use = std::move(use), now = app.engine().clock().now()](const projections::State& state,
                                                                        const engine::CommandOutcome& outcome) {
           use->keep();
           return published_answer(*call, state, outcome.commit->content, now);
         },
         {.tells_records = false, .prejudged = std::move(prejudged)},
         {.refused = [call, preview](const projections::State& state, const domain::Refusal& refusal) {
           return stale_answer(call, preview, state, refusal);
         }});
}

}  // namespace

void publish_recycle_rule(App& app, const CallPtr& call) {
  if (!call->rights().writes(domain::Thing::rules)) return call->refuse(Problem::of("forbidden"));
  domain::Faults faults;
  const auto asked = read_publication(*call, faults);
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  if (call->is_repeat()) return publish_again(app, call);
  const auto preview = app.previews().find(asked.token, call->caller().member, engine::real_now());
  if (!preview) return call->refuse(Problem::of("preview-expired"));
  const std::string key(call->idempotency_key());
  auto use = std::make_unique<PreviewUse>(app.previews(), asked.token, key);
  if (!use->taken()) return call->refuse(Problem::of("preview-used"));
  if (const auto problem = hindrance(*preview, asked)) return call->refuse(*problem);
  // Judged beside the strand; what is changed meanwhile is judged again where it is decided.
  call->workspace()->scan(
      0,
      [&app, call, preview, asked, use = std::move(use)](const projections::Image& image) mutable {
        return [&app, call, preview, asked, use = std::move(use),
                prejudged = decision::prejudge(image, preview->draft, preview->judged_at)]() mutable {
          publish(app, call, preview, std::move(use), asked, std::move(prejudged));
        };
      },
      call->on_failure(call), call->bytes());
}

}  // namespace highseas::api
