// pool_action — what the six actions on records of pooled forms share, for one record and for many.
#pragma once

#include <functional>

#include "api/app.hpp"
#include "api/read/object_reader.hpp"

namespace highseas::api {

// Makes the action's command of what the body says besides its targets. Faults go to the reader.
using ReadAction = std::function<domain::Command(ObjectReader& body, domain::PoolTargets targets)>;

// POST /v1/{form}/{id}/ACTION: answers the record. not-found where the form is not pooled.
void act_on_one(const CallPtr& call, std::uint32_t operation, const ReadAction& read);
// POST /v1/{form}/ACTION with `ids`: answers a result for each. `filter`: not-yet.
void act_on_many(const CallPtr& call, std::uint32_t operation, const ReadAction& read);

inline constexpr std::size_t kReasonMax = 200;  // code points
inline constexpr std::size_t kNoteMax = 2'000;

}  // namespace highseas::api
