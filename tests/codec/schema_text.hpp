// schema_text — the descriptions of codec/shapes as a flatbuffers schema: the contract for readers outside.
#pragma once

#include <map>
#include <string>

#include "codec/items.hpp"
#include "codec/kinds.hpp"
#include "codec/registry.hpp"

namespace highseas::testing {

class SchemaText {
 public:
  SchemaText() {
    add_all<domain::Event>();
    add_all<domain::Command>();
    table<codec::ItemPart>();
    table<codec::Preamble>();
  }

  std::string text() const {
    std::string out =
        "// commits — the tables of events, commands and items as they are stored; written by a test from "
        "codec/shapes.\n"
        "// A deprecated field is sealed: it lies in the section's secret, never in the table.\n"
        "namespace highseas.stored;\n\n"
        "struct Ulid {\n  high: ulong;\n  low: ulong;\n}\n\n"
        "struct Decimal {\n  mantissa: long;\n  scale: ubyte;\n}\n";
    for (const auto& [name, body] : tables_) out += "\ntable " + name + " {\n" + body + "}\n";
    return out;
  }

 private:
  template <class Variant>
  void add_all() {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (table<std::variant_alternative_t<I, Variant>>(), ...);
    }(std::make_index_sequence<std::variant_size_v<Variant>>());
  }

  template <codec::Shaped T>
  std::string table() {
    const std::string name(codec::Shape<T>::kName);
    if (tables_.contains(name)) return name;
    tables_[name];  // so that a table within itself would end
    std::string body;
    codec::each_field<T>([&]<class F>(const F& field) {
      std::string attributes = "id: " + std::to_string(field.id);
      std::string type;
      if (field.place == codec::Place::items) {
        type = "uint";
      } else {
        type = type_of<typename F::Type>();
        if (field.place == codec::Place::sealed) attributes += ", deprecated";
      }
      body += "  " + std::string(field.name) + ": " + type + " (" + attributes + ");\n";
    });
    tables_[name] = body;
    return name;
  }

  template <class M>
  std::string type_of() {
    using namespace codec;
    if constexpr (kIsOptional<M>) {
      using Inner = typename M::value_type;
      return type_of<Inner>() + (Scalar<Inner> ? " = null" : "");
    } else if constexpr (std::is_same_v<M, bool>) {
      return "bool";
    } else if constexpr (Scalar<M>) {
      return scalar<typename ScalarOf<M>::Type>();
    } else if constexpr (kIsId<M>) {
      return "Ulid";
    } else if constexpr (std::is_same_v<M, base::Decimal>) {
      return "Decimal";
    } else if constexpr (kIsText<M>) {
      return "string";
    } else if constexpr (kIsValue<M> || kIsValues<M> || kIsByteArray<M>) {
      return "[ubyte]";
    } else if constexpr (kIsOneOf<M>) {
      return one_of(static_cast<M*>(nullptr));
    } else if constexpr (kIsVector<M>) {
      return "[" + element<typename M::value_type>() + "]";
    } else {
      return table<M>();
    }
  }

  template <class E>
  std::string element() {
    if constexpr (codec::kIsVector<E>) {
      tables_["NumberList"] = "  numbers: [uint] (id: 0);\n";
      return "NumberList";
    } else {
      return type_of<E>();
    }
  }

  template <class... Alternatives>
  std::string one_of(std::variant<Alternatives...>*) {
    static_assert(std::is_same_v<std::variant<Alternatives...>, domain::JobPlan>, "name its table here");
    std::string body;
    int id = 0;
    ((body +=
      "  " + snake(table<Alternatives>()) + ": " + table<Alternatives>() + " (id: " + std::to_string(id++) + ");\n"),
     ...);
    tables_["JobPlan"] = body;
    return "JobPlan";
  }

  static std::string snake(const std::string& camel) {
    std::string out;
    for (const char c : camel) {
      if (c >= 'A' && c <= 'Z' && !out.empty()) out += '_';
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return out;
  }

  template <class S>
  static std::string scalar() {
    if (std::is_same_v<S, std::uint8_t>) return "ubyte";
    if (std::is_same_v<S, std::uint16_t>) return "ushort";
    if (std::is_same_v<S, std::uint32_t>) return "uint";
    if (std::is_same_v<S, std::uint64_t>) return "ulong";
    if (std::is_same_v<S, std::int32_t>) return "int";
    return "long";
  }

  std::map<std::string, std::string> tables_;
};

}  // namespace highseas::testing
