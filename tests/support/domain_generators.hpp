// domain_generators — any event and any command, made from a seed by the same descriptions that store them.
#pragma once

#include <rapidcheck.h>

#include <cstdlib>
#include <random>
#include <string>

#include "codec/enum_keys.hpp"
#include "codec/kinds.hpp"
#include "codec/registry.hpp"

namespace highseas::testing {

// HIGHSEAS_SEED, or a fresh one; print it with every failure (SCOPED_TRACE).
inline std::uint64_t test_seed() {
  static const std::uint64_t seed = [] {
    const char* given = std::getenv("HIGHSEAS_SEED");
    return given ? std::strtoull(given, nullptr, 10) : std::uint64_t{std::random_device()()};
  }();
  return seed;
}

// Deterministic on every platform: the engine's numbers are fixed by the standard, and no distribution is used.
class DomainGenerator {
 public:
  explicit DomainGenerator(std::uint64_t seed) : random_(seed) {}

  domain::Event event() { return alternative<domain::Event>(below(std::variant_size_v<domain::Event>)); }
  domain::Command command() { return alternative<domain::Command>(below(std::variant_size_v<domain::Command>)); }
  // The alternative at that index of the variant, filled.
  template <class Variant>
  Variant alternative(std::size_t index) {
    Variant result;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((I == index ? fill(result.template emplace<I>()) : void()), ...);
    }(std::make_index_sequence<std::variant_size_v<Variant>>());
    return result;
  }

  base::Value value() {
    switch (below(13)) {
      case 0:
        return {};
      case 1:
        return made<bool>();
      case 2:
        return made<std::int64_t>();
      case 3:
        return made<base::Decimal>();
      case 4:
        return made<base::Date>();
      case 5:
        return made<base::Instant>();
      case 6:
        return made<std::string>();
      case 7:
        return base::Choice{made<std::uint32_t>()};
      case 8:
        return base::Choices{made<std::vector<std::uint32_t>>()};
      case 9:
        return base::Reference{made<base::Ulid>()};
      case 10:
        return base::References{made<std::vector<base::Ulid>>()};
      case 11:
        return base::Region{made<std::string>(), made<std::string>(), made<std::string>()};
      default:
        return base::Location{made<base::Decimal>(), made<base::Decimal>()};
    }
  }

  template <class T>
  T made() {
    T result{};
    fill(result);
    return result;
  }

  // Any number below `bound`.
  std::size_t below(std::size_t bound) { return random_() % bound; }

 private:
  template <class T>
  void fill(T& out) {
    using namespace codec;
    if constexpr (kIsOptional<T>) {
      if (below(3) > 0) {
        fill(out.emplace());
      } else {
        out.reset();
      }
    } else if constexpr (std::is_same_v<T, bool>) {
      out = below(2) == 1;
    } else if constexpr (std::is_same_v<T, domain::RefusalCode>) {
      out = static_cast<domain::RefusalCode>(below(64));
    } else if constexpr (std::is_enum_v<T>) {
      out = kEnumKeys<T>[below(std::size(kEnumKeys<T>))].value;
    } else if constexpr (std::is_integral_v<T>) {
      // Mostly small, at times anything.
      out = static_cast<T>(below(8) == 0 ? random_() : below(3000));
    } else if constexpr (std::is_same_v<T, std::string>) {
      fill_text(out);
    } else if constexpr (std::is_same_v<T, base::Decimal>) {
      out = {made<std::int64_t>(), static_cast<std::uint8_t>(below(7))};
    } else if constexpr (std::is_same_v<T, base::Instant>) {
      out.ms = 1'700'000'000'000 + static_cast<std::int64_t>(below(1'000'000'000'000));
    } else if constexpr (std::is_same_v<T, base::Date>) {
      out.days = static_cast<std::int32_t>(below(60'000)) - 20'000;
    } else if constexpr (std::is_same_v<T, base::Ulid>) {
      out = {random_(), random_()};
    } else if constexpr (kIsId<T>) {
      fill(out.ulid);
    } else if constexpr (kIsValue<T>) {
      out = value();
    } else {
      fill_many(out);
    }
  }

  template <class T>
  void fill_many(T& out) {
    using namespace codec;
    if constexpr (kIsValues<T>) {
      out.clear();
      domain::FieldNumber field = 0;
      for (std::size_t left = below(12); left > 0; --left) out.push_back({field += 1 + made<std::uint16_t>(), value()});
    } else if constexpr (kIsVector<T>) {
      out.resize(below(4));
      for (auto& element : out) fill(element);
    } else if constexpr (kIsByteArray<T>) {
      for (auto& byte : out) byte = static_cast<std::uint8_t>(random_());
    } else if constexpr (kIsOneOf<T>) {
      out = alternative<T>(below(std::variant_size_v<T>));
    } else {
      each_field<T>([&](const auto& field) { fill(out.*field.member); });
    }
  }

  void fill_text(std::string& out) {
    static constexpr std::string_view kParts[] = {"海", "公司", "A", "z9", " ", "\n", "\"", "𠮷", "测试", "-"};
    out.clear();
    for (std::size_t left = below(10); left > 0; --left) out += kParts[below(std::size(kParts))];
  }

  std::mt19937_64 random_;
};

// The same for rapidcheck's properties.
inline rc::Gen<domain::Event> any_event() {
  return rc::gen::map(rc::gen::arbitrary<std::uint64_t>(),
                      [](std::uint64_t seed) { return DomainGenerator(seed).event(); });
}
inline rc::Gen<domain::Command> any_command() {
  return rc::gen::map(rc::gen::arbitrary<std::uint64_t>(),
                      [](std::uint64_t seed) { return DomainGenerator(seed).command(); });
}

}  // namespace highseas::testing
