// dedup_index — the live records of one form by their dedup keys.
#pragma once

#include <optional>
#include <vector>

#include "domain/refusal.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {

class DedupIndex {
 public:
  // Takes the rules in force; true where the keys of all records have to be made anew (by refresh()).
  bool take_rules(const domain::FormDefinition& form, RecordTable& table);
  // From the hashes that the table holds.
  void load(const RecordTable& table);
  // A record has changed, or went to the bin or out of it.
  void refresh(const domain::FormDefinition& form, RecordTable& table, Row row);

  // Records that share a key with these values, others than `except`; by row.
  std::vector<domain::DuplicateHit> find(const domain::FormDefinition& form, const RecordTable& table,
                                         const expression::RecordSource& values,
                                         std::optional<base::RecordId> except) const;
  bool concerns(domain::FieldNumber field) const;
  std::size_t bytes() const;

 private:
  std::vector<domain::FieldValue> key_values(const expression::RecordSource& values) const;
  std::size_t rule_number(const domain::DedupRule& rule) const;

  std::vector<domain::DedupRule> rules_;
  std::vector<domain::FieldNumber> fields_;  // that they name, rising
  std::vector<RowIndex> rows_;               // of each rule
};

}  // namespace highseas::projections
