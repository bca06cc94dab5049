// evaluate — runs a checked expression on one record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/value.hpp"
#include "expression/expression.hpp"

namespace highseas::expression {

// What `now`, `today` (the workspace's local day of now: base::Zone::local_date) and `me` mean. An expression that was
// compiled without them may be given Environment{}.
struct Environment {
  Environment() = default;
  Environment(base::Instant at, base::Date day, base::Ulid member) : now(at), today(day), me(member) {}

  base::Instant now;
  base::Date today;
  base::Ulid me;
};

// One record. Asked only for the slots that the evaluation reaches.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  // Of the alternative that belongs to the field's type (schema.hpp), or null; another one is an assertion.
  virtual base::Value value(std::uint32_t slot) const = 0;
};

enum class FaultKind : std::uint8_t {
  division_by_zero,
  overflow,        // beyond 64 bits, or beyond the years 1 to 9999 for dates and instants
  not_whole_days,  // a date plus or minus hours that are no whole days
};

struct Fault {
  FaultKind kind = FaultKind::overflow;
  std::size_t offset = 0;  // of the operator, in code points
  bool operator==(const Fault&) const = default;
};
std::string fault_message_zh(const Fault& fault);
std::string fault_message_en(const Fault& fault);

// For a boolean expression; null is false.
std::expected<bool, Fault> evaluate(const Compiled& compiled, const RecordSource& record,
                                    const Environment& environment);
// For a formula: a value of the type Compiled::result(), or null.
std::expected<base::Value, Fault> evaluate_value(const Compiled& compiled, const RecordSource& record,
                                                 const Environment& environment);

// `slot` must hold one of `values` wherever the expression is true.
struct EqualityConstraint {
  std::uint32_t slot = 0;
  std::vector<base::Value> values;  // null among them: no value in the field
  bool contains = false;            // a choices or references field: it must contain values[0]
};

// The conjuncts `field == constant`, `field in [constants]`, `constant in field`, so that a table can look the rows up
// in an index and judge only those. Where one of them is false for a row, evaluate() gives false and no fault.
std::vector<EqualityConstraint> required_equalities(const Compiled& compiled, const Environment& environment);

}  // namespace highseas::expression
