// event_walk — one sink in front of another: what codec/ names goes on in the API's words.
#include "projections/event_walk.hpp"

#include <utility>

#include "codec/enum_keys.hpp"
#include "codec/event_fields.hpp"
#include "domain/forms/shipped.hpp"
#include "eventstore/crypto.hpp"

namespace highseas::projections {
namespace {

class Nowhere : public ValueSink {
 public:
  void null() override {}
  void boolean(bool) override {}
  void integer(std::int64_t) override {}
  void unsigned_integer(std::uint64_t) override {}
  void text(std::string_view) override {}
  void begin_list() override {}
  void end_list() override {}
  void begin_object() override {}
  void key(std::string_view) override {}
  void end_object() override {}
};

// Puts the fields of an event into a sink of values.
class EventWalk : public codec::FieldSink {
 public:
  EventWalk(ValueSink& sink, const domain::Workspace& workspace, const domain::Event& event)
      : sink_(sink), workspace_(workspace), event_(event), named_form_(named_form(event)) {}

  void null(std::string_view name) override { at(name).null(); }
  void boolean(std::string_view name, bool value) override {
    if (!in_behaviours_) return void(at(name).boolean(value));
    if (value) at({}).text(name);
  }
  void number(std::string_view name, std::int64_t value) override { at(name).integer(value); }
  void unsigned_number(std::string_view name, std::uint64_t value) override {
    if (name.empty() && in_fields_) return field(name, named_form_, static_cast<domain::FieldNumber>(value));
    const auto trigger = name == "trigger" ? codec::enum_key(static_cast<domain::TriggerType>(value)) : "";
    trigger.empty() ? at(name).unsigned_integer(value) : at(name).text(trigger);
  }
  void decimal(std::string_view name, base::Decimal value) override { at(name).text(base::format_decimal(value)); }
  void text(std::string_view name, std::string_view value) override { at(name).text(value); }
  void key(std::string_view name, std::string_view value) override { at(name).text(value); }
  void instant(std::string_view name, base::Instant value) override { at(name).text(base::format_instant(value)); }
  void date(std::string_view name, base::Date value) override { at(name).text(base::format_date(value)); }
  void id(std::string_view name, std::string_view prefix, base::Ulid value) override {
    at(name).text(base::format_id(prefix, value));
  }
  void record(std::string_view name, domain::FormNumber form, base::RecordId value) override {
    const auto* known = definition(form);
    at(name).text(base::format_id(known ? std::string_view(known->prefix) : "rec_", value.ulid));
  }
  void ulid(std::string_view name, base::Ulid value) override { at(name).text(base::format_ulid(value)); }
  void bytes(std::string_view name, const std::uint8_t* data, std::size_t size) override {
    at(name).text(eventstore::to_hex({data, size}));
  }
  void value(domain::FormNumber form, domain::FieldNumber field, const base::Value& value) override {
    const auto* known = definition(form);
    const auto* shape = known ? known->field(field) : nullptr;
    if (shape) {
      walk_value(at(shape->key), workspace_, *shape, value);
    } else {
      at(std::to_string(field)).null();
    }
  }
  // A default as it is typed; of a choice its number, of a thing its bare id: the event says no more.
  void plain_value(std::string_view name, const base::Value& value) override {
    static const domain::FieldDefinition none;
    if (const auto* choice = std::get_if<base::Choice>(&value)) {
      at(name).unsigned_integer(choice->number);
    } else {
      walk_value(at(name), workspace_, none, value);
    }
  }
  void form(std::string_view name, domain::FormNumber value) override {
    const auto* known = definition(value);
    known ? at(name).text(known->slug) : at(name).unsigned_integer(value);
  }
  void field(std::string_view name, domain::FormNumber form, domain::FieldNumber value) override {
    const auto* known = definition(form);
    const auto* shape = known ? known->field(value) : nullptr;
    shape ? at(name).text(shape->key) : at(name).unsigned_integer(value);
  }
  void begin_list(std::string_view name) override {
    const bool fields = name == "rules" || name == "dedup" || name == "hidden_fields";
    if (fields && named_form_ != 0) in_fields_ = true;
    if (in_fields_) ++lists_;
    at(name).begin_list();
  }
  void end_list() override {
    if (in_fields_ && --lists_ == 0) in_fields_ = false;
    at({}).end_list();
  }
  void begin_object(std::string_view name) override {
    if (left_out_ > 0) {
      ++left_out_;
    } else if (const auto* published = std::get_if<domain::RecycleRulePublished>(&event_);
               published && name == "draft") {
      walk_draft(at(name), published->draft, workspace_);
      left_out_ = 1;
    } else if (name == "behaviours") {
      in_behaviours_ = true;
      return void(at(name).begin_list());
    }
    at(name).begin_object();
  }
  void end_object() override {
    if (std::exchange(in_behaviours_, false)) return void(at({}).end_list());
    at({}).end_object();
    if (left_out_ > 0) --left_out_;
  }

