// rocksdb_side_store — gets, puts and scans.
#include "eventstore/rocksdb_side_store.hpp"

#include <rocksdb/db.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace highseas::eventstore {
namespace {

constexpr std::size_t kScanBatch = 1'000;

rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

rocksdb::WriteOptions write_options(Family family, bool synced) {
  rocksdb::WriteOptions options;
  options.sync = synced || family == Family::auth;
  return options;
}

SideError error_of(const rocksdb::Status& status) {
  return {status.ToString(), is_out_of_space(status)};
}

std::expected<void, SideError> result_of(const rocksdb::Status& status) {
  if (status.ok()) return {};
  return std::unexpected(error_of(status));
}

std::unexpected<SideError> closed() {
  return std::unexpected(SideError{"the log could not be reopened", false});
}

}  // namespace

std::expected<std::optional<std::string>, SideError> RocksDbSideStore::get(Family family, std::string_view key) const {
  const std::shared_lock lock(shared_.mutex);
  if (!shared_.handle) return closed();
  std::string value;
  const auto status = shared_.handle->db->Get({}, shared_.handle->side(family), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return std::unexpected(error_of(status));
  return value;
}

std::expected<void, SideError> RocksDbSideStore::put(Family family, std::string_view key, std::string_view value,
                                                     bool synced) {
  const std::shared_lock lock(shared_.mutex);
  if (!shared_.handle) return closed();
  return result_of(
      shared_.handle->db->Put(write_options(family, synced), shared_.handle->side(family), slice(key), slice(value)));
}

std::expected<void, SideError> RocksDbSideStore::erase(Family family, std::string_view key, bool synced) {
  const std::shared_lock lock(shared_.mutex);
  if (!shared_.handle) return closed();
  return result_of(shared_.handle->db->Delete(write_options(family, synced), shared_.handle->side(family), slice(key)));
}

std::expected<void, SideError> RocksDbSideStore::erase_range(Family family, std::string_view from,
                                                             std::string_view to) {
  if (from >= to) return {};
  const std::shared_lock lock(shared_.mutex);
  if (!shared_.handle) return closed();
  return result_of(shared_.handle->db->DeleteRange(write_options(family, false), shared_.handle->side(family),
                                                   slice(from), slice(to)));
}

// In batches, each visited without the lock: the visitor may write.
std::expected<void, SideError> RocksDbSideStore::scan(Family family, std::string_view prefix, const Visit& visit,
                                                      std::string_view from) const {
  std::string next(std::max(prefix, from));
  while (true) {
    std::vector<std::pair<std::string, std::string>> batch;
    {
      const std::shared_lock lock(shared_.mutex);
      if (!shared_.handle) return closed();
      const std::unique_ptr<rocksdb::Iterator> at(shared_.handle->db->NewIterator({}, shared_.handle->side(family)));
      for (at->Seek(next); at->Valid() && batch.size() < kScanBatch; at->Next()) {
        if (!at->key().ToStringView().starts_with(prefix)) break;
        batch.emplace_back(at->key().ToString(), at->value().ToString());
      }
      if (!at->status().ok()) return std::unexpected(error_of(at->status()));
    }
    for (const auto& [key, value] : batch) {
      if (!visit(key, value)) return {};
    }
    if (batch.size() < kScanBatch) return {};
    next = batch.back().first + '\0';
  }
}

}  // namespace highseas::eventstore
