// pool_reader — a pool's definition out of JSON: a new one, or a merge patch of one that there is.
#pragma once

#include "api/json/value.hpp"
#include "domain/faults.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::api {

// Lays the body's members over `pool`: null takes away, absent ones stay. Of a new pool name and form are required.
// What the definition means is the decider's to judge; faults here are of kinds, keys and ids.
domain::PoolDefinition read_pool(const domain::Workspace& workspace, const json::Json& body,
                                 domain::PoolDefinition pool, bool is_new, domain::Faults& faults);

}  // namespace highseas::api
