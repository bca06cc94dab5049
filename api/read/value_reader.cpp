// value_reader — by type: texts in NFC, numbers from their own text, choices by key, things by their prefixed ids.
#include "api/read/value_reader.hpp"

#include <algorithm>
#include <optional>

#include "api/read/whole_number.hpp"
#include "base/assert.hpp"
#include "base/text.hpp"
#include "projections/value_walk.hpp"

namespace highseas::api {
namespace {

using domain::FieldType;
using domain::RefusalCode;

// As JSON writes numbers, leading zeros aside.
bool is_number(std::string_view text) {
  const auto digits = [&text] {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(end);
    return end > 0;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  if (!digits()) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!digits()) return false;
  }
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return digits() && text.empty();
}

class ValueReader {
 public:
  ValueReader(const domain::Workspace& workspace, const domain::FieldDefinition& field, const std::string& pointer,
              domain::RecordItem& item, domain::Faults& faults)
      : workspace_(workspace), field_(field), pointer_(pointer), item_(item), faults_(faults) {}

  void run(const json::Json& json) {
    if (json.is_null()) return put({});
    if (field_.type == FieldType::choice) return read_choice(json);
    if (field_.type == FieldType::choices) return read_choices(json);
    if (auto value = read(json)) put(std::move(*value));
  }

 private:
  void put(base::Value value) { item_.values.push_back({.field = field_.number, .value = std::move(value)}); }

  std::nullopt_t fault(RefusalCode code, std::string_view below = {}) {
    faults_.add(pointer_ + std::string(below), code, field_.number);
    return std::nullopt;
  }

  std::optional<base::Value> read(const json::Json& json) {
    switch (field_.type) {
      case FieldType::text:
      case FieldType::long_text:
      case FieldType::address:
      case FieldType::phone:
      case FieldType::email:
      case FieldType::url:
        return wrap(text(json, {}));
      case FieldType::integer:
      case FieldType::rating:
        return integer(json);
      case FieldType::decimal:
      case FieldType::money:
      case FieldType::percent:
        return wrap(decimal(json, {}));
      case FieldType::date:
        return parsed(json, base::parse_date);
      case FieldType::datetime:
        return parsed(json, base::parse_instant);
      case FieldType::boolean:
        if (const auto* truth = json.as_boolean()) return base::Value(*truth);
        return fault(RefusalCode::wrong_type);
      case FieldType::member:
      case FieldType::department:
      case FieldType::reference:
      case FieldType::file:
      case FieldType::image:
        return field_.many ? references(json) : reference(json);
      case FieldType::region:
        return region(json);
      case FieldType::location:
        return location(json);
      case FieldType::choice:
      case FieldType::choices:
        break;
    }
    HS_ASSERT(!"field type");
    return std::nullopt;
  }

  template <class T>
  static std::optional<base::Value> wrap(std::optional<T> value) {
    if (!value) return std::nullopt;
    return base::Value(std::move(*value));
  }

  std::optional<std::string> text(const json::Json& json, std::string_view below) {
    const auto* given = json.as_string();
    if (!given) return fault(RefusalCode::wrong_type, below);
    return base::nfc(*given);
  }

  std::optional<base::Value> integer(const json::Json& json) {
    if (const auto number = exact_int64(json)) return base::Value(*number);
    const auto* digits = json.as_number();
    if (!digits) return fault(RefusalCode::wrong_type);
    const bool whole = digits->find_first_of(".eE") == std::string::npos;
    return fault(whole ? RefusalCode::out_of_range : RefusalCode::wrong_type);
  }

  // A string or a number, each by its own text: 0.1 stays 0.1.
  std::optional<base::Decimal> decimal(const json::Json& json, std::string_view below) {
    const auto* digits = json.as_number() ? json.as_number() : json.as_string();
    if (!digits) return fault(RefusalCode::wrong_type, below);
    if (const auto value = base::parse_decimal(*digits)) return value;
    if (!is_number(*digits)) return fault(RefusalCode::invalid_value, below);
    const auto point = digits->find('.');
    const auto places = point == std::string::npos ? 0 : digits->find_first_not_of("0123456789", point + 1);
    const auto end = places == std::string::npos ? digits->size() : places;
    const bool too_fine = point != std::string::npos && end - point - 1 > base::kMaxScale;
    return fault(too_fine ? RefusalCode::too_many_decimals : RefusalCode::out_of_range, below);
  }

  template <class Parse>
  std::optional<base::Value> parsed(const json::Json& json, Parse parse) {
    const auto* given = json.as_string();
    if (!given) return fault(RefusalCode::wrong_type);
    if (const auto value = parse(*given)) return base::Value(*value);
    return fault(RefusalCode::invalid_value);
  }

