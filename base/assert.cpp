// assert — says where, on stderr, and aborts.
#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace highseas::base {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "highseas: assertion failed: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace highseas::base
