// catalogue_text — docs/events.md, from the registry and the descriptions.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "codec/kinds.hpp"
#include "codec/registry.hpp"

namespace highseas::testing {

template <class M>
std::string catalogue_type() {
  using namespace codec;
  if constexpr (kIsOptional<M>) {
    return catalogue_type<typename M::value_type>() + "?";
  } else if constexpr (kIsValues<M>) {
    return "values";
  } else if constexpr (kIsVector<M>) {
    return "[" + catalogue_type<typename M::value_type>() + "]";
  } else if constexpr (Shaped<M>) {
    return std::string(Shape<M>::kName);
  } else if constexpr (std::is_same_v<M, bool>) {
    return "bool";
  } else if constexpr (std::is_enum_v<M>) {
    return "key";
  } else if constexpr (std::is_same_v<M, base::Instant>) {
    return "instant";
  } else if constexpr (std::is_same_v<M, base::Date>) {
    return "date";
  } else if constexpr (std::is_same_v<M, base::Decimal>) {
    return "decimal";
  } else if constexpr (std::is_integral_v<M>) {
    return "number";
  } else if constexpr (kIsText<M>) {
    return "text";
  } else if constexpr (kIsId<M>) {
    return "id";
  } else if constexpr (kIsValue<M>) {
    return "value";
  } else if constexpr (kIsOneOf<M>) {
    return "plan";
  } else {
    return "bytes";
  }
}

template <codec::Shaped T>
std::string catalogue_fields() {
  std::string out;
  codec::each_field<T>([&]<class F>(const F& field) {
    out += (out.empty() ? "" : ", ") + std::string(field.name) + " " + catalogue_type<typename F::Type>();
    if (field.place == codec::Place::sealed) out += " (sealed)";
    if (field.place == codec::Place::items) out += " (in its record's section)";
  });
  return out.empty() ? "—" : out;
}

template <class Variant>
std::string catalogue_table() {
  std::vector<std::pair<std::uint16_t, std::string>> rows;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (rows.emplace_back(codec::kRegistry<Variant>[I].number,
                       "| " + std::to_string(codec::kRegistry<Variant>[I].number) + " | " +
                           std::string(codec::kRegistry<Variant>[I].name) + " | " +
                           catalogue_fields<std::variant_alternative_t<I, Variant>>() + " |\n"),
     ...);
  }(std::make_index_sequence<std::variant_size_v<Variant>>());
  std::sort(rows.begin(), rows.end());
  std::string out = "| number | name | fields |\n| --- | --- | --- |\n";
  for (const auto& row : rows) out += row.second;
  return out;
}

inline std::string catalogue_text() {
  return "# Events and commands\n\n"
         "Written by a test from `codec/registry.hpp` and `codec/shapes/`; do not edit it by hand. Numbers are given "
         "once and never reused. `?` = may be absent. `values` are a record's fields by number: text and locations of "
         "them, and fields marked personal, are sealed with the key of the record (of a follow-up: of its customer or "
         "lead). Pool events of a record are stored under these names and shown with their form: `CustomerClaimed`, "
         "`LeadClaimed`, `RecordClaimed`.\n\n"
         "## Events\n\n" +
         catalogue_table<domain::Event>() + "\n## Commands\n\nThe numbers of decision generations.\n\n" +
         catalogue_table<domain::Command>();
}

}  // namespace highseas::testing
