// crypto — SHA-256 and HMAC by OpenSSL, AES-256-GCM by libsodium where the processor has AES, else by OpenSSL.
#include "eventstore/crypto.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <vector>

#include "base/assert.hpp"
#include "eventstore/crypto_backends.hpp"

namespace highseas::eventstore {
namespace {

const unsigned char* data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// Fetching an algorithm costs more than hashing a commit with it: once per program.
const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  HS_ASSERT(algorithm != nullptr);
  return algorithm;
}

const EVP_CIPHER* aes_algorithm() {
  static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  HS_ASSERT(algorithm != nullptr);
  return algorithm;
}

struct DigestContext {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~DigestContext() { EVP_MD_CTX_free(context); }
};

struct CipherContext {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  ~CipherContext() { EVP_CIPHER_CTX_free(context); }
};

EVP_CIPHER_CTX* cipher_context() {
  thread_local CipherContext context;
  return context.context;
}

template <class Parts>
Hash digest(const Parts& parts) {
  thread_local DigestContext own;
  Hash hash;
  bool good = EVP_DigestInit_ex2(own.context, sha256_algorithm(), nullptr) == 1;
  for (const std::string_view part : parts) good = good && EVP_DigestUpdate(own.context, part.data(), part.size()) == 1;
  unsigned int size = 0;
  good = good && EVP_DigestFinal_ex(own.context, hash.data(), &size) == 1;
  HS_ASSERT(good && size == hash.size());
  return hash;
}

bool sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  HS_ASSERT(ready);
  return ready;
}

bool sodium_has_aes() {
  static const bool has = sodium_ready() && crypto_aead_aes256gcm_is_available() == 1;
  return has;
}

class SystemRandom : public RandomSource {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    sodium_ready();
    randombytes_buf(bytes.data(), bytes.size());
  }
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Key::~Key() {
  OPENSSL_cleanse(bytes.data(), bytes.size());
}

Hash sha256(std::string_view bytes) {
  return digest(std::initializer_list<std::string_view>{bytes});
}

Hash sha256(std::initializer_list<std::string_view> parts) {
  return digest(parts);
}

Hash hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts) {
  constexpr std::size_t kBlock = 64;
  std::string inner(kBlock, '\0');
  const Hash hashed = sha256(key);
  inner.replace(0, std::min(key.size(), kBlock), key);
  if (key.size() > kBlock) inner.assign(as_text(hashed)).resize(kBlock, '\0');
  std::string outer = inner;
  for (auto& byte : inner) byte = static_cast<char>(byte ^ 0x36);
  for (auto& byte : outer) byte = static_cast<char>(byte ^ 0x5c);
  std::vector<std::string_view> all{inner};
  all.insert(all.end(), parts.begin(), parts.end());
  const Hash message = digest(all);
  const Hash result = sha256({outer, as_text(message)});
  OPENSSL_cleanse(inner.data(), inner.size());
  OPENSSL_cleanse(outer.data(), outer.size());
  return result;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 0xF]);
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  Hash hash;
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

std::string seal_with_openssl(const Key& key, const Nonce& nonce, std::string_view associated, std::string_view plain) {
  EVP_CIPHER_CTX* context = cipher_context();
  std::string sealed(plain.size() + kTagBytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  int size = 0;
  bool good = EVP_EncryptInit_ex2(context, aes_algorithm(), key.bytes.data(), nonce.data(), nullptr) == 1;
  good = good && EVP_EncryptUpdate(context, nullptr, &size, data(associated), static_cast<int>(associated.size())) == 1;
  good = good && EVP_EncryptUpdate(context, out, &size, data(plain), static_cast<int>(plain.size())) == 1;
  good = good && EVP_EncryptFinal_ex(context, out + plain.size(), &size) == 1;
  good = good && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagBytes, out + plain.size()) == 1;
  HS_ASSERT(good);
  return sealed;
}

std::optional<std::string> open_with_openssl(const Key& key, const Nonce& nonce, std::string_view associated,
                                             std::string_view sealed) {
  if (sealed.size() < kTagBytes) return std::nullopt;
  EVP_CIPHER_CTX* context = cipher_context();
  const auto cipher = sealed.substr(0, sealed.size() - kTagBytes);
  std::string tag(sealed.substr(cipher.size()));
  std::string plain(cipher.size(), '\0');
  auto* out = reinterpret_cast<unsigned char*>(plain.data());
  int size = 0;
  bool good = EVP_DecryptInit_ex2(context, aes_algorithm(), key.bytes.data(), nonce.data(), nullptr) == 1;
  good = good && EVP_DecryptUpdate(context, nullptr, &size, data(associated), static_cast<int>(associated.size())) == 1;
  good = good && EVP_DecryptUpdate(context, out, &size, data(cipher), static_cast<int>(cipher.size())) == 1;
  good = good && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1;
  good = good && EVP_DecryptFinal_ex(context, out + plain.size(), &size) == 1;
  if (!good) return std::nullopt;
  return plain;
}

bool has_sodium_backend() {
  return sodium_has_aes();
}

std::string seal_with_sodium(const Key& key, const Nonce& nonce, std::string_view associated, std::string_view plain) {
  std::string sealed(plain.size() + kTagBytes, '\0');
  const int failed =
      crypto_aead_aes256gcm_encrypt(reinterpret_cast<unsigned char*>(sealed.data()), nullptr, data(plain), plain.size(),
                                    data(associated), associated.size(), nullptr, nonce.data(), key.bytes.data());
  HS_ASSERT(failed == 0);
  return sealed;
}

std::optional<std::string> open_with_sodium(const Key& key, const Nonce& nonce, std::string_view associated,
                                            std::string_view sealed) {
  if (sealed.size() < kTagBytes) return std::nullopt;
  std::string plain(sealed.size() - kTagBytes, '\0');
  const int failed =
      crypto_aead_aes256gcm_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, data(sealed),
                                    sealed.size(), data(associated), associated.size(), nonce.data(), key.bytes.data());
  if (failed != 0) return std::nullopt;
  return plain;
}

std::string seal(const Key& key, const Nonce& nonce, std::string_view associated, std::string_view plain) {
  return sodium_has_aes() ? seal_with_sodium(key, nonce, associated, plain)
                          : seal_with_openssl(key, nonce, associated, plain);
}

std::optional<std::string> open_sealed(const Key& key, const Nonce& nonce, std::string_view associated,
                                       std::string_view sealed) {
  return sodium_has_aes() ? open_with_sodium(key, nonce, associated, sealed)
                          : open_with_openssl(key, nonce, associated, sealed);
}

Key RandomSource::key() {
  Key key;
  fill(key.bytes);
  return key;
}

Nonce RandomSource::nonce() {
  Nonce nonce;
  fill(nonce);
  return nonce;
}

std::string RandomSource::bytes(std::size_t count) {
  std::string bytes(count, '\0');
  fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  return bytes;
}

RandomSource& system_random() {
  static SystemRandom random;
  return random;
}

}  // namespace highseas::eventstore
