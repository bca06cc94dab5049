// file_system — whole files read, written and synced, private to their owner, with errors that name the path.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "eventstore/errors.hpp"

namespace highseas::eventstore {

// "PATH: cannot open: No such file or directory", from errno.
OpenError file_error(const std::string& path, std::string_view doing);

bool file_exists(const std::string& path);
std::expected<std::string, OpenError> read_file(const std::string& path);
// Mode 0600, synced, and with its name in the directory synced too. A reader sees the old file or the new one.
std::expected<void, OpenError> write_file_atomically(const std::string& path, std::string_view bytes);
std::expected<void, OpenError> append_synced(const std::string& path, std::string_view bytes);
// Mode 0700; what is there already stays as it is. The name is synced.
std::expected<void, OpenError> make_directory(const std::string& path);
std::expected<void, OpenError> sync_directory(const std::string& path);

}  // namespace highseas::eventstore
