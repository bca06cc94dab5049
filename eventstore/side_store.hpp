// side_store — credentials, sessions and the access trail: keys and values beside the log, in no event.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "eventstore/commit.hpp"

namespace highseas::eventstore {

struct SideError {
  std::string message;
  bool out_of_space = false;
};

// Any thread may call it. Keys sort as bytes. A value that must stand or fall with a commit goes into its
// PlainCommit::side_writes instead.
class SideStore {
 public:
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;  // false = enough

  virtual ~SideStore() = default;

  virtual std::expected<std::optional<std::string>, SideError> get(Family family, std::string_view key) const = 0;
  // `synced`: on disk before it returns. The family `auth` is always synced.
  virtual std::expected<void, SideError> put(Family family, std::string_view key, std::string_view value,
                                             bool synced = false) = 0;
  virtual std::expected<void, SideError> erase(Family family, std::string_view key, bool synced = false) = 0;
  // Every key with from ≤ key < to.
  virtual std::expected<void, SideError> erase_range(Family family, std::string_view from, std::string_view to) = 0;
  // Every key that begins with `prefix`, in order; `from` (a key, itself included) begins later.
  virtual std::expected<void, SideError> scan(Family family, std::string_view prefix, const Visit& visit,
                                              std::string_view from = {}) const = 0;
};

}  // namespace highseas::eventstore
