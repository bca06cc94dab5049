// csv_reader — one pass over the text, a cell at a time.
#include "engine/import/csv_reader.hpp"

#include <algorithm>
#include <utility>

namespace highseas::engine {
namespace {

char most_frequent_delimiter(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t'}) {
    const auto count = std::ranges::count(line, candidate);
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

}  // namespace

bool CsvRow::blank() const {
  return std::ranges::all_of(
      cells, [](const std::string& cell) { return cell.find_first_not_of(" \t") == std::string::npos; });
}

base::Bilingual describe(CsvFault fault) {
  switch (fault) {
    case CsvFault::unclosed_quote:
      return {"有引号的单元格没有结束", "a quoted cell is never closed"};
    case CsvFault::text_after_quote:
      return {"结束引号后还有文字", "text follows a closing quote"};
    case CsvFault::too_many_columns:
      return {"超过 500 列", "more than 500 columns"};
    case CsvFault::cell_too_long:
      return {"单元格超过 64 KiB", "a cell of more than 64 KiB"};
    case CsvFault::too_many_rows:
      return {"超过 1,000,000 行", "more than 1,000,000 rows"};
  }
  std::unreachable();
}

CsvReader::CsvReader(std::string_view text) : text_(text), delimiter_(most_frequent_delimiter(text)) {}

std::expected<std::optional<CsvRow>, CsvFault> CsvReader::next() {
  while (at_ < text_.size()) {
    if (row_ > kCsvRowsMax) return std::unexpected(CsvFault::too_many_rows);
    auto row = read_row();
    if (!row) return std::unexpected(row.error());
    if (!row->blank()) return std::move(*row);
  }
  return std::nullopt;
}

std::expected<CsvRow, CsvFault> CsvReader::read_row() {
  CsvRow row{.number = ++row_, .cells = {}};
  while (true) {
    if (row.cells.size() == kCsvColumnsMax) return std::unexpected(CsvFault::too_many_columns);
    auto cell = read_cell();
    if (!cell) return std::unexpected(cell.error());
    row.cells.push_back(std::move(*cell));
    if (at_ >= text_.size()) return row;
    const char end = text_[at_++];
    if (end == delimiter_) continue;
    if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
    return row;
  }
}

// Stops in front of the delimiter, the line's end or the text's.
std::expected<std::string, CsvFault> CsvReader::read_cell() {
  if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
  const char stops[] = {delimiter_, '\r', '\n'};
  auto end = text_.find_first_of(std::string_view(stops, 3), at_);
  if (end == std::string_view::npos) end = text_.size();
  if (end - at_ > kCsvCellBytesMax) return std::unexpected(CsvFault::cell_too_long);
  std::string cell(text_.substr(at_, end - at_));
  at_ = end;
  return cell;
}

std::expected<std::string, CsvFault> CsvReader::read_quoted() {
  std::string cell;
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c != '"') {
      cell.push_back(c);
      if (cell.size() > kCsvCellBytesMax) return std::unexpected(CsvFault::cell_too_long);
      continue;
    }
    if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      cell.push_back('"');
      ++at_;
      continue;
    }
    ++at_;
    const bool ends = at_ == text_.size() || text_[at_] == delimiter_ || text_[at_] == '\r' || text_[at_] == '\n';
    if (!ends) return std::unexpected(CsvFault::text_after_quote);
    return cell;
  }
  return std::unexpected(CsvFault::unclosed_quote);
}

}  // namespace highseas::engine
