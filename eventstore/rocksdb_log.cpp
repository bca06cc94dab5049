// rocksdb_log — appends in one synced batch, reads by rising keys.
#include "eventstore/rocksdb_log.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "eventstore/commit_format.hpp"
#include "eventstore/rocksdb_open.hpp"
#include "eventstore/rocksdb_side_store.hpp"

namespace highseas::eventstore {
namespace {

ReadError damaged(WorkspaceNumber workspace, Position position, std::string message) {
  return {ReadError::Kind::damaged, workspace, position, std::move(message),
          "run `highseas verify`; restore the last backup or use `highseas salvage`"};
}

ReadError status_error(WorkspaceNumber workspace, Position position, const rocksdb::Status& status) {
  auto error = damaged(workspace, position, status.ToString());
  if (!status.IsCorruption()) error.kind = ReadError::Kind::storage;
  return error;
}

rocksdb::ReadOptions careful() {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  return options;
}

class RocksDbLogImpl : public RocksDbLog {
 public:
  explicit RocksDbLogImpl(RocksDbOptions options) : options_(std::move(options)), side_(shared_) {}

  // The store is opened (again), and the ends are read from it; until then those of before are told.
  std::expected<void, OpenError> open_store() {
    const std::unique_lock lock(shared_.mutex);
    shared_.handle.reset();
    auto handle = open_rocksdb(options_);
    if (!handle) return std::unexpected(handle.error());
    shared_.handle = std::move(*handle);
    failed_ = false;
    return find_ends();
  }

  std::expected<void, AppendError> append(std::span<const LogWrite> writes) override {
    const std::shared_lock lock(shared_.mutex);
    if (failed_ || !shared_.handle) {
      return std::unexpected(AppendError{AppendError::Kind::storage, 0, 0, "an append failed; reopen the log", false});
    }
    std::map<WorkspaceNumber, Position> fresh;
    rocksdb::WriteBatch batch;
    for (const auto& write : writes) {
      const auto workspace = write.commit.workspace;
      auto& end = fresh.try_emplace(workspace, this->end(workspace)).first->second;
      if (write.commit.position != end + 1) {
        return std::unexpected(AppendError{AppendError::Kind::conflict, workspace, end + 1, {}, false});
      }
      ++end;
      add(write, batch);
    }
    rocksdb::WriteOptions synced;
    synced.sync = true;
    const auto status = shared_.handle->db->Write(synced, &batch);
    if (!status.ok()) {
      failed_ = true;
      return std::unexpected(AppendError{AppendError::Kind::storage, 0, 0, status.ToString(), is_out_of_space(status)});
    }
    const std::scoped_lock ends_lock(ends_mutex_);
    for (const auto& [workspace, end] : fresh) ends_[workspace] = end;
    return {};
  }

  Position end(WorkspaceNumber workspace) const override {
    const std::scoped_lock lock(ends_mutex_);
    const auto found = ends_.find(workspace);
    return found == ends_.end() ? 0 : found->second;
  }

  std::vector<WorkspaceNumber> workspaces() const override {
    const std::scoped_lock lock(ends_mutex_);
    std::vector<WorkspaceNumber> numbers;
    for (const auto& [number, position] : ends_) numbers.push_back(number);
    return numbers;
  }

  std::expected<std::vector<StoredCommit>, ReadError> read(WorkspaceNumber workspace, Position from,
                                                           ReadLimit limit) const override {
    const std::shared_lock lock(shared_.mutex);
    std::vector<StoredCommit> result;
    Position next = std::max<Position>(from, 1);
    const Position last = end(workspace);
    if (next > last) return result;
    if (!shared_.handle) return std::unexpected(closed(workspace, next));
    const std::unique_ptr<rocksdb::Iterator> at(shared_.handle->db->NewIterator(careful(), shared_.handle->commits()));
    std::size_t bytes = 0;
    for (at->Seek(position_key(workspace, next)); next <= last; at->Next(), ++next) {
      if (result.size() >= limit.commits || bytes >= limit.bytes) break;
      if (!at->Valid()) {
        if (!at->status().ok()) return std::unexpected(status_error(workspace, next, at->status()));
        return std::unexpected(damaged(workspace, next, "the commit is missing"));
      }
      if (at->key().ToStringView() != position_key(workspace, next)) {
        return std::unexpected(damaged(workspace, next, "the commit is missing"));
      }
      auto commit = decode_stored(workspace, next, at->value().ToStringView());
      if (!commit) return std::unexpected(damaged(workspace, next, "the commit's bytes do not hold together"));
      bytes += at->value().size();
      result.push_back(std::move(*commit));
    }
    return result;
  }

