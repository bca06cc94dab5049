// file_system — POSIX calls, each checked.
#include "eventstore/file_system.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace highseas::eventstore {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto wrote = ::write(descriptor, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

std::string parent_of(const std::string& path) {
  const auto slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::expected<void, OpenError> write_synced(const std::string& path, std::string_view bytes, int flags) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600));
  if (!file.is_open()) return std::unexpected(file_error(path, "cannot create"));
  if (!write_all(file.number(), bytes)) return std::unexpected(file_error(path, "cannot write"));
  if (::fsync(file.number()) != 0) return std::unexpected(file_error(path, "cannot sync"));
  return {};
}

}  // namespace

OpenError file_error(const std::string& path, std::string_view doing) {
  const int number = errno;
  std::string remedy = "see that this path exists, belongs to the server's user, and has room";
  return {OpenError::Kind::storage, path, 0, std::string(doing) + ": " + std::strerror(number), std::move(remedy)};
}

bool file_exists(const std::string& path) {
  struct stat info{};
  return ::stat(path.c_str(), &info) == 0;
}

std::expected<std::string, OpenError> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return std::unexpected(file_error(path, "cannot open"));
  struct stat info{};
  if (::fstat(file.number(), &info) != 0) return std::unexpected(file_error(path, "cannot read"));
  std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto got = ::read(file.number(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(file_error(path, "cannot read"));
    if (got == 0) break;  // became shorter meanwhile
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

std::expected<void, OpenError> write_file_atomically(const std::string& path, std::string_view bytes) {
  const std::string fresh = path + ".new";
  if (auto written = write_synced(fresh, bytes, O_TRUNC); !written) {
    ::unlink(fresh.c_str());
    return written;
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return std::unexpected(file_error(path, "cannot put in place"));
  return sync_directory(parent_of(path));
}

std::expected<void, OpenError> append_synced(const std::string& path, std::string_view bytes) {
  const bool fresh = !file_exists(path);
  if (auto written = write_synced(path, bytes, O_APPEND); !written) return written;
  return fresh ? sync_directory(parent_of(path)) : std::expected<void, OpenError>{};
}

std::expected<void, OpenError> make_directory(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0) {
    if (errno == EEXIST) return {};
    return std::unexpected(file_error(path, "cannot make the directory"));
  }
  return sync_directory(parent_of(path));
}

std::expected<void, OpenError> sync_directory(const std::string& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open()) return std::unexpected(file_error(path, "cannot open the directory"));
  if (::fsync(directory.number()) != 0) return std::unexpected(file_error(path, "cannot sync the directory"));
  return {};
}

}  // namespace highseas::eventstore
