// random_seed — HIGHSEAS_SEED repeats a run of the property tests, which print theirs.
#include <cstdlib>
#include <string>

namespace {

const bool kTaken = [] {
  if (const char* seed = std::getenv("HIGHSEAS_SEED")) ::setenv("RC_PARAMS", ("seed=" + std::string(seed)).c_str(), 1);
  return true;
}();

}  // namespace
