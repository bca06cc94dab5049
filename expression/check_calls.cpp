// check_calls — types of arithmetic and of functions.
#include <array>
#include <optional>

#include "base/assert.hpp"
#include "expression/checker.hpp"
#include "expression/lexer.hpp"
#include "expression/type_names.hpp"

namespace highseas::expression {
namespace {

constexpr int kTextTestCost = 10;

bool is_number(Type type) {
  return type == Type::integer || type == Type::decimal;
}

// What an operator gives for two types that are no numbers; nothing where it has no meaning.
std::optional<Type> result_of(Op op, Type left, Type right) {
  struct Rule {
    Op op;
    Type left;
    Type right;
    Type result;
  };
  static constexpr std::array<Rule, 12> kRules = {{
      {Op::add, Type::text, Type::text, Type::text},
      {Op::add, Type::instant, Type::duration, Type::instant},
      {Op::add, Type::duration, Type::instant, Type::instant},
      {Op::add, Type::date, Type::duration, Type::date},
      {Op::add, Type::duration, Type::date, Type::date},
      {Op::add, Type::duration, Type::duration, Type::duration},
      {Op::subtract, Type::instant, Type::instant, Type::duration},
      {Op::subtract, Type::instant, Type::duration, Type::instant},
      {Op::subtract, Type::date, Type::date, Type::duration},
      {Op::subtract, Type::date, Type::duration, Type::date},
      {Op::subtract, Type::duration, Type::duration, Type::duration},
      {Op::divide, Type::duration, Type::duration, Type::decimal},
  }};
  for (const auto& rule : kRules) {
    if (rule.op == op && rule.left == left && rule.right == right) return rule.result;
  }
  return std::nullopt;
}

std::unexpected<Error> wrong_arguments(const Syntax& tree, const std::string& zh, const std::string& en) {
  return bad_expression(tree.offset, tree.text + " 需要" + zh, tree.text + " takes " + en);
}

}  // namespace

std::expected<Node, Error> Checker::negate(const Syntax& tree) {
  auto child = check(tree.children[0]);
  if (!child) return child;
  if (!is_number(child->type) && child->type != Type::duration) {
    return bad_expression(tree.offset, std::string(type_name_zh(child->type)) + "不能取负",
                          std::string(type_name_en(child->type)) + " can't be negated");
  }
  Node node;
  node.op = Op::negate;
  node.type = child->type;
  node.offset = tree.offset;
  node.uses_record = child->uses_record;
  node.children.push_back(std::move(*child));
  return node;
}

std::expected<Node, Error> Checker::arithmetic(const Syntax& tree, Op op) {
  Node node;
  node.op = op;
  node.offset = tree.offset;
  for (const auto& part : tree.children) {
    auto child = check(part);
    if (!child) return child;
    node.uses_record |= child->uses_record;
    node.children.push_back(std::move(*child));
  }
  const Type left = node.children[0].type;
  const Type right = node.children[1].type;
  const bool numbers = is_number(left) && is_number(right);
  if (numbers && op == Op::modulo && left == Type::integer && right == Type::integer) {
    node.type = Type::integer;
    return node;
  }
  if (numbers && op != Op::modulo) {
    Node pattern;
    pattern.type = op == Op::divide || left != right ? Type::decimal : left;
    for (auto& child : node.children) {
      if (auto done = convert(child, pattern); !done) return std::unexpected(std::move(done.error()));
    }
    node.type = pattern.type;
    return node;
  }
  if (const auto result = result_of(op, left, right)) {
    node.type = *result;
    return node;
  }
  return bad_expression(
      tree.offset,
      std::string(type_name_zh(left)) + "和" + std::string(type_name_zh(right)) + "之间不能用 " + tree.text,
      tree.text + " has no meaning between " + std::string(type_name_en(left)) + " and " +
          std::string(type_name_en(right)));
}

std::expected<Node, Error> Checker::call(const Syntax& tree) {
  const std::string& function = tree.text;
  if (function == "contains") return text_test(tree, Op::contains);
  if (function == "startsWith") return text_test(tree, Op::starts_with);
  if (function == "endsWith") return text_test(tree, Op::ends_with);
  if (function == "size") return size(tree);
  if (function == "days") return span_of_time(tree, Op::days);
  if (function == "hours") return span_of_time(tree, Op::hours);
  if (function == "date" || function == "timestamp") return time_literal(tree);
  return bad_expression(tree.offset, "没有函数 " + function, "unknown function " + function);
}

std::expected<Node, Error> Checker::text_test(const Syntax& tree, Op op) {
  if (tree.children.size() != 2) return wrong_arguments(tree, "两个值", "two values");
  auto whole = check(tree.children[0]);
  if (!whole) return whole;
  auto part = check(tree.children[1]);
  if (!part) return part;
  if (op == Op::contains && (whole->type == Type::choices || whole->type == Type::references)) {
    return in_members(std::move(*part), std::move(*whole), tree.offset);
  }
  if (whole->type != Type::text || part->type != Type::text) {
    return wrong_arguments(tree, op == Op::contains ? "文本或多值字段" : "文本",
                           op == Op::contains ? "texts, or a field of many values" : "texts");
  }
  cost_ += kTextTestCost;
  Node node;
  node.op = op;
  node.type = Type::boolean;
  node.offset = tree.offset;
  node.uses_record = whole->uses_record || part->uses_record;
  node.children.push_back(std::move(*whole));
  node.children.push_back(std::move(*part));
  return node;
}

std::expected<Node, Error> Checker::size(const Syntax& tree) {
  if (tree.children.size() != 1) return wrong_arguments(tree, "一个值", "one value");
  auto child = check(tree.children[0]);
  if (!child) return child;
  if (child->type != Type::text && child->type != Type::choices && child->type != Type::references) {
    return wrong_arguments(tree, "文本或多值字段", "a text or a field of many values");
  }
  Node node;
  node.op = Op::size;
  node.type = Type::integer;
  node.offset = tree.offset;
  node.uses_record = child->uses_record;
  node.children.push_back(std::move(*child));
  return node;
}

std::expected<Node, Error> Checker::span_of_time(const Syntax& tree, Op op) {
  if (tree.children.size() != 1) return wrong_arguments(tree, "一个整数", "one integer");
  auto child = check(tree.children[0]);
  if (!child) return child;
  if (child->type != Type::integer) return wrong_arguments(tree, "一个整数", "one integer");
  Node node;
  node.op = op;
  node.type = Type::duration;
  node.offset = tree.offset;
  node.uses_record = child->uses_record;
  node.children.push_back(std::move(*child));
  return node;
}

// date("…") and timestamp("…"): of a literal only, so that a wrong one is found now.
std::expected<Node, Error> Checker::time_literal(const Syntax& tree) {
  if (tree.children.size() != 1 || tree.children[0].kind != SyntaxKind::string) {
    return wrong_arguments(tree, "一个引号里的文本", "one literal text");
  }
  auto node = check(tree.children[0]);
  if (!node) return node;
  Node pattern;
  pattern.type = tree.text == "date" ? Type::date : Type::instant;
  if (auto done = convert(*node, pattern); !done) return std::unexpected(std::move(done.error()));
  return node;
}

}  // namespace highseas::expression
