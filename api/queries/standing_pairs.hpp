// standing_pairs — live records that share a key under the form's dedup rules: what a changed rule finds standing.
#pragma once

#include <utility>
#include <vector>

#include "domain/refusal.hpp"
#include "projections/image.hpp"

namespace highseas::api {

// Each record with the first that has the same key, in the order of the records; at most `limit`. Looks at every record
// of the form: on a worker.
std::vector<std::pair<domain::DuplicateHit, domain::DuplicateHit>> standing_pairs(const projections::Image& image,
                                                                                  const domain::FormDefinition& form,
                                                                                  std::size_t limit);

}  // namespace highseas::api
