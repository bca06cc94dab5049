// access_trail — who logged in, failed to, and what became of sessions, passwords and keys: beside the log, bounded.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/access_entry.hpp"

namespace highseas::engine {

struct AccessTrailBounds {
  std::uint64_t done = 100'000;     // entries a workspace
  std::uint64_t failures = 20'000;  // the same; apart, so that a stranger pushes none of the others out
  std::int64_t keep_ms = 180 * base::kMsPerDay;
  std::size_t windows = 1'000;  // accounts and addresses that are told apart within an hour
};

// Where a page of the list ends; the next one begins there.
struct AccessCursor {
  std::uint64_t done = ~0ull;  // the highest number still to be told; 0: none
  std::uint64_t failures = ~0ull;
  bool operator==(const AccessCursor&) const = default;
};

struct AccessQuery {
  std::size_t limit = 50;
  AccessCursor from;
  std::optional<base::MemberId> member;
  std::optional<AccessKind> kind;
};

struct AccessPage {
  std::vector<AccessEntry> entries;  // newest first
  std::optional<AccessCursor> next;  // none: that was all
};

// Any thread may call it. Times are real ones. Nothing is synced: a crash of the machine loses the last seconds.
//
// What repeats within an hour (same kind, member and network) is counted in one entry: failures from the second on,
// all else from the 21st on. Above `windows` of them networks are told apart no more. Counts reach the disk every ten
// seconds, so that hammering costs no writes.
class AccessTrail {
 public:
  AccessTrail(eventstore::SideStore& store, eventstore::RandomSource& random, AccessTrailBounds bounds = {});

  // Finds where the workspace's trail ends, and drops what is too old. Before anything else of it.
  std::expected<void, eventstore::SideError> serve(eventstore::WorkspaceNumber workspace, const eventstore::Key& key,
                                                   base::Instant now);

  // Whatever the disk says: nothing waits for it, and nothing fails with it. `entry.at`, `last_at` are set here.
  void record(eventstore::WorkspaceNumber workspace, AccessEntry entry, base::Instant now);

  std::expected<AccessPage, eventstore::SideError> list(eventstore::WorkspaceNumber workspace, const AccessQuery& query,
                                                        base::Instant now);

  // Counts that are in memory alone. At a stop.
  void flush();

 private:
  struct Stream {
    TrailPart part;
    std::uint64_t most = 0;
    std::uint64_t newest = 0;      // number; 0: none yet
    std::uint64_t first_kept = 1;  // those before it are gone
    base::Instant last_at;
    base::Instant trimmed_at;
  };
  // Alike ones within an hour.
  struct Window {
    base::Instant begun;
    unsigned entries = 0;
    std::uint64_t number = 0;  // of `last`
    AccessEntry last;
    bool changed = false;  // its count is not on disk yet
  };
  struct Trail {
    eventstore::Key key;
    Stream done{.part = TrailPart::done};
    Stream failures{.part = TrailPart::failures};
    std::unordered_map<std::string, Window> windows;
    base::Instant flushed_at;
  };
  struct Found {
    std::uint64_t number;
    AccessEntry entry;
  };

  static Stream& stream_of(Trail& trail, AccessKind kind);
  Window& window_of(eventstore::WorkspaceNumber workspace, Trail& trail, AccessEntry& entry, base::Instant now);
  bool add(eventstore::WorkspaceNumber workspace, Trail& trail, Window& window, const AccessEntry& entry);
  void flush(eventstore::WorkspaceNumber workspace, Trail& trail);
  std::expected<void, eventstore::SideError> find_end(eventstore::WorkspaceNumber workspace, Stream& stream);
  void trim(eventstore::WorkspaceNumber workspace, Stream& stream, base::Instant now);
  bool is_kept(eventstore::WorkspaceNumber workspace, const Stream& stream, std::uint64_t number,
               base::Instant since) const;
  std::expected<std::vector<Found>, eventstore::SideError> read(eventstore::WorkspaceNumber workspace,
                                                                const eventstore::Key& key, TrailPart part,
                                                                std::uint64_t from, const AccessQuery& query,
                                                                base::Instant since) const;
  void note(const std::expected<void, eventstore::SideError>& written);

  eventstore::SideStore& store_;
  eventstore::RandomSource& random_;
  const AccessTrailBounds bounds_;
  std::mutex mutex_;
  std::map<eventstore::WorkspaceNumber, Trail> trails_;  // guarded by mutex_; never removed from
  bool failing_ = false;                                 // guarded by mutex_; said once
};

}  // namespace highseas::engine
