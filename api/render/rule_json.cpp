// rule_json — rules and their versions around the drafts that projections/event_walk takes apart.
#include "api/render/rule_json.hpp"

#include <algorithm>

#include "api/render/walk_sink.hpp"
#include "codec/enum_keys.hpp"
#include "projections/event_walk.hpp"

namespace highseas::api {
namespace {

void write_faults(json::Writer& writer, const rules::RuleBook& book, base::RuleId id, Language language) {
  const auto broken = std::ranges::find(book.broken(), id, &rules::BrokenRule::rule);
  if (broken == book.broken().end()) {
    writer.null_member("faults");
    return;
  }
  writer.key("faults").begin_array();
  for (const auto& fault : broken->faults) {
    writer.begin_object().member("part", fault.part).member("offset", fault.error.offset);
    writer.member("detail", language == Language::zh ? fault.error.message_zh : fault.error.message_en).end_object();
  }
  writer.end_array();
}

}  // namespace

void write_draft(json::Writer& writer, const domain::Workspace& workspace, const domain::RecycleDraft& draft) {
  WalkSink sink(writer);
  projections::walk_draft(sink, draft, workspace);
}

void write_rule(json::Writer& writer, const domain::Workspace& workspace, base::RuleId id,
                const domain::RecycleRule& rule, const rules::RuleBook& book, Language language) {
  const auto& newest = rule.versions.back();
  const auto* form = workspace.form(newest.draft.form);
  writer.begin_object().member("id", base::format_id(id)).member("name", newest.draft.name).key("form");
  form ? writer.string(form->slug) : writer.null();
  writer.member("enabled", rule.enabled).member("version", newest.version).key("draft");
  write_draft(writer, workspace, newest.draft);
  writer.member("existing", codec::enum_key(newest.existing));
  writer.member("published_at", base::format_instant(rule.published_at.back()));
  write_faults(writer, book, id, language);
  writer.end_object();
}

void write_rule_version(json::Writer& writer, const domain::Workspace& workspace, const domain::RecycleRule& rule,
                        std::uint32_t version) {
  const auto& published = rule.versions.at(version - 1);
  writer.begin_object().member("version", published.version).key("draft");
  write_draft(writer, workspace, published.draft);
  writer.member("existing", codec::enum_key(published.existing));
  writer.member("published_at", base::format_instant(rule.published_at.at(version - 1))).end_object();
}

}  // namespace highseas::api
