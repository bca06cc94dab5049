// commit — what one command did, as its writer hands it over (plain) and as it lies on disk (stored).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "eventstore/errors.hpp"

namespace highseas::eventstore {

using Hash = std::array<std::uint8_t, 32>;

// What this program writes, and the newest that it reads.
inline constexpr std::uint16_t kFormatVersion = 1;

// The bounds of a commit (log.md, Commits): callers cut or refuse before; the writer asserts them.
inline constexpr std::size_t kMaxRecords = 1'000;
inline constexpr std::size_t kMaxCommitBytes = 4u << 20;  // of plain_bytes

enum class ActorKind : std::uint8_t {
  member = 1,
  api_key = 2,
  recycler = 3,
  importer = 4,
  scheduler = 5,
  upgrader = 6,
  operator_ = 7,
  setup = 8,
};

struct Actor {
  ActorKind kind = ActorKind::member;
  base::Ulid id;
  std::optional<base::Ulid> on_behalf_of;  // the member who started it, for a process of the system

  bool operator==(const Actor&) const = default;
};

struct CommitMeta {
  std::uint16_t format_version = kFormatVersion;
  std::uint16_t minimal_reader_version = 1;  // an older program refuses to read it
  base::Ulid workspace;
  Position position = 0;
  base::Instant time;         // business time; never falls within a workspace
  base::Instant recorded_at;  // the real clock
  Actor actor;
  base::CommandId command;
  std::optional<base::CommandId> correlation;
  std::optional<base::CommandId> cause;

  bool operator==(const CommitMeta&) const = default;
};

// What a commit says of one record; section 0 is what belongs to no record, and has neither subject nor secret.
struct PlainSection {
  enum class State : std::uint8_t {
    open,    // the secret is here (or there was none)
    erased,  // its key was destroyed
    sealed,  // its key is not at hand
  };
  std::optional<base::Ulid> subject;
  base::Ulid key_owner;  // whose key seals the secret; a follow-up uses its customer's. Zero without a secret
  std::string clear;
  std::string secret;  // empty = nothing to seal
  State state = State::open;

  bool operator==(const PlainSection&) const = default;
};

// The families of keys beside the log.
enum class Family : std::uint8_t {
  auth,      // credentials: every write synced
  sessions,  // synced only where asked
  trail,     // who looked at what: not synced
};

// A write beside the log that stands or falls with its commit.
struct SideWrite {
  Family family = Family::auth;
  std::string key;
  std::optional<std::string> value;  // nothing = take the key away

  bool operator==(const SideWrite&) const = default;
};

struct PlainCommit {
  WorkspaceNumber workspace_number = 0;
  CommitMeta meta;
  std::vector<PlainSection> sections;  // at least section 0
  std::vector<SideWrite> side_writes;  // never read back with the commit

  bool operator==(const PlainCommit&) const = default;
};

// The bytes of its sections, clear and secret together: what kMaxCommitBytes bounds.
std::size_t plain_bytes(const PlainCommit& commit);

// A commit as its bytes on disk; docs/format.md says what is in them.
struct StoredCommit {
  WorkspaceNumber workspace = 0;
  Position position = 0;
  std::string head;
  std::vector<std::string> sections;

  bool operator==(const StoredCommit&) const = default;
};

// What a head says.
struct CommitHead {
  CommitMeta meta;
  Hash previous_hash{};  // the leaf hash of the commit before it; zeros in front of the first
  std::vector<Hash> section_hashes;

  bool operator==(const CommitHead&) const = default;
};

}  // namespace highseas::eventstore
