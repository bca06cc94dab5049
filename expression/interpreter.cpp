// interpreter — a recursive walk; its depth is bounded by kMaxDepth.
#include "expression/interpreter.hpp"

#include <algorithm>
#include <optional>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "expression/arithmetic.hpp"

namespace highseas::expression {
namespace {

using base::Value;
using Outcome = std::expected<Value, Fault>;
// A view of a constant, or of what was put into the caller's room.
using Operand = std::expected<const Value*, Fault>;

bool belongs(const Value& value, Type type) {
  switch (type) {
    case Type::null:
    case Type::duration:
      return false;
    case Type::boolean:
      return std::holds_alternative<bool>(value);
    case Type::integer:
      return std::holds_alternative<std::int64_t>(value);
    case Type::decimal:
      return std::holds_alternative<base::Decimal>(value);
    case Type::date:
      return std::holds_alternative<base::Date>(value);
    case Type::instant:
      return std::holds_alternative<base::Instant>(value);
    case Type::text:
      return std::holds_alternative<std::string>(value);
    case Type::choice:
      return std::holds_alternative<base::Choice>(value);
    case Type::choices:
      return std::holds_alternative<base::Choices>(value);
    case Type::reference:
      return std::holds_alternative<base::Reference>(value);
    case Type::references:
      return std::holds_alternative<base::References>(value);
    case Type::region:
      return std::holds_alternative<base::Region>(value);
    case Type::location:
      return std::holds_alternative<base::Location>(value);
  }
  return false;
}

Value region_part(Value value, RegionPart part) {
  if (base::is_null(value)) return value;
  HS_ASSERT(std::holds_alternative<base::Region>(value));
  auto& region = std::get<base::Region>(value);
  std::string& text = part == RegionPart::province ? region.province
                      : part == RegionPart::city   ? region.city
                                                   : region.district;
  if (text.empty()) return {};
  return Value(std::move(text));
}

Value field(const Node& node, const Frame& frame) {
  Value value = frame.record.value(node.slot);
  if (node.op == Op::region_part) return region_part(std::move(value), node.part);
  if (base::is_null(value)) return value;
  HS_ASSERT(belongs(value, node.type));
  const auto* choices = std::get_if<base::Choices>(&value);
  const auto* references = std::get_if<base::References>(&value);
  if ((choices && choices->numbers.empty()) || (references && references->ids.empty())) return {};
  return value;
}

Operand operand(const Node& node, const Frame& frame, Value& room) {
  if (node.op == Op::constant) return &node.constant;
  auto value = run(node, frame);
  if (!value) return std::unexpected(value.error());
  room = std::move(*value);
  return &room;
}

std::strong_ordering order(const Value& left, const Value& right) {
  if (const auto* value = std::get_if<std::int64_t>(&left)) return *value <=> std::get<std::int64_t>(right);
  if (const auto* value = std::get_if<base::Decimal>(&left)) return *value <=> std::get<base::Decimal>(right);
  if (const auto* value = std::get_if<base::Date>(&left)) return *value <=> std::get<base::Date>(right);
  if (const auto* value = std::get_if<base::Instant>(&left)) return *value <=> std::get<base::Instant>(right);
  return std::get<std::string>(left) <=> std::get<std::string>(right);
}

bool compare(Op op, const Value& left, const Value& right) {
  if (op == Op::equal) return left == right;
  if (op == Op::not_equal) return !(left == right);
  if (base::is_null(left) || base::is_null(right)) return false;
  return holds(op, order(left, right));
}

bool is_member(const Value& member, const Value& of) {
  if (base::is_null(member) || base::is_null(of)) return false;
  if (const auto* choices = std::get_if<base::Choices>(&of)) {
    return std::ranges::find(choices->numbers, std::get<base::Choice>(member).number) != choices->numbers.end();
  }
  const auto& ids = std::get<base::References>(of).ids;
  return std::ranges::find(ids, std::get<base::Reference>(member).id) != ids.end();
}

std::expected<bool, Fault> in_list(const Node& node, const Frame& frame) {
  Value left_room;
  const auto left = operand(node.children[0], frame, left_room);
  if (!left) return std::unexpected(left.error());
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    Value right_room;
    const auto right = operand(node.children[i], frame, right_room);
    if (!right) return std::unexpected(right.error());
    if (**left == **right) return true;
  }
  return false;
}

std::expected<bool, Fault> two_sided_test(const Node& node, const Frame& frame) {
  Value left_room;
  const auto left = operand(node.children[0], frame, left_room);
  if (!left) return std::unexpected(left.error());
  Value right_room;
  const auto right = operand(node.children[1], frame, right_room);
  if (!right) return std::unexpected(right.error());
  if (node.op == Op::in_members) return is_member(**left, **right);
  if (node.op != Op::contains && node.op != Op::starts_with && node.op != Op::ends_with) {
    return compare(node.op, **left, **right);
  }
  if (base::is_null(**left) || base::is_null(**right)) return false;
  return text_holds(node.op, std::get<std::string>(**left), std::get<std::string>(**right));
}

Value size_of(const Value& value) {
  if (base::is_null(value)) return {};
  if (const auto* choices = std::get_if<base::Choices>(&value)) {
    return static_cast<std::int64_t>(choices->numbers.size());
  }
  if (const auto* references = std::get_if<base::References>(&value)) {
    return static_cast<std::int64_t>(references->ids.size());
  }
  return static_cast<std::int64_t>(base::code_points(std::get<std::string>(value)));
}

Outcome one_sided(const Node& node, const Frame& frame) {
  Value room;
  const auto child = operand(node.children[0], frame, room);
  if (!child) return std::unexpected(child.error());
  if (base::is_null(**child)) return Value{};
  switch (node.op) {
    case Op::to_decimal:
      return Value(*base::from_integer(std::get<std::int64_t>(**child)));
    case Op::size:
      return size_of(**child);
    default:
      return compute(node, **child, Value{});
  }
}

Outcome two_sided(const Node& node, const Frame& frame) {
  Value left_room;
  const auto left = operand(node.children[0], frame, left_room);
  if (!left) return std::unexpected(left.error());
  Value right_room;
  const auto right = operand(node.children[1], frame, right_room);
  if (!right) return std::unexpected(right.error());
  if (base::is_null(**left) || base::is_null(**right)) return Value{};
  return compute(node, **left, **right);
}

}  // namespace

