// file_access — a scan of the columns that hold files.
#include "api/read/file_access.hpp"

#include <algorithm>

#include "projections/record_table.hpp"

namespace highseas::api {
namespace {

bool holds_files(const domain::FieldDefinition& field) {
  return field.type == domain::FieldType::file || field.type == domain::FieldType::image;
}

bool names(const base::Value& value, base::Ulid file) {
  if (const auto* one = std::get_if<base::Reference>(&value)) return one->id == file;
  const auto* many = std::get_if<base::References>(&value);
  return many && std::ranges::find(many->ids, file) != many->ids.end();
}

bool is_named_in(const projections::Image& image, const domain::Rights& rights, const projections::RecordTable& table,
                 domain::FieldNumber field, base::Ulid file) {
  if (!table.column(field)) return false;
  for (projections::Row row = 0; row < table.size(); ++row) {
    if (table.deleted(row) || !names(table.value(field, row), file)) continue;
    const projections::RecordView record(image, table, row);
    const auto standing = record.standing();
    const auto judged = standing.get();
    if (rights.may(table.form(), domain::kRead, judged) &&
        rights.field(table.form(), field, judged) != domain::FieldAccess::hidden) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool may_read_file(const projections::Image& image, const domain::Rights& rights, const domain::FileAdded& file) {
  if (rights.member() == file.added_by) return true;
  for (const auto number : image.forms()) {
    const auto* form = image.workspace().form(number);
    const auto* table = image.table(number);
    if (!form || !table || !rights.opens(number, domain::kRead)) continue;
    for (const auto& field : form->fields) {
      if (field.retired || !holds_files(field) || rights.hidden_everywhere(number, field.number)) continue;
      if (is_named_in(image, rights, *table, field.number, file.file.ulid)) return true;
    }
  }
  return false;
}

}  // namespace highseas::api
