// draft_check — every fault of a draft at once, before it is previewed and again before it is published.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/refusal.hpp"
#include "domain/workspace/workspace.hpp"
#include "expression/schema.hpp"

namespace highseas::rules {

inline constexpr std::uint32_t kMaxRuleDays = 36'500;  // of every number of days in a draft

// Pointers are `prefix` + "/triggers/0/days" …. `schema` is that of the draft's form; null: the form does not exist.
// An expression's fault has the detail "offset N: text" (N in code points). Empty: the draft may be published.
std::vector<domain::InputFault> check_draft(const domain::RecycleDraft& draft, const domain::Workspace& workspace,
                                            const expression::Schema* schema, std::string_view prefix = "");

// "existing" of a publication: `now` is the only one yet.
std::vector<domain::InputFault> check_existing(domain::Existing existing);

}  // namespace highseas::rules
