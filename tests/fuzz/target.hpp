// target — what a fuzz target gives: one input tried, and the words that inputs of its kind are made of. libFuzzer
// calls the same function (HIGHSEAS_LIBFUZZER, with clang); without it driver.cpp mutates the seeds itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// Returns 0. What must hold of any input is checked by FUZZ_CHECK; a crash, an assertion and a sanitizer's finding end
// the run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace highseas::fuzz {

// Words that are woven in, so that mutations come further than to the first wrong character.
std::vector<std::string> dictionary();
// A seed file's text as an input; most are one as they stand.
std::string input_of(const std::string& file_text);

inline void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace highseas::fuzz

#define FUZZ_CHECK(condition) ::highseas::fuzz::check(condition, #condition)
