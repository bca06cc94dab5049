// checker — gives every node its type, and every string literal the type of what it meets.
#pragma once

#include <expected>
#include <set>
#include <span>
#include <string>

#include "expression/program.hpp"
#include "expression/syntax.hpp"

namespace highseas::expression {

class Checker {
 public:
  Checker(const Schema& schema, const Options& options) : schema_(schema), options_(options) {}

  // The checked tree, of the type that the options want.
  std::expected<Node, Error> run(const Syntax& tree);
  // What run() met on its way.
  void describe(Program& program) const;

 private:
  using Result = std::expected<Node, Error>;

  Result check(const Syntax& tree);
  Result integer_literal(const Syntax& tree);
  Result decimal_literal(const Syntax& tree);
  Result name(const Syntax& tree);
  Result member(const Syntax& tree);
  Result logical(const Syntax& tree);
  Result conditional(const Syntax& tree);
  Result negate(const Syntax& tree);
  Result binary(const Syntax& tree);
  Result comparison(const Syntax& tree, Op op);
  Result arithmetic(const Syntax& tree, Op op);
  Result in(const Syntax& tree);
  Result in_members(Node left, Node right, std::size_t offset);
  Result call(const Syntax& tree);
  Result text_test(const Syntax& tree, Op op);
  Result size(const Syntax& tree);
  Result span_of_time(const Syntax& tree, Op op);
  Result time_literal(const Syntax& tree);

  // Brings all of them to one type, whose node is returned as a pattern (type and slot).
  std::expected<Node, Error> unify(std::span<Node> nodes);
  std::expected<void, Error> convert(Node& node, const Node& pattern);
  std::expected<void, Error> convert_text(Node& node, const Node& pattern);
  std::expected<void, Error> want_boolean(const Node& node) const;

  const Schema& schema_;
  const Options& options_;
  std::set<std::uint32_t> slots_;
  std::set<UsedChoice> choices_;
  bool uses_now_ = false;
  bool uses_me_ = false;
  int cost_ = 0;
};

}  // namespace highseas::expression
