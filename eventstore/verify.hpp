// verify — reads every family and file of a data directory and names what is damaged; salvages what is not.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "eventstore/commit.hpp"
#include "eventstore/errors.hpp"

namespace highseas::eventstore {

struct Damage {
  std::string file;
  WorkspaceNumber workspace = 0;
  Position position = 0;  // 0 where no commit can be named
  std::string what;
  std::string remedy;
};

struct VerifyOptions {
  std::string data;
  std::string keys;     // empty = DATA/keys; without a server key boxes are not opened, all else is checked
  std::string scratch;  // a directory for RocksDB's notes beside a running server; empty = no server is running
  std::function<void(std::uint64_t commits)> progress;
  // True for a record that the log says was erased. Without it every missing key is damage.
  std::function<bool(WorkspaceNumber, base::Ulid record)> is_erased;
};

struct VerifyReport {
  std::uint64_t commits = 0;
  std::uint64_t boxes = 0;
  std::uint64_t boxes_opened = 0;
  std::uint64_t erased = 0;
  std::vector<Damage> damages;

  bool clean() const { return damages.empty(); }
};

VerifyReport verify(const VerifyOptions& options);

struct SalvageReport {
  struct Workspace {
    WorkspaceNumber number = 0;
    Position copied = 0;
    Position expected = 0;  // by the head file; 0 where that cannot be read
  };
  std::vector<Workspace> workspaces;
  std::vector<Damage> damages;
};

// Copies the longest verified prefix of each workspace into a new data directory (not its keys, files and
// checkpoints).
std::expected<SalvageReport, OpenError> salvage(const std::string& from, const std::string& to);

}  // namespace highseas::eventstore