 private:
  // The form whose fields an event about a form, its dedup rules or a pool names by their numbers; 0: another event.
  static domain::FormNumber named_form(const domain::Event& event) {
    return std::visit(
        []<class E>(const E& e) -> domain::FormNumber {
          if constexpr (std::is_same_v<E, domain::DedupRuleChanged>) {
            return e.form;
          } else if constexpr (requires { e.form.number; }) {
            return e.form.number;
          } else if constexpr (requires { e.pool.form; }) {
            return e.pool.form;
          } else {
            return 0;
          }
        },
        event);
  }
  // What was written in the API's own words already goes nowhere.
  ValueSink& at(std::string_view name) {
    auto& sink = left_out_ > 0 ? nowhere_ : sink_;
    if (!name.empty()) sink.key(name);
    return sink;
  }
  const domain::FormDefinition* definition(domain::FormNumber form) const {
    const auto found = workspace_.forms.find(form == 0 ? domain::shipped::kFollowUps : form);
    return found == workspace_.forms.end() ? nullptr : &found->second;
  }

  ValueSink& sink_;
  const domain::Workspace& workspace_;
  const domain::Event& event_;
  domain::FormNumber named_form_;
  Nowhere nowhere_;
  int left_out_ = 0;  // objects within one that was written otherwise, itself included
  int lists_ = 0;     // within a list of fields, itself included
  bool in_fields_ = false;
  bool in_behaviours_ = false;
};

std::string_view process_name(domain::ActorKind kind, codec::Lang lang) {
  const bool zh = lang == codec::Lang::zh;
  switch (kind) {
    case domain::ActorKind::member:
      return zh ? "成员" : "Member";
    case domain::ActorKind::api_key:
      return zh ? "接口密钥" : "API key";
    case domain::ActorKind::recycler:
      return zh ? "自动回收" : "Recycler";
    case domain::ActorKind::importer:
      return zh ? "导入" : "Importer";
    case domain::ActorKind::scheduler:
      return zh ? "定时任务" : "Scheduler";
    case domain::ActorKind::upgrader:
      return zh ? "升级" : "Upgrader";
    case domain::ActorKind::operator_:
      return zh ? "运维" : "Operator";
    case domain::ActorKind::setup:
      return zh ? "开通" : "Set-up";
  }
  return {};
}

std::string_view actor_key(domain::ActorKind kind) {
  switch (kind) {
    case domain::ActorKind::member:
      return "member";
    case domain::ActorKind::api_key:
      return "api_key";
    case domain::ActorKind::recycler:
      return "recycler";
    case domain::ActorKind::importer:
      return "importer";
    case domain::ActorKind::scheduler:
      return "scheduler";
    case domain::ActorKind::upgrader:
      return "upgrader";
    case domain::ActorKind::operator_:
      return "operator";
    case domain::ActorKind::setup:
      return "setup";
  }
  return {};
}

// One member of an object.
void member(ValueSink& sink, std::string_view name, std::string_view text) {
  sink.key(name);
  sink.text(text);
}
void member(ValueSink& sink, std::string_view name, std::optional<std::uint32_t> number) {
  sink.key(name);
  number ? sink.unsigned_integer(*number) : sink.null();
}

std::string time_of_day(std::uint32_t ms) {
  const auto minutes = ms / 60'000;
  const auto two = [](std::uint32_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

void walk_triggers(ValueSink& sink, const domain::RecycleDraft& draft) {
  sink.key("triggers");
  sink.begin_list();
  for (const auto& trigger : draft.triggers) {
    sink.begin_object();
    member(sink, "type", codec::enum_key(trigger.type));
    member(sink, "days", trigger.days);
    sink.end_object();
  }
  sink.end_list();
}

void walk_member(ValueSink& sink, const std::optional<base::MemberId>& id, const domain::Workspace& workspace) {
  if (!id) return sink.null();
  const auto* known = workspace.member(*id);
  sink.begin_object();
  member(sink, "id", base::format_id(*id));
  sink.key("name");
  known ? sink.text(known->name) : sink.null();
  sink.end_object();
}

}  // namespace

void walk_event(ValueSink& sink, const domain::Event& event, const domain::Workspace& workspace) {
  sink.begin_object();
  EventWalk fields(sink, workspace, event);
  codec::visit_event(event, fields);
  sink.end_object();
}

void walk_draft(ValueSink& sink, const domain::RecycleDraft& draft, const domain::Workspace& workspace) {
  const auto* form = workspace.form(draft.form);
  sink.begin_object();
  member(sink, "name", draft.name);
  sink.key("form");
  form ? sink.text(form->slug) : sink.null();
  sink.key("pools");
  sink.begin_list();
  for (const auto pool : draft.pools) sink.text(base::format_id(pool));
  sink.end_list();
  member(sink, "applies_when", draft.applies_when);
  member(sink, "match", codec::enum_key(draft.match));
  walk_triggers(sink, draft);
  sink.key("protect_when");
  draft.protect_when ? sink.text(*draft.protect_when) : sink.null();
  member(sink, "calendar", codec::enum_key(draft.calendar));
  member(sink, "at", draft.at_ms ? time_of_day(*draft.at_ms) : std::string("at_once"));
  sink.key("remind_before");
  sink.begin_list();
  for (const auto days : draft.remind_before) sink.unsigned_integer(days);
  sink.end_list();
  member(sink, "target_pool", draft.target_pool ? base::format_id(*draft.target_pool) : std::string("home"));
  member(sink, "cool_down_days", draft.cool_down_days);
  member(sink, "daily_cap", draft.daily_cap);
  sink.key("pause_on_leave");
  sink.boolean(draft.pause_on_leave);
  member(sink, "notice_days", draft.notice_days);
  sink.end_object();
}

std::string actor_name(const domain::Actor& actor, const domain::Workspace& workspace, codec::Lang lang) {
  if (actor.kind == domain::ActorKind::member) {
    if (const auto* member = workspace.member(base::MemberId{actor.id})) return member->name;
  } else if (actor.kind == domain::ActorKind::api_key) {
    const auto key = workspace.keys.find(base::ApiKeyId{actor.id});
    if (key != workspace.keys.end()) return key->second.name;
  }
  return std::string(process_name(actor.kind, lang));
}

void walk_actor(ValueSink& sink, const domain::Actor& actor, const domain::Workspace& workspace, codec::Lang lang) {
  sink.begin_object();
  member(sink, "type", actor_key(actor.kind));
  sink.key("id");
  if (actor.kind == domain::ActorKind::member) {
    sink.text(base::format_id(base::MemberId{actor.id}));
  } else if (actor.kind == domain::ActorKind::api_key) {
    sink.text(base::format_id(base::ApiKeyId{actor.id}));
  } else {
    sink.null();
  }
  member(sink, "name", actor_name(actor, workspace, lang));
  sink.key("on_behalf_of");
  walk_member(sink, actor.on_behalf_of, workspace);
  sink.end_object();
}

}  // namespace highseas::projections
