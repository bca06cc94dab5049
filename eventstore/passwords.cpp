// passwords — argon2id by libsodium, at its interactive cost.
#include "eventstore/passwords.hpp"

#include <sodium.h>

#include "base/assert.hpp"

namespace highseas::eventstore {
namespace {

void ready() {
  static const bool done = sodium_init() >= 0;
  HS_ASSERT(done);
}

}  // namespace

std::string hash_password(std::string_view nfkc_password, PasswordCost cost) {
  ready();
  char hash[crypto_pwhash_STRBYTES] = {};
  const int failed = crypto_pwhash_str_alg(hash, nfkc_password.data(), nfkc_password.size(), cost.passes,
                                           cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  HS_ASSERT(failed == 0);  // only for want of memory
  return hash;
}

bool verify_password(std::string_view hash, std::string_view nfkc_password) {
  ready();
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  const std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), nfkc_password.data(), nfkc_password.size()) == 0;
}

bool needs_rehash(std::string_view hash, PasswordCost cost) {
  ready();
  if (hash.size() >= crypto_pwhash_STRBYTES) return true;
  const std::string terminated(hash);
  return crypto_pwhash_str_needs_rehash(terminated.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace highseas::eventstore
