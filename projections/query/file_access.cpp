// file_access — the records that a file was put on are asked, one by one.
#include "projections/query/file_access.hpp"

#include <algorithm>

#include "projections/file_uses.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {
namespace {

// A field that she may read names the file on this record.
bool shows_file(const RecordView& record, const domain::Rights& rights, const domain::FormDefinition& form,
                base::Ulid file) {
  const auto standing = record.standing();
  const auto judged = standing.get();
  if (!rights.may(form.number, domain::kRead, judged)) return false;
  return std::ranges::any_of(form.fields, [&](const domain::FieldDefinition& field) {
    return !field.retired && holds_files(field) && names_file(record.value(field.number), file) &&
           rights.field(form.number, field.number, judged) != domain::FieldAccess::hidden;
  });
}

}  // namespace

bool may_read_file(const Image& image, const domain::Rights& rights, const domain::FileAdded& file) {
  if (rights.is_system() || rights.member() == file.added_by) return true;
  return image.file_uses().any(file.file.ulid, [&](domain::FormNumber number, Row row) {
    const auto* form = image.workspace().form(number);
    const auto* table = image.table(number);
    if (!form || !table || table->deleted(row) || !rights.opens(number, domain::kRead)) return false;
    return shows_file(RecordView(image, *table, row), rights, *form, file.file.ulid);
  });
}

}  // namespace highseas::projections
