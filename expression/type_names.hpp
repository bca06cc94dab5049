// type_names — what the types are called in messages.
#pragma once

#include <string_view>

#include "expression/schema.hpp"

namespace highseas::expression {

std::string_view type_name_zh(Type type);
std::string_view type_name_en(Type type);

}  // namespace highseas::expression
