// builtin_forms — the forms that a workspace opens with, complete and with their labels, as OpenWorkspace writes them.
#pragma once

#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

// customers, leads, contacts, follow-ups, products; in the order of their numbers. The same on every call.
std::vector<FormDefinition> builtin_forms();

}  // namespace highseas::domain
