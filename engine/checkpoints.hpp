// checkpoints — a workspace's state beside the log, so that a start folds only what came after it.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "engine/checkpoint_pace.hpp"
#include "engine/sequencer.hpp"
#include "eventstore/checkpoint_files.hpp"
#include "projections/checkpoint.hpp"

namespace highseas::engine {

// A state at the log's end.
struct FoldedState {
  std::unique_ptr<projections::State> state;
  eventstore::Position checkpoint = 0;  // that it was begun from; 0 = from the first commit
  std::uint64_t events = 0;             // folded since
};

// For one thread per workspace at a time.
class Checkpoints {
 public:
  Checkpoints(std::string directory, const eventstore::Log& log, eventstore::KeyVault& vault);

  // From the newest checkpoint that opens, is of this program's version and belongs to this log, and the commits after
  // it; where there is none, from the first commit on.
  std::expected<FoldedState, eventstore::ReadError> fold(eventstore::WorkspaceNumber workspace) const;
  // `position` must be durable. False: it was not written, which is logged; the next start folds more.
  bool write(eventstore::WorkspaceNumber workspace, eventstore::Position position, projections::Blobs blobs);

 private:
  std::shared_ptr<projections::Image> newest(eventstore::WorkspaceNumber workspace) const;

  const std::string directory_;
  const eventstore::Log& log_;
  eventstore::KeyVault& vault_;
  eventstore::CheckpointFiles files_;
};

// Writes one whenever enough has come since the last, from a snapshot on a worker.
class CheckpointKeeper : public std::enable_shared_from_this<CheckpointKeeper> {
 public:
  CheckpointKeeper(std::weak_ptr<Sequencer> sequencer, Threads& threads, Checkpoints& checkpoints, CheckpointPace pace,
                   const FoldedState& begun)
      : sequencer_(std::move(sequencer)),
        threads_(threads),
        checkpoints_(checkpoints),
        pace_(pace),
        begun_at_(begun.checkpoint),
        written_(begun.checkpoint),
        events_(begun.events) {}

  // On the strand, after each commit; without one at the start.
  void look(const projections::State& state, const domain::Commit* commit);
  // At the stop, once the threads have ended: of what the log holds, where that is more than the last checkpoint.
  void finish(Sequencer& sequencer, eventstore::Position log_end);

 private:
  void begin(Sequencer& sequencer);

  std::weak_ptr<Sequencer> sequencer_;
  Threads& threads_;
  Checkpoints& checkpoints_;
  const CheckpointPace pace_;
  // Touched on the strand alone.
  eventstore::Position begun_at_ = 0;  // the last one, written or not
  eventstore::Position written_ = 0;
  std::uint64_t events_ = 0;  // since the last was begun
  bool under_way_ = false;
};

}  // namespace highseas::engine
