// cell_values — the text of a spreadsheet's cell as a field's value: dates as people write them, choices and members by
// name.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "domain/records/record_commands.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::engine {

struct CellContext {
  const domain::Workspace& workspace;
  const domain::FormDefinition& form;
  const base::Zone& zone;  // of times written without one
  // The record of a form that has this id or is called so: unknown_reference, ambiguous. Empty: there is none.
  std::function<std::expected<base::RecordId, domain::RefusalCode>(domain::FormNumber, std::string_view)> record_named;
};

// A header's column: the live, writable field whose key, Chinese or English label it is, without case and blanks.
const domain::FieldDefinition* field_for_header(const domain::FormDefinition& form, std::string_view header);

// What a cell of a reference names: one word, or several where the field takes many.
std::vector<std::string_view> cell_words(const domain::FieldDefinition& field, std::string_view cell);

// Null for an empty cell. The refusal code tells what is wrong: wrong_type, unknown_choice, unknown_member …
std::expected<base::Value, domain::RefusalCode> cell_value(const domain::FieldDefinition& field, std::string_view cell,
                                                           const CellContext& context);

struct RowFault {
  domain::FieldNumber field = 0;
  domain::RefusalCode code = domain::RefusalCode::none;
};

// The row as an item to be created. A word that an open list does not have yet becomes a new choice.
std::expected<domain::RecordItem, std::vector<RowFault>> row_item(const std::vector<domain::FieldNumber>& columns,
                                                                  const std::vector<std::string>& cells,
                                                                  const CellContext& context);

}  // namespace highseas::engine
