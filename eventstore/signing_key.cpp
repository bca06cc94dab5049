// signing_key — Ed25519 by libsodium; the file holds the seed alone.
#include "eventstore/signing_key.hpp"

#include <sodium.h>

#include "base/assert.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/key_file.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::string_view kRemedy =
    "put the key's backup there; without one take the file away, and the next start makes a new key";

void ready() {
  static const bool done = sodium_init() >= 0;
  HS_ASSERT(done);
}

// The secret half is the seed and the public key together; wiped when it goes.
struct KeyPair {
  PublicKey open{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};

  explicit KeyPair(const Key& seed) {
    ready();
    const bool good = crypto_sign_seed_keypair(open.data(), secret.data(), seed.bytes.data()) == 0;
    HS_ASSERT(good);
  }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
  ~KeyPair() { sodium_memzero(secret.data(), secret.size()); }
};

const unsigned char* data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

KeyFile file_in(const std::string& keys_directory) {
  return {SigningKey::path_in(keys_directory), "signing key", kRemedy};
}

}  // namespace

SigningKey::SigningKey(const Key& seed) : seed_(seed), public_key_(KeyPair(seed).open) {}

std::expected<SigningKey, OpenError> SigningKey::open(const std::string& keys_directory, RandomSource& random) {
  if (file_exists(path_in(keys_directory))) return read(keys_directory);
  const auto seed = file_in(keys_directory).make(random);
  if (!seed) return std::unexpected(seed.error());
  SigningKey fresh(*seed);
  fresh.was_created_ = true;
  return fresh;
}

std::expected<SigningKey, OpenError> SigningKey::read(const std::string& keys_directory) {
  const auto seed = file_in(keys_directory).read();
  if (!seed) return std::unexpected(seed.error());
  return SigningKey(*seed);
}

Signature SigningKey::sign(std::string_view message) const {
  const KeyPair pair(seed_);
  Signature signature;
  const bool good =
      crypto_sign_detached(signature.data(), nullptr, data(message), message.size(), pair.secret.data()) == 0;
  HS_ASSERT(good);
  return signature;
}

bool is_signed_by(const PublicKey& key, std::string_view message, const Signature& signature) {
  ready();
  return crypto_sign_verify_detached(signature.data(), data(message), message.size(), key.data()) == 0;
}

}  // namespace highseas::eventstore
