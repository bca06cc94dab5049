// check_types — brings operands to one type: literals take the type of what they meet, integers become decimals.
#include <span>

#include "expression/checker.hpp"
#include "expression/lexer.hpp"
#include "expression/type_names.hpp"

namespace highseas::expression {
namespace {

// A text that may still become a date, a choice or an id.
bool is_literal_text(const Node& node) {
  if (node.op == Op::constant) return node.type == Type::text;
  return node.op == Op::conditional && node.type == Type::text &&
         (is_literal_text(node.children[1]) || node.children[1].type == Type::null) &&
         (is_literal_text(node.children[2]) || node.children[2].type == Type::null);
}

std::unexpected<Error> mismatch(const Node& node, const Node& pattern) {
  if (node.type == Type::choice && pattern.type == Type::choice) {
    return bad_expression(node.offset, "两个不同字段的选项不能比较",
                          "choices of two different fields can't be compared");
  }
  return bad_expression(
      node.offset,
      "这里需要" + std::string(type_name_zh(pattern.type)) + ",但它是" + std::string(type_name_zh(node.type)),
      "expected " + std::string(type_name_en(pattern.type)) + ", but this is " + std::string(type_name_en(node.type)));
}

}  // namespace

std::expected<void, Error> Checker::want_boolean(const Node& node) const {
  if (node.type == Type::boolean || node.type == Type::null) return {};
  Node pattern;
  pattern.type = Type::boolean;
  return mismatch(node, pattern);
}

std::expected<Node, Error> Checker::unify(std::span<Node> nodes) {
  Node pattern;
  for (const auto& node : nodes) {
    if (node.type == Type::null || is_literal_text(node)) continue;
    if (pattern.type == Type::null || (pattern.type == Type::integer && node.type == Type::decimal)) {
      pattern.type = node.type;
      pattern.slot = node.slot;
    } else if (pattern.type == Type::reference && pattern.slot == kNoSlot && node.type == Type::reference) {
      pattern.slot = node.slot;  // `me` does not say whose ids the literals are
    }
  }
  if (pattern.type == Type::null) {
    for (const auto& node : nodes) {
      if (node.type == Type::text) pattern.type = Type::text;
    }
  }
  for (auto& node : nodes) {
    if (auto done = convert(node, pattern); !done) return std::unexpected(std::move(done.error()));
  }
  return pattern;
}

std::expected<void, Error> Checker::convert(Node& node, const Node& pattern) {
  if (node.type == Type::null) return {};
  if (pattern.type == Type::decimal && node.type == Type::integer) {
    if (node.op == Op::constant) {
      node.constant = *base::from_integer(std::get<std::int64_t>(node.constant));
      node.type = Type::decimal;
      return {};
    }
    Node promoted;
    promoted.op = Op::to_decimal;
    promoted.type = Type::decimal;
    promoted.offset = node.offset;
    promoted.uses_record = node.uses_record;
    promoted.children.push_back(std::move(node));
    node = std::move(promoted);
    return {};
  }
  if (pattern.type != Type::text && is_literal_text(node)) return convert_text(node, pattern);
  const bool same_choices = pattern.type != Type::choice || node.slot == pattern.slot;
  if (node.type != pattern.type || !same_choices) return mismatch(node, pattern);
  return {};
}

std::expected<void, Error> Checker::convert_text(Node& node, const Node& pattern) {
  if (node.op == Op::conditional) {
    for (auto& branch : std::span(node.children).subspan(1)) {
      if (auto done = convert(branch, pattern); !done) return done;
    }
    node.type = pattern.type;
    node.slot = pattern.slot;
    return {};
  }
  const auto& text = std::get<std::string>(node.constant);
  const std::string quoted_zh = "“" + text + "”";
  if (pattern.type == Type::date) {
    const auto date = base::parse_date(text);
    if (!date) return bad_expression(node.offset, quoted_zh + "不是日期", "this is no date (2026-01-31)");
    node.constant = *date;
  } else if (pattern.type == Type::instant) {
    const auto instant = base::parse_instant(text);
    if (!instant) {
      return bad_expression(node.offset, quoted_zh + "不是带时区的时间",
                            "this is no time with a zone (2026-01-31T09:00:00+08:00)");
    }
    node.constant = *instant;
  } else if (pattern.type == Type::choice && pattern.slot != kNoSlot) {
    const auto number = schema_.choice(pattern.slot, text);
    if (!number) return bad_expression(node.offset, "没有选项" + quoted_zh, "this field has no choice " + text);
    choices_.insert({pattern.slot, *number});
    node.constant = base::Choice{*number};
  } else if (pattern.type == Type::reference && pattern.slot != kNoSlot) {
    const auto id = schema_.reference(pattern.slot, text);
    if (!id) return bad_expression(node.offset, quoted_zh + "不是这个字段的编号", "this is no id for this field");
    node.constant = base::Reference{*id};
  } else {
    return mismatch(node, pattern);
  }
  node.type = pattern.type;
  node.slot = pattern.slot;
  return {};
}

}  // namespace highseas::expression
