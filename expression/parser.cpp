// parser — recursive descent over CEL's grammar; the depth is counted going down and on the tree coming up.
#include <algorithm>
#include <array>
#include <utility>

#include "expression/lexer.hpp"
#include "expression/syntax.hpp"

namespace highseas::expression {
namespace {

using Result = std::expected<Syntax, Error>;

constexpr std::array<std::string_view, 7> kRelations = {"==", "!=", "<", "<=", ">", ">=", "in"};

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Result run() {
    if (token().kind == TokenKind::end) return bad_expression(0, "表达式是空的", "the expression is empty");
    auto tree = conditional();
    if (tree && token().kind != TokenKind::end) return unexpected_token();
    return tree;
  }

 private:
  const Token& token() const { return tokens_[at_]; }
  bool is_symbol(std::string_view symbol) const { return token().kind == TokenKind::symbol && token().text == symbol; }

  bool take_symbol(std::string_view symbol) {
    if (!is_symbol(symbol)) return false;
    ++at_;
    return true;
  }

  std::unexpected<Error> unexpected_token() const {
    if (token().kind == TokenKind::end) {
      return bad_expression(token().offset, "表达式没有写完", "the expression is not complete");
    }
    return bad_expression(token().offset, "这里不该有“" + token().text + "”", "unexpected " + token().text);
  }

  static std::unexpected<Error> too_deep(std::size_t offset) {
    return bad_expression(offset, "表达式嵌套超过 50 层", "the expression is nested more than 50 deep");
  }

  // A node over its children; refused where the tree gets too deep (a chain of + is as deep as it is long).
  static Result node(SyntaxKind kind, std::size_t offset, std::string text, std::vector<Syntax> children) {
    int depth = 0;
    for (const auto& child : children) depth = std::max(depth, child.depth);
    if (depth + 1 > kMaxDepth) return too_deep(offset);
    return Syntax{kind, offset, std::move(text), std::move(children), depth + 1};
  }

  template <class Rule>
  Result nested(Rule rule) {
    if (depth_ >= kMaxDepth) return too_deep(token().offset);
    ++depth_;
    auto result = rule();
    --depth_;
    return result;
  }

  Result conditional() {
    return nested([this]() -> Result {
      auto condition = chain(SyntaxKind::logical_or);
      if (!condition || !is_symbol("?")) return condition;
      const auto offset = token().offset;
      ++at_;
      auto yes = conditional();
      if (!yes) return yes;
      if (!take_symbol(":")) return unexpected_token();
      auto no = conditional();
      if (!no) return no;
      return node(SyntaxKind::conditional, offset, "?",
                  list_of(std::move(*condition), std::move(*yes), std::move(*no)));
    });
  }

  // a || b || c, and below it a && b && c, as one node each.
  Result chain(SyntaxKind kind) {
    const bool is_or = kind == SyntaxKind::logical_or;
    const std::string_view symbol = is_or ? "||" : "&&";
    auto first = is_or ? chain(SyntaxKind::logical_and) : relation();
    if (!first || !is_symbol(symbol)) return first;
    const auto offset = token().offset;
    auto children = list_of(std::move(*first));
    while (take_symbol(symbol)) {
      auto next = is_or ? chain(SyntaxKind::logical_and) : relation();
      if (!next) return next;
      children.push_back(std::move(*next));
    }
    return node(kind, offset, std::string(symbol), std::move(children));
  }

  template <std::size_t N>
  bool at_operator(const std::array<std::string_view, N>& operators) const {
    if (token().kind != TokenKind::symbol && !(token().kind == TokenKind::name && token().text == "in")) return false;
    return std::find(operators.begin(), operators.end(), token().text) != operators.end();
  }

  template <std::size_t N, class Operand>
  Result left_associative(const std::array<std::string_view, N>& operators, Operand operand) {
    auto left = operand();
    while (left && at_operator(operators)) {
      const Token symbol = tokens_[at_++];
      auto right = operand();
      if (!right) return right;
      left = node(SyntaxKind::binary, symbol.offset, symbol.text, list_of(std::move(*left), std::move(*right)));
    }
    return left;
  }

  Result relation() {
    return left_associative(kRelations, [this] { return sum(); });
  }
  Result sum() {
    static constexpr std::array<std::string_view, 2> kSums = {"+", "-"};
    return left_associative(kSums, [this] { return product(); });
  }
  Result product() {
    static constexpr std::array<std::string_view, 3> kProducts = {"*", "/", "%"};
    return left_associative(kProducts, [this] { return unary(); });
  }

