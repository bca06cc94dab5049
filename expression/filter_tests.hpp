// filter_tests — the comparisons that columns answer without a Value: a field against constants, by number or by text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/interpreter.hpp"
#include "expression/program.hpp"

namespace highseas::expression {

// `field OP constants` with the constants computed for one environment.
struct FieldTest {
  Op op = Op::equal;  // a comparison, text test or in_list, the field on its left
  std::uint32_t slot = kNoSlot;
  Type type = Type::null;  // of the field itself
  std::vector<base::Value> constants;
};
// Nothing where the node has another shape, or a constant has a fault.
std::optional<FieldTest> field_test(const Node& node, const Frame& frame);

// A test of 64-bit numbers: inside [low, high], or one of `members`, and what null gives.
struct IntegerTest {
  std::int64_t low = 0;
  std::int64_t high = -1;
  bool negated = false;
  bool by_members = false;
  std::vector<std::int64_t> members;  // rising
  bool null_result = false;

  bool holds(std::int64_t number) const;
};
// For numbers that mean number × 10^-scale (decimals) or themselves (scale 0). Nothing for types that are no numbers.
std::optional<IntegerTest> integer_test(const FieldTest& test, int scale);
// out[i] = active[i] and the test of numbers[i]; nulls are not looked at.
void apply_integer_test(const IntegerTest& test, std::span<const std::int64_t> numbers, const std::uint8_t* active,
                        std::uint8_t* out);

// A test of texts.
struct TextTest {
  Op op = Op::equal;
  std::vector<std::string> parts;  // those that are not null
  bool never = false;              // against null: no text passes
  bool always = false;             // != null: every text does
  bool null_result = false;

  bool holds(std::string_view text) const;
};
std::optional<TextTest> text_test(const FieldTest& test);

}  // namespace highseas::expression
