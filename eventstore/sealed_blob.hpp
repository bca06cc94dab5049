// sealed_blob — bytes of any length sealed in blocks of 64 KiB by a key of their own, which the server's key wraps.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "eventstore/key_vault.hpp"

namespace highseas::eventstore {

inline constexpr std::size_t kBlockBytes = 64u << 10;

// `name` is bound into key and blocks, so that one file cannot stand for another.
std::string seal_blob(const ServerKey& server_key, RandomSource& random, std::string_view name, std::string_view plain);
// Nothing where a byte is another, a block is missing, doubled or moved, or the server's key or the name is another.
std::optional<std::string> open_blob(const ServerKey& server_key, std::string_view name, std::string_view sealed);

}  // namespace highseas::eventstore
