// value_faults — whether one value is of its field's type and within its limits.
#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/text_shapes.hpp"

namespace highseas::domain {
namespace {

constexpr std::int64_t kSafeInteger = 9'007'199'254'740'991;  // what a JSON number holds exactly everywhere
constexpr std::uint32_t kRegionPartLengthMax = 50;            // code points

base::Decimal whole(std::int64_t value) {
  return {.mantissa = value, .scale = 0};
}

class ValueCheck {
 public:
  ValueCheck(const FieldDefinition& field, std::uint8_t currency_places, const std::string& pointer)
      : field_(field), limits_(effective_limits(field, currency_places)), pointer_(pointer) {}

  std::vector<InputFault> run(const base::Value& value) {
    if (!base::is_null(value)) by_type(value);
    return std::move(faults_);
  }

 private:
  void fault(RefusalCode code, std::string detail = {}, std::string_view below = {}) {
    faults_.push_back(
        {.pointer = pointer_ + std::string(below), .code = code, .field = field_.number, .detail = std::move(detail)});
  }

  template <class T, class Check>
  void as(const base::Value& value, Check check) {
    if (const auto* typed = std::get_if<T>(&value)) {
      check(*typed);
    } else {
      fault(RefusalCode::wrong_type);
    }
  }

  void by_type(const base::Value& value) {
    switch (field_.type) {
      case FieldType::text:
      case FieldType::long_text:
      case FieldType::address:
      case FieldType::phone:
      case FieldType::email:
      case FieldType::url:
        return as<std::string>(value, [this](const std::string& text) { text_faults(text); });
      case FieldType::integer:
      case FieldType::rating:
        return as<std::int64_t>(value, [this](std::int64_t number) { range_faults(whole(number)); });
      case FieldType::decimal:
      case FieldType::money:
      case FieldType::percent:
        return as<base::Decimal>(value, [this](base::Decimal number) { decimal_faults(number); });
      case FieldType::date:
        return as<base::Date>(value, [this](base::Date day) { year_faults(day); });
      case FieldType::datetime:
        return as<base::Instant>(value, [this](base::Instant at) { instant_faults(at); });
      case FieldType::boolean:
        return as<bool>(value, [](bool) {});
      case FieldType::choice:
        return as<base::Choice>(value, [this](base::Choice choice) { choice_faults(choice.number); });
      case FieldType::choices:
        return as<base::Choices>(value, [this](const base::Choices& choices) {
          for (const auto number : choices.numbers) choice_faults(number);
          many_faults(choices.numbers.size());
        });
      case FieldType::member:
      case FieldType::department:
      case FieldType::reference:
      case FieldType::file:
      case FieldType::image:
        if (!field_.many) return as<base::Reference>(value, [](base::Reference) {});
        return as<base::References>(value, [this](const base::References& many) { many_faults(many.ids.size()); });
      case FieldType::region:
        return as<base::Region>(value, [this](const base::Region& region) { region_faults(region); });
      case FieldType::location:
        return as<base::Location>(value, [this](const base::Location& location) { location_faults(location); });
    }
    HS_ASSERT(!"field type");
  }

  void text_faults(const std::string& text) {
    if (!base::is_valid_utf8(text) || has_control_characters(text, field_.type == FieldType::long_text)) {
      return fault(RefusalCode::invalid_value);
    }
    if (limits_.max_length && base::code_points(text) > *limits_.max_length) {
      return fault(RefusalCode::too_long, std::to_string(*limits_.max_length));
    }
    const bool shaped = field_.type == FieldType::phone   ? looks_like_phone(text)
                        : field_.type == FieldType::email ? looks_like_email(text)
                        : field_.type == FieldType::url   ? looks_like_url(text)
                                                          : true;
    if (!shaped) fault(RefusalCode::invalid_value);
  }

  void range_faults(base::Decimal number) {
    if (limits_.minimum && number < *limits_.minimum) {
      fault(RefusalCode::out_of_range, ">= " + base::format_decimal(*limits_.minimum));
    } else if (limits_.maximum && number > *limits_.maximum) {
      fault(RefusalCode::out_of_range, "<= " + base::format_decimal(*limits_.maximum));
    }
  }

  void decimal_faults(base::Decimal number) {
    if (limits_.places && !base::fits_places(number, *limits_.places)) {
      fault(RefusalCode::too_many_decimals, std::to_string(*limits_.places));
    } else if (field_.type == FieldType::money && limits_.places && !base::rescale(number, *limits_.places)) {
      fault(RefusalCode::out_of_range);  // with all its places it is too large to be held
    }
    range_faults(number);
  }

  void year_faults(base::Date day) {
    static const auto first = base::make_date(1, 1, 1);
    static const auto last = base::make_date(9999, 12, 31);
    if (day < *first || day > *last) fault(RefusalCode::out_of_range);
  }

