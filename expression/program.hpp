// program — a checked expression: a tree whose types agree, so that running it never has to ask what it may do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "expression/expression.hpp"
#include "expression/schema.hpp"

namespace highseas::expression {

enum class Op : std::uint8_t {
  constant,
  now,
  today,
  me,
  field,
  region_part,  // field's part `part`
  to_decimal,   // of an integer
  logical_not,
  logical_and,
  logical_or,
  conditional,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in_list,     // first child in the others
  in_members,  // first child in the second, a choices or references
  contains,
  starts_with,
  ends_with,
  size,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
  days,
  hours,
};

enum class RegionPart : std::uint8_t { province, city, district };

inline constexpr std::uint32_t kNoSlot = 0xFFFF'FFFFu;

// Durations are carried as std::int64_t milliseconds: the type says what they are.
struct Node {
  Op op = Op::constant;
  Type type = Type::null;
  // Field and region_part: the field. Of any node of type choice(s) or reference(s): whose choices or ids it holds.
  std::uint32_t slot = kNoSlot;
  RegionPart part = RegionPart::province;
  bool uses_record = false;  // false: the same for all records
  std::size_t offset = 0;    // in code points
  base::Value constant;      // Op::constant
  std::vector<Node> children;
};

class Program {
 public:
  std::string text;
  Node root;
  std::vector<std::uint32_t> slots;
  std::vector<UsedChoice> choices;
  bool uses_now = false;
  bool uses_me = false;
  int cost = 0;
};

}  // namespace highseas::expression
