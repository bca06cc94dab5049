// api_key_uses — when each API key was used last, and from where: beside the log, once a minute a key at most.
#pragma once

#include <expected>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "eventstore/crypto.hpp"
#include "eventstore/side_store.hpp"

namespace highseas::engine {

inline constexpr std::size_t kNetworksOfAKey = 16;  // that are remembered; the oldest is forgotten first

// Any thread may call it. Times are real ones. Not synced: a crash of the machine loses the last minute.
class ApiKeyUses {
 public:
  ApiKeyUses(eventstore::SideStore& store, eventstore::RandomSource& random) : store_(store), random_(random) {}

  // Reads what is known of the workspace's keys; `trail_key` seals it.
  std::expected<void, eventstore::SideError> serve(eventstore::WorkspaceNumber workspace,
                                                   const eventstore::Key& trail_key);
  // True: never before from this network, that it remembers. In memory alone but once a minute.
  bool used(eventstore::WorkspaceNumber workspace, base::ApiKeyId key, const std::string& address, base::Instant now);
  std::optional<base::Instant> last_use(base::ApiKeyId key) const;

 private:
  struct Use {
    base::Instant last;
    base::Instant written;
    std::string address;                // the latest, as it came: what comes from there again needs no closer look
    std::vector<std::string> networks;  // the oldest first
  };
  void write(eventstore::WorkspaceNumber workspace, base::ApiKeyId key, const Use& use);

  eventstore::SideStore& store_;
  eventstore::RandomSource& random_;
  mutable std::mutex mutex_;
  std::unordered_map<eventstore::WorkspaceNumber, eventstore::Key> seals_;  // guarded by mutex_
  std::unordered_map<base::ApiKeyId, Use> uses_;                            // guarded by mutex_
};

}  // namespace highseas::engine
