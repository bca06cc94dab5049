// interpreter — runs nodes on one record; evaluate() and the columns' odd cases share it, so that they agree.
#pragma once

#include <expected>

#include "expression/evaluate.hpp"
#include "expression/program.hpp"

namespace highseas::expression {

struct Frame {
  const RecordSource& record;
  const Environment& environment;
};

// A record for nodes that depend on none (Node::uses_record).
class NoRecord : public RecordSource {
 public:
  base::Value value(std::uint32_t slot) const override;
};

std::expected<base::Value, Fault> run(const Node& node, const Frame& frame);
// Of a node of type boolean or null; null is false.
std::expected<bool, Fault> run_boolean(const Node& node, const Frame& frame);

// Pieces that the columns test without a Value: the node's operator on plain operands.
bool holds(Op comparison, std::strong_ordering ordering);
bool text_holds(Op op, std::string_view whole, std::string_view part);  // comparisons and text tests

}  // namespace highseas::expression
