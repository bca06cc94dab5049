// rule_json — numbers of a draft as the keys by which it was written.
#include "api/render/rule_json.hpp"

#include <algorithm>

#include "codec/enum_keys.hpp"

namespace highseas::api {
namespace {

void write_number(json::Writer& writer, std::string_view name, std::optional<std::uint32_t> number) {
  if (number) {
    writer.member(name, *number);
  } else {
    writer.null_member(name);
  }
}

void write_triggers(json::Writer& writer, const domain::RecycleDraft& draft) {
  writer.key("triggers").begin_array();
  for (const auto& trigger : draft.triggers) {
    writer.begin_object().member("type", codec::enum_key(trigger.type)).member("days", trigger.days).end_object();
  }
  writer.end_array();
}

std::string time_of_day(std::uint32_t ms) {
  const auto minutes = ms / 60'000;
  const auto two = [](std::uint32_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

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
  const auto* form = workspace.form(draft.form);
  writer.begin_object().member("name", draft.name).key("form");
  form ? writer.string(form->slug) : writer.null();
  writer.key("pools").begin_array();
  for (const auto pool : draft.pools) writer.string(base::format_id(pool));
  writer.end_array();
  writer.member("applies_when", draft.applies_when).member("match", codec::enum_key(draft.match));
  write_triggers(writer, draft);
  if (draft.protect_when) {
    writer.member("protect_when", *draft.protect_when);
  } else {
    writer.null_member("protect_when");
  }
  writer.member("calendar", codec::enum_key(draft.calendar));
  writer.member("at", draft.at_ms ? time_of_day(*draft.at_ms) : std::string("at_once"));
  writer.key("remind_before").begin_array();
  for (const auto days : draft.remind_before) writer.unsigned_integer(days);
  writer.end_array();
  writer.member("target_pool", draft.target_pool ? base::format_id(*draft.target_pool) : std::string("home"));
  writer.member("cool_down_days", draft.cool_down_days);
  write_number(writer, "daily_cap", draft.daily_cap);
  writer.member("pause_on_leave", draft.pause_on_leave);
  write_number(writer, "notice_days", draft.notice_days);
  writer.end_object();
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
