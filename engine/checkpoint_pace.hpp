// checkpoint_pace — how much may come before another checkpoint is written.
#pragma once

#include <cstdint>

namespace highseas::engine {

// What a start may have to fold: about a second's worth, whichever is reached first.
struct CheckpointPace {
  std::uint64_t commits = 20'000;
  std::uint64_t events = 500'000;
};

}  // namespace highseas::engine
