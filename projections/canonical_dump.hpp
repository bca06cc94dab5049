// canonical_dump — everything that decides, as text in one order: two states are equal where their dumps are.
#pragma once

#include <string>

#include "projections/state.hpp"

namespace highseas::projections {

std::string canonical_dump(const State& state);

}  // namespace highseas::projections
