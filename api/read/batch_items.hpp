// batch_items — how many things one request may name.
#pragma once

#include <cstddef>

#include "api/problem.hpp"

namespace highseas::api {

inline constexpr std::size_t kLargestBatch = 1'000;

inline Problem too_many_items() {
  auto problem = Problem::of("too-many-items");
  problem.extras.emplace_back("limit", kLargestBatch);
  return problem;
}

}  // namespace highseas::api
