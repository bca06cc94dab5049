// key_file — a line that says what it is, and the key in hex.
#include "eventstore/key_file.hpp"

#include <sys/stat.h>

#include "eventstore/file_system.hpp"

namespace highseas::eventstore {
namespace {

std::string first_line(std::string_view name) {
  return "highseas " + std::string(name) + " 1\n";
}

}  // namespace

std::expected<Key, OpenError> KeyFile::read() const {
  struct stat info{};
  if (::stat(path.c_str(), &info) == 0 && (info.st_mode & 077) != 0) {
    return std::unexpected(OpenError{OpenError::Kind::storage, path, 0,
                                     "others than its owner may read the " + std::string(name), "chmod 600 " + path});
  }
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  const auto line = first_line(name);
  const bool whole = text->starts_with(line) && text->ends_with('\n');
  const auto bytes =
      whole ? hash_from_hex(std::string_view(*text).substr(line.size(), text->size() - line.size() - 1)) : std::nullopt;
  if (!bytes) {
    return std::unexpected(
        OpenError{OpenError::Kind::damaged, path, 0, "this is no " + std::string(name), std::string(remedy)});
  }
  Key key;
  key.bytes = *bytes;
  return key;
}

std::expected<Key, OpenError> KeyFile::make(RandomSource& random) const {
  const auto slash = path.find_last_of('/');
  if (auto made = make_directory(path.substr(0, slash)); !made) return std::unexpected(made.error());
  Key key = random.key();
  const std::string text = first_line(name) + to_hex(key.bytes) + "\n";
  if (auto written = write_file_atomically(path, text); !written) return std::unexpected(written.error());
  return key;
}

}  // namespace highseas::eventstore
