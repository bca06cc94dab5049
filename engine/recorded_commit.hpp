// recorded_commit — a commit as it stands in the log, with the hash that the audit knows it by.
#pragma once

#include <expected>
#include <string>

#include "engine/engine.hpp"

namespace highseas::engine {

struct RecordedCommit {
  domain::Commit commit;
  bool erased = false;    // some subject's key was destroyed: its sealed values are missing
  std::string leaf_hash;  // hex, lower case
};

// From the disk, hashes checked: never on a strand. The position must be durable.
std::expected<RecordedCommit, eventstore::ReadError> read_recorded(Engine& engine,
                                                                   eventstore::WorkspaceNumber workspace,
                                                                   std::uint64_t position);

}  // namespace highseas::engine
