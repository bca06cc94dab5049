// record_names — every name is read once, when the first cell asks; later images add the rows that they have more.
#include "engine/import/record_names.hpp"

#include "base/text.hpp"
#include "projections/record_table.hpp"

namespace highseas::engine {
namespace {

std::string called(const projections::RecordView& record, domain::FieldNumber field) {
  const auto value = record.value(field);
  const auto* text = std::get_if<std::string>(&value);
  return text ? base::header_form(*text) : std::string();
}

}  // namespace

std::expected<base::RecordId, domain::RefusalCode> RecordNames::find(const projections::Image& image,
                                                                     const domain::Rights& rights,
                                                                     domain::FormNumber number, std::string_view text) {
  const auto unknown = std::unexpected(domain::RefusalCode::unknown_reference);
  const auto* form = image.workspace().form(number);
  const auto* table = form ? image.table(number) : nullptr;
  if (!table) return unknown;
  if (const auto ulid = base::parse_prefixed(form->prefix, text)) {
    if (!image.record(number, base::RecordId{*ulid})) return unknown;
    return base::RecordId{*ulid};
  }
  const auto* field = form->field_by_key("name");
  const auto wanted = base::header_form(text);
  if (!field || wanted.empty()) return unknown;

  auto& known = forms_[number];
  for (; known.rows < table->size(); ++known.rows) {
    const projections::RecordView record(image, *table, known.rows);
    if (auto name = called(record, field->number); !name.empty()) known.records.emplace(std::move(name), record.id());
  }
  std::optional<base::RecordId> found;
  const auto [first, last] = known.records.equal_range(wanted);
  for (auto at = first; at != last; ++at) {
    const auto record = image.record(number, at->second);
    if (!record || record->deleted() || called(*record, field->number) != wanted) continue;
    const auto standing = record->standing();
    if (!rights.may(number, domain::kRead, standing.get())) continue;
    if (rights.field(number, field->number, standing.get()) == domain::FieldAccess::hidden) continue;
    if (found) return std::unexpected(domain::RefusalCode::ambiguous);
    found = at->second;
  }
  if (!found) return unknown;
  return *found;
}

}  // namespace highseas::engine
