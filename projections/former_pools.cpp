// former_pools — read out of the design's events, which the image keeps all of.
#include "projections/former_pools.hpp"

namespace highseas::projections {
namespace {

const domain::PoolDefinition* definition_in(const domain::Event& event) {
  if (const auto* added = std::get_if<domain::PoolAdded>(&event)) return &added->pool;
  if (const auto* changed = std::get_if<domain::PoolChanged>(&event)) return &changed->pool;
  return nullptr;
}

}  // namespace

std::optional<domain::PoolDefinition> pool_ever(const Image& image, base::PoolId id) {
  if (const auto* live = image.workspace().pool(id)) return *live;
  for (std::size_t at = image.designs().size(); at-- > 0;) {
    const auto* pool = definition_in(*image.designs()[at].event);
    if (pool && pool->id == id) return *pool;
  }
  return std::nullopt;
}

std::map<base::PoolId, domain::PoolDefinition> former_pools(const Image& image) {
  std::map<base::PoolId, domain::PoolDefinition> pools;
  for (std::size_t at = 0; at < image.designs().size(); ++at) {
    const auto* pool = definition_in(*image.designs()[at].event);
    if (pool && !image.workspace().pool(pool->id)) pools.insert_or_assign(pool->id, *pool);
  }
  return pools;
}

}  // namespace highseas::projections
