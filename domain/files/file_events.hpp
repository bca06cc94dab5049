// file_events — files that were brought in; their bytes lie beside the log, sealed, and this names their hash.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/ids.hpp"

namespace highseas::domain {

struct FileAdded {
  base::FileId file;
  base::MemberId added_by;
  std::uint64_t size = 0;
  std::string media_type;  // by content
  std::array<std::uint8_t, 32> sha256{};
  std::string name;  // sealed; data, never a path
  bool operator==(const FileAdded&) const = default;
};

struct FileRemoved {
  base::FileId file;
  bool operator==(const FileRemoved&) const = default;
};

}  // namespace highseas::domain
