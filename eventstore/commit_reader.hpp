// commit_reader — from bytes on disk back to plain commits, with every hash checked on the way.
#pragma once

#include <expected>
#include <functional>
#include <vector>

#include "eventstore/commit.hpp"
#include "eventstore/key_vault.hpp"
#include "eventstore/log.hpp"

namespace highseas::eventstore {

struct ReadOptions {
  bool check_sections = true;  // each section against its hash in the head
  bool check_chain = false;    // each head against the leaf hash before it
  bool open_boxes = true;      // false: secrets stay closed, State::sealed
};

// Without a vault every box stays closed (State::sealed).
std::expected<PlainCommit, ReadError> read_plain(const Log& log, KeyVault* vault, WorkspaceNumber workspace,
                                                 Position position, ReadOptions options = {});
std::expected<PlainCommit, ReadError> open_commit(const StoredCommit& stored, KeyVault* vault,
                                                  ReadOptions options = {});

// Every commit with from ≤ position ≤ to (0 = the end), in order, read in batches; stops when `visit` says false.
std::expected<void, ReadError> for_each_commit(const Log& log, KeyVault* vault, WorkspaceNumber workspace,
                                               Position from, Position to,
                                               const std::function<bool(PlainCommit&&)>& visit,
                                               ReadOptions options = {});

// Heads alone: nothing is opened.
std::expected<CommitHead, ReadError> read_head(const Log& log, WorkspaceNumber workspace, Position position);
std::expected<Hash, ReadError> leaf_hash(const Log& log, WorkspaceNumber workspace, Position position);
std::expected<void, ReadError> for_each_head(const Log& log, WorkspaceNumber workspace, Position from, Position to,
                                             const std::function<bool(const CommitHead&, const Hash& leaf)>& visit);

}  // namespace highseas::eventstore
