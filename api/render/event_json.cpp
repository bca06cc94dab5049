// event_json — an event is stripped of what is hidden, then printed field by field as codec/ names them.
#include "api/render/event_json.hpp"

#include <algorithm>
#include <utility>

#include "api/render/record_json.hpp"
#include "api/render/rule_json.hpp"
#include "api/render/value_json.hpp"
#include "codec/enum_keys.hpp"
#include "codec/event_fields.hpp"
#include "codec/readable.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::api {
namespace {

class JsonSink : public codec::FieldSink {
 public:
  JsonSink(json::Writer& writer, const domain::Workspace& workspace, const domain::Event& event)
      : writer_(writer), workspace_(workspace), event_(event), named_form_(named_form(event)) {}

  void null(std::string_view name) override { at(name).null(); }
  void boolean(std::string_view name, bool value) override {
    if (!in_behaviours_) return void(at(name).boolean(value));
    if (value) at({}).string(name);
  }
  void number(std::string_view name, std::int64_t value) override { at(name).integer(value); }
  void unsigned_number(std::string_view name, std::uint64_t value) override {
    if (name.empty() && in_fields_) return field(name, named_form_, static_cast<domain::FieldNumber>(value));
    const auto trigger = name == "trigger" ? codec::enum_key(static_cast<domain::TriggerType>(value)) : "";
    trigger.empty() ? at(name).unsigned_integer(value) : at(name).string(trigger);
  }
  void decimal(std::string_view name, base::Decimal value) override { at(name).string(base::format_decimal(value)); }
  void text(std::string_view name, std::string_view value) override { at(name).string(value); }
  void key(std::string_view name, std::string_view value) override { at(name).string(value); }
  void instant(std::string_view name, base::Instant value) override { at(name).string(base::format_instant(value)); }
  void date(std::string_view name, base::Date value) override { at(name).string(base::format_date(value)); }
  void id(std::string_view name, std::string_view prefix, base::Ulid value) override {
    at(name).string(base::format_id(prefix, value));
  }
  void record(std::string_view name, domain::FormNumber form, base::RecordId value) override {
    const auto* known = definition(form);
    at(name).string(base::format_id(known ? std::string_view(known->prefix) : "rec_", value.ulid));
  }
  void ulid(std::string_view name, base::Ulid value) override { at(name).string(base::format_ulid(value)); }
  void bytes(std::string_view name, const std::uint8_t* data, std::size_t size) override {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (std::size_t i = 0; i < size; ++i) {
      hex += kDigits[data[i] >> 4];
      hex += kDigits[data[i] & 15];
    }
    at(name).string(hex);
  }
  void value(domain::FormNumber form, domain::FieldNumber field, const base::Value& value) override {
    const auto* known = definition(form);
    const auto* shape = known ? known->field(field) : nullptr;
    if (shape) {
      write_value(at(shape->key), workspace_, *shape, value);
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
      write_value(at(name), workspace_, none, value);
    }
  }
  void form(std::string_view name, domain::FormNumber value) override {
    const auto* known = definition(value);
    known ? at(name).string(known->slug) : at(name).unsigned_integer(value);
  }
  void field(std::string_view name, domain::FormNumber form, domain::FieldNumber value) override {
    const auto* known = definition(form);
    const auto* shape = known ? known->field(value) : nullptr;
    shape ? at(name).string(shape->key) : at(name).unsigned_integer(value);
  }
  void begin_list(std::string_view name) override {
    const bool fields = name == "rules" || name == "dedup" || name == "hidden_fields";
    if (fields && named_form_ != 0) in_fields_ = true;
    if (in_fields_) ++lists_;
    at(name).begin_array();
  }
  void end_list() override {
    if (in_fields_ && --lists_ == 0) in_fields_ = false;
    at({}).end_array();
  }
  void begin_object(std::string_view name) override {
    if (left_out_ > 0) {
      ++left_out_;
    } else if (const auto* published = std::get_if<domain::RecycleRulePublished>(&event_);
               published && name == "draft") {
      write_draft(at(name), workspace_, published->draft);
      nowhere_.begin_object();
      left_out_ = 1;
    } else if (name == "behaviours") {
      in_behaviours_ = true;
      return void(at(name).begin_array());
    }
    at(name).begin_object();
  }
  void end_object() override {
    if (std::exchange(in_behaviours_, false)) return void(at({}).end_array());
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
  json::Writer& at(std::string_view name) {
    auto& writer = left_out_ > 0 ? nowhere_ : writer_;
    return name.empty() ? writer : writer.key(name);
  }
  const domain::FormDefinition* definition(domain::FormNumber form) const {
    const auto found = workspace_.forms.find(form == 0 ? domain::shipped::kFollowUps : form);
    return found == workspace_.forms.end() ? nullptr : &found->second;
  }

  json::Writer& writer_;
  const domain::Workspace& workspace_;
  const domain::Event& event_;
  domain::FormNumber named_form_;
  std::string nothing_;
  json::Writer nowhere_{nothing_};
  int left_out_ = 0;  // objects within one that was written otherwise, itself included
  int lists_ = 0;     // within a list of fields, itself included
  bool in_fields_ = false;
  bool in_behaviours_ = false;
};

// What her groups hide of one record.
class Hidden {
 public:
  Hidden(const projections::Image& image, const domain::Rights& rights, const EventRecord& about)
      : rights_(rights), form_(about.form) {
    if (const auto record = image.record(about.form, about.record)) standing_ = record->standing();
  }

  bool operator()(domain::FieldNumber field) const {
    if (!standing_) return rights_.hidden_everywhere(form_, field);
    return rights_.field(form_, field, standing_->get()) == domain::FieldAccess::hidden;
  }

