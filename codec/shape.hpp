// shape — how a struct of the language is described: its fields, their stored ids, and which of them are sealed.
#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "domain/commit_content.hpp"

namespace highseas::codec {

enum class Place : std::uint8_t {
  clear,   // in the table (of a record's values: those that are not sealed)
  sealed,  // a text in the secret of its subject's section
  items,   // a command's records: the table holds how many; each lies in its record's section (codec/items.hpp)
};

template <class Owner, class Member>
struct Field {
  using Type = Member;
  std::uint16_t id;  // of the table's field; never reused
  std::string_view name;
  Member Owner::* member;
  Place place;
};

// Specialised for each struct that is stored, in codec/shapes/. One description serves writing, reading, showing,
// generating, the schema and the catalogue. A field that is left out of it would be lost: the round trips find that.
template <class T>
struct Shape;

template <class T>
concept Shaped = requires { Shape<T>::kFields; };

// Calls `visit(field)` for each field in order.
template <Shaped T, class Visit>
constexpr void each_field(Visit&& visit) {
  std::apply([&](const auto&... field) { (visit(field), ...); }, Shape<T>::kFields);
}

}  // namespace highseas::codec

#define HS_SHAPE(type, ...)                                       \
  template <>                                                     \
  struct highseas::codec::Shape<highseas::domain::type> {         \
    using T = highseas::domain::type;                             \
    static constexpr std::string_view kName = #type;              \
    static constexpr auto kFields = std::make_tuple(__VA_ARGS__); \
  };
#define HS_FIELD(id, member_, place)                         \
  highseas::codec::Field<T, decltype(T::member_)> {          \
    id, #member_, &T::member_, highseas::codec::Place::place \
  }
#define HS_CLEAR(id, member) HS_FIELD(id, member, clear)
#define HS_SEALED(id, member) HS_FIELD(id, member, sealed)
#define HS_ITEMS(id, member) HS_FIELD(id, member, items)
