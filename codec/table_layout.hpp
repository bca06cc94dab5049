// table_layout — how values lie in a table: what is inline, in which slot, and as which struct of the schema.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include "codec/kinds.hpp"

namespace highseas::codec {

using StoredOffset = std::uint32_t;  // flatbuffers' uoffset_t: from where it stands to what it names
using StoredSlot = std::uint16_t;    // its voffset_t: where in a table's own list a field's place is

// As `struct Ulid` and `struct Decimal` of codec/schema/commits.fbs.
struct StoredUlid {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};
struct StoredDecimal {
  std::int64_t mantissa = 0;
  std::uint64_t scale = 0;  // a ubyte and its padding, which is zero
};
static_assert(std::endian::native == std::endian::little, "structs are written as they lie in memory");

constexpr StoredSlot slot(std::uint16_t id) {
  return static_cast<StoredSlot>(4 + 2 * id);
}

template <class T>
StoredUlid stored_ulid(const T& id) {
  if constexpr (std::is_same_v<T, base::Ulid>) {
    return {id.high, id.low};
  } else {
    return {id.ulid.high, id.ulid.low};
  }
}

template <class T>
T ulid_of(StoredUlid stored) {
  if constexpr (std::is_same_v<T, base::Ulid>) {
    return {stored.high, stored.low};
  } else {
    return T{{stored.high, stored.low}};
  }
}

// What lies in the table itself; anything else is behind an offset.
template <class T>
constexpr std::size_t inline_size() {
  if constexpr (kIsOptional<T>) {
    return inline_size<typename T::value_type>();
  } else if constexpr (Scalar<T>) {
    return sizeof(typename ScalarOf<T>::Type);
  } else if constexpr (kIsId<T> || std::is_same_v<T, base::Decimal>) {
    return 8;  // by what it is aligned
  } else {
    return sizeof(StoredOffset);
  }
}
template <class T>
constexpr bool is_inline() {
  if constexpr (kIsOptional<T>) return is_inline<typename T::value_type>();
  return Scalar<T> || kIsId<T> || std::is_same_v<T, base::Decimal>;
}

}  // namespace highseas::codec
