// checker — types of literals, names, logic and comparisons; the rest: check_types.cpp, check_calls.cpp.
#include "expression/checker.hpp"

#include <charconv>

#include "base/assert.hpp"
#include "expression/lexer.hpp"
#include "expression/type_names.hpp"

namespace highseas::expression {
namespace {

bool is_ordered(Type type) {
  switch (type) {
    case Type::integer:
    case Type::decimal:
    case Type::date:
    case Type::instant:
    case Type::duration:
    case Type::text:
      return true;
    case Type::null:
    case Type::boolean:
    case Type::choice:
    case Type::choices:
    case Type::reference:
    case Type::references:
    case Type::region:
    case Type::location:
      return false;
  }
  return false;
}

bool is_single(Type type) {
  return is_ordered(type) || type == Type::null || type == Type::boolean || type == Type::choice ||
         type == Type::reference;
}

}  // namespace

std::expected<Node, Error> Checker::run(const Syntax& tree) {
  auto root = check(tree);
  if (!root) return root;
  if (cost_ > kMaxCost) {
    return bad_expression(0, "表达式太复杂", "the expression is too costly");
  }
  if (options_.result) {
    Node pattern;
    pattern.type = *options_.result;
    if (auto done = convert(*root, pattern); !done) return std::unexpected(std::move(done.error()));
  } else if (root->type == Type::duration) {
    return bad_expression(root->offset, "结果不能是时长,可以除以 days(1)",
                          "the result can't be a duration; divide it by days(1)");
  }
  return root;
}

void Checker::describe(Program& program) const {
  program.slots.assign(slots_.begin(), slots_.end());
  program.choices.assign(choices_.begin(), choices_.end());
  program.uses_now = uses_now_;
  program.uses_me = uses_me_;
  program.cost = cost_;
}

std::expected<Node, Error> Checker::check(const Syntax& tree) {
  ++cost_;
  Node node;
  node.offset = tree.offset;
  switch (tree.kind) {
    case SyntaxKind::integer:
      return integer_literal(tree);
    case SyntaxKind::decimal:
      return decimal_literal(tree);
    case SyntaxKind::string:
      node.type = Type::text;
      node.constant = tree.text;
      return node;
    case SyntaxKind::boolean:
      node.type = Type::boolean;
      node.constant = tree.text == "true";
      return node;
    case SyntaxKind::null:
      return node;
    case SyntaxKind::name:
      return name(tree);
    case SyntaxKind::member:
      return member(tree);
    case SyntaxKind::call:
      return call(tree);
    case SyntaxKind::list:
      return bad_expression(tree.offset, "列表只能写在 in 的右边", "a list can only stand to the right of in");
    case SyntaxKind::logical_not:
    case SyntaxKind::logical_and:
    case SyntaxKind::logical_or:
      return logical(tree);
    case SyntaxKind::negate:
      return negate(tree);
    case SyntaxKind::conditional:
      return conditional(tree);
    case SyntaxKind::binary:
      return binary(tree);
  }
  HS_ASSERT(!"kind of syntax");
}

std::expected<Node, Error> Checker::integer_literal(const Syntax& tree) {
  std::int64_t value = 0;
  const char* end = tree.text.data() + tree.text.size();
  const auto [stop, error] = std::from_chars(tree.text.data(), end, value);
  if (error != std::errc{} || stop != end) {
    return bad_expression(tree.offset, "整数超出范围", "this integer is out of range");
  }
  Node node;
  node.type = Type::integer;
  node.offset = tree.offset;
  node.constant = value;
  return node;
}

std::expected<Node, Error> Checker::decimal_literal(const Syntax& tree) {
  const auto value = base::parse_decimal(tree.text);
  if (!value) {
    return bad_expression(tree.offset, "小数最多六位,且不能超出范围", "a decimal has at most six places and 18 digits");
  }
  Node node;
  node.type = Type::decimal;
  node.offset = tree.offset;
  node.constant = *value;
  return node;
}

std::expected<Node, Error> Checker::name(const Syntax& tree) {
  Node node;
  node.offset = tree.offset;
  const bool is_time = tree.text == "now" || tree.text == "today";
  if (is_time || tree.text == "me") {
    if (is_time ? !options_.allow_now : !options_.allow_me) {
      return std::unexpected(Error{ErrorCode::not_allowed_here, tree.offset, "这里不能使用 " + tree.text,
                                   tree.text + " is not allowed here"});
    }
    (is_time ? uses_now_ : uses_me_) = true;
    node.op = tree.text == "now" ? Op::now : is_time ? Op::today : Op::me;
    node.type = tree.text == "now" ? Type::instant : is_time ? Type::date : Type::reference;
    return node;
  }
  const auto info = schema_.field(tree.text);
  if (!info) return bad_expression(tree.offset, "没有字段“" + tree.text + "”", "unknown field " + tree.text);
  slots_.insert(info->slot);
  node.op = Op::field;
  node.type = info->type;
  node.slot = info->slot;
  node.uses_record = true;
  return node;
}

std::expected<Node, Error> Checker::member(const Syntax& tree) {
  const Syntax& owner = tree.children.front();
  if (owner.kind == SyntaxKind::name) {
    Syntax whole{SyntaxKind::name, owner.offset, owner.text + "." + tree.text, {}, 1};
    if (schema_.field(whole.text)) return name(whole);
  }
  auto node = check(owner);
  if (!node) return node;
  const bool province = tree.text == "province";
  const bool city = tree.text == "city";
  if (node->op != Op::field || node->type != Type::region || !(province || city || tree.text == "district")) {
    return bad_expression(tree.offset, "它没有“" + tree.text + "”这一部分", "it has no part " + tree.text);
  }
  node->op = Op::region_part;
  node->type = Type::text;
  node->part = province ? RegionPart::province : city ? RegionPart::city : RegionPart::district;
  return node;
}

std::expected<Node, Error> Checker::logical(const Syntax& tree) {
  Node node;
  node.op = tree.kind == SyntaxKind::logical_not   ? Op::logical_not
            : tree.kind == SyntaxKind::logical_and ? Op::logical_and
                                                   : Op::logical_or;
  node.type = Type::boolean;
  node.offset = tree.offset;
  for (const auto& part : tree.children) {
    auto child = check(part);
    if (!child) return child;
    if (auto done = want_boolean(*child); !done) return std::unexpected(std::move(done.error()));
    node.uses_record |= child->uses_record;
    node.children.push_back(std::move(*child));
  }
  return node;
}

std::expected<Node, Error> Checker::conditional(const Syntax& tree) {
  Node node;
  node.op = Op::conditional;
  node.offset = tree.offset;
  for (const auto& part : tree.children) {
    auto child = check(part);
    if (!child) return child;
    node.uses_record |= child->uses_record;
    node.children.push_back(std::move(*child));
  }
  if (auto done = want_boolean(node.children[0]); !done) return std::unexpected(std::move(done.error()));
  auto pattern = unify(std::span(node.children).subspan(1));
  if (!pattern) return pattern;
  node.type = pattern->type;
  node.slot = pattern->slot;
  return node;
}

std::expected<Node, Error> Checker::binary(const Syntax& tree) {
  const std::string& symbol = tree.text;
  if (symbol == "in") return in(tree);
  if (symbol == "==") return comparison(tree, Op::equal);
  if (symbol == "!=") return comparison(tree, Op::not_equal);
  if (symbol == "<") return comparison(tree, Op::less);
  if (symbol == "<=") return comparison(tree, Op::less_equal);
  if (symbol == ">") return comparison(tree, Op::greater);
  if (symbol == ">=") return comparison(tree, Op::greater_equal);
  if (symbol == "+") return arithmetic(tree, Op::add);
  if (symbol == "-") return arithmetic(tree, Op::subtract);
  if (symbol == "*") return arithmetic(tree, Op::multiply);
  if (symbol == "/") return arithmetic(tree, Op::divide);
  HS_ASSERT(symbol == "%");
  return arithmetic(tree, Op::modulo);
}

std::expected<Node, Error> Checker::comparison(const Syntax& tree, Op op) {
  Node node;
  node.op = op;
  node.type = Type::boolean;
  node.offset = tree.offset;
  for (const auto& part : tree.children) {
    auto child = check(part);
    if (!child) return child;
    node.uses_record |= child->uses_record;
    node.children.push_back(std::move(*child));
  }
  auto pattern = unify(node.children);
  if (!pattern) return pattern;
  const bool equality = op == Op::equal || op == Op::not_equal;
  const bool with_null = node.children[0].type == Type::null || node.children[1].type == Type::null;
  if (equality ? !with_null && !is_single(pattern->type) : with_null || !is_ordered(pattern->type)) {
    return bad_expression(tree.offset, std::string(type_name_zh(pattern->type)) + "不能用 " + tree.text + " 比较",
                          std::string(type_name_en(pattern->type)) + " can't be compared by " + tree.text);
  }
  return node;
}

std::expected<Node, Error> Checker::in(const Syntax& tree) {
  auto left = check(tree.children[0]);
  if (!left) return left;
  if (tree.children[1].kind != SyntaxKind::list) {
    auto right = check(tree.children[1]);
    if (!right) return right;
    return in_members(std::move(*left), std::move(*right), tree.offset);
  }
  Node node;
  node.op = Op::in_list;
  node.type = Type::boolean;
  node.offset = tree.offset;
  node.uses_record = left->uses_record;
  node.children.push_back(std::move(*left));
  for (const auto& part : tree.children[1].children) {
    auto child = check(part);
    if (!child) return child;
    node.uses_record |= child->uses_record;
    node.children.push_back(std::move(*child));
  }
  auto pattern = unify(node.children);
  if (!pattern) return pattern;
  if (!is_single(pattern->type)) {
    return bad_expression(tree.offset, std::string(type_name_zh(pattern->type)) + "不能用 in 比较",
                          std::string(type_name_en(pattern->type)) + " can't be compared by in");
  }
  return node;
}

std::expected<Node, Error> Checker::in_members(Node left, Node right, std::size_t offset) {
  if (right.type != Type::choices && right.type != Type::references) {
    return bad_expression(right.offset, "in 的右边需要列表或多值字段",
                          "in needs a list or a field of many values to its right");
  }
  Node pattern;
  pattern.type = right.type == Type::choices ? Type::choice : Type::reference;
  pattern.slot = right.slot;
  if (auto done = convert(left, pattern); !done) return std::unexpected(std::move(done.error()));
  Node node;
  node.op = Op::in_members;
  node.type = Type::boolean;
  node.offset = offset;
  node.uses_record = left.uses_record || right.uses_record;
  node.children.push_back(std::move(left));
  node.children.push_back(std::move(right));
  return node;
}

}  // namespace highseas::expression
