// kinds — what a member's C++ type is in a table; shared by writing, reading, the schema and showing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "codec/shape.hpp"

namespace highseas::codec {

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

template <class T>
inline constexpr bool kIsId = std::is_same_v<T, base::Ulid>;
template <class Tag>
inline constexpr bool kIsId<base::Id<Tag>> = true;

template <class T>
inline constexpr bool kIsByteArray = false;
template <std::size_t N>
inline constexpr bool kIsByteArray<std::array<std::uint8_t, N>> = true;

// One of several plans and the like: a table of which exactly one field is there.
template <class T>
inline constexpr bool kIsOneOf = false;
template <class... Alternatives>
inline constexpr bool kIsOneOf<std::variant<Alternatives...>> =
    !std::is_same_v<std::variant<Alternatives...>, base::Value>;

template <class T>
inline constexpr bool kIsText = std::is_same_v<T, std::string>;
template <class T>
inline constexpr bool kIsValue = std::is_same_v<T, base::Value>;
template <class T>
inline constexpr bool kIsValues = std::is_same_v<T, std::vector<domain::FieldValue>>;

// How a number, truth value, moment or closed list lies in a table.
template <class T>
struct ScalarOf {};
template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
struct ScalarOf<T> {
  using Type = T;
};
template <class T>
  requires std::is_enum_v<T>
struct ScalarOf<T> {
  using Type = std::underlying_type_t<T>;
};
template <>
struct ScalarOf<bool> {
  using Type = std::uint8_t;
};
template <>
struct ScalarOf<base::Instant> {
  using Type = std::int64_t;
};
template <>
struct ScalarOf<base::Date> {
  using Type = std::int32_t;
};
template <class T>
concept Scalar = requires { typename ScalarOf<T>::Type; };

template <Scalar T>
constexpr typename ScalarOf<T>::Type to_stored(const T& value) {
  if constexpr (std::is_same_v<T, base::Instant>) {
    return value.ms;
  } else if constexpr (std::is_same_v<T, base::Date>) {
    return value.days;
  } else {
    return static_cast<typename ScalarOf<T>::Type>(value);
  }
}
template <Scalar T>
constexpr T from_stored(typename ScalarOf<T>::Type stored) {
  if constexpr (std::is_same_v<T, base::Instant> || std::is_same_v<T, base::Date>) {
    return T{stored};
  } else {
    return static_cast<T>(stored);
  }
}

}  // namespace highseas::codec
