// passwords — argon2id, made and checked.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace highseas::eventstore {

// The cost of one hash; the default is what `security.md` asks for, tests take less.
struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = 64u << 20;
};

// "$argon2id$v=19$…": parameters and salt are in it. Takes tens of milliseconds: never on a strand.
std::string hash_password(std::string_view nfkc_password, PasswordCost cost = {});
// Constant time in the password. False too for a text that is no such hash.
bool verify_password(std::string_view hash, std::string_view nfkc_password);
// True where the hash was made at another cost.
bool needs_rehash(std::string_view hash, PasswordCost cost = {});

}  // namespace highseas::eventstore
