// image_names — looks names up; what has none is named by its id.
#include "projections/image_names.hpp"

#include "domain/forms/shipped.hpp"
#include "projections/former_pools.hpp"
#include "rules/recycle/explain.hpp"

namespace highseas::projections {
namespace {

// Empty where it is hidden from her.
std::string name_of(const RecordView& record, const domain::Rights* rights) {
  const auto* field = record.definition().name_field();
  if (!field) return {};
  const auto standing = record.standing();
  const bool hidden =
      rights && rights->field(record.form(), field->number, standing.get()) == domain::FieldAccess::hidden;
  if (hidden) return {};
  const auto value = record.value(field->number);
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

template <class Map, class Id>
std::string named(const Map& map, Id id) {
  const auto found = map.find(id);
  return found == map.end() || found->second.name.empty() ? base::format_id(id) : found->second.name;
}

base::Zone zone_of(const domain::Workspace& workspace) {
  const auto zone = base::Zone::find(workspace.time_zone);
  return zone ? *zone : base::Zone::utc();
}

}  // namespace

ImageNames::ImageNames(const Image& image, codec::Lang lang, const domain::Rights* rights)
    : image_(image), lang_(lang), rights_(rights), zone_(zone_of(image.workspace())) {}

const std::string& ImageNames::label(const domain::Label& label) const {
  return lang_ == codec::Lang::en && !label.en.empty() ? label.en : label.zh;
}

const domain::FormDefinition* ImageNames::definition(domain::FormNumber form) const {
  const auto found = image_.workspace().forms.find(form == 0 ? follow_up_form() : form);
  return found == image_.workspace().forms.end() ? nullptr : &found->second;
}

std::string ImageNames::member(base::MemberId id) const {
  return named(image_.workspace().members, id);
}
std::string ImageNames::pool(base::PoolId id) const {
  const auto pool = pool_ever(image_, id);
  return pool && !pool->name.empty() ? pool->name : base::format_id(id);
}
std::string ImageNames::department(base::DepartmentId id) const {
  return named(image_.workspace().departments, id);
}

std::string ImageNames::rule(base::RuleId id) const {
  const auto found = image_.workspace().rules.find(id);
  if (found == image_.workspace().rules.end() || found->second.versions.empty()) return base::format_id(id);
  return found->second.versions.back().draft.name;
}

std::string ImageNames::due_rule(const domain::DueRule& due) const {
  const auto found = image_.workspace().rules.find(due.rule);
  if (found == image_.workspace().rules.end() || due.version == 0 || due.version > found->second.versions.size()) {
    return base::format_id(due.rule);
  }
  const auto text = rules::explain_recycling(due, found->second.versions[due.version - 1], zone_);
  return lang_ == codec::Lang::zh ? text.zh : text.en;
}

std::string ImageNames::reference(domain::FormNumber form, domain::FieldNumber number, base::Ulid id) const {
  const auto* owner = definition(form);
  const auto* field = owner ? owner->field(number) : nullptr;
  if (!field) return base::format_ulid(id);
  switch (field->type) {
    case domain::FieldType::member:
      return member(base::MemberId{id});
    case domain::FieldType::department:
      return department(base::DepartmentId{id});
    case domain::FieldType::file:
    case domain::FieldType::image: {
      const auto* file = image_.file(base::FileId{id});
      return file && !file->name.empty() ? file->name : base::format_id(base::FileId{id});
    }
    default:
      return record(field->reference, base::RecordId{id});
  }
}

std::string ImageNames::record(domain::FormNumber form, base::RecordId id) const {
  const auto* found = definition(form);
  const auto view = found ? image_.record(found->number, id) : std::nullopt;
  if (view) {
    const auto standing = view->standing();
    const bool shown = !rights_ || rights_->may(view->form(), domain::kRead, standing.get());
    if (const auto name = shown ? name_of(*view, rights_) : std::string(); !name.empty()) return name;
  }
  return record_id_text(image_, form, id);
}

std::string ImageNames::form(domain::FormNumber form) const {
  const auto* found = definition(form);
  return found ? label(found->label) : std::to_string(form);
}

std::string ImageNames::field(domain::FormNumber form, domain::FieldNumber number) const {
  const auto* owner = definition(form);
  const auto* field = owner ? owner->field(number) : nullptr;
  return field ? label(field->label) : std::to_string(number);
}

std::string ImageNames::choice(domain::FormNumber form, domain::FieldNumber number, std::uint32_t choice_number) const {
  const auto* owner = definition(form);
  const auto* field = owner ? owner->field(number) : nullptr;
  const auto* choice = field ? field->choice(choice_number) : nullptr;
  return choice ? label(choice->label) : std::to_string(choice_number);
}

domain::FormNumber ImageNames::follow_up_form() const {
  return domain::shipped::kFollowUps;
}

std::string ImageNames::moment(base::Instant at) const {
  const auto minutes = zone_.local_time_ms(at) / 60'000;
  const auto two = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return base::format_date(zone_.local_date(at)) + " " + two(minutes / 60) + ":" + two(minutes % 60);
}

std::string record_id_text(const Image& image, domain::FormNumber form, base::RecordId id) {
  const auto found = image.workspace().forms.find(form == 0 ? domain::shipped::kFollowUps : form);
  return base::format_id(found == image.workspace().forms.end() ? "rec_" : found->second.prefix, id.ulid);
}

std::optional<RecordView> record_by_text(const Image& image, std::string_view id_text) {
  for (const auto& [number, form] : image.workspace().forms) {
    const auto ulid = base::parse_prefixed(form.prefix, id_text);
    if (!ulid) continue;
    if (auto record = image.record(number, base::RecordId{*ulid})) return record;
  }
  return std::nullopt;
}

}  // namespace highseas::projections
