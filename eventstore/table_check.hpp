// table_check — reads every table of the log through, against the checksum that the MANIFEST has for the whole file.
#pragma once

#include <vector>

#include "eventstore/errors.hpp"
#include "eventstore/rocksdb_log.hpp"

namespace highseas::eventstore {

// All tables that are damaged or missing, each by its path; empty = sound. RocksDB's own check of its blocks lets flips
// in a table's index and properties through.
std::vector<OpenError> check_tables(const RocksDbOptions& options);

}  // namespace highseas::eventstore
