// commit_content — what one commit says, before and after it is bytes.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "domain/actor.hpp"
#include "domain/command.hpp"
#include "domain/event.hpp"

namespace highseas::domain {

// What is recorded to decide again: the command, the seed of its fresh ids, and the outcomes of items that left no
// event. Of an item that was refused, skipped or a no-op the recorded command holds nothing but its place (see codec/).
struct CommitContent {
  Command command;
  std::uint64_t seed = 0;
  std::vector<ItemOutcome> outcomes;
  Events events;  // in order; their index in the commit is their place here
  // HMAC over method, path, If-Match and body, which tells a repeat of an idempotency key from its reuse; zero = no
  // key.
  std::array<std::uint8_t, 16> request_digest{};
  bool operator==(const CommitContent&) const = default;
};

// A commit as the folds see it.
struct Commit {
  std::uint64_t position = 0;
  base::Instant time;
  base::Instant recorded_at;
  Actor actor;
  base::CommandId command_id;
  std::optional<base::CommandId> correlation;
  std::optional<base::CommandId> cause;
  CommitContent content;
};

}  // namespace highseas::domain
