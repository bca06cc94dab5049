// row_rights — what she may see of a table's rows: judged once for each combination of owner and pool.
#pragma once

#include <array>
#include <map>
#include <unordered_map>

#include "domain/permissions/permissions.hpp"
#include "projections/image.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {

// For one pass over one table, and one thread.
class RowRights {
 public:
  RowRights(const Image& image, const domain::Rights& rights, const RecordTable& table);

  bool sees_all() const { return sees_all_; }
  bool sees(Row row) const;
  // Of a row that she sees.
  bool hides(domain::FieldNumber field, Row row) const;
  bool may_hide(domain::FieldNumber field) const { return rights_.hidden_somewhere(table_.form(), field); }

 private:
  // Codes of own owner and pool, then of the root's form, owner and pool; 0 = none.
  using Combination = std::array<std::uint32_t, 5>;
  struct Hash {
    std::size_t operator()(const Combination& combination) const;
  };
  using Memo = std::unordered_map<Combination, bool, Hash>;

  // Nothing where collaborators make the row a case of its own.
  std::optional<Combination> combination(Row row) const;
  template <class Judge>
  bool judged(Memo& memo, Row row, const Judge& judge) const;

  const Image& image_;
  const domain::Rights& rights_;
  const RecordTable& table_;
  bool sees_all_;
  mutable Memo seen_;
  mutable std::map<domain::FieldNumber, Memo> hidden_;
};

}  // namespace highseas::projections
