// rocksdb_open — every setting here was chosen against a fault that was measured (docs/format.md, On disk).
#include "eventstore/rocksdb_open.hpp"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <cstdarg>
#include <optional>
#include <vector>

#include "eventstore/record_file_check.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::array<const char*, 6> kFamilyNames = {"default", "commits", "vault", "auth", "sessions", "trail"};

// A reader leaves no notes in a directory that is not its own.
class SilentLogger : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::Options settings(const RocksDbOptions& options) {
  rocksdb::Options settings;
  const bool writer = options.mode == RocksDbOptions::Mode::writer;
  settings.create_if_missing = writer;
  settings.create_missing_column_families = writer;
  // The default (point in time) opens "OK" with half the commits gone after one flipped bit.
  settings.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  settings.avoid_flush_during_recovery = false;  // what was recovered lies in a synced table before we go on
  settings.recycle_log_file_num = 0;
  settings.paranoid_checks = true;
  settings.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  settings.max_open_files = -1;
  settings.compression = rocksdb::kLZ4Compression;
  // Families that are rarely written hold back old write-ahead logs: at this size they are flushed.
  settings.max_total_wal_size = 256u << 20;
  settings.max_background_jobs = 2;
  settings.stats_dump_period_sec = 0;
  settings.stats_persist_period_sec = 0;
  settings.keep_log_file_num = 4;
  settings.max_log_file_size = 1u << 20;
  settings.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  if (options.mode == RocksDbOptions::Mode::salvage) {
    settings.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;  // up to the first damage
    settings.paranoid_checks = false;
  }
  if (!writer && options.mode != RocksDbOptions::Mode::secondary) settings.info_log = std::make_shared<SilentLogger>();
  return settings;
}

rocksdb::Status open_once(const RocksDbOptions& options, RocksDbHandle& handle) {
  const rocksdb::Options all = settings(options);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const auto* name : kFamilyNames) families.emplace_back(name, rocksdb::ColumnFamilyOptions(all));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::Status status;
  switch (options.mode) {
    case RocksDbOptions::Mode::writer:
      status = rocksdb::DB::Open(all, options.directory, families, &handles, &handle.db);
      break;
    case RocksDbOptions::Mode::read_only:
    case RocksDbOptions::Mode::salvage:
      status = rocksdb::DB::OpenForReadOnly(all, options.directory, families, &handles, &handle.db);
      break;
    case RocksDbOptions::Mode::secondary:
      status = rocksdb::DB::OpenAsSecondary(all, options.directory, options.scratch, families, &handles, &handle.db);
      break;
  }
  if (status.ok()) std::copy(handles.begin(), handles.end(), handle.families.begin());
  return status;
}

// RocksDB writes CURRENT before any table or write-ahead log: without all three, a crash cut its creation off.
bool was_created(const std::string& directory) {
  std::vector<std::string> children;
  if (!rocksdb::Env::Default()->GetChildren(directory, &children).ok()) return false;
  return std::any_of(children.begin(), children.end(), [](const std::string& name) {
    return name == "CURRENT" || name.ends_with(".sst") || name.ends_with(".log");
  });
}

// The first path below the directory, or name of a table, that the message holds.
std::string file_in(const std::string& directory, const std::string& message) {
  auto begin = message.find(directory + "/");
  if (begin == std::string::npos) {
    const auto end = message.find(".sst");
    if (end == std::string::npos) return {};
    begin = message.find_last_of(" /", end);
    begin = begin == std::string::npos ? 0 : begin + 1;
    return directory + "/" + message.substr(begin, end + 4 - begin);
  }
  const auto end = message.find_first_of(" :;,", begin);
  return message.substr(begin, end - begin);
}

// RocksDB may name the MANIFEST when it is a table's footer that does not read: each table is opened by itself.
std::optional<OpenError> unreadable_table(const std::string& directory) {
  std::vector<std::string> children;
  if (!rocksdb::Env::Default()->GetChildren(directory, &children).ok()) return std::nullopt;
  std::sort(children.begin(), children.end());
  for (const auto& name : children) {
    if (!name.ends_with(".sst")) continue;
    auto path = directory;
    path.append("/").append(name);
    const auto opened = rocksdb::SstFileReader(rocksdb::Options()).Open(path);
    if (opened.ok()) continue;
    auto error = rocksdb_error(directory, opened);
    error.file = path;
    return error;
  }
  return std::nullopt;
}

}  // namespace

RocksDbHandle::~RocksDbHandle() {
  if (db == nullptr) return;
  for (auto* family : families) {
    if (family != nullptr) db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
  db->Close().PermitUncheckedError();
  delete db;
}

bool is_out_of_space(const rocksdb::Status& status) {
  return status.IsNoSpace() || status.subcode() == rocksdb::Status::SubCode::kNoSpace;
}

OpenError rocksdb_error(const std::string& directory, const rocksdb::Status& status) {
  OpenError error;
  const std::string message = status.ToString();
  error.file = file_in(directory, message);
  if (error.file.empty()) error.file = directory;
  error.message = message;
  if (status.IsCorruption() || message.find("No such file") != std::string::npos) {
    error.kind = OpenError::Kind::damaged;
    error.remedy = "restore the last backup, or copy what is whole by `highseas salvage --data D --to D2`";
  } else if (message.find("lock") != std::string::npos) {
    error.kind = OpenError::Kind::in_use;
    error.remedy = "stop the other server on this directory";
  } else {
    error.kind = OpenError::Kind::storage;
    error.remedy = "see that the directory belongs to the server's user, and has room";
  }
  return error;
}

std::expected<void, OpenError> repair_rocksdb(const std::string& directory) {
  const rocksdb::Options all = settings({directory, RocksDbOptions::Mode::salvage, {}});
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const auto* name : kFamilyNames) families.emplace_back(name, rocksdb::ColumnFamilyOptions(all));
  const auto status = rocksdb::RepairDB(directory, all, families);
  if (!status.ok()) return std::unexpected(rocksdb_error(directory, status));
  // It knows only the families of which it found a table: opening for writing makes the others.
  RocksDbHandle handle;
  const auto opened = open_once({directory, RocksDbOptions::Mode::writer, {}}, handle);
  if (!opened.ok()) return std::unexpected(rocksdb_error(directory, opened));
  return {};
}

std::expected<std::unique_ptr<RocksDbHandle>, OpenError> open_rocksdb(const RocksDbOptions& options) {
  const bool is_there = was_created(options.directory);
  const bool beside_a_server = options.mode == RocksDbOptions::Mode::secondary;
  // Beside a running server these files move while they are read; it checked them at its own start.
  if (is_there && !beside_a_server && options.mode != RocksDbOptions::Mode::salvage) {
    if (auto errors = check_record_files(options.directory); !errors.empty()) return std::unexpected(errors.front());
  }
  auto handle = std::make_unique<RocksDbHandle>();
  rocksdb::Status status;
  // A running server may unlink a table between our reading its name and opening it.
  for (int attempt = 0; attempt < (beside_a_server ? 3 : 1); ++attempt) {
    status = open_once(options, *handle);
    if (status.ok()) return handle;
  }
  if (status.IsCorruption() && !beside_a_server) {
    if (auto table = unreadable_table(options.directory)) return std::unexpected(std::move(*table));
  }
  return std::unexpected(rocksdb_error(options.directory, status));
}

}  // namespace highseas::eventstore
