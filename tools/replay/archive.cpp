// archive — a secondary reader of the log, the vault, and the fold.
#include "tools/replay/archive.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

namespace highseas::replay {

Archive::~Archive() {
  vault.reset();
  log.reset();
  if (!scratch.empty()) std::filesystem::remove_all(scratch);
}

std::expected<Archive, std::string> open_archive(const std::string& data, const std::string& keys) {
  const eventstore::DataLayout layout{data};
  if (!std::filesystem::is_directory(layout.log())) {
    return std::unexpected("there is no log below " + data + ": name a data directory with --data");
  }
  Archive archive;
  archive.data = data;
  archive.keys = keys.empty() ? layout.keys() : keys;
  const char* base = std::getenv("TMPDIR");
  std::string scratch = std::string(base ? base : "/tmp") + "/highseas-replay-XXXXXX";
  if (!::mkdtemp(scratch.data())) return std::unexpected("no scratch directory can be made: set TMPDIR");
  archive.scratch = scratch;
  // A file may vanish below the reader while the server compacts.
  for (int tries = 0; tries < 3 && !archive.log; ++tries) {
    auto log = eventstore::RocksDbLog::open(
        {.directory = layout.log(), .mode = eventstore::RocksDbOptions::Mode::secondary, .scratch = scratch});
    if (log)
      archive.log = std::move(*log);
    else if (tries == 2)
      return std::unexpected(eventstore::describe(log.error()));
  }
  auto key = eventstore::ServerKey::open(archive.keys, true);
  if (!key) return std::unexpected(eventstore::describe(key.error()));
  auto vault = eventstore::KeyVault::open(*archive.log, *key, archive.keys);
  if (!vault) return std::unexpected(eventstore::describe(vault.error()));
  archive.vault = std::move(*vault);
  for (const auto number : archive.log->workspaces()) {
    if (number != 0 && archive.workspace == 0) archive.workspace = number;
  }
  if (archive.workspace == 0) return std::unexpected("no company was set up in " + data + " yet");
  if (const auto head = eventstore::HeadFile::open(layout.head())) {
    const auto line = head->lines().find(archive.workspace);
    if (line != head->lines().end()) archive.covered = line->second.position;
  }
  return archive;
}

std::expected<std::unique_ptr<projections::State>, std::string> fold(const Archive& archive, eventstore::Position to,
                                                                     const Visit& visit) {
  auto state = std::make_unique<projections::State>();
  const auto end = archive.log->end(archive.workspace);
  Progress progress("folded", to == 0 ? end : to);
  auto read = projections::for_each_commit(*archive.log, archive.vault.get(), archive.workspace, 1, to,
                                           [&](projections::ReadCommit&& each) {
                                             if (visit && !visit(*state, each)) return false;
                                             visit ? state->apply(each.commit) : state->replay(each.commit);
                                             progress.at(each.commit.position);
                                             return true;
                                           });
  if (!read) return std::unexpected(eventstore::describe(read.error()));
  state->settle();
  return state;
}

Progress::Progress(std::string what, std::uint64_t total)
    : what_(std::move(what)), total_(total), terminal_(::isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (shown_) std::fprintf(stderr, "\r\x1b[K");
}

void Progress::at(std::uint64_t done) {
  if (!terminal_ || done % 1000 != 0) return;
  shown_ = true;
  std::fprintf(stderr, "\r%s %llu of %llu commits", what_.c_str(), static_cast<unsigned long long>(done),
               static_cast<unsigned long long>(total_));
}

}  // namespace highseas::replay
