// record_table — all records of one form: their ids, a column for each field and fact, and what the fold keeps besides.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "domain/forms/fact_fields.hpp"
#include "projections/columns/block_vector.hpp"
#include "projections/columns/column.hpp"
#include "projections/columns/row_index.hpp"
#include "projections/record_view.hpp"

namespace highseas::projections {

// What the fold keeps of a record that no field shows. Checkpoints hold them in this order.
enum class Hidden : std::uint8_t {
  deleted,             // 1 = in the bin
  period,              // number of its ownership period
  period_began,        // instant
  last_effective,      // instant of the last follow-up that the recycle rules count
  last_data_change,    // instant; by its owner or a collaborator, within the period
  lock_end,            // instant: the end of the last lock, given or taken off before
  root_form,           // of the customer or lead that a contact or follow-up stands on
  root_row,            //
  last_follow_up,      // row in the follow-ups' table of the one that was written last
  previous_follow_up,  // of a follow-up: the one before it on the same record
  moment,              // of a follow-up: its place among the moments
  history,             // place of the last entry in the history index
  cool_down,           // place of the last entry among the cool-downs
  backfill,            // number of the running backfill that it belongs to
  pin,                 // number of the rule version that a cancelled backfill left alone for this period
  pin_period,          //
  kCount,
};

class RecordTable {
 public:
  explicit RecordTable(domain::FormNumber form) : form_(form) {}

  domain::FormNumber form() const { return form_; }
  std::size_t size() const { return ids_.size(); }
  base::RecordId id(Row row) const { return {ids_[row]}; }
  std::optional<Row> find(base::RecordId id) const;
  Row add(base::RecordId id);  // a new one

  const Column* column(domain::FieldNumber field) const;  // null: nothing was ever written to it
  base::Value value(domain::FieldNumber field, Row row) const;
  Column& writable(domain::FieldNumber field, domain::FieldType type, bool many);

  // Facts by their number; made when they are first written.
  std::optional<std::int64_t> number(domain::FieldNumber fact, Row row) const;
  std::optional<base::Ulid> reference(domain::FieldNumber fact, Row row) const;
  NumberColumn& numbers(domain::FieldNumber fact);
  ReferenceColumn& references(domain::FieldNumber fact);
  Column& fact(domain::FieldNumber fact);

  NumberColumn& hidden(Hidden what) { return hidden_[static_cast<std::size_t>(what)]; }
  const NumberColumn& hidden(Hidden what) const { return hidden_[static_cast<std::size_t>(what)]; }
  bool deleted(Row row) const { return hidden(Hidden::deleted).get(row).has_value(); }

  // When a field of the form was last changed after the record's creation.
  std::map<domain::FieldNumber, NumberColumn>& changed_at() { return changed_at_; }
  const std::map<domain::FieldNumber, NumberColumn>& changed_at() const { return changed_at_; }

  // Hashes of the dedup keys, a column a rule; for which rules they are. Kept here so that checkpoints spare a start
  // from making the keys again.
  std::vector<NumberColumn>& key_hashes() { return key_hashes_; }
  const std::vector<NumberColumn>& key_hashes() const { return key_hashes_; }
  std::vector<domain::DedupRule>& key_rules() { return key_rules_; }
  const std::vector<domain::DedupRule>& key_rules() const { return key_rules_; }

  std::unique_ptr<RecordTable> share() const;
  std::size_t bytes() const;
  void write(ByteWriter& out) const;
  void read(ByteReader& in);

 private:
  struct Slot {
    domain::FieldType type = domain::FieldType::text;
    bool many = false;
    std::unique_ptr<Column> column;
  };

  static constexpr std::size_t kFacts = 128;

  const Slot* slot(domain::FieldNumber field) const;

  domain::FormNumber form_;
  BlockVector<base::Ulid> ids_;
  RowIndex index_;
  std::array<Slot, kFacts> facts_;
  std::vector<Slot> fields_;  // by number
  std::array<NumberColumn, static_cast<std::size_t>(Hidden::kCount)> hidden_;
  std::map<domain::FieldNumber, NumberColumn> changed_at_;
  std::vector<NumberColumn> key_hashes_;
  std::vector<domain::DedupRule> key_rules_;
};

}  // namespace highseas::projections
