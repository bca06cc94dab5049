// checkpoint — a state as bytes and back, so that a start folds only what came after.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/image.hpp"

namespace highseas::projections {

// Raised whenever the fold gives another state for the same log, or the bytes change.
inline constexpr std::uint32_t kFoldVersion = 7;

// Names the fold and all that it leans on (ICU and zone data): a checkpoint of another version is not read.
std::string checkpoint_version();

using Blobs = std::vector<std::pair<std::string, std::string>>;

// From a snapshot, on a worker.
Blobs write_checkpoint(const Image& image);
// Nothing where the bytes are not what write_checkpoint gave. The state goes on by State(image).
std::shared_ptr<Image> read_checkpoint(const Blobs& blobs);

}  // namespace highseas::projections
