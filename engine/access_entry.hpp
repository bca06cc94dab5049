// access_entry — one line of the access trail, and how it lies on disk: who and when in the clear, the rest sealed.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "eventstore/key_vault.hpp"
#include "eventstore/side_store.hpp"

namespace highseas::engine {

// Numbers are stored and never reused.
enum class AccessKind : std::uint8_t {
  workspace_set_up = 1,
  logged_in = 2,
  log_in_tried = 3,  // a dry run with the right password: no session was begun
  log_in_failed = 4,
  log_in_backed_off = 5,  // not even tried: too many failures before it
  logged_out = 6,
  session_ended = 7,   // by its owner, from another one
  sessions_ended = 8,  // all of a member who leaves
  password_changed = 9,
  password_change_failed = 10,
  invitation_accepted = 11,
  api_key_issued = 12,
  api_key_revoked = 13,
  api_key_new_address = 14,  // a key was used from where it never was before
};

std::string_view name_of(AccessKind kind);  // "log_in_failed"
std::optional<AccessKind> access_kind_of(std::string_view name);
// What a stranger can cause as often as she likes.
bool is_failure(AccessKind kind);

struct AccessEntry {
  AccessKind kind = AccessKind::logged_in;
  base::Instant at;                      // of the first that it stands for; real time
  base::Instant last_at;                 // of the last
  std::uint32_t count = 1;               // how often it happened
  std::optional<base::MemberId> member;  // whom it concerns; none: an account that nobody has
  std::optional<base::MemberId> by;      // who did it; none: whoever was not known yet
  std::optional<base::Ulid> session;     // that was begun, ended, or in which it was done
  std::optional<base::ApiKeyId> api_key;
  std::string address;  // empty: several
  std::string user_agent;

  bool operator==(const AccessEntry&) const = default;
};

// Parts of the family `trail`, the byte after the workspace's number.
enum class TrailPart : std::uint8_t { done = 1, failures = 2, key_uses = 3 };

// workspace ‖ part, and for an entry its number: the newest sorts first.
std::string trail_prefix(eventstore::WorkspaceNumber workspace, TrailPart part);
std::string entry_key(eventstore::WorkspaceNumber workspace, TrailPart part, std::uint64_t number);
std::optional<std::uint64_t> number_of(std::string_view entry_key);

// What is read of an entry without its key.
struct AccessHeading {
  AccessKind kind;
  base::Instant at;
  std::optional<base::MemberId> member;
};

std::string seal_entry(const eventstore::Key& key, eventstore::RandomSource& random, std::string_view stored_under,
                       const AccessEntry& entry);
// Nothing for bytes of another version, or that are no entry.
std::optional<AccessHeading> heading_of(std::string_view stored);
std::optional<AccessEntry> open_entry(const eventstore::Key& key, std::string_view stored_under,
                                      std::string_view stored);

// The key of a workspace's trail, which lies in the family `auth`, wrapped by the server's; made where there is none.
std::expected<eventstore::Key, eventstore::SideError> trail_key(eventstore::SideStore& store,
                                                                const eventstore::ServerKey& server_key,
                                                                eventstore::RandomSource& random,
                                                                eventstore::WorkspaceNumber workspace);

}  // namespace highseas::engine
