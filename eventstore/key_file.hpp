// key_file — 32 secret bytes in a file that its owner alone can read.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "eventstore/crypto.hpp"
#include "eventstore/errors.hpp"

namespace highseas::eventstore {

struct KeyFile {
  std::string path;
  std::string_view name;    // "server key": in its first line and in errors
  std::string_view remedy;  // where it is no key

  // Refuses a file that others can read.
  std::expected<Key, OpenError> read() const;
  // A fresh key, on disk when this returns; makes the directory too.
  std::expected<Key, OpenError> make(RandomSource& random) const;
};

}  // namespace highseas::eventstore
