// plain_answers — answers that more than one handler gives.
#pragma once

#include "api/call.hpp"

namespace highseas::api {

// A problem, with the position that it rests on. Whether it would be refused is what a dry run asks: there it is part
// of the answer. A server that can't say (5xx) answers so, and rests on nothing.
http::Response refused_at(const Call& call, const Problem& problem, eventstore::Position position);
// Done, and nothing to tell.
http::Response no_content();

}  // namespace highseas::api
