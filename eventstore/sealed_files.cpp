// sealed_files — a file under its id.
#include "eventstore/sealed_files.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "eventstore/bytes.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/sealed_blob.hpp"

namespace highseas::eventstore {
namespace {

std::string path_of(const std::string& directory, base::FileId id) {
  return directory + "/" + base::format_id(id);
}

}  // namespace

SealedFiles::SealedFiles(std::string directory, const ServerKey& key, RandomSource& random)
    : directory_(std::move(directory)), key_(key), random_(random) {}

std::expected<StoredFile, OpenError> SealedFiles::store(base::FileId id, std::string_view bytes) {
  const std::string path = path_of(directory_, id);
  if (file_exists(path)) {
    return std::unexpected(OpenError{OpenError::Kind::storage, path, 0, "this file is stored already", {}});
  }
  const auto sealed = seal_blob(key_, random_, base::format_id(id), bytes);
  if (auto written = write_file_atomically(path, sealed); !written) return std::unexpected(written.error());
  return StoredFile{bytes.size(), sha256(bytes)};
}

std::expected<std::string, ReadError> SealedFiles::load(base::FileId id) const {
  const std::string path = path_of(directory_, id);
  if (!file_exists(path)) {
    return std::unexpected(ReadError{ReadError::Kind::missing, 0, 0, path + " is not there", {}});
  }
  const auto sealed = read_file(path);
  if (!sealed) return std::unexpected(ReadError{ReadError::Kind::storage, 0, 0, describe(sealed.error()), {}});
  auto plain = open_blob(key_, base::format_id(id), *sealed);
  if (!plain) {
    return std::unexpected(ReadError{ReadError::Kind::damaged, 0, 0, path + " does not open: a byte of it is another",
                                     "restore this file from the last backup"});
  }
  return std::move(*plain);
}

bool SealedFiles::remove(base::FileId id) {
  return ::unlink(path_of(directory_, id).c_str()) == 0;
}

std::vector<base::FileId> SealedFiles::list() const {
  std::vector<base::FileId> ids;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory_, ignored)) {
    if (const auto id = base::parse_id<base::FileTag>(entry.path().filename().string())) ids.push_back(*id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace highseas::eventstore
