// access — entries of the access trail, from the request that caused them.
#pragma once

#include "api/app.hpp"

namespace highseas::api {

// Of the workspace that the caller belongs to, or that she tries to get into. What the request says of itself is added:
// address, program, and who sends it where she is known. It never fails, and waits for no disk.
void record_access(App& app, const Call& call, engine::AccessEntry entry);

}  // namespace highseas::api
