// syntax — an expression as a tree, before anything is known of its fields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "expression/expression.hpp"

namespace highseas::expression {

enum class SyntaxKind : std::uint8_t {
  integer,  // text: the digits, with a minus in front of them
  decimal,
  string,   // text: decoded
  boolean,  // text: "true", "false"
  null,
  name,
  member,  // text: the part's name; one child
  call,    // text: the function; a method's receiver is the first child
  list,
  logical_not,
  negate,
  logical_and,  // two or more children
  logical_or,
  conditional,  // condition, then, else
  binary,       // text: the operator
};

struct Syntax {
  SyntaxKind kind = SyntaxKind::null;
  std::size_t offset = 0;  // of its operator, name or first character, in code points
  std::string text;
  std::vector<Syntax> children;
  int depth = 1;
};

std::expected<Syntax, Error> parse(std::string_view text);

}  // namespace highseas::expression