  std::expected<std::optional<std::string>, ReadError> vault_entry(WorkspaceNumber workspace,
                                                                   Position position) const override {
    const std::shared_lock lock(shared_.mutex);
    if (!shared_.handle) return std::unexpected(closed(workspace, position));
    std::string value;
    const auto status =
        shared_.handle->db->Get(careful(), shared_.handle->vault(), position_key(workspace, position), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return std::unexpected(status_error(workspace, position, status));
    return value;
  }

  std::expected<void, ReadError> for_each_vault_entry(const VisitVault& visit) const override {
    const std::shared_lock lock(shared_.mutex);
    if (!shared_.handle) return std::unexpected(closed(0, 0));
    const std::unique_ptr<rocksdb::Iterator> at(shared_.handle->db->NewIterator(careful(), shared_.handle->vault()));
    std::pair<WorkspaceNumber, Position> last{};
    for (at->SeekToFirst(); at->Valid(); at->Next()) {
      const auto key = parse_position_key(at->key().ToStringView());
      if (!key) return std::unexpected(damaged(last.first, last.second, "the vault entry after this has a false key"));
      last = *key;
      if (!visit(key->first, key->second, at->value().ToStringView())) return {};
    }
    if (!at->status().ok()) return std::unexpected(status_error(last.first, last.second, at->status()));
    return {};
  }

  std::expected<void, OpenError> reopen() override { return open_store(); }

  std::expected<void, AppendError> flush() override {
    const std::shared_lock lock(shared_.mutex);
    if (failed_ || !shared_.handle) {
      return std::unexpected(AppendError{AppendError::Kind::storage, 0, 0, "an append failed; reopen the log", false});
    }
    const auto& families = shared_.handle->families;
    const auto status = shared_.handle->db->Flush({}, {families.begin(), families.end()});
    if (status.ok()) return {};
    return std::unexpected(AppendError{AppendError::Kind::storage, 0, 0, status.ToString(), is_out_of_space(status)});
  }

  SideStore& side_store() override { return side_; }

  std::expected<void, OpenError> catch_up() override {
    if (options_.mode != RocksDbOptions::Mode::secondary) return {};
    const std::shared_lock lock(shared_.mutex);
    if (const auto status = shared_.handle->db->TryCatchUpWithPrimary(); !status.ok()) {
      return std::unexpected(rocksdb_error(options_.directory, status));
    }
    return find_ends();
  }

 private:
  void add(const LogWrite& write, rocksdb::WriteBatch& batch) const {
    const auto& handle = *shared_.handle;
    const std::string key = position_key(write.commit.workspace, write.commit.position);
    batch.Put(handle.commits(), key, encode_stored(write.commit)).PermitUncheckedError();
    if (!write.vault_entry.empty()) batch.Put(handle.vault(), key, write.vault_entry).PermitUncheckedError();
    for (const auto& side : write.side_writes) {
      auto* family = handle.side(side.family);
      const auto status = side.value ? batch.Put(family, side.key, *side.value) : batch.Delete(family, side.key);
      status.PermitUncheckedError();
    }
  }

  // One seek forth and one back for each workspace.
  std::expected<void, OpenError> find_ends() {
    std::map<WorkspaceNumber, Position> ends;
    const std::unique_ptr<rocksdb::Iterator> at(shared_.handle->db->NewIterator(careful(), shared_.handle->commits()));
    for (at->Seek(position_key(0, 0)); at->Valid();) {
      const auto first = parse_position_key(at->key().ToStringView());
      if (!first) return std::unexpected(false_key());
      at->SeekForPrev(position_key(first->first, ~Position{0}));
      if (!at->Valid()) break;
      const auto last = parse_position_key(at->key().ToStringView());
      if (!last) return std::unexpected(false_key());
      ends[last->first] = last->second;
      if (first->first == ~WorkspaceNumber{0}) break;
      at->Seek(position_key(first->first + 1, 0));
    }
    if (!at->status().ok()) return std::unexpected(rocksdb_error(options_.directory, at->status()));
    const std::scoped_lock lock(ends_mutex_);
    ends_ = std::move(ends);
    return {};
  }

  OpenError false_key() const {
    return {OpenError::Kind::damaged, options_.directory, 0, "a key of the family `commits` is no position",
            "run `highseas verify`; restore the last backup"};
  }

  static ReadError closed(WorkspaceNumber workspace, Position position) {
    return {ReadError::Kind::storage, workspace, position, "the log could not be reopened", "restart the server"};
  }

  RocksDbOptions options_;
  mutable SharedRocksDb shared_;
  mutable std::mutex ends_mutex_;
  std::map<WorkspaceNumber, Position> ends_;
  std::atomic<bool> failed_ = false;
  RocksDbSideStore side_;
};

}  // namespace

std::expected<std::unique_ptr<RocksDbLog>, OpenError> RocksDbLog::open(const RocksDbOptions& options) {
  auto log = std::make_unique<RocksDbLogImpl>(options);
  if (auto opened = log->open_store(); !opened) return std::unexpected(opened.error());
  return log;
}

}  // namespace highseas::eventstore