  RefusalCode unknown_thing() const {
    if (field_.type == FieldType::member) return RefusalCode::unknown_member;
    if (field_.type == FieldType::department) return RefusalCode::unknown_department;
    return RefusalCode::unknown_reference;
  }

  std::optional<base::Ulid> thing(const json::Json& json, std::string_view below) {
    const auto* given = json.as_string();
    if (!given) return fault(RefusalCode::wrong_type, below);
    if (const auto id = base::parse_prefixed(projections::id_prefix(workspace_, field_), *given)) return id;
    return fault(unknown_thing(), below);
  }

  std::optional<base::Value> reference(const json::Json& json) {
    const auto id = thing(json, {});
    if (!id) return std::nullopt;
    return base::Value(base::Reference{*id});
  }

  std::optional<base::Value> references(const json::Json& json) {
    const auto* items = json.as_array();
    if (!items) return fault(RefusalCode::wrong_type);
    base::References many;
    for (std::size_t at = 0; at < items->size(); ++at) {
      if (const auto id = thing((*items)[at], "/" + std::to_string(at))) many.ids.push_back(*id);
    }
    if (many.ids.size() != items->size()) return std::nullopt;
    return base::Value(std::move(many));
  }

  // The choice's number; nothing for a new word of an open list, which is put into the item, and for a fault.
  std::optional<std::uint32_t> choice(const json::Json& json, std::string_view below) {
    const auto* given = json.as_string();
    if (!given) return fault(RefusalCode::wrong_type, below);
    const auto key = base::nfc(*given);
    if (const auto* option = field_.choice_by_key(key)) return option->number;
    if (!field_.open) return fault(RefusalCode::unknown_choice, below);
    item_.new_choices.push_back({.field = field_.number, .text = key});
    return std::nullopt;
  }

  void read_choice(const json::Json& json) {
    if (const auto number = choice(json, {})) put(base::Choice{*number});
  }

  void read_choices(const json::Json& json) {
    const auto* items = json.as_array();
    if (!items) return void(fault(RefusalCode::wrong_type));
    base::Choices choices;
    const auto before = faults_.all().size();
    for (std::size_t at = 0; at < items->size(); ++at) {
      if (const auto number = choice((*items)[at], "/" + std::to_string(at))) choices.numbers.push_back(*number);
    }
    if (faults_.all().size() == before) put(std::move(choices));
  }

  // Reads an object's parts by `take(name, json)`, which says whether it knows the name.
  template <class Take>
  bool parts(const json::Json& json, Take take) {
    const auto* object = json.as_object();
    if (!object) {
      fault(RefusalCode::wrong_type);
      return false;
    }
    const auto before = faults_.all().size();
    for (const auto& [name, part] : *object) {
      if (!take(name, part)) fault(RefusalCode::unknown_field, json::pointer_with("", name));
    }
    return faults_.all().size() == before;
  }

  std::optional<base::Value> region(const json::Json& json) {
    base::Region region;
    domain::RegionPatch patch{.field = field_.number};
    const bool read = parts(json, [&](const std::string& name, const json::Json& part) {
      auto* place = name == "province"   ? &region.province
                    : name == "city"     ? &region.city
                    : name == "district" ? &region.district
                                         : nullptr;
      if (!place) return false;
      (place == &region.province ? patch.province : place == &region.city ? patch.city : patch.district) = true;
      if (!part.is_null()) *place = text(part, "/" + name).value_or("");
      return true;
    });
    if (!read) return std::nullopt;
    const bool whole = patch.province && patch.city && patch.district;
    if (item_.operation == domain::RecordOperation::update && !whole) item_.region_patches.push_back(patch);
    return base::Value(std::move(region));
  }

  std::optional<base::Value> location(const json::Json& json) {
    std::optional<base::Decimal> longitude;
    std::optional<base::Decimal> latitude;
    const bool read = parts(json, [&](const std::string& name, const json::Json& part) {
      if (name != "longitude" && name != "latitude") return false;
      (name == "longitude" ? longitude : latitude) = decimal(part, "/" + name);
      return true;
    });
    if (!read) return std::nullopt;
    if (!longitude) fault(RefusalCode::required, "/longitude");
    if (!latitude) fault(RefusalCode::required, "/latitude");
    if (!longitude || !latitude) return std::nullopt;
    return base::Value(base::Location{.longitude = *longitude, .latitude = *latitude});
  }

  const domain::Workspace& workspace_;
  const domain::FieldDefinition& field_;
  const std::string& pointer_;
  domain::RecordItem& item_;
  domain::Faults& faults_;
};

}  // namespace

void read_value(const domain::Workspace& workspace, const domain::FieldDefinition& field, const json::Json& json,
                const std::string& pointer, domain::RecordItem& item, domain::Faults& faults) {
  ValueReader(workspace, field, pointer, item, faults).run(json);
}

}  // namespace highseas::api