  void instant_faults(base::Instant at) {
    static const auto first = base::make_date(1, 1, 1)->days * base::kMsPerDay;
    static const auto end = (base::make_date(9999, 12, 31)->days + std::int64_t{1}) * base::kMsPerDay;
    if (at.ms < first || at.ms >= end) fault(RefusalCode::out_of_range);
  }

  void choice_faults(std::uint32_t number) {
    const auto* option = field_.choice(number);
    if (option == nullptr || option->retired) fault(RefusalCode::unknown_choice);
  }

  void many_faults(std::size_t count) {
    if (count > kMaxMany) fault(RefusalCode::too_long, std::to_string(kMaxMany));
  }

  void region_faults(const base::Region& region) {
    if (is_blank(region.province)) fault(RefusalCode::required, {}, "/province");
    part_faults(region.province, "/province");
    part_faults(region.city, "/city");
    part_faults(region.district, "/district");
  }

  void part_faults(const std::string& text, std::string_view below) {
    if (!base::is_valid_utf8(text) || has_control_characters(text, false)) {
      fault(RefusalCode::invalid_value, {}, below);
    } else if (base::code_points(text) > kRegionPartLengthMax) {
      fault(RefusalCode::too_long, std::to_string(kRegionPartLengthMax), below);
    }
  }

  void location_faults(const base::Location& location) {
    if (location.longitude < whole(-180) || location.longitude > whole(180)) {
      fault(RefusalCode::out_of_range, "-180 … 180", "/longitude");
    }
    if (location.latitude < whole(-90) || location.latitude > whole(90)) {
      fault(RefusalCode::out_of_range, "-90 … 90", "/latitude");
    }
  }

  const FieldDefinition& field_;
  const Limits limits_;
  const std::string& pointer_;
  std::vector<InputFault> faults_;
};

// What a field has that says nothing about it.
Limits type_default(FieldType type, std::uint8_t currency_places) {
  Limits limits = type_ceiling(type);
  if (type == FieldType::text) limits.max_length = 200;
  if (type == FieldType::long_text) limits.max_length = 10'000;
  if (type == FieldType::money) limits.places = currency_places;
  if (type == FieldType::percent) limits.places = 4;
  if (type == FieldType::rating) limits.maximum = whole(5);
  return limits;
}

}  // namespace

Limits type_ceiling(FieldType type) {
  Limits limits;
  switch (type) {
    case FieldType::text:
      limits.max_length = 1'000;
      break;
    case FieldType::long_text:
      limits.max_length = 50'000;
      break;
    case FieldType::address:
      limits.max_length = 500;
      break;
    case FieldType::phone:
      limits.max_length = 40;
      break;
    case FieldType::email:
      limits.max_length = 254;
      break;
    case FieldType::url:
      limits.max_length = 2'000;
      break;
    case FieldType::integer:
      limits.minimum = whole(-kSafeInteger);
      limits.maximum = whole(kSafeInteger);
      break;
    case FieldType::rating:
      limits.minimum = whole(1);
      limits.maximum = whole(10);
      break;
    case FieldType::decimal:
    case FieldType::money:
    case FieldType::percent:
      limits.places = static_cast<std::uint8_t>(base::kMaxScale);
      break;
    case FieldType::date:
    case FieldType::datetime:
    case FieldType::choice:
    case FieldType::choices:
    case FieldType::member:
    case FieldType::department:
    case FieldType::reference:
    case FieldType::region:
    case FieldType::location:
    case FieldType::file:
    case FieldType::image:
    case FieldType::boolean:
      break;
  }
  return limits;
}

Limits effective_limits(const FieldDefinition& field, std::uint8_t places_of_currency) {
  Limits limits = type_default(field.type, places_of_currency);
  if (field.limits.minimum) limits.minimum = field.limits.minimum;
  if (field.limits.maximum) limits.maximum = field.limits.maximum;
  if (field.limits.max_length) limits.max_length = field.limits.max_length;
  if (field.limits.places) limits.places = field.limits.places;
  return limits;
}

std::uint8_t currency_places(std::string_view currency) {
  constexpr auto kWithoutPlaces =
      std::to_array<std::string_view>({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX",
                                       "UYI", "VND", "VUV", "XAF", "XOF", "XPF"});
  constexpr auto kWithThree = std::to_array<std::string_view>({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"});
  if (std::ranges::find(kWithoutPlaces, currency) != kWithoutPlaces.end()) return 0;
  if (std::ranges::find(kWithThree, currency) != kWithThree.end()) return 3;
  return currency == "CLF" || currency == "UYW" ? 4 : 2;
}

std::vector<InputFault> value_faults(const FieldDefinition& field, const base::Value& value,
                                     std::uint8_t places_of_currency, const std::string& pointer) {
  return ValueCheck(field, places_of_currency, pointer).run(value);
}

}  // namespace highseas::domain
