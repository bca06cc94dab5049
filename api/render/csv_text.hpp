// csv_text — rows of CSV for spreadsheets: RFC 4180, and no cell is taken for a formula.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace highseas::api {

inline constexpr std::string_view kCsvBom = "\xEF\xBB\xBF";  // without it a spreadsheet reads Chinese wrongly

// Appends the cells and a line end. What begins with = + - @, a tab or a carriage return gets a ' before it.
void append_csv_row(std::string& out, const std::vector<std::string>& cells);

}  // namespace highseas::api
