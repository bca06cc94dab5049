// log — an ordered, durable log of opaque commits, one per workspace; every store of them stands behind this.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/commit.hpp"
#include "eventstore/errors.hpp"
#include "eventstore/side_store.hpp"

namespace highseas::eventstore {

// A commit and what is written with it.
struct LogWrite {
  StoredCommit commit;
  std::string vault_entry;  // empty where the commit needs no new keys
  std::vector<SideWrite> side_writes;
};

struct ReadLimit {
  std::size_t commits = 1'000;
  std::size_t bytes = 4u << 20;  // stops after the commit that reaches it
};

// One thread appends; any thread reads. No type, iterator or path of a store crosses it.
class Log {
 public:
  using VisitVault = std::function<bool(WorkspaceNumber, Position, std::string_view entry)>;  // false = enough

  virtual ~Log() = default;

  // All of it, of all workspaces, or nothing; durable when it returns. Each commit must stand right behind the end of
  // its workspace (a workspace may come several times, in order). After a storage error every append fails until
  // reopen() succeeds.
  virtual std::expected<void, AppendError> append(std::span<const LogWrite> writes) = 0;

  // The position of the last commit; 0 for none.
  virtual Position end(WorkspaceNumber workspace) const = 0;
  // Every workspace that has a commit, in ascending order.
  virtual std::vector<WorkspaceNumber> workspaces() const = 0;

  // Commits from `from` on, at least one unless the end is before it; positions are dense, a hole is an error.
  virtual std::expected<std::vector<StoredCommit>, ReadError> read(WorkspaceNumber workspace, Position from,
                                                                   ReadLimit limit = {}) const = 0;

  virtual std::expected<std::optional<std::string>, ReadError> vault_entry(WorkspaceNumber workspace,
                                                                           Position position) const = 0;
  // In the order of (workspace, position).
  virtual std::expected<void, ReadError> for_each_vault_entry(const VisitVault& visit) const = 0;

  // After a failed append: reads again what is really on disk. Nobody may read or append meanwhile.
  virtual std::expected<void, OpenError> reopen() = 0;
  // A clean stop: all that is written lies in files that need no recovery. Append no more after it.
  virtual std::expected<void, AppendError> flush() = 0;

  // The keys beside the log, in the same store.
  virtual SideStore& side_store() = 0;
};

}  // namespace highseas::eventstore
