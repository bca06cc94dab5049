// basis — the generation of each command's decision: raised where the same input would be decided otherwise, so that
// commits of before are counted as not comparable and never as different.
#pragma once

#include <cstdint>
#include <map>

namespace highseas::decision {

// By command type (docs/events.md). One that is not named here is of generation 1.
inline const std::map<std::uint16_t, std::uint32_t>& raised_generations() {
  static const std::map<std::uint16_t, std::uint32_t> raised{
      {20, 3},   // write records: who may hold none owns none; what a form does not show is not written
      {21, 2},   // import rows: the same
      {40, 2},   // claim: a count of nothing is 0 in conditions, not null
      {41, 3},   // assign: who may hold none owns none; counts
      {42, 3},   // transfer: the same
      {46, 2},   // recycle: counts
      {47, 2},   // hand over: counts
      {50, 3},   // remove a pool: not while a rule names it
      {60, 2},   // write a follow-up: what a form does not show
      {61, 2},   // correct one: the same
      {103, 2},  // deactivate a member: the successor
      {120, 2},  // publish a rule: counts
      {140, 3},  // start an import: the owner; what a form does not show
  };
  return raised;
}

}  // namespace highseas::decision
