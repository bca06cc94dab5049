// arithmetic — integers in 64 bits, decimals by base, times in milliseconds; nothing wraps.
#include "expression/arithmetic.hpp"

#include <optional>

#include "base/assert.hpp"

namespace highseas::expression {
namespace {

using base::Value;
using Outcome = std::expected<Value, Fault>;

// 0001-01-01 to 9999-12-31: what can be written can be computed.
constexpr std::int64_t kFirstDay = -719'162;
constexpr std::int64_t kLastDay = 2'932'896;
constexpr std::int64_t kMsPerHour = 3'600'000;

std::unexpected<Fault> fault(const Node& node, FaultKind kind) {
  return std::unexpected(Fault{kind, node.offset});
}

std::optional<std::int64_t> computed(Op op, std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  const bool overflow = op == Op::add        ? __builtin_add_overflow(left, right, &result)
                        : op == Op::subtract ? __builtin_sub_overflow(left, right, &result)
                                             : __builtin_mul_overflow(left, right, &result);
  if (overflow) return std::nullopt;
  return result;
}

Outcome integers(const Node& node, std::int64_t left, std::int64_t right) {
  if (node.op == Op::modulo) {
    if (right == 0) return fault(node, FaultKind::division_by_zero);
    return Value(right == -1 ? std::int64_t{0} : left % right);  // the smallest by -1 traps
  }
  if (const auto result = computed(node.op, left, right)) return Value(*result);
  return fault(node, FaultKind::overflow);
}

Outcome decimals(const Node& node, base::Decimal left, base::Decimal right) {
  std::optional<base::Decimal> result;
  switch (node.op) {
    case Op::add:
      result = base::add(left, right);
      break;
    case Op::subtract:
      result = base::subtract(left, right);
      break;
    case Op::multiply:
      result = base::multiply(left, right);
      break;
    case Op::divide:
      if (right.mantissa == 0) return fault(node, FaultKind::division_by_zero);
      result = base::divide(left, right);
      break;
    default:
      HS_ASSERT(!"an operator of decimals");
  }
  if (!result) return fault(node, FaultKind::overflow);
  return Value(*result);
}

Outcome instant(const Node& node, base::Instant left, std::int64_t right_ms) {
  const auto ms = computed(node.op, left.ms, right_ms);
  if (!ms || *ms < kFirstDay * base::kMsPerDay || *ms >= (kLastDay + 1) * base::kMsPerDay) {
    return fault(node, FaultKind::overflow);
  }
  return Value(base::Instant{*ms});
}

Outcome date(const Node& node, base::Date left, std::int64_t right_ms) {
  if (right_ms % base::kMsPerDay != 0) return fault(node, FaultKind::not_whole_days);
  const auto days = computed(node.op, left.days, right_ms / base::kMsPerDay);
  if (!days || *days < kFirstDay || *days > kLastDay) return fault(node, FaultKind::overflow);
  return Value(base::Date{static_cast<std::int32_t>(*days)});
}

Outcome dates_apart(base::Date left, base::Date right) {
  return Value((std::int64_t{left.days} - right.days) * base::kMsPerDay);
}

Outcome instants_apart(const Node& node, base::Instant left, base::Instant right) {
  if (const auto ms = computed(Op::subtract, left.ms, right.ms)) return Value(*ms);
  return fault(node, FaultKind::overflow);
}

Outcome negated(const Node& node, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    if (const auto result = computed(Op::subtract, 0, *number)) return Value(*result);
    return fault(node, FaultKind::overflow);
  }
  const auto result = base::subtract(base::Decimal{}, std::get<base::Decimal>(value));
  if (!result) return fault(node, FaultKind::overflow);
  return Value(*result);
}

Outcome duration(const Node& node, std::int64_t count) {
  if (const auto ms = computed(Op::multiply, count, node.op == Op::days ? base::kMsPerDay : kMsPerHour)) {
    return Value(*ms);
  }
  return fault(node, FaultKind::overflow);
}

}  // namespace

std::expected<base::Value, Fault> compute(const Node& node, const Value& left, const Value& right) {
  if (node.op == Op::negate) return negated(node, left);
  if (node.op == Op::days || node.op == Op::hours) return duration(node, std::get<std::int64_t>(left));
  if (const auto* text = std::get_if<std::string>(&left)) return Value(*text + std::get<std::string>(right));
  if (const auto* decimal = std::get_if<base::Decimal>(&left)) {
    return decimals(node, *decimal, std::get<base::Decimal>(right));
  }
  if (const auto* at = std::get_if<base::Instant>(&left)) {
    if (const auto* other = std::get_if<base::Instant>(&right)) return instants_apart(node, *at, *other);
    return instant(node, *at, std::get<std::int64_t>(right));
  }
  if (const auto* day = std::get_if<base::Date>(&left)) {
    if (const auto* other = std::get_if<base::Date>(&right)) return dates_apart(*day, *other);
    return date(node, *day, std::get<std::int64_t>(right));
  }
  const std::int64_t number = std::get<std::int64_t>(left);
  if (const auto* at = std::get_if<base::Instant>(&right)) return instant(node, *at, number);
  if (const auto* day = std::get_if<base::Date>(&right)) return date(node, *day, number);
  const std::int64_t other = std::get<std::int64_t>(right);
  if (node.op == Op::divide) {  // two durations: how many times the one holds the other
    return decimals(node, base::Decimal{number, 0}, base::Decimal{other, 0});
  }
  return integers(node, number, other);
}

}  // namespace highseas::expression
