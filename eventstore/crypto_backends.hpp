// crypto_backends — the two makers of AES-256-GCM behind seal() and open_sealed(), apart only so that a test can hold
// them against each other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "eventstore/crypto.hpp"

namespace highseas::eventstore {

bool has_sodium_backend();  // false where the processor lacks AES instructions
std::string seal_with_sodium(const Key& key, const Nonce& nonce, std::string_view associated, std::string_view plain);
std::optional<std::string> open_with_sodium(const Key& key, const Nonce& nonce, std::string_view associated,
                                            std::string_view sealed);
std::string seal_with_openssl(const Key& key, const Nonce& nonce, std::string_view associated, std::string_view plain);
std::optional<std::string> open_with_openssl(const Key& key, const Nonce& nonce, std::string_view associated,
                                             std::string_view sealed);

}  // namespace highseas::eventstore
