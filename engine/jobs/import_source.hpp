// import_source — an import's file, decoded once: chunks of its rows as typed items.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/records/record_commands.hpp"
#include "engine/import/cell_values.hpp"
#include "engine/import/csv_reader.hpp"
#include "engine/import/text_encoding.hpp"
#include "projections/image.hpp"

namespace highseas::engine {

inline constexpr std::size_t kImportChunkRows = 500;
inline constexpr std::size_t kImportChunkBytes = 2u << 20;

struct ImportFault {
  std::string code;        // "not-text", "bad-csv", "no-header", "no-rows"; "not-yet": an xlsx
  base::Bilingual detail;  // with the row
};

// The header and how many rows of data follow.
struct ImportShape {
  std::vector<std::string> header;
  std::uint64_t rows = 0;  // blank ones not counted
  Encoding encoding = Encoding::utf8;
};

class ImportSource {
 public:
  static std::expected<std::shared_ptr<ImportSource>, ImportFault> open(std::string_view bytes);

  const ImportShape& shape() const { return shape_; }
  const std::vector<CsvRow>& rows() const { return rows_; }  // of data, as the file has them
  // Rows from `done` on, as many as a chunk takes and `most` at most: typed by the image's forms and directory, and by
  // the names of the records that she may see. A job of no id is a trial's.
  domain::ImportRows chunk(const projections::Image& image, const domain::Rights& rights, base::JobId job,
                           const domain::ImportPlan& plan, std::uint64_t done,
                           std::size_t most = kImportChunkRows) const;

 private:
  ImportSource() = default;

  // What the cells of these rows refer to, by form.
  std::map<domain::FormNumber, std::set<std::string>> words(const domain::FormDefinition& form,
                                                            const domain::ImportPlan& plan, std::uint64_t first,
                                                            std::uint64_t last) const;
  std::uint64_t end_of_chunk(std::uint64_t first, std::size_t most) const;

  std::string text_;
  ImportShape shape_;
  std::vector<CsvRow> rows_;  // of data
};

// The field of each column: by `mapping` (header → field key) where given, else by the header itself; 0 = left out.
std::vector<domain::FieldNumber> columns_for(const domain::FormDefinition& form, const std::vector<std::string>& header,
                                             const std::vector<std::pair<std::string, std::string>>& mapping);

}  // namespace highseas::engine
