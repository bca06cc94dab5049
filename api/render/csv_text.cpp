// csv_text — quoting and neutralising.
#include "api/render/csv_text.hpp"

#include "engine/import/formula_mark.hpp"

namespace highseas::api {
namespace {

void append_cell(std::string& out, std::string_view cell) {
  const bool formula = engine::needs_formula_mark(cell);
  if (!formula && cell.find_first_of(",;\t\"\r\n") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  if (formula) out += engine::kFormulaMark;
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

void append_csv_row(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (at > 0) out += ',';
    append_cell(out, cells[at]);
  }
  out += "\r\n";
}

}  // namespace highseas::api
