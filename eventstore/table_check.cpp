// table_check — file by file, so that each damaged one is named.
#include "eventstore/table_check.hpp"

#include <rocksdb/db.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/metadata.h>

#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "eventstore/rocksdb_open.hpp"

namespace highseas::eventstore {
namespace {

OpenError damage(const std::string& path, std::string what) {
  return {OpenError::Kind::damaged, path, 0, std::move(what),
          "restore the last backup, or copy what is whole by `highseas salvage --data D --to D2`"};
}

// Nothing where the file can't be read.
std::optional<std::string> checksum_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const auto generator = rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator({path, {}});
  std::string buffer(1u << 20, '\0');
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    generator->Update(buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return std::nullopt;
  generator->Finalize();
  return generator->GetChecksum();
}

}  // namespace

std::vector<OpenError> check_tables(const RocksDbOptions& options) {
  auto handle = open_rocksdb(options);
  if (!handle) return {handle.error()};
  std::vector<rocksdb::LiveFileMetaData> tables;
  (*handle)->db->GetLiveFilesMetaData(&tables);
  std::vector<OpenError> errors;
  for (const auto& table : tables) {
    const std::string path = options.directory + "/" + table.relative_filename;
    const auto checksum = checksum_of(path);
    if (!checksum) {
      // Beside a running server a table may be merged away meanwhile.
      if (options.mode != RocksDbOptions::Mode::secondary) errors.push_back(damage(path, "it cannot be read"));
    } else if (*checksum != table.file_checksum) {
      errors.push_back(damage(path, "its bytes are not those that were written (checksum of the whole file)"));
    }
  }
  return errors;
}

}  // namespace highseas::eventstore
