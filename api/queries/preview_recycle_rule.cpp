// preview_recycle_rule — POST /v1/recycle-rules/preview and the pages of what it showed.
#include <charconv>

#include "api/handlers.hpp"
#include "api/read/object_reader.hpp"
#include "api/read/page_query.hpp"
#include "api/read/rule_draft.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/preview_figures.hpp"
#include "api/render/preview_json.hpp"

namespace highseas::api {
namespace {

bool may_write_rules(const Call& call) {
  return call.rights().writes(domain::Thing::rules);
}

void write_warning(json::Writer& writer, std::string_view code, std::string_view detail) {
  writer.begin_object().member("code", code).member("detail", detail).end_object();
}

void write_warnings(json::Writer& writer, const Call& call, const PreviewFigures& figures, bool switched_off) {
  const bool zh = call.language() == Language::zh;
  writer.key("warnings").begin_array();
  if (figures.faulted() > 0) {
    const auto count = std::to_string(figures.faulted());
    write_warning(writer, "condition-faults",
                  zh ? "有 " + count + " 条记录的条件无法计算，不会被收回。"
                     : "The conditions can't be computed on " + count + " records: they are left alone.");
  }
  if (switched_off) {
    write_warning(writer, "switched-on",
                  zh ? "该规则已停用，发布后将启用。" : "The rule is switched off: publishing switches it on.");
  }
  writer.end_array();
}

http::Response preview_answer(App& app, const Call& call, const projections::Image& image, Preview preview,
                              std::size_t limit) {
  preview.position = image.position();
  preview.judged_at = std::max(preview.judged_at, image.time());
  const auto* rule = preview.rule ? &image.workspace().rules.at(*preview.rule) : nullptr;
  if (rule) preview.version = static_cast<std::uint32_t>(rule->versions.size() + 1);
  const auto figures = PreviewFigures::of(image, preview);
  const auto shown = std::make_shared<const Preview>(std::move(preview));
  const auto token = engine::fresh_token(app.engine().vault().random());
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("figures");
  figures.write(writer, image.workspace());
  write_preview_page(writer, call, image, *shown, 0, limit);
  writer.member("preview_token", token);
  if (shown->share) writer.member("share", *shown->share);
  write_warnings(writer, call, figures, rule && !rule->enabled);
  writer.member("judged_at", base::format_instant(shown->judged_at)).member("position", image.position()).end_object();
  app.previews().add(token, shown, engine::real_now());
  return answer(200, std::move(text), image.position());
}

}  // namespace

void preview_recycle_rule(App& app, const CallPtr& call) {
  if (!may_write_rules(*call)) return call->refuse(Problem::of("forbidden"));
  const auto limit = page_limit(*call);
  if (!limit) return call->refuse(limit.error());
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  Preview preview;
  preview.member = call->caller().member;
  preview.judged_at = app.engine().clock().now();
  preview.rule = body.id<base::RuleTag>("id", domain::RefusalCode::unknown_rule);
  if (preview.rule && !call->design().rules.contains(*preview.rule)) {
    body.fault("id", domain::RefusalCode::unknown_rule);
  }
  if (const auto* draft = body.required("draft")) preview.draft = read_draft(call->design(), *draft, "/draft", faults);
  body.finish();
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  scan(call, [&app, call, preview = std::move(preview), limit = *limit](const projections::Image& image) mutable {
    return preview_answer(app, *call, image, std::move(preview), limit);
  });
}

void list_preview_items(App& app, const CallPtr& call) {
  if (!may_write_rules(*call)) return call->refuse(Problem::of("forbidden"));
  const auto limit = page_limit(*call);
  if (!limit) return call->refuse(limit.error());
  const auto preview = app.previews().find(call->parameter("token"), call->caller().member, engine::real_now());
  if (!preview) return call->refuse(Problem::of("preview-expired"));
  std::size_t from = 0;
  if (const auto cursor = call->query("cursor")) {
    const auto [end, error] = std::from_chars(cursor->data(), cursor->data() + cursor->size(), from);
    const bool whole = error == std::errc{} && end == cursor->data() + cursor->size();
    if (!whole || from > preview->records.size()) return call->refuse(Problem::of("bad-cursor"));
  }
  scan(call, [call, preview, from, limit = *limit](const projections::Image& image) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    write_preview_page(writer, *call, image, *preview, from, limit);
    writer.member("position", image.position()).end_object();
    return answer(200, std::move(text), image.position());
  });
}

}  // namespace highseas::api
