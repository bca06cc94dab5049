// plain_answers — answers that more than one handler gives.
#pragma once

#include "api/call.hpp"

namespace highseas::api {

// A problem found by a query, with the position that it rests on.
http::Response refused_at(const Call& call, const Problem& problem, eventstore::Position position);
// Done, and nothing to tell.
http::Response no_content();

}  // namespace highseas::api
