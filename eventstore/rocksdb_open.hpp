// rocksdb_open — opens the one RocksDB with its settings and families, and puts its errors into our words.
#pragma once

#include <array>
#include <expected>
#include <memory>
#include <string>

#include "eventstore/errors.hpp"
#include "eventstore/rocksdb_log.hpp"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Status;
}  // namespace rocksdb

namespace highseas::eventstore {

struct RocksDbHandle {
  RocksDbHandle() = default;
  RocksDbHandle(const RocksDbHandle&) = delete;
  RocksDbHandle& operator=(const RocksDbHandle&) = delete;
  ~RocksDbHandle();

  rocksdb::ColumnFamilyHandle* commits() const { return families[1]; }
  rocksdb::ColumnFamilyHandle* vault() const { return families[2]; }
  rocksdb::ColumnFamilyHandle* side(Family family) const { return families[3 + static_cast<std::size_t>(family)]; }

  rocksdb::DB* db = nullptr;
  std::array<rocksdb::ColumnFamilyHandle*, 6> families{};  // default (empty), commits, vault, auth, sessions, trail
};

std::expected<std::unique_ptr<RocksDbHandle>, OpenError> open_rocksdb(const RocksDbOptions& options);

// Builds MANIFEST and CURRENT anew from the tables that are there. Changes the directory: for copies only.
std::expected<void, OpenError> repair_rocksdb(const std::string& directory);

// Names the file where the status does.
OpenError rocksdb_error(const std::string& directory, const rocksdb::Status& status);
bool is_out_of_space(const rocksdb::Status& status);

}  // namespace highseas::eventstore
