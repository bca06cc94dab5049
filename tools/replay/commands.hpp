// commands — what the auditor's program can be asked.
#pragma once

#include <string>

#include "tools/replay/archive.hpp"

namespace highseas::replay {

struct Output {
  bool json = false;     // one object a line
  bool english = false;  // else Chinese
};

// Exit statuses: 0 as it should be, 1 a difference or damage, 2 where it could not look.
int timeline(const Archive& archive, const std::string& record, Output output);
int state_at(const Archive& archive, const std::string& record, const std::string& at, Output output);
int redecide(const Archive& archive, Output output);

}  // namespace highseas::replay
