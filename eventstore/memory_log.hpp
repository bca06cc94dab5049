// memory_log — a log that lives as long as the process, for tests.
#pragma once

#include <memory>

#include "eventstore/log.hpp"

namespace highseas::eventstore {

std::unique_ptr<Log> make_memory_log();
std::unique_ptr<SideStore> make_memory_side_store();

}  // namespace highseas::eventstore
