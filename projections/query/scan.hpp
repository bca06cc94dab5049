// scan — a table as expressions and sorts see it: rows, live or in the bin, that she may see, hidden values null.
#pragma once

#include <array>
#include <expected>
#include <map>
#include <span>

#include "expression/columns.hpp"
#include "projections/query/list.hpp"
#include "projections/query/row_rights.hpp"

namespace highseas::projections {

class TableSource : public expression::ColumnSource {
 public:
  TableSource(const Image& image, const RecordTable& table, const RowRights& rights)
      : image_(image), table_(table), rights_(rights) {}

  void load(std::uint32_t slot, std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const override;
  base::Value value(std::uint32_t slot, std::size_t row) const override;

 private:
  bool may_hide(std::uint32_t slot) const;

  const Image& image_;
  const RecordTable& table_;
  const RowRights& rights_;
  mutable std::map<std::uint32_t, bool> may_hide_;
};

// The rows of a form that pass, block by block.
class Scan {
 public:
  Scan(const Image& image, const domain::Rights& rights, const RecordTable& table,
       const std::optional<expression::Compiled>& filter, const expression::Environment& environment,
       Among among = Among::live);

  std::size_t blocks() const { return (table_.size() + expression::kBlockRows - 1) / expression::kBlockRows; }
  // 1 for each row of the block that passes; good until the next call.
  std::expected<std::span<const std::uint8_t>, ListError> block(std::size_t number);
  const TableSource& source() const { return source_; }

 private:
  const RecordTable& table_;
  bool in_bin_;
  RowRights rights_;
  TableSource source_;
  std::optional<expression::ColumnFilter> filter_;
  std::array<std::uint8_t, expression::kBlockRows> selected_{};
};

}  // namespace highseas::projections
