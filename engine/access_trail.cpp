// access_trail — two rising rows of entries a workspace, what was done and what failed, each with its own bound.
#include "engine/access_trail.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "engine/network.hpp"

namespace highseas::engine {
namespace {

using eventstore::Family;
using eventstore::SideError;
using eventstore::WorkspaceNumber;

constexpr std::int64_t kWindowMs = 3'600'000;
constexpr std::int64_t kFlushEveryMs = 10'000;
constexpr std::int64_t kTrimEveryMs = 3'600'000;
constexpr std::uint64_t kTrimEveryEntries = 256;
constexpr unsigned kDoneEntriesAWindow = 20;
constexpr unsigned kFailureEntriesAWindow = 1;

std::string window_key(const AccessEntry& entry, const std::string& network) {
  std::string key(1, static_cast<char>(entry.kind));
  const auto member = base::ulid_bytes(entry.member ? entry.member->ulid : base::Ulid{});
  key.append(reinterpret_cast<const char*>(member.data()), member.size());
  return key + network;
}

// Of all keys that begin with it the first that sorts behind.
std::string behind(std::string prefix) {
  ++prefix.back();
  return prefix;
}

}  // namespace

AccessTrail::AccessTrail(eventstore::SideStore& store, eventstore::RandomSource& random, AccessTrailBounds bounds)
    : store_(store), random_(random), bounds_(bounds) {}

std::expected<void, SideError> AccessTrail::serve(WorkspaceNumber workspace, const eventstore::Key& key,
                                                  base::Instant now) {
  const std::lock_guard lock(mutex_);
  auto& trail = trails_[workspace];
  trail.key = key;
  trail.done.most = bounds_.done;
  trail.failures.most = bounds_.failures;
  trail.flushed_at = now;
  for (auto* stream : {&trail.done, &trail.failures}) {
    if (auto found = find_end(workspace, *stream); !found) return found;
    trim(workspace, *stream, now);
  }
  return {};
}

std::expected<void, SideError> AccessTrail::find_end(WorkspaceNumber workspace, Stream& stream) {
  return store_.scan(Family::trail, trail_prefix(workspace, stream.part), [&](auto key, auto value) {
    const auto number = number_of(key);
    if (!number) return true;
    stream.first_kept = *number;  // of the last that is seen, the oldest
    if (stream.newest != 0) return true;
    stream.newest = *number;
    if (const auto heading = heading_of(value)) stream.last_at = heading->at;
    return true;
  });
}

AccessTrail::Stream& AccessTrail::stream_of(Trail& trail, AccessKind kind) {
  return is_failure(kind) ? trail.failures : trail.done;
}

void AccessTrail::record(WorkspaceNumber workspace, AccessEntry entry, base::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = trails_.find(workspace);
  if (found == trails_.end()) return;  // before the set-up
  auto& trail = found->second;
  auto& stream = stream_of(trail, entry.kind);
  auto& window = window_of(workspace, trail, entry, now);
  const auto own = is_failure(entry.kind) ? kFailureEntriesAWindow : kDoneEntriesAWindow;
  entry.at = entry.last_at = std::max(now, stream.last_at);  // so that a row's times rise as its numbers do
  if (window.entries < own) {
    if (!add(workspace, trail, window, entry)) return;
    const bool due = stream.newest % kTrimEveryEntries == 0 || now.ms - stream.trimmed_at.ms >= kTrimEveryMs;
    if (due) trim(workspace, stream, now);
  } else {
    window.last.count += entry.count;
    window.last.last_at = entry.last_at;
    if (window.last.address != entry.address) window.last.address.clear();
    window.changed = true;
  }
  if (now.ms - trail.flushed_at.ms >= kFlushEveryMs) {
    trail.flushed_at = now;
    flush(workspace, trail);
  }
}

// The one that is open, or a new one. Where there are too many the address is forgotten.
AccessTrail::Window& AccessTrail::window_of(WorkspaceNumber workspace, Trail& trail, AccessEntry& entry,
                                            base::Instant now) {
  const auto is_over = [&](const Window& window) { return now.ms - window.begun.ms >= kWindowMs; };
  auto key = window_key(entry, network_of(entry.address));
  auto found = trail.windows.find(key);
  if (found == trail.windows.end() && trail.windows.size() >= bounds_.windows) {
    flush(workspace, trail);
    std::erase_if(trail.windows, [&](const auto& each) { return is_over(each.second); });
    if (trail.windows.size() >= bounds_.windows) {
      key = window_key(entry, "");
      entry.address.clear();
      entry.user_agent.clear();
      found = trail.windows.find(key);
    }
  }
  if (found != trail.windows.end() && is_over(found->second)) {
    if (found->second.changed) flush(workspace, trail);
    trail.windows.erase(found);
    found = trail.windows.end();
  }
  if (found == trail.windows.end()) found = trail.windows.emplace(key, Window{.begun = now}).first;
  return found->second;
}

bool AccessTrail::add(WorkspaceNumber workspace, Trail& trail, Window& window, const AccessEntry& entry) {
  auto& stream = stream_of(trail, entry.kind);
  const auto key = entry_key(workspace, stream.part, stream.newest + 1);
  const auto written = store_.put(Family::trail, key, seal_entry(trail.key, random_, key, entry));
  note(written);
  if (!written) return false;
  ++stream.newest;
  stream.last_at = entry.at;
  ++window.entries;
  window.number = stream.newest;
  window.last = entry;
  window.changed = false;
  return true;
}

void AccessTrail::flush() {
  const std::lock_guard lock(mutex_);
  for (auto& [workspace, trail] : trails_) flush(workspace, trail);
}

void AccessTrail::flush(WorkspaceNumber workspace, Trail& trail) {
  for (auto& [ignored, window] : trail.windows) {
    if (!window.changed) continue;
    const auto& stream = stream_of(trail, window.last.kind);
    window.changed = false;
    if (window.number < stream.first_kept) continue;  // trimmed meanwhile
    const auto key = entry_key(workspace, stream.part, window.number);
    const auto written = store_.put(Family::trail, key, seal_entry(trail.key, random_, key, window.last));
    note(written);
    if (!written) window.changed = true;
  }
}

// Times rise with the numbers: what is too old is found by halving.
void AccessTrail::trim(WorkspaceNumber workspace, Stream& stream, base::Instant now) {
  stream.trimmed_at = now;
  auto kept = std::max(stream.first_kept, stream.newest > stream.most ? stream.newest - stream.most + 1 : 1);
  const base::Instant since{now.ms - bounds_.keep_ms};
  for (auto end = stream.newest + 1; kept < end;) {
    const auto middle = kept + (end - kept) / 2;
    if (is_kept(workspace, stream, middle, since)) {
      end = middle;
    } else {
      kept = middle + 1;
    }
  }
  if (kept == stream.first_kept) return;
  const auto erased = store_.erase_range(Family::trail, entry_key(workspace, stream.part, kept - 1),
                                         behind(trail_prefix(workspace, stream.part)));
  note(erased);
  if (erased) stream.first_kept = kept;
}

// In doubt it is: one that can't be read, and a gap that a crash left.
bool AccessTrail::is_kept(WorkspaceNumber workspace, const Stream& stream, std::uint64_t number,
                          base::Instant since) const {
  const auto stored = store_.get(Family::trail, entry_key(workspace, stream.part, number));
  if (!stored || !*stored) return true;
  const auto heading = heading_of(**stored);
  return !heading || heading->at >= since;
}

std::expected<std::vector<AccessTrail::Found>, SideError> AccessTrail::read(WorkspaceNumber workspace,
                                                                            const eventstore::Key& key, TrailPart part,
                                                                            std::uint64_t from,
                                                                            const AccessQuery& query,
                                                                            base::Instant since) const {
  std::vector<Found> found;
  if (from == 0 || (query.kind && is_failure(*query.kind) != (part == TrailPart::failures))) return found;
  const auto visit = [&](std::string_view stored_under, std::string_view stored) {
    const auto heading = heading_of(stored);
    if (!heading) return true;  // of a newer version
    if (heading->at < since) return false;
    if (query.kind && heading->kind != *query.kind) return true;
    if (query.member && heading->member != query.member) return true;
    auto entry = open_entry(key, stored_under, stored);
    if (entry) found.push_back({number_of(stored_under).value_or(0), std::move(*entry)});
    return found.size() <= query.limit;
  };
  const auto scanned =
      store_.scan(Family::trail, trail_prefix(workspace, part), visit, entry_key(workspace, part, from));
  if (!scanned) return std::unexpected(scanned.error());
  return found;
}

std::expected<AccessPage, SideError> AccessTrail::list(WorkspaceNumber workspace, const AccessQuery& query,
                                                       base::Instant now) {
  eventstore::Key key;
  {
    const std::lock_guard lock(mutex_);
    const auto found = trails_.find(workspace);
    if (found == trails_.end()) return AccessPage{};
    flush(workspace, found->second);
    key = found->second.key;
  }
  const base::Instant since{now.ms - bounds_.keep_ms};
  auto done = read(workspace, key, TrailPart::done, query.from.done, query, since);
  if (!done) return std::unexpected(done.error());
  auto failures = read(workspace, key, TrailPart::failures, query.from.failures, query, since);
  if (!failures) return std::unexpected(failures.error());
  AccessPage page;
  AccessCursor next = query.from;
  std::size_t at_done = 0, at_failures = 0;
  while (page.entries.size() < query.limit && (at_done < done->size() || at_failures < failures->size())) {
    const bool is_done = at_failures == failures->size() ||
                         (at_done < done->size() && (*done)[at_done].entry.at >= (*failures)[at_failures].entry.at);
    auto& taken = is_done ? (*done)[at_done++] : (*failures)[at_failures++];
    (is_done ? next.done : next.failures) = taken.number - 1;
    page.entries.push_back(std::move(taken.entry));
  }
  if (at_done < done->size() || at_failures < failures->size()) page.next = next;
  return page;
}

// Said once, until it is well again.
void AccessTrail::note(const std::expected<void, SideError>& written) {
  if (!written && !failing_) spdlog::warn("the access trail can't be written: {}", written.error().message);
  failing_ = !written;
}

}  // namespace highseas::engine
