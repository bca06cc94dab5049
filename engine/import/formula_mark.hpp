// formula_mark — the ' before a cell that a spreadsheet would run as a formula: set on all that goes out as CSV, taken
// off again on import, so that what went out comes back as it was.
#pragma once

#include <string>
#include <string_view>

namespace highseas::engine {

inline constexpr char kFormulaMark = '\'';

// A cell that begins like a formula; or with marks before one, so that taking off one mark always gives what was there.
inline bool needs_formula_mark(std::string_view cell) {
  const auto first = cell.find_first_not_of(kFormulaMark);
  return first != std::string_view::npos && std::string_view("=+-@\t\r").find(cell[first]) != std::string_view::npos;
}

inline void take_off_formula_mark(std::string& cell) {
  if (cell.starts_with(kFormulaMark) && needs_formula_mark(cell)) cell.erase(0, 1);
}

}  // namespace highseas::engine
