// basis — the generation of each command's decision: raised where the same input would be decided otherwise, so that
// commits of before are counted as not comparable and never as different.
#pragma once

#include <cstdint>
#include <map>

namespace highseas::decision {

// By command type (docs/events.md). One that is not named here is of generation 1.
inline const std::map<std::uint16_t, std::uint32_t>& raised_generations() {
  static const std::map<std::uint16_t, std::uint32_t> raised{
      {41, 2}, {42, 2}, {50, 2}};  // assign, transfer, remove a pool
  return raised;
}

}  // namespace highseas::decision
