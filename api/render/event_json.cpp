// event_json — an event is stripped of what is hidden, then written as projections/event_walk takes it apart.
#include "api/render/event_json.hpp"

#include <algorithm>
#include <utility>

#include "api/render/record_json.hpp"
#include "api/render/value_json.hpp"
#include "api/render/walk_sink.hpp"
#include "codec/readable.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/event_walk.hpp"

namespace highseas::api {
namespace {

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
  if (!about || rights.sees_whole(about->form)) return event;
  auto seen = event;
  std::visit(Strip(Hidden(image, rights, *about)), seen);
  return seen;
}

std::string shown_type(const domain::Event& event, const projections::Image& image) {
  const auto about = record_of(event);
  return codec::shown_type(event, about ? slug_of(image.workspace(), about->form) : std::string());
}

void write_event_data(json::Writer& writer, const domain::Event& event, const domain::Workspace& workspace) {
  WalkSink sink(writer);
  projections::walk_event(sink, event, workspace);
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
  WalkSink sink(writer);
  projections::walk_actor(sink, actor, workspace, language == Language::zh ? codec::Lang::zh : codec::Lang::en);
}

json::Json duplicates_json(const projections::Image& image, const domain::Rights& rights,
                           const std::vector<domain::DuplicateHit>& hits) {
  json::Json::Array duplicates;
  for (const auto& hit : hits) duplicates.push_back(duplicate_json(image, rights, hit));
  return duplicates;
}

}  // namespace highseas::api
