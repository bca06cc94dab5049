// audit_trees — a Merkle tree over the commits of each workspace, and its signed head.
#pragma once

#include <expected>
#include <map>
#include <mutex>
#include <string>

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "eventstore/log.hpp"
#include "eventstore/merkle.hpp"
#include "eventstore/signed_note.hpp"

namespace highseas::engine {

struct SignedHead {
  eventstore::TreeHead tree;     // over the commits 1 … size
  eventstore::Hash last_leaf{};  // of the commit at `size`
  base::Instant signed_at;       // real
  eventstore::NoteKeyId key_id{};
  eventstore::PublicKey public_key{};
  std::string checkpoint;  // the signed note
};

// Any thread but a strand: it reads the log.
class AuditTrees {
 public:
  AuditTrees(const eventstore::Log& log, const eventstore::SigningKey& key) : log_(log), key_(key) {}

  // Over all that is durable. The first call reads every head of the workspace, a later one those that came since. A
  // head that does not follow the one before it is damage, and nothing beyond it is signed.
  std::expected<SignedHead, eventstore::ReadError> signed_head(eventstore::WorkspaceNumber number,
                                                               base::WorkspaceId workspace);

 private:
  // Of durable commits alone, which nothing changes: it stands when the log is opened again after a failed write.
  struct Kept {
    std::mutex mutex;
    eventstore::MerkleTree tree;
    eventstore::Hash last_leaf{};
  };

  std::expected<void, eventstore::ReadError> catch_up(eventstore::WorkspaceNumber number, Kept& kept) const;

  const eventstore::Log& log_;
  const eventstore::SigningKey& key_;
  std::mutex mutex_;
  std::map<eventstore::WorkspaceNumber, Kept> kept_;  // guarded by mutex_; none is ever taken out
};

}  // namespace highseas::engine
