// checkpoint_files — a workspace's state at a position as sealed files; what is damaged counts as not there.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eventstore/errors.hpp"
#include "eventstore/key_vault.hpp"

namespace highseas::eventstore {

struct Checkpoint {
  Position position = 0;
  // Names and bytes, in the order in which they were written.
  std::vector<std::pair<std::string, std::string>> blobs;
};

// DATA/checkpoints/WORKSPACE/POSITION, sealed in blocks of 64 KiB. For one thread per workspace at a time.
class CheckpointFiles {
 public:
  CheckpointFiles(std::string directory, const ServerKey& key, RandomSource& random = system_random());

  // Synced, then pointed at; the one before it is kept, older ones go. `version` names the fold and all it leans on.
  std::expected<void, OpenError> write(WorkspaceNumber workspace, std::string_view version,
                                       const Checkpoint& checkpoint);
  // The newest whole one of this version at or before `not_after`; nothing = rebuild.
  std::optional<Checkpoint> read(WorkspaceNumber workspace, std::string_view version,
                                 Position not_after = ~Position{0}) const;
  // Of those that lie there, whole or not; newest first.
  std::vector<Position> positions(WorkspaceNumber workspace) const;
  // Unlinks all of a workspace.
  void remove_all(WorkspaceNumber workspace);

 private:
  std::string directory_;
  const ServerKey& key_;
  RandomSource& random_;
};

}  // namespace highseas::eventstore