  Result unary() {
    const bool minus = is_symbol("-");
    if (!minus && !is_symbol("!")) return postfix();
    const auto offset = token().offset;
    ++at_;
    if (minus && (token().kind == TokenKind::integer || token().kind == TokenKind::decimal)) {
      tokens_[at_].text.insert(0, 1, '-');  // so that the smallest integer can be written
      tokens_[at_].offset = offset;
      return postfix();
    }
    auto child = nested([this] { return unary(); });
    if (!child) return child;
    return node(minus ? SyntaxKind::negate : SyntaxKind::logical_not, offset, minus ? "-" : "!",
                list_of(std::move(*child)));
  }

  Result postfix() {
    auto tree = primary();
    while (tree && take_symbol(".")) {
      if (token().kind != TokenKind::name) return unexpected_token();
      const Token name = tokens_[at_++];
      if (take_symbol("(")) {
        auto children = list_of(std::move(*tree));
        if (auto done = arguments(children, ")"); !done) return std::unexpected(std::move(done.error()));
        tree = node(SyntaxKind::call, name.offset, name.text, std::move(children));
      } else {
        tree = node(SyntaxKind::member, name.offset, name.text, list_of(std::move(*tree)));
      }
    }
    return tree;
  }

  // After the opening bracket, up to and with the closing one; a comma may stand before it.
  std::expected<void, Error> arguments(std::vector<Syntax>& children, std::string_view closing) {
    while (!take_symbol(closing)) {
      auto child = conditional();
      if (!child) return std::unexpected(std::move(child.error()));
      children.push_back(std::move(*child));
      if (!is_symbol(closing) && !take_symbol(",")) return unexpected_token();
    }
    return {};
  }

  Result primary() {
    const Token first = token();
    switch (first.kind) {
      case TokenKind::integer:
        return leaf(SyntaxKind::integer, first);
      case TokenKind::decimal:
        return leaf(SyntaxKind::decimal, first);
      case TokenKind::string:
        return leaf(SyntaxKind::string, first);
      case TokenKind::name:
        return name_or_call(first);
      case TokenKind::symbol:
        if (take_symbol("(")) return parenthesized();
        if (take_symbol("[")) {
          std::vector<Syntax> children;
          if (auto done = arguments(children, "]"); !done) return std::unexpected(std::move(done.error()));
          return node(SyntaxKind::list, first.offset, "[", std::move(children));
        }
        return unexpected_token();
      case TokenKind::end:
        return unexpected_token();
    }
    return unexpected_token();
  }

  Result parenthesized() {
    auto inner = conditional();
    if (inner && !take_symbol(")")) return unexpected_token();
    return inner;
  }

  Result name_or_call(const Token& name) {
    if (name.text == "in") return unexpected_token();
    if (name.text == "true" || name.text == "false") return leaf(SyntaxKind::boolean, name);
    if (name.text == "null") return leaf(SyntaxKind::null, name);
    ++at_;
    if (!take_symbol("(")) return Syntax{SyntaxKind::name, name.offset, name.text, {}, 1};
    std::vector<Syntax> children;
    if (auto done = arguments(children, ")"); !done) return std::unexpected(std::move(done.error()));
    return node(SyntaxKind::call, name.offset, name.text, std::move(children));
  }

  Result leaf(SyntaxKind kind, const Token& at) {
    ++at_;
    return Syntax{kind, at.offset, at.text, {}, 1};
  }

  template <class... Trees>
  static std::vector<Syntax> list_of(Trees&&... trees) {
    std::vector<Syntax> list;
    list.reserve(sizeof...(trees));
    (list.push_back(std::forward<Trees>(trees)), ...);
    return list;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

void collect_names(const Syntax& tree, std::vector<std::string>& names) {
  if (tree.kind == SyntaxKind::name && tree.text != "now" && tree.text != "today" && tree.text != "me") {
    names.push_back(tree.text);
  }
  for (const auto& child : tree.children) collect_names(child, names);
}

}  // namespace

std::expected<Syntax, Error> parse(std::string_view text) {
  auto tokens = tokenize(text);
  if (!tokens) return std::unexpected(std::move(tokens.error()));
  return Parser(std::move(*tokens)).run();
}

std::expected<std::vector<std::string>, Error> field_names(std::string_view text) {
  auto tree = parse(text);
  if (!tree) return std::unexpected(std::move(tree.error()));
  std::vector<std::string> names;
  collect_names(*tree, names);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace highseas::expression
