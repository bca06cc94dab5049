// refusal — how refusals are made.
#include "domain/refusal.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace highseas::domain {

Refusal Refusal::of(RefusalCode code) {
  Refusal refusal;
  refusal.code = code;
  return refusal;
}

Refusal Refusal::of_faults(std::vector<InputFault> faults) {
  HS_ASSERT(!faults.empty());
  Refusal refusal;
  const auto code = faults.front().code;
  const bool shared = std::ranges::all_of(faults, [&](const InputFault& fault) { return fault.code == code; });
  refusal.code = shared ? code : RefusalCode::none;
  refusal.faults = std::move(faults);
  return refusal;
}

}  // namespace highseas::domain
