// arithmetic — what the operators that compute give, checked for overflow.
#pragma once

#include <expected>

#include "base/value.hpp"
#include "expression/evaluate.hpp"
#include "expression/program.hpp"

namespace highseas::expression {

// Operators add to hours, on values that are not null and of the types that the checker let through. `right` is not
// looked at where the operator has one side.
std::expected<base::Value, Fault> compute(const Node& node, const base::Value& left, const base::Value& right);

}  // namespace highseas::expression
