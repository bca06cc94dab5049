// commit_writer — seals plain commits, chains each to the one before it, and appends them in one batch.
#pragma once

#include <expected>
#include <map>
#include <span>
#include <vector>

#include "eventstore/commit.hpp"
#include "eventstore/key_vault.hpp"
#include "eventstore/log.hpp"

namespace highseas::eventstore {

// For the writer's thread alone.
class CommitWriter {
 public:
  CommitWriter(Log& log, KeyVault& vault) : log_(log), vault_(vault) {}

  // All of them, durable on return, or an error; the leaf hash of each. Asserts the bounds of a commit, and that no
  // secret is written for an erased record. After a storage error: resync().
  std::expected<std::vector<Hash>, AppendError> write(std::span<const PlainCommit> commits);

  // Reopens the log, and takes chain and vault from what is really on disk.
  std::expected<void, OpenError> resync();

 private:
  struct End {
    Position position = 0;
    Hash hash{};
  };
  struct Batch;

  std::expected<End, AppendError> end_of(WorkspaceNumber workspace);
  std::expected<RecordKey, AppendError> key_for(WorkspaceNumber workspace, Position position, base::Ulid owner,
                                                Batch& batch, std::vector<WrappedKey>& rows);
  std::expected<LogWrite, AppendError> prepare(const PlainCommit& commit, Batch& batch);

  Log& log_;
  KeyVault& vault_;
  std::map<WorkspaceNumber, End> ends_;
};

}  // namespace highseas::eventstore