 private:
  const domain::Rights& rights_;
  domain::FormNumber form_;
  std::optional<projections::Standing> standing_;
};

class Strip {
 public:
  explicit Strip(const Hidden& hidden) : hidden_(hidden) {}

  void operator()(domain::RecordCreated& e) const {
    values(e.values);
    if (hidden_(domain::facts::kCollaborators)) e.collaborators.clear();
  }
  void operator()(domain::RecordChanged& e) const {
    values(e.values);
    if (hidden_(domain::facts::kCollaborators)) e.collaborators.reset();
  }
  void operator()(domain::FollowedUp& e) const { values(e.values); }
  void operator()(domain::FollowUpCorrected& e) const { values(e.values); }
  void operator()(domain::Released& e) const {
    if (hidden_(domain::facts::kPoolReason)) e.reason.clear();
  }
  template <class E>
  void operator()(E&) const {}

 private:
  void values(std::vector<domain::FieldValue>& values) const {
    std::erase_if(values, [&](const domain::FieldValue& value) { return hidden_(value.field); });
  }

  const Hidden& hidden_;
};

std::string_view process_name(domain::ActorKind kind, Language language) {
  const bool zh = language == Language::zh;
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

std::string slug_of(const domain::Workspace& workspace, domain::FormNumber form) {
  const auto known = workspace.forms.find(form);
  return known == workspace.forms.end() ? std::string() : known->second.slug;
}

json::Json duplicate_json(const projections::Image& image, const domain::Rights& rights,
                          const domain::DuplicateHit& hit) {
  const auto record = image.record(hit.form, hit.record);
  const auto& form = image.workspace().forms.at(hit.form);
  const auto name = record && may_read(rights, *record) ? record_name(rights, *record) : std::nullopt;
  json::Json::Array matched;
  for (const auto number : hit.matched) {
    const auto* field = form.field(number);
    if (field && !rights.hidden_everywhere(hit.form, number)) matched.emplace_back(field->key);
  }
  return json::Json::Object{
      {"id", base::format_id(form.prefix, hit.record.ulid)},
      {"name", name ? json::Json(*name) : json::Json()},
      {"owner", member_json(image.workspace(), record ? record->owner() : std::nullopt)},
      {"pool", pool_json(image.workspace(), record ? record->pool() : std::nullopt)},
      {"matched", std::move(matched)},
  };
}

}  // namespace

std::optional<EventRecord> record_of(const domain::Event& event) {
  return std::visit(
      []<class E>(const E& e) -> std::optional<EventRecord> {
        if constexpr (requires { e.follow_up; }) {
          return EventRecord{domain::shipped::kFollowUps, e.follow_up};
        } else if constexpr (requires {
                               { e.record } -> std::convertible_to<base::RecordId>;
                               { e.form } -> std::convertible_to<domain::FormNumber>;
                             }) {
          return EventRecord{e.form, e.record};
        } else {
          return std::nullopt;
        }
      },
      event);
}

domain::Event as_seen(const domain::Event& event, const projections::Image& image, const domain::Rights& rights) {
  const auto about = record_of(event);
  if (!about || rights.opens_all(about->form, domain::kRead)) return event;
  auto seen = event;
  std::visit(Strip(Hidden(image, rights, *about)), seen);
  return seen;
}

std::string shown_type(const domain::Event& event, const projections::Image& image) {
  const auto about = record_of(event);
  return codec::shown_type(event, about ? slug_of(image.workspace(), about->form) : std::string());
}

void write_event_data(json::Writer& writer, const domain::Event& event, const domain::Workspace& workspace) {
  writer.begin_object();
  JsonSink sink(writer, workspace, event);
  codec::visit_event(event, sink);
  writer.end_object();
}

void write_event(json::Writer& writer, const domain::Event& event, const projections::Image& image,
                 const domain::Rights& rights, Language) {
  writer.begin_object();
  writer.member("type", shown_type(event, image));
  const auto about = record_of(event);
  const auto form = about ? image.workspace().forms.find(about->form) : image.workspace().forms.end();
  if (form == image.workspace().forms.end()) {
    writer.null_member("record");
  } else {
    writer.member("record", base::format_id(form->second.prefix, about->record.ulid));
  }
  writer.key("data");
  write_event_data(writer, as_seen(event, image, rights), image.workspace());
  writer.end_object();
}

void write_actor(json::Writer& writer, const domain::Actor& actor, const domain::Workspace& workspace,
                 Language language) {
  writer.begin_object().member("type", actor_key(actor.kind));
  const auto* member = workspace.member(base::MemberId{actor.id});
  const auto key = workspace.keys.find(base::ApiKeyId{actor.id});
  if (actor.kind == domain::ActorKind::member) {
    writer.member("id", base::format_id(base::MemberId{actor.id}));
    writer.member("name", member ? std::string_view(member->name) : process_name(actor.kind, language));
  } else if (actor.kind == domain::ActorKind::api_key) {
    writer.member("id", base::format_id(base::ApiKeyId{actor.id}));
    const bool named = key != workspace.keys.end();
    writer.member("name", named ? std::string_view(key->second.name) : process_name(actor.kind, language));
  } else {
    writer.null_member("id");
    writer.member("name", process_name(actor.kind, language));
  }
  writer.member("on_behalf_of", member_json(workspace, actor.on_behalf_of));
  writer.end_object();
}

json::Json duplicates_json(const projections::Image& image, const domain::Rights& rights,
                           const std::vector<domain::DuplicateHit>& hits) {
  json::Json::Array duplicates;
  for (const auto& hit : hits) duplicates.push_back(duplicate_json(image, rights, hit));
  return duplicates;
}

}  // namespace highseas::api
