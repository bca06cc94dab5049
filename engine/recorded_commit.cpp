// recorded_commit — the commit through the codec, the hash from the log.
#include "engine/recorded_commit.hpp"

#include "eventstore/commit_reader.hpp"
#include "eventstore/crypto.hpp"
#include "projections/log_fold.hpp"

namespace highseas::engine {

std::expected<RecordedCommit, eventstore::ReadError> read_recorded(Engine& engine,
                                                                   eventstore::WorkspaceNumber workspace,
                                                                   std::uint64_t position) {
  auto read = projections::read_commit(engine.log(), &engine.vault(), workspace, position);
  if (!read) return std::unexpected(read.error());
  const auto leaf = eventstore::leaf_hash(engine.log(), workspace, position);
  if (!leaf) return std::unexpected(leaf.error());
  return RecordedCommit{
      .commit = std::move(read->commit), .erased = read->erased, .leaf_hash = eventstore::to_hex(*leaf)};
}

}  // namespace highseas::engine
