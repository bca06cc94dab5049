// beside_the_log — answers of writes that leave no commit (sessions, passwords), and of bodies that can't be read.
#pragma once

#include "api/app.hpp"
#include "api/read/object_reader.hpp"

namespace highseas::api {

// What is on disk, for answers that rest on nothing else.
eventstore::Position durable_position(App& app);

// 204 at that position.
http::Response nothing_to_tell(eventstore::Position position);
// A dry run of what leaves no commit and would be done.
http::Response would_accept(eventstore::Position position);

}  // namespace highseas::api
