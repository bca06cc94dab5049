// file_uses — on which records a file was ever put, newest first: who may read a file is asked of these alone, never of
// all records.
#pragma once

#include <algorithm>
#include <cstdint>

#include "domain/forms/form_definition.hpp"
#include "projections/columns/block_vector.hpp"
#include "projections/columns/row_index.hpp"
#include "projections/record_view.hpp"

namespace highseas::projections {

// Of the types whose values are files.
inline bool holds_files(const domain::FieldDefinition& field) {
  return field.type == domain::FieldType::file || field.type == domain::FieldType::image;
}
// Whether the value of such a field names the file.
bool names_file(const base::Value& value, base::Ulid file);

// A record that has dropped the file is still told: whoever asks looks at its values.
class FileUses {
 public:
  // Every file of `value` that `before` does not name already; a field's value as it was and as it is.
  void note(const base::Value& before, const base::Value& value, domain::FormNumber form, Row row);

  // Calls `found(form, row)` for each record, newest first, until it gives true; whether it did.
  template <class Found>
  bool any(base::Ulid file, const Found& found) const {
    for (auto at = newest(file); at != kNone; at = entries_[at].previous) {
      if (found(entries_[at].form, entries_[at].row)) return true;
    }
    return false;
  }

  std::size_t bytes() const { return entries_.bytes() + newest_.bytes(); }

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFFu;
  struct Entry {
    base::Ulid file;
    domain::FormNumber form = 0;
    Row row = 0;
    std::uint32_t previous = kNone;  // of the same file
  };

  std::uint32_t newest(base::Ulid file) const;
  void add(base::Ulid file, domain::FormNumber form, Row row);

  BlockVector<Entry> entries_;
  RowIndex newest_;  // of each file
};

}  // namespace highseas::projections
