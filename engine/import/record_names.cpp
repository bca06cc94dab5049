// record_names — one pass over the names; rights are judged only where a name is asked for.
#include "engine/import/record_names.hpp"

#include "base/text.hpp"
#include "projections/query/row_rights.hpp"
#include "projections/record_table.hpp"

namespace highseas::engine {

RecordNames::RecordNames(const projections::Image& image, const domain::Rights& rights,
                         const std::map<domain::FormNumber, std::set<std::string>>& words,
                         std::optional<base::Ulid> before)
    : image_(image), rights_(rights) {
  for (const auto& [number, asked] : words) {
    if (const auto* form = image.workspace().form(number)) read(*form, asked, before);
  }
}

void RecordNames::read(const domain::FormDefinition& form, const std::set<std::string>& words,
                       std::optional<base::Ulid> before) {
  const auto* table = image_.table(form.number);
  const auto* field = form.name_field();
  if (!table || !field) return;
  std::set<std::string> wanted;
  for (const auto& word : words) {
    if (!base::parse_prefixed(form.prefix, word)) wanted.insert(base::header_form(word));
  }
  if (wanted.empty()) return;
  const projections::RowRights rights(image_, rights_, *table);
  auto& found = found_[form.number];
  for (projections::Row row = 0; row < table->size(); ++row) {
    if (table->deleted(row) || (before && table->id(row).ulid >= *before)) continue;
    const auto value = table->value(field->number, row);
    const auto* text = std::get_if<std::string>(&value);
    if (!text) continue;
    const auto name = base::header_form(*text);
    if (!wanted.contains(name) || !rights.sees(row) || rights.hides(field->number, row)) continue;
    const auto [at, fresh] = found.emplace(name, table->id(row));
    if (!fresh) at->second = std::unexpected(domain::RefusalCode::ambiguous);
  }
}

std::expected<base::RecordId, domain::RefusalCode> RecordNames::find(domain::FormNumber number,
                                                                     std::string_view word) const {
  const auto unknown = std::unexpected(domain::RefusalCode::unknown_reference);
  const auto* form = image_.workspace().form(number);
  if (!form) return unknown;
  if (const auto ulid = base::parse_prefixed(form->prefix, word)) {
    const auto record = image_.record(number, base::RecordId{*ulid});
    if (!record || record->deleted()) return unknown;
    const auto standing = record->standing();
    if (!rights_.may(number, domain::kRead, standing.get())) return unknown;
    return record->id();
  }
  const auto names = found_.find(number);
  if (names == found_.end()) return unknown;
  const auto at = names->second.find(base::header_form(word));
  if (at == names->second.end()) return unknown;
  return at->second;
}

}  // namespace highseas::engine
