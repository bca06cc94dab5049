// signing_key — the Ed25519 key by which the server signs heads of its log. Who loses it loses nothing else: a new one
// signs from then on.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "eventstore/crypto.hpp"
#include "eventstore/errors.hpp"

namespace highseas::eventstore {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

class SigningKey {
 public:
  static std::string path_in(const std::string& keys_directory) { return keys_directory + "/signing.key"; }
  // Reads KEYS/signing.key. Where there is none it is made. Refuses a key that others can read.
  static std::expected<SigningKey, OpenError> open(const std::string& keys_directory,
                                                   RandomSource& random = system_random());
  // Reads it, and makes none.
  static std::expected<SigningKey, OpenError> read(const std::string& keys_directory);
  explicit SigningKey(const Key& seed);

  const PublicKey& public_key() const { return public_key_; }
  bool was_created() const { return was_created_; }  // so that the operator is told once
  Signature sign(std::string_view message) const;

 private:
  Key seed_;
  PublicKey public_key_{};
  bool was_created_ = false;
};

bool is_signed_by(const PublicKey& key, std::string_view message, const Signature& signature);

}  // namespace highseas::eventstore
