// text — JSON by hand: the auditor's program leans on nothing of the API.
#include "tools/replay/text.hpp"

#include <cstdio>

#include "domain/forms/fact_fields.hpp"

namespace highseas::replay {
namespace {

template <class... Fs>
struct Overload : Fs... {
  using Fs::operator()...;
};

std::string choice_key(const domain::FieldDefinition* field, domain::FieldNumber number, std::uint32_t choice) {
  if (const auto* found = field ? field->choice(choice) : nullptr) return found->key;
  if (const auto* fact = domain::fact_field(number)) {
    for (const auto& each : fact->choices) {
      if (each.number == choice) return std::string(each.key);
    }
  }
  return std::to_string(choice);
}

std::string id_of(const projections::Image& image, const domain::FieldDefinition* field, domain::FieldNumber number,
                  domain::FormNumber form, base::Ulid id) {
  if (number == domain::facts::kId) return projections::record_id_text(image, form, base::RecordId{id});
  const auto* fact = domain::fact_field(number);
  if (fact && !fact->id_prefix.empty()) return base::format_id(fact->id_prefix, id);
  const auto type = field ? field->type : fact ? fact->type : domain::FieldType::member;
  switch (type) {
    case domain::FieldType::reference:
      return projections::record_id_text(image, field ? field->reference : form, base::RecordId{id});
    case domain::FieldType::department:
      return base::format_id(base::DepartmentId{id});
    case domain::FieldType::file:
    case domain::FieldType::image:
      return base::format_id(base::FileId{id});
    default:
      return base::format_id(base::MemberId{id});
  }
}

template <class Range, class Write>
std::string list(const Range& range, Write write) {
  std::string out = "[";
  for (const auto& each : range) out += (out.size() > 1 ? "," : "") + write(each);
  return out + "]";
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

std::string value_json(const projections::Image& image, domain::FormNumber form, domain::FieldNumber number,
                       const base::Value& value) {
  const auto found = image.workspace().forms.find(form);
  const auto* field = found == image.workspace().forms.end() ? nullptr : found->second.field(number);
  const auto id = [&](base::Ulid each) { return quoted(id_of(image, field, number, form, each)); };
  const auto choice = [&](std::uint32_t each) { return quoted(choice_key(field, number, each)); };
  return std::visit(Overload{[](std::monostate) { return std::string("null"); },
                             [](bool truth) { return std::string(truth ? "true" : "false"); },
                             [](std::int64_t whole) { return std::to_string(whole); },
                             [](base::Decimal decimal) { return quoted(base::format_decimal(decimal)); },
                             [](base::Date date) { return quoted(base::format_date(date)); },
                             [](base::Instant at) { return quoted(base::format_instant(at)); },
                             [](const std::string& text) { return quoted(text); },
                             [&](base::Choice one) { return choice(one.number); },
                             [&](const base::Choices& many) { return list(many.numbers, choice); },
                             [&](base::Reference one) { return id(one.id); },
                             [&](const base::References& many) { return list(many.ids, id); },
                             [](const base::Region& region) {
                               return "{\"province\":" + quoted(region.province) + ",\"city\":" + quoted(region.city) +
                                      ",\"district\":" + quoted(region.district) + "}";
                             },
                             [](const base::Location& place) {
                               return "{\"longitude\":" + quoted(base::format_decimal(place.longitude)) +
                                      ",\"latitude\":" + quoted(base::format_decimal(place.latitude)) + "}";
                             }},
                    value);
}

std::string actor_text(const domain::Actor& actor, const projections::ImageNames& names) {
  switch (actor.kind) {
    case domain::ActorKind::member:
      return names.member(base::MemberId{actor.id});
    case domain::ActorKind::api_key:
      return actor.on_behalf_of ? names.member(*actor.on_behalf_of) + " (API)" : "API";
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
  return "";
}

}  // namespace highseas::replay
