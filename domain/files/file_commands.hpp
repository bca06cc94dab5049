// file_commands — a file's bytes lie sealed on disk already; this makes it known.
#pragma once

#include "domain/files/file_events.hpp"

namespace highseas::domain {

struct AddFile {
  FileAdded file;
  bool operator==(const AddFile&) const = default;
};

}  // namespace highseas::domain
