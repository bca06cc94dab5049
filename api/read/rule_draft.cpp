// rule_draft — reads every part, then lets the rules room judge what was read.
#include "api/read/rule_draft.hpp"

#include <algorithm>

#include "api/read/object_reader.hpp"
#include "api/read/whole_number.hpp"
#include "codec/enum_keys.hpp"
#include "projections/query/form_schema.hpp"
#include "rules/recycle/draft_check.hpp"
#include "rules/recycle/triggers/trigger.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

constexpr std::size_t kExpressionMax = 4'000;  // code points, as the language takes
constexpr std::size_t kKeyMax = 100;
constexpr std::size_t kTriggersMax = 20;

template <class E>
std::optional<E> value_of(std::string_view key) {
  for (const auto& entry : codec::kEnumKeys<E>) {
    if (entry.key == key) return entry.value;
  }
  return std::nullopt;
}

template <class E>
void read_key(ObjectReader& reader, std::string_view name, E& into) {
  const auto key = reader.text(name, kKeyMax);
  if (!key) return;
  if (const auto value = value_of<E>(*key)) {
    into = *value;
  } else {
    reader.fault(name, RefusalCode::unknown_choice);
  }
}

void read_triggers(ObjectReader& reader, domain::RecycleDraft& draft, domain::Faults& faults) {
  const auto* given = reader.array("triggers");
  if (given && given->size() > kTriggersMax) {
    return reader.fault("triggers", RefusalCode::out_of_range, std::to_string(kTriggersMax));
  }
  for (std::size_t at = 0; given && at < given->size(); ++at) {
    ObjectReader trigger((*given)[at], json::pointer_with(reader.pointer("triggers"), at), faults);
    auto& read = draft.triggers.emplace_back();
    trigger.required("type");
    if (const auto key = trigger.text("type", kKeyMax)) {
      const auto* kind = rules::trigger_kind_by_key(*key);
      if (kind) {
        read.type = kind->type;
      } else {
        trigger.fault("type", RefusalCode::unknown_choice);
      }
    }
    trigger.required("days");
    read.days = whole_number(trigger, "days").value_or(0);
    trigger.finish();
  }
}

std::optional<std::uint32_t> two_digits(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
  return static_cast<std::uint32_t>((text[0] - '0') * 10 + (text[1] - '0'));
}

// "at_once", or "02:00".
void read_at(ObjectReader& reader, domain::RecycleDraft& draft) {
  const auto text = reader.text("at", kKeyMax);
  if (!text || *text == "at_once") return;
  const bool shaped = text->size() == 5 && (*text)[2] == ':';
  const auto hour = shaped ? two_digits(std::string_view(*text).substr(0, 2)) : std::nullopt;
  const auto minute = shaped ? two_digits(std::string_view(*text).substr(3)) : std::nullopt;
  if (!hour || !minute) return reader.fault("at", RefusalCode::invalid_value);
  if (*hour > 23 || *minute > 59) return reader.fault("at", RefusalCode::out_of_range, "00:00 to 23:59");
  draft.at_ms = (*hour * 60 + *minute) * 60'000;
}

void read_remind_before(ObjectReader& reader, domain::RecycleDraft& draft, domain::Faults& faults) {
  const auto* given = reader.array("remind_before");
  for (std::size_t at = 0; given && at < given->size(); ++at) {
    const auto days = exact_int64((*given)[at]);
    if (days && *days >= 0 && *days <= rules::kMaxRuleDays) {
      draft.remind_before.push_back(static_cast<std::uint32_t>(*days));
    } else {
      faults.add(json::pointer_with(reader.pointer("remind_before"), at),
                 days ? RefusalCode::out_of_range : RefusalCode::wrong_type);
    }
  }
}

void read_target(ObjectReader& reader, domain::RecycleDraft& draft) {
  const auto* given = reader.given("target_pool");
  if (!given || (given->as_string() && *given->as_string() == "home")) return;
  draft.target_pool = reader.id<base::PoolTag>("target_pool", RefusalCode::unknown_pool);
}

domain::RecycleDraft read_parts(const domain::Workspace& workspace, ObjectReader& reader, domain::Faults& faults) {
  domain::RecycleDraft draft;
  draft.name = reader.text("name", domain::kNameLengthMax).value_or("");
  if (const auto slug = reader.text("form", kKeyMax)) {
    const auto* form = workspace.form_by_slug(*slug);
    draft.form = form ? form->number : 0;
  } else if (!reader.find("form")) {
    reader.fault("form", RefusalCode::required);
  }
  draft.pools = reader.ids<base::PoolTag>("pools", RefusalCode::unknown_pool).value_or(draft.pools);
  draft.applies_when = reader.text("applies_when", kExpressionMax, true).value_or("");
  read_key(reader, "match", draft.match);
  read_triggers(reader, draft, faults);
  // Absent or null: what ships. Empty: none.
  if (reader.given("protect_when")) draft.protect_when = reader.text("protect_when", kExpressionMax, true).value_or("");
  read_key(reader, "calendar", draft.calendar);
  read_at(reader, draft);
  read_remind_before(reader, draft, faults);
  read_target(reader, draft);
  draft.cool_down_days = whole_number(reader, "cool_down_days").value_or(0);
  draft.daily_cap = whole_number(reader, "daily_cap");
  draft.pause_on_leave = reader.boolean("pause_on_leave").value_or(false);
  draft.notice_days = whole_number(reader, "notice_days");
  reader.finish();
  return draft;
}

}  // namespace

domain::RecycleDraft read_draft(const domain::Workspace& workspace, const json::Json& json, const std::string& pointer,
                                domain::Faults& faults) {
  ObjectReader reader(json, pointer, faults);
  auto draft = read_parts(workspace, reader, faults);
  if (!reader.is_object()) return draft;
  const auto* form = workspace.form(draft.form);
  std::optional<projections::FormSchema> schema;
  if (form) schema.emplace(workspace, *form);
  faults.add_untold(rules::check_draft(draft, workspace, schema ? &*schema : nullptr, pointer));
  return draft;
}

}  // namespace highseas::api
