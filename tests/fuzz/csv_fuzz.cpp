// csv_fuzz — any text is rows within their bounds, or one fault.
#include "engine/import/csv_reader.hpp"
#include "tests/fuzz/target.hpp"

namespace highseas::fuzz {

std::vector<std::string> dictionary() {
  return {"\"", "\"\"", ",", ";", "\t", "\r\n", "\n", "\r", "名称", ",,,,", "\"a\nb\"", " ", "\xEF\xBB\xBF"};
}
std::string input_of(const std::string& file_text) {
  return file_text;
}

}  // namespace highseas::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace highseas::engine;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CsvReader reader(text);
  std::uint64_t last = 0;
  std::size_t bytes = 0;
  while (true) {
    const auto row = reader.next();
    if (!row) {
      FUZZ_CHECK(!describe(row.error()).en.empty());
      return 0;
    }
    if (!*row) break;
    FUZZ_CHECK((*row)->number > last);
    last = (*row)->number;
    FUZZ_CHECK(!(*row)->blank());
    FUZZ_CHECK((*row)->cells.size() <= kCsvColumnsMax);
    for (const auto& cell : (*row)->cells) {
      FUZZ_CHECK(cell.size() <= kCsvCellBytesMax);
      bytes += cell.size();
    }
  }
  FUZZ_CHECK(bytes <= size);  // a cell holds what stood in the text, and nothing of it twice
  FUZZ_CHECK(reader.last_row() <= size + 1);
  return 0;
}
