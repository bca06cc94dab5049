// assert — the check of an invariant that is on in release too: a broken one is a programmer's fault and ends the
// program.
#pragma once

namespace highseas::base {

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace highseas::base

#define HS_ASSERT(condition) \
  (static_cast<bool>(condition) ? void(0) : ::highseas::base::assertion_failed(#condition, __FILE__, __LINE__))
