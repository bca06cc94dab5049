// basis — the generation of each command's decision: raised where the same input would be decided otherwise, so that
// commits of before are counted as not comparable and never as different.
#pragma once

#include <cstdint>
#include <map>

namespace highseas::decision {

// By command type (docs/events.md). One that is not named here is of generation 1.
inline const std::map<std::uint16_t, std::uint32_t>& raised_generations() {
  static const std::map<std::uint16_t, std::uint32_t> raised{
      {20, 2},   // write records: who may hold none owns none
      {41, 2},   // assign, so too
      {42, 2},   // transfer
      {50, 3},   // remove a pool: not while a rule names it
      {103, 2},  // deactivate a member: the successor
      {140, 2},  // start an import: the owner
  };
  return raised;
}

}  // namespace highseas::decision