base::Value NoRecord::value(std::uint32_t) const {
  HS_ASSERT(!"a node without fields asked for one");
}

bool holds(Op comparison, std::strong_ordering ordering) {
  switch (comparison) {
    case Op::equal:
      return ordering == 0;
    case Op::not_equal:
      return ordering != 0;
    case Op::less:
      return ordering < 0;
    case Op::less_equal:
      return ordering <= 0;
    case Op::greater:
      return ordering > 0;
    case Op::greater_equal:
      return ordering >= 0;
    default:
      HS_ASSERT(!"a comparison");
  }
}

bool text_holds(Op op, std::string_view whole, std::string_view part) {
  switch (op) {
    case Op::contains:
      return whole.find(part) != std::string_view::npos;
    case Op::starts_with:
      return whole.starts_with(part);
    case Op::ends_with:
      return whole.ends_with(part);
    default:
      return holds(op, whole <=> part);
  }
}

std::expected<base::Value, Fault> run(const Node& node, const Frame& frame) {
  switch (node.op) {
    case Op::constant:
      return node.constant;
    case Op::now:
      return Value(frame.environment.now);
    case Op::today:
      return Value(frame.environment.today);
    case Op::me:
      return Value(base::Reference{frame.environment.me});
    case Op::field:
    case Op::region_part:
      return field(node, frame);
    case Op::to_decimal:
    case Op::size:
    case Op::negate:
    case Op::days:
    case Op::hours:
      return one_sided(node, frame);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
      return two_sided(node, frame);
    case Op::conditional: {
      const auto condition = run_boolean(node.children[0], frame);
      if (!condition) return std::unexpected(condition.error());
      return run(node.children[*condition ? 1 : 2], frame);
    }
    case Op::logical_not:
    case Op::logical_and:
    case Op::logical_or:
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in_list:
    case Op::in_members:
    case Op::contains:
    case Op::starts_with:
    case Op::ends_with: {
      const auto truth = run_boolean(node, frame);
      if (!truth) return std::unexpected(truth.error());
      return Value(*truth);
    }
  }
  HS_ASSERT(!"operator");
}

std::expected<bool, Fault> run_boolean(const Node& node, const Frame& frame) {
  switch (node.op) {
    case Op::logical_not: {
      const auto child = run_boolean(node.children[0], frame);
      if (!child) return child;
      return !*child;
    }
    case Op::logical_and:
    case Op::logical_or: {
      const bool decisive = node.op == Op::logical_or;
      for (const auto& part : node.children) {
        const auto child = run_boolean(part, frame);
        if (!child || *child == decisive) return child;
      }
      return !decisive;
    }
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in_members:
    case Op::contains:
    case Op::starts_with:
    case Op::ends_with:
      return two_sided_test(node, frame);
    case Op::in_list:
      return in_list(node, frame);
    default: {  // a boolean constant, field or conditional, or null
      const auto value = run(node, frame);
      if (!value) return std::unexpected(value.error());
      if (base::is_null(*value)) return false;
      return std::get<bool>(*value);
    }
  }
}

}  // namespace highseas::expression
