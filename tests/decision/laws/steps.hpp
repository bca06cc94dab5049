// steps — what the people of a company may do one after another, by chance; rapidcheck shortens a list that fails.
#pragma once

#include <gtest/gtest.h>
// After gtest, which it leans on.
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <ostream>
#include <string_view>
#include <vector>

namespace highseas::decision::tests {

enum class Act : std::uint8_t {
  claim,
  claim_all,
  assign,
  transfer,
  release,
  move,
  lock,
  unlock,
  follow_up,
  win_or_not,
  rename,
  call_differently,
  create,
  create_in_pool,
  import_row,
  bin,
  restore,
  sweep,
};
inline constexpr std::string_view kActNames[] = {
    "claim",  "claim_all",      "assign",     "transfer",   "release", "move",
    "lock",   "unlock",         "follow_up",  "win_or_not", "rename",  "call_differently",
    "create", "create_in_pool", "import_row", "bin",        "restore", "sweep"};
inline constexpr int kActs = static_cast<int>(std::size(kActNames));

// Small numbers alone, so that a shorter list has simpler steps too. `what` picks a record, `who` a person; `detail`
// means a name, a phone or a number of days, as the act has it.
struct Step {
  Act act = Act::claim;
  std::uint32_t what = 0;
  std::uint32_t who = 0;
  std::uint32_t detail = 0;
  std::int64_t minutes = 0;  // that pass before it
};

inline std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << "+" << step.minutes << "min " << kActNames[static_cast<int>(step.act)] << "(" << step.what << ", "
             << step.who << ", " << step.detail << ")";
}

inline rc::Gen<Step> any_step() {
  const auto act = rc::gen::map(rc::gen::inRange(0, kActs), [](int at) { return static_cast<Act>(at); });
  const auto minutes = rc::gen::element<std::int64_t>(0, 0, 7, 240, 1440, 2880, 7200);
  return rc::gen::build<Step>(rc::gen::set(&Step::act, act), rc::gen::set(&Step::what, rc::gen::inRange(0u, 8u)),
                              rc::gen::set(&Step::who, rc::gen::inRange(0u, 3u)),
                              rc::gen::set(&Step::detail, rc::gen::inRange(0u, 12u)),
                              rc::gen::set(&Step::minutes, minutes));
}

// Several a list: what matters shows after many of them.
inline rc::Gen<std::vector<Step>> any_steps() {
  return rc::gen::scale(3.0, rc::gen::container<std::vector<Step>>(any_step()));
}

}  // namespace highseas::decision::tests
