// log_fold — commits out of the log as the folds take them; a hole or a damaged commit stops, nothing guesses past it.
#pragma once

#include <expected>
#include <functional>
#include <optional>

#include "codec/codec.hpp"
#include "domain/commit_content.hpp"
#include "eventstore/commit_reader.hpp"

namespace highseas::projections {

// A commit read back, with what could not be opened.
struct ReadCommit {
  domain::Commit commit;
  base::WorkspaceId workspace;
  bool erased = false;  // some subject's key was destroyed: its sealed values are missing
  bool sealed = false;  // some subject's key is not at hand
};

// With Parts::events the command is left unread: what a fold needs, and twice as fast.
std::expected<ReadCommit, eventstore::ReadError> to_commit(eventstore::PlainCommit plain,
                                                           codec::Parts parts = codec::Parts::all);
std::expected<ReadCommit, eventstore::ReadError> read_commit(const eventstore::Log& log, eventstore::KeyVault* vault,
                                                             eventstore::WorkspaceNumber workspace,
                                                             eventstore::Position position,
                                                             codec::Parts parts = codec::Parts::all);
// Every commit with from ≤ position ≤ to (0 = the end), in order; stops when `visit` says false.
std::expected<void, eventstore::ReadError> for_each_commit(const eventstore::Log& log, eventstore::KeyVault* vault,
                                                           eventstore::WorkspaceNumber workspace,
                                                           eventstore::Position from, eventstore::Position to,
                                                           const std::function<bool(ReadCommit&&)>& visit,
                                                           codec::Parts parts = codec::Parts::all);

}  // namespace highseas::projections
