// filter_tests — every order comparison of numbers becomes one interval, so that one loop answers all of them.
#include "expression/filter_tests.hpp"

#include <algorithm>
#include <limits>

namespace highseas::expression {
namespace {

using base::Value;
using Wide = __int128;

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

// `constant OP field` read from the other side.
Op mirrored(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater;
    case Op::less_equal:
      return Op::greater_equal;
    case Op::greater:
      return Op::less;
    case Op::greater_equal:
      return Op::less_equal;
    default:
      return op;
  }
}

bool is_comparison(Op op) {
  return op >= Op::equal && op <= Op::greater_equal;
}

bool is_text_test(Op op) {
  return op == Op::contains || op == Op::starts_with || op == Op::ends_with;
}

const Node& without_promotion(const Node& node) {
  return node.op == Op::to_decimal ? node.children[0] : node;
}

// A constant at a column's scale: the whole part below it, and whether that is all of it.
struct Scaled {
  Wide floor = 0;
  bool exact = true;
};

Scaled scaled(base::Decimal value, int scale) {
  Wide mantissa = value.mantissa;
  for (int i = value.scale; i < scale; ++i) mantissa *= 10;
  Wide divisor = 1;
  for (int i = scale; i < value.scale; ++i) divisor *= 10;
  const Wide rest = mantissa % divisor;
  const Wide quotient = mantissa / divisor;
  return {rest < 0 ? quotient - 1 : quotient, rest == 0};
}

std::optional<Scaled> number_of(const Value& value, int scale) {
  if (const auto* decimal = std::get_if<base::Decimal>(&value)) return scaled(*decimal, scale);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return Scaled{*integer};
  if (const auto* boolean = std::get_if<bool>(&value)) return Scaled{*boolean ? 1 : 0};
  if (const auto* date = std::get_if<base::Date>(&value)) return Scaled{date->days};
  if (const auto* instant = std::get_if<base::Instant>(&value)) return Scaled{instant->ms};
  if (const auto* choice = std::get_if<base::Choice>(&value)) return Scaled{choice->number};
  return std::nullopt;
}

void set_interval(IntegerTest& test, Wide low, Wide high) {
  if (low > kHighest || high < kLowest || low > high) {
    test.low = 0;
    test.high = -1;
    return;
  }
  test.low = static_cast<std::int64_t>(std::max<Wide>(low, kLowest));
  test.high = static_cast<std::int64_t>(std::min<Wide>(high, kHighest));
}

void set_comparison(IntegerTest& test, Op op, Scaled constant) {
  const Wide floor = constant.floor;
  switch (op) {
    case Op::equal:
    case Op::not_equal:
      set_interval(test, floor, constant.exact ? floor : floor - 1);
      break;
    case Op::less:
      set_interval(test, kLowest, constant.exact ? floor - 1 : floor);
      break;
    case Op::less_equal:
      set_interval(test, kLowest, floor);
      break;
    case Op::greater:
      set_interval(test, floor + 1, kHighest);
      break;
    default:
      set_interval(test, constant.exact ? floor : floor + 1, kHighest);
      break;
  }
}

bool is_number(Type type) {
  return type == Type::boolean || type == Type::integer || type == Type::decimal || type == Type::date ||
         type == Type::instant || type == Type::choice;
}

}  // namespace

std::optional<FieldTest> field_test(const Node& node, const Frame& frame) {
  if (node.op == Op::field && node.type == Type::boolean) {
    return FieldTest{Op::equal, node.slot, Type::boolean, {Value(true)}};
  }
  if (!is_comparison(node.op) && !is_text_test(node.op) && node.op != Op::in_list) return std::nullopt;
  FieldTest test;
  test.op = node.op;
  const Node* subject = &without_promotion(node.children[0]);
  std::size_t subject_index = 0;
  if (is_comparison(node.op) && subject->op != Op::field) {
    subject_index = 1;
    subject = &without_promotion(node.children[1]);
    test.op = mirrored(node.op);
  }
  if (subject->op != Op::field) return std::nullopt;
  test.slot = subject->slot;
  test.type = subject->type;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i == subject_index) continue;
    if (node.children[i].uses_record) return std::nullopt;
    auto value = run(node.children[i], frame);
    if (!value) return std::nullopt;
    test.constants.push_back(std::move(*value));
  }
  return test;
}

bool IntegerTest::holds(std::int64_t number) const {
  if (by_members) return std::ranges::binary_search(members, number);
  return (number >= low && number <= high) != negated;
}

std::optional<IntegerTest> integer_test(const FieldTest& test, int scale) {
  if (!is_number(test.type)) return std::nullopt;
  const int column_scale = test.type == Type::decimal ? scale : 0;
  IntegerTest result;
  if (test.op == Op::in_list) {
    result.by_members = true;
    for (const auto& constant : test.constants) {
      if (base::is_null(constant)) {
        result.null_result = true;
        continue;
      }
      const auto number = number_of(constant, column_scale);
      if (!number) return std::nullopt;
      if (!number->exact || number->floor < kLowest || number->floor > kHighest) continue;
      result.members.push_back(static_cast<std::int64_t>(number->floor));
    }
    std::ranges::sort(result.members);
    return result;
  }
  if (!is_comparison(test.op)) return std::nullopt;
  const Value& constant = test.constants.front();
  const bool against_null = base::is_null(constant);
  result.negated = test.op == Op::not_equal;
  result.null_result = (test.op == Op::equal && against_null) || (test.op == Op::not_equal && !against_null);
  if (against_null) return result;  // the empty interval
  const auto number = number_of(constant, column_scale);
  if (!number) return std::nullopt;
  set_comparison(result, test.op, *number);
  return result;
}

void apply_integer_test(const IntegerTest& test, std::span<const std::int64_t> numbers, const std::uint8_t* active,
                        std::uint8_t* out) {
  if (test.by_members) {
    for (std::size_t i = 0; i < numbers.size(); ++i) out[i] = active[i] != 0 && test.holds(numbers[i]) ? 1 : 0;
    return;
  }
  const std::int64_t low = test.low;
  const std::int64_t high = test.high;
  const std::uint8_t flip = test.negated ? 1 : 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto inside =
        static_cast<std::uint8_t>(static_cast<int>(numbers[i] >= low) & static_cast<int>(numbers[i] <= high));
    out[i] = static_cast<std::uint8_t>(active[i] & (inside ^ flip));
  }
}

bool TextTest::holds(std::string_view text) const {
  if (never) return false;
  if (always) return true;
  if (op == Op::in_list) return std::ranges::find(parts, text) != parts.end();
  return text_holds(op, text, parts.front());
}

std::optional<TextTest> text_test(const FieldTest& test) {
  if (test.type != Type::text) return std::nullopt;
  TextTest result;
  result.op = test.op;
  bool against_null = false;
  for (const auto& constant : test.constants) {
    if (base::is_null(constant)) {
      against_null = true;
    } else if (const auto* text = std::get_if<std::string>(&constant)) {
      result.parts.push_back(*text);
    } else {
      return std::nullopt;
    }
  }
  if (test.op == Op::in_list) {
    result.null_result = against_null;
    return result;
  }
  result.null_result = (test.op == Op::equal && against_null) || (test.op == Op::not_equal && !against_null);
  result.always = against_null && test.op == Op::not_equal;
  result.never = against_null && test.op != Op::not_equal;
  return result;
}

}  // namespace highseas::expression
