// evaluate — one record, and the equalities that a table can look up.
#include "expression/evaluate.hpp"

#include <optional>
#include <utility>

#include "base/assert.hpp"
#include "expression/interpreter.hpp"
#include "expression/program.hpp"

namespace highseas::expression {
namespace {

// False only where no record can bring a fault.
bool may_fault(const Node& node, const Frame& frame) {
  if (!node.uses_record) return !run(node, frame);
  switch (node.op) {
    case Op::add:
      if (node.type == Type::text) break;
      return true;
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
    case Op::negate:
    case Op::days:
    case Op::hours:
      return true;
    default:
      break;
  }
  for (const auto& child : node.children) {
    if (may_fault(child, frame)) return true;
  }
  return false;
}

std::optional<EqualityConstraint> equality(const Node& node, const Frame& frame) {
  if (node.op == Op::field && node.type == Type::boolean)
    return EqualityConstraint{node.slot, {base::Value(true)}, false};
  if (node.children.size() < 2) return std::nullopt;
  const Node* first = &node.children[0];
  const Node* second = &node.children[1];
  EqualityConstraint constraint;
  if (node.op == Op::in_members) {
    constraint.contains = true;
    std::swap(first, second);
  } else if (node.op == Op::equal) {
    if (first->op != Op::field) std::swap(first, second);
  } else if (node.op != Op::in_list) {
    return std::nullopt;
  }
  if (first->op != Op::field) return std::nullopt;
  constraint.slot = first->slot;
  for (const auto& child : node.children) {
    if (&child == first) continue;
    if (child.uses_record) return std::nullopt;
    auto value = run(child, frame);
    if (!value) return std::nullopt;
    if (constraint.contains && base::is_null(*value)) return std::nullopt;
    constraint.values.push_back(std::move(*value));
  }
  return constraint;
}

}  // namespace

std::expected<bool, Fault> evaluate(const Compiled& compiled, const RecordSource& record,
                                    const Environment& environment) {
  const Node& root = compiled.program().root;
  HS_ASSERT(root.type == Type::boolean || root.type == Type::null);
  return run_boolean(root, Frame{record, environment});
}

std::expected<base::Value, Fault> evaluate_value(const Compiled& compiled, const RecordSource& record,
                                                 const Environment& environment) {
  return run(compiled.program().root, Frame{record, environment});
}

std::vector<EqualityConstraint> required_equalities(const Compiled& compiled, const Environment& environment) {
  const Node& root = compiled.program().root;
  const NoRecord none;
  const Frame frame{none, environment};
  std::vector<EqualityConstraint> constraints;
  std::vector<const Node*> conjuncts;  // those still to be looked at, the next one last
  conjuncts.push_back(&root);
  while (!conjuncts.empty()) {
    const Node& node = *conjuncts.back();
    conjuncts.pop_back();
    if (node.op == Op::logical_and) {
      for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) conjuncts.push_back(&*child);
      continue;
    }
    if (auto constraint = equality(node, frame)) constraints.push_back(std::move(*constraint));
    // What comes after a possible fault may not hide it.
    if (may_fault(node, frame)) break;
  }
  return constraints;
}

std::string fault_message_zh(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::division_by_zero:
      return "除以零";
    case FaultKind::overflow:
      return "计算结果超出范围";
    case FaultKind::not_whole_days:
      return "日期只能加减整天";
  }
  HS_ASSERT(!"fault");
}

std::string fault_message_en(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::division_by_zero:
      return "division by zero";
    case FaultKind::overflow:
      return "the result is out of range";
    case FaultKind::not_whole_days:
      return "only whole days can be added to a date or taken from it";
  }
  HS_ASSERT(!"fault");
}

}  // namespace highseas::expression
