// form_body — a form as it is to be, out of a merge patch in which `fields` is the whole ordered list.
#pragma once

#include <vector>

#include "api/json/value.hpp"
#include "domain/faults.hpp"
#include "domain/permissions/permissions.hpp"

namespace highseas::api {

// The present form with the patch laid over it, as ChangeForm wants it: what is missing of `fields` is left out (and so
// retired), what an element leaves out stays as it is. Choices of an open list that the patch does not name are kept,
// since they may have been typed meanwhile; `"retired": true` takes one off. What GET gives and nobody writes (facts,
// dedup, system) is taken back where it is the same, else read-only-field.
domain::FormDefinition read_form(const json::Json& body, const domain::Workspace& workspace,
                                 const domain::Rights& rights, const domain::FormDefinition& present,
                                 domain::Faults& faults);

// `rules`: lists of field keys. unknown-field for what is no live field that she may see.
std::vector<domain::DedupRule> read_dedup_rules(const json::Json& body, const domain::Rights& rights,
                                                const domain::FormDefinition& form, domain::Faults& faults);

}  // namespace highseas::api
