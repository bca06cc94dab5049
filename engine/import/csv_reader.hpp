// csv_reader — RFC 4180 rows out of a text, with bounds; a row knows its number as the file counts, the header being 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.hpp"

namespace highseas::engine {

inline constexpr std::size_t kCsvRowsMax = 1'000'000;
inline constexpr std::size_t kCsvColumnsMax = 500;
inline constexpr std::size_t kCsvCellBytesMax = 64 * 1024;

struct CsvRow {
  std::uint64_t number = 0;
  std::vector<std::string> cells;
  bool blank() const;
};

enum class CsvFault : std::uint8_t { unclosed_quote, text_after_quote, too_many_columns, cell_too_long, too_many_rows };
base::Bilingual describe(CsvFault fault);

// Reads from one text to its end. Rows of nothing but blanks are passed over, but counted. A row number counts records,
// not lines: a quoted line break does not shift what comes after.
class CsvReader {
 public:
  // `text` must outlive the reader. The delimiter is the one of `,` `;` tab that the first line has most of.
  explicit CsvReader(std::string_view text);

  // The next row; nothing at the end. After a fault the reader is of no use.
  std::expected<std::optional<CsvRow>, CsvFault> next();
  char delimiter() const { return delimiter_; }
  std::uint64_t last_row() const { return row_; }

 private:
  std::expected<CsvRow, CsvFault> read_row();
  std::expected<std::string, CsvFault> read_cell();
  std::expected<std::string, CsvFault> read_quoted();

  std::string_view text_;
  std::size_t at_ = 0;
  char delimiter_ = ',';
  std::uint64_t row_ = 0;
};

}  // namespace highseas::engine
