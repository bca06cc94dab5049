// crypto — hashes, sealing and randomness, behind one seam (OpenSSL and libsodium are seen by its .cpp alone).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "eventstore/commit.hpp"

namespace highseas::eventstore {

// A key of AES-256, or the seed of a signing key; wiped when it goes.
struct Key {
  std::array<std::uint8_t, 32> bytes{};

  Key() = default;
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();
  bool operator==(const Key&) const = default;
};

using Nonce = std::array<std::uint8_t, 12>;
inline constexpr std::size_t kTagBytes = 16;

Hash sha256(std::string_view bytes);
Hash sha256(std::initializer_list<std::string_view> parts);  // of their concatenation
Hash hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts);
bool equal_in_constant_time(std::string_view left, std::string_view right);

std::string to_hex(std::span<const std::uint8_t> bytes);     // lower case
std::optional<std::string> from_hex(std::string_view text);  // either case; nothing for what is no hex
std::optional<Hash> hash_from_hex(std::string_view text);
inline std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// AES-256-GCM: the ciphertext, then its tag.
std::string seal(const Key& key, const Nonce& nonce, std::string_view associated, std::string_view plain);
// Nothing where key, nonce, associated data or a byte of it is another.
std::optional<std::string> open_sealed(const Key& key, const Nonce& nonce, std::string_view associated,
                                       std::string_view sealed);

// Where keys, nonces and salts come from; tests bring their own.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  Key key();
  Nonce nonce();
  std::string bytes(std::size_t count);
};

// The system's; any thread may use it.
RandomSource& system_random();

}  // namespace highseas::eventstore
