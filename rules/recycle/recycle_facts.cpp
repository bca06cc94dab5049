// recycle_facts — what counts as a follow-up.
#include "rules/recycle/recycle_facts.hpp"

namespace highseas::rules {

bool counts_as_follow_up(const RecycleFacts& facts, bool by_owner_or_collaborator, base::Instant occurred_at,
                         base::Instant written_at, std::optional<base::Instant> due_before) {
  if (!facts.owner || facts.deleted || !by_owner_or_collaborator) return false;
  if (occurred_at < facts.period_began_at || occurred_at > written_at) return false;
  return !due_before || written_at < *due_before;
}

}  // namespace highseas::rules
