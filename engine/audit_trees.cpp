// audit_trees — catches up with the log, then signs.
#include "engine/audit_trees.hpp"

#include <optional>

#include "engine/clock.hpp"
#include "eventstore/commit_reader.hpp"

namespace highseas::engine {

std::expected<SignedHead, eventstore::ReadError> AuditTrees::signed_head(eventstore::WorkspaceNumber number,
                                                                         base::WorkspaceId workspace) {
  std::unique_lock all(mutex_);
  auto& kept = kept_[number];
  all.unlock();
  SignedHead head;
  {
    const std::lock_guard lock(kept.mutex);
    if (auto read = catch_up(number, kept); !read) return std::unexpected(read.error());
    head.tree = {kept.tree.size(), kept.tree.root()};
    head.last_leaf = kept.last_leaf;
  }
  const auto origin = "highseas/" + base::format_id(workspace);
  head.signed_at = real_now();
  head.public_key = key_.public_key();
  head.key_id = eventstore::note_key_id(origin, head.public_key);
  head.checkpoint = eventstore::signed_note(origin, head.tree, key_);
  return head;
}

std::expected<void, eventstore::ReadError> AuditTrees::catch_up(eventstore::WorkspaceNumber number, Kept& kept) const {
  const auto end = log_.end(number);
  if (kept.tree.size() >= end) return {};
  std::optional<eventstore::ReadError> broken;
  const auto read = eventstore::for_each_head(
      log_, number, kept.tree.size() + 1, end, [&](const auto& head, const eventstore::Hash& leaf) {
        if (head.previous_hash != kept.last_leaf) {
          broken = {eventstore::ReadError::Kind::damaged, number, head.meta.position,
                    "the head does not follow the commit before it", "run `highseas verify`; restore the last backup"};
          return false;
        }
        kept.tree.add(leaf);
        kept.last_leaf = leaf;
        return true;
      });
  if (!read) return std::unexpected(read.error());
  if (broken) return std::unexpected(std::move(*broken));
  return {};
}

}  // namespace highseas::engine
