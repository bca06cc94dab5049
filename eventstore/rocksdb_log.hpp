// rocksdb_log — the embedded log: one RocksDB for all workspaces, its settings chosen against measured damage.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "eventstore/log.hpp"

namespace highseas::eventstore {

struct RocksDbOptions {
  enum class Mode {
    writer,     // the one process that appends; creates what is not there
    read_only,  // a frozen view; changes nothing, not even by recovery
    secondary,  // beside a running server; needs a scratch directory
    salvage,    // as read_only, but opens what is damaged as far as it goes
  };
  std::string directory;
  Mode mode = Mode::writer;
  std::string scratch;  // secondary: a directory of its own, for RocksDB's notes
};

class RocksDbLog : public Log {
 public:
  // Refuses what is damaged in the files that say what the log is made of (CURRENT, MANIFEST, write-ahead log), before
  // anything is changed. Does not read the tables through: verify_files does.
  static std::expected<std::unique_ptr<RocksDbLog>, OpenError> open(const RocksDbOptions& options);

  // Secondary: takes in what the server has written since. Elsewhere nothing.
  virtual std::expected<void, OpenError> catch_up() = 0;
};

}  // namespace highseas::eventstore
