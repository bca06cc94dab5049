// record_parts — `fields`, `expand` and `sort`: keys of a form and of the facts that its records carry.
#pragma once

#include <expected>
#include <string_view>

#include "api/call.hpp"
#include "api/render/record_json.hpp"
#include "projections/query/list.hpp"

namespace highseas::api {

// By its key; nothing for one that the form does not have, or that is hidden from her everywhere.
std::optional<domain::FieldNumber> field_number(const Call& call, const domain::FormDefinition& form,
                                                std::string_view key);

// bad-parameter for a key that is unknown, or of `expand` names nothing that has a page of its own.
std::expected<RecordParts, Problem> record_parts(const Call& call, const domain::FormDefinition& form);

// "-updated_at,name". bad-parameter for a key that is unknown, named twice, or that has no order.
std::expected<std::vector<projections::SortKey>, Problem> sort_keys(const Call& call,
                                                                    const domain::FormDefinition& form);

}  // namespace highseas::api
