// former_pools — pools that were removed, as they last were: past facts go on naming them.
#pragma once

#include <map>
#include <optional>

#include "projections/image.hpp"

namespace highseas::projections {

// As its last event defined it, whether it has been removed since or not; nothing where there never was such a pool.
std::optional<domain::PoolDefinition> pool_ever(const Image& image, base::PoolId id);
// All that were removed, by id.
std::map<base::PoolId, domain::PoolDefinition> former_pools(const Image& image);

}  // namespace highseas::projections
