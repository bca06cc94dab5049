// sealed_files — DATA/files: attachments, import sources and exports, each sealed with a key of its own.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "eventstore/crypto.hpp"
#include "eventstore/errors.hpp"
#include "eventstore/key_vault.hpp"

namespace highseas::eventstore {

struct StoredFile {
  std::uint64_t size = 0;
  Hash sha256{};  // of the plain bytes

  bool operator==(const StoredFile&) const = default;
};

// Any thread may call it, for different ids.
class SealedFiles {
 public:
  SealedFiles(std::string directory, const ServerKey& key, RandomSource& random = system_random());

  // On disk, synced, when it returns. An id is stored once.
  std::expected<StoredFile, OpenError> store(base::FileId id, std::string_view bytes);
  // ReadError::missing where there is none, ::damaged where a byte is another.
  std::expected<std::string, ReadError> load(base::FileId id) const;
  // True where it was there.
  bool remove(base::FileId id);
  // Every id that has a file, in ascending order.
  std::vector<base::FileId> list() const;

 private:
  std::string directory_;
  const ServerKey& key_;
  RandomSource& random_;
};

}  // namespace highseas::eventstore
