// data_directory — what lies where under DATA, who may hold it, and how it is opened without a silent gap.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/commit.hpp"
#include "eventstore/errors.hpp"
#include "eventstore/key_vault.hpp"
#include "eventstore/log.hpp"
#include "eventstore/signing_key.hpp"

namespace highseas::eventstore {

struct DataLayout {
  std::string root;

  std::string lock() const { return root + "/lock"; }
  std::string head() const { return root + "/head"; }
  std::string log() const { return root + "/log"; }
  std::string keys() const { return root + "/keys"; }  // unless --keys names another place
  std::string checkpoints() const { return root + "/checkpoints"; }
  std::string files() const { return root + "/files"; }
  std::string control() const { return root + "/control"; }
  std::string operator_key() const { return root + "/operator-key"; }
  std::string setup_token() const { return root + "/setup-token"; }
};

// The lock on a data directory; given back when it goes.
class DirectoryLock {
 public:
  // OpenError::in_use where another process (or another lock of this one) holds it.
  static std::expected<DirectoryLock, OpenError> take(const DataLayout& layout);
  DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

struct HeadLine {
  Position position = 0;
  Hash hash{};  // leaf hash

  bool operator==(const HeadLine&) const = default;
};

// DATA/head: how far the log reached when this was last flushed. For one thread at a time.
class HeadFile {
 public:
  using Lines = std::map<WorkspaceNumber, HeadLine>;

  static std::expected<HeadFile, OpenError> open(std::string path);  // a file that is not there is an error
  static std::expected<HeadFile, OpenError> create(std::string path);

  const Lines& lines() const { return lines_; }
  // Remembered only; on disk after flush().
  void update(WorkspaceNumber workspace, Position position, const Hash& hash);
  // Atomic, synced; nothing where nothing changed. The engine calls it each second and at a clean stop.
  std::expected<void, OpenError> flush();

 private:
  HeadFile(std::string path, Lines lines) : path_(std::move(path)), lines_(std::move(lines)) {}
  std::string path_;
  Lines lines_;
  bool changed_ = false;
};

// Refuses a log that ends before its head file, or holds another commit where the head file points.
std::vector<OpenError> head_errors(const Log& log, const HeadFile& head, const std::string& head_path);
// The first of them.
std::expected<void, OpenError> check_against_head(const Log& log, const HeadFile& head, const std::string& head_path);

inline constexpr std::uint64_t kReserveBytes = 256u << 20;
using FreeSpace = std::function<std::optional<std::uint64_t>(const std::string& path)>;  // nothing = cannot tell
std::optional<std::uint64_t> free_space(const std::string& path);
// False below the reserve: writes are refused before anything is tried.
bool has_room(const std::string& path, const FreeSpace& measure = free_space);

struct StoreOptions {
  std::string data;
  std::string keys;         // empty = DATA/keys
  bool check_files = true;  // read every table through against its checksum
  // Puts something between the log and all who use it; empty = nothing. For tests of failing disks.
  std::function<std::unique_ptr<Log>(std::unique_ptr<Log>)> wrap_log;
};

// All that a server holds open, in the order in which it is opened.
struct Store {
  DataLayout layout;
  DirectoryLock lock;
  HeadFile head;
  std::unique_ptr<Log> log;
  std::unique_ptr<KeyVault> vault;
  SigningKey signing_key;

  // A clean stop: the log needs no recovery afterwards, the head file covers it.
  std::expected<void, OpenError> close();
};

// Lock, head file, damage, log that ends before its head; only then is the log opened for writing (which recovers it),
// the vault read, and the signing key read or made.
std::expected<Store, OpenError> open_store(const StoreOptions& options);

}  // namespace highseas::eventstore
