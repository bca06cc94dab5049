// data_directory — lock, head file and the order of opening.
#include "eventstore/data_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "eventstore/commit_reader.hpp"
#include "eventstore/crypto.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/rocksdb_log.hpp"
#include "eventstore/table_check.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::string_view kRestore = "restore the last backup, or copy what is whole by `highseas salvage`";

OpenError cut(const std::string& file, WorkspaceNumber workspace, Position position, std::string message) {
  return {OpenError::Kind::cut, file, position, "workspace " + std::to_string(workspace) + ": " + std::move(message),
          std::string(kRestore)};
}

std::expected<void, OpenError> make_layout(const DataLayout& layout) {
  for (const auto& path : {layout.root, layout.checkpoints(), layout.files()}) {
    if (auto made = make_directory(path); !made) return made;
  }
  return {};
}

// A directory without head file is a new one only as long as it has no log either.
std::expected<HeadFile, OpenError> open_head(const DataLayout& layout) {
  if (file_exists(layout.head()) || !file_exists(layout.log())) {
    return file_exists(layout.head()) ? HeadFile::open(layout.head()) : HeadFile::create(layout.head());
  }
  return std::unexpected(OpenError{OpenError::Kind::damaged, layout.head(), 0,
                                   "the head file is missing beside a log, so that nobody can tell whether it is whole",
                                   std::string(kRestore)});
}

// Looks before anything is changed: opening for writing recovers, and what recovery drops is gone.
std::expected<bool, OpenError> check_log(const DataLayout& layout, const HeadFile& head, bool check_files) {
  if (!file_exists(layout.log() + "/CURRENT")) {
    if (head.lines().empty()) return false;
    return std::unexpected(OpenError{OpenError::Kind::damaged, layout.log() + "/CURRENT", 0,
                                     "it is missing, though the head file names commits", std::string(kRestore)});
  }
  RocksDbOptions options{layout.log(), RocksDbOptions::Mode::read_only, {}};
  auto log = RocksDbLog::open(options);
  if (!log) return std::unexpected(log.error());
  if (auto checked = check_against_head(**log, head, layout.head()); !checked) return std::unexpected(checked.error());
  const bool has_commits = !(*log)->workspaces().empty();
  log->reset();
  if (check_files) {
    if (auto errors = check_tables(options); !errors.empty()) return std::unexpected(errors.front());
  }
  return has_commits;
}

}  // namespace

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::expected<DirectoryLock, OpenError> DirectoryLock::take(const DataLayout& layout) {
  const std::string path = layout.lock();
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return std::unexpected(file_error(path, "cannot create"));
  DirectoryLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return std::unexpected(file_error(path, "cannot lock"));
  return std::unexpected(OpenError{OpenError::Kind::in_use, path, 0, "another server holds this data directory",
                                   "stop it, or name another directory by --data"});
}

std::optional<std::uint64_t> free_space(const std::string& path) {
  struct statvfs info{};
  if (::statvfs(path.c_str(), &info) != 0) return std::nullopt;
  return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

bool has_room(const std::string& path, const FreeSpace& measure) {
  const auto bytes = measure(path);
  return !bytes || *bytes >= kReserveBytes;
}

std::vector<OpenError> head_errors(const Log& log, const HeadFile& head, const std::string& head_path) {
  std::vector<OpenError> errors;
  for (const auto& [workspace, line] : head.lines()) {
    const auto end = log.end(workspace);
    if (end < line.position) {
      errors.push_back(cut(head_path, workspace, end + 1,
                           "the log ends at position " + std::to_string(end) + ", but position " +
                               std::to_string(line.position) + " was on disk: commits are lost"));
      continue;
    }
    const auto hash = leaf_hash(log, workspace, line.position);
    if (!hash) {
      errors.push_back(
          {OpenError::Kind::damaged, head_path, line.position, describe(hash.error()), std::string(kRestore)});
    } else if (*hash != line.hash) {
      errors.push_back({OpenError::Kind::damaged, head_path, line.position,
                        "workspace " + std::to_string(workspace) + ": the commit there has the hash " + to_hex(*hash) +
                            ", the head file says " + to_hex(line.hash),
                        std::string(kRestore)});
    }
  }
  return errors;
}

std::expected<void, OpenError> check_against_head(const Log& log, const HeadFile& head, const std::string& head_path) {
  auto errors = head_errors(log, head, head_path);
  if (errors.empty()) return {};
  return std::unexpected(std::move(errors.front()));
}

std::expected<Store, OpenError> open_store(const StoreOptions& options) {
  // For the whole process: what it makes from here on, RocksDB's files too, is its owner's alone.
  ::umask(077);
  const DataLayout layout{options.data};
  const std::string keys = options.keys.empty() ? layout.keys() : options.keys;
  if (auto made = make_layout(layout); !made) return std::unexpected(made.error());
  auto lock = DirectoryLock::take(layout);
  if (!lock) return std::unexpected(lock.error());
  auto head = open_head(layout);
  if (!head) return std::unexpected(head.error());
  const auto has_commits = check_log(layout, *head, options.check_files);
  if (!has_commits) return std::unexpected(has_commits.error());
  auto key = ServerKey::open(keys, *has_commits);
  if (!key) return std::unexpected(key.error());
  auto opened = RocksDbLog::open({layout.log(), RocksDbOptions::Mode::writer, {}});
  if (!opened) return std::unexpected(opened.error());
  std::unique_ptr<Log> log = std::move(*opened);
  if (options.wrap_log) log = options.wrap_log(std::move(log));
  auto vault = KeyVault::open(*log, std::move(*key), keys);
  if (!vault) {
    auto error = vault.error();
    if (error.kind == OpenError::Kind::wrong_key) error.file = keys + "/server-key";
    return std::unexpected(std::move(error));
  }
  // Last, so that none is made beside the key of another server.
  auto signing_key = SigningKey::open(keys);
  if (!signing_key) return std::unexpected(signing_key.error());
  return Store{layout, std::move(*lock), std::move(*head), std::move(log), std::move(*vault), std::move(*signing_key)};
}

std::expected<void, OpenError> Store::close() {
  if (const auto flushed = log->flush(); !flushed) {
    return std::unexpected(OpenError{OpenError::Kind::storage, layout.log(), 0, describe(flushed.error()),
                                     "see that the disk has room; the next start recovers the log"});
  }
  for (const auto workspace : log->workspaces()) {
    const auto end = log->end(workspace);
    const auto hash = leaf_hash(*log, workspace, end);
    if (!hash) {
      return std::unexpected(
          OpenError{OpenError::Kind::damaged, layout.log(), end, hash.error().message, hash.error().remedy});
    }
    head.update(workspace, end, *hash);
  }
  if (auto flushed = head.flush(); !flushed) return flushed;
  vault.reset();
  log.reset();
  return {};
}

}  // namespace highseas::eventstore
