// pool_json — a pool as its definition says it: fields by key, roles by key, everybody else by id.
#pragma once

#include "api/json/writer.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::api {

// `null` = none, of limits and audiences; days that are none are 0.
void write_pool(json::Writer& writer, const domain::Workspace& workspace, const domain::PoolDefinition& pool);

// "12.34" of hundredths of days; null where there is none.
void write_days(json::Writer& writer, std::string_view name, std::optional<std::int64_t> hundredths);

}  // namespace highseas::api
