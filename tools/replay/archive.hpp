// archive — a data directory opened to be read: beside a running server too, never changed.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "eventstore/data_directory.hpp"
#include "eventstore/rocksdb_log.hpp"
#include "projections/log_fold.hpp"
#include "projections/state.hpp"

namespace highseas::replay {

struct Archive {
  std::string data;
  std::string keys;
  std::string scratch;  // RocksDB's notes; removed with the archive
  std::unique_ptr<eventstore::RocksDbLog> log;
  std::unique_ptr<eventstore::KeyVault> vault;
  eventstore::WorkspaceNumber workspace = 0;
  eventstore::Position covered = 0;  // by the head file; what lies beyond is shown, and said to be

  Archive() = default;
  Archive(Archive&&) = default;
  Archive& operator=(Archive&&) = default;
  ~Archive();
};

// The error is a sentence with the next step.
std::expected<Archive, std::string> open_archive(const std::string& data, const std::string& keys);

// Folds up to `to` (0 = the end). `visit` sees each commit before it is folded, and the state in front of it; false
// stops.
using Visit = std::function<bool(const projections::State& before, const projections::ReadCommit& commit)>;
std::expected<std::unique_ptr<projections::State>, std::string> fold(const Archive& archive, eventstore::Position to,
                                                                     const Visit& visit = {});

// Says on a terminal how far a long reading is.
class Progress {
 public:
  Progress(std::string what, std::uint64_t total);
  ~Progress();
  void at(std::uint64_t done);

 private:
  std::string what_;
  std::uint64_t total_;
  bool shown_ = false;
  bool terminal_;
};

}  // namespace highseas::replay
