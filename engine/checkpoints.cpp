// checkpoints — each names the commit that it was made at by its hash, so that it can't stand for another log.
#include "engine/checkpoints.hpp"

#include <spdlog/spdlog.h>

#include <utility>

#include "eventstore/commit_reader.hpp"
#include "eventstore/data_directory.hpp"
#include "projections/log_fold.hpp"

namespace highseas::engine {
namespace {

constexpr const char* kCommitHash = "commit";

std::string text_of(const eventstore::Hash& hash) {
  return {hash.begin(), hash.end()};
}

}  // namespace

Checkpoints::Checkpoints(std::string directory, const eventstore::Log& log, eventstore::KeyVault& vault)
    : directory_(std::move(directory)),
      log_(log),
      vault_(vault),
      files_(directory_, vault.server_key(), vault.random()) {}

std::expected<FoldedState, eventstore::ReadError> Checkpoints::fold(eventstore::WorkspaceNumber workspace) const {
  FoldedState folded;
  const auto end = log_.end(workspace);
  if (auto image = end > 0 ? newest(workspace) : nullptr) {
    folded.checkpoint = image->position();
    folded.state = std::make_unique<projections::State>(std::move(image));
  } else {
    folded.state = std::make_unique<projections::State>();
  }
  if (folded.checkpoint < end) {
    const auto read = projections::for_each_commit(
        log_, &vault_, workspace, folded.checkpoint + 1, 0,
        [&](projections::ReadCommit&& each) {
          folded.events += each.commit.content.events.size();
          folded.state->replay(each.commit);
          return true;
        },
        codec::Parts::events);
    if (!read) return std::unexpected(read.error());
  }
  folded.state->settle();
  return folded;
}

// A log that was restored or salvaged may have gone on otherwise since: then the hash at the position is another.
std::shared_ptr<projections::Image> Checkpoints::newest(eventstore::WorkspaceNumber workspace) const {
  auto not_after = log_.end(workspace);
  while (not_after > 0) {
    const auto found = files_.read(workspace, projections::checkpoint_version(), not_after);
    if (!found || found->position == 0) break;
    not_after = found->position - 1;
    const auto hash = eventstore::leaf_hash(log_, workspace, found->position);
    if (!hash || found->blobs.empty() || found->blobs.front() != std::pair(std::string(kCommitHash), text_of(*hash))) {
      continue;
    }
    auto image = projections::read_checkpoint({found->blobs.begin() + 1, found->blobs.end()});
    if (!image || image->position() != found->position) continue;
    spdlog::info("workspace {}: begun from the checkpoint at position {} of {}", workspace, found->position,
                 log_.end(workspace));
    return image;
  }
  if (!files_.positions(workspace).empty()) {
    spdlog::warn(
        "workspace {}: no checkpoint is whole, of this version and of this log: all {} commits are folded again",
        workspace, log_.end(workspace));
  }
  return nullptr;
}

bool Checkpoints::write(eventstore::WorkspaceNumber workspace, eventstore::Position position,
                        projections::Blobs blobs) {
  const auto unwritten = [&](const std::string& why) {
    spdlog::warn("workspace {}: no checkpoint was written: {}", workspace, why);
    return false;
  };
  // The reserve is for what must be written.
  if (!eventstore::has_room(directory_)) return unwritten("too little room on the disk");
  const auto hash = eventstore::leaf_hash(log_, workspace, position);
  if (!hash) return unwritten(eventstore::describe(hash.error()));
  eventstore::Checkpoint checkpoint{.position = position, .blobs = std::move(blobs)};
  checkpoint.blobs.emplace(checkpoint.blobs.begin(), kCommitHash, text_of(*hash));
  const auto written = files_.write(workspace, projections::checkpoint_version(), checkpoint);
  return written || unwritten(eventstore::describe(written.error()));
}

void CheckpointKeeper::look(const projections::State& state, const domain::Commit* commit) {
  if (commit) events_ += commit->content.events.size();
  // After a failure the state may end before what was counted.
  const auto commits = state.position() > begun_at_ ? state.position() - begun_at_ : 0;
  if (under_way_ || (commits < pace_.commits && events_ < pace_.events)) return;
  if (const auto sequencer = sequencer_.lock()) begin(*sequencer);
}

// The gate of answers holds it until its position is durable.
void CheckpointKeeper::begin(Sequencer& sequencer) {
  under_way_ = true;
  events_ = 0;
  auto render = [self = shared_from_this(), workspace = sequencer.number()](const projections::Image& image) {
    return [self, workspace, position = image.position(), blobs = projections::write_checkpoint(image)]() mutable {
      self->begun_at_ = position;
      self->threads_.on_worker([self, workspace, position, blobs = std::move(blobs)]() mutable {
        const bool written = self->checkpoints_.write(workspace, position, std::move(blobs));
        const auto still = self->sequencer_.lock();
        if (!still) return;
        still->strand().post([self, position, written] {
          if (written) self->written_ = position;
          self->under_way_ = false;
        });
      });
    };
  };
  sequencer.scan(0, std::move(render), [self = shared_from_this()](Failure) { self->under_way_ = false; });
}

void CheckpointKeeper::finish(Sequencer& sequencer, eventstore::Position log_end) {
  auto* state = sequencer.last_state();
  if (!state || state->position() != log_end || log_end <= written_) return;
  checkpoints_.write(sequencer.number(), log_end, projections::write_checkpoint(*state->snapshot()));
}

}  // namespace highseas::engine
