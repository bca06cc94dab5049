// rocksdb_side_store — the families beside the log, in the same RocksDB.
#pragma once

#include <memory>
#include <shared_mutex>

#include "eventstore/rocksdb_open.hpp"
#include "eventstore/side_store.hpp"

namespace highseas::eventstore {

// The open store, shared by log and side store. Whoever uses it holds the mutex shared; reopening holds it alone.
struct SharedRocksDb {
  std::shared_mutex mutex;
  std::unique_ptr<RocksDbHandle> handle;  // none after a reopening that failed
};

class RocksDbSideStore : public SideStore {
 public:
  explicit RocksDbSideStore(SharedRocksDb& shared) : shared_(shared) {}

  std::expected<std::optional<std::string>, SideError> get(Family family, std::string_view key) const override;
  std::expected<void, SideError> put(Family family, std::string_view key, std::string_view value, bool synced) override;
  std::expected<void, SideError> erase(Family family, std::string_view key, bool synced) override;
  std::expected<void, SideError> erase_range(Family family, std::string_view from, std::string_view to) override;
  std::expected<void, SideError> scan(Family family, std::string_view prefix, const Visit& visit,
                                      std::string_view from) const override;

 private:
  SharedRocksDb& shared_;
};

}  // namespace highseas::eventstore
