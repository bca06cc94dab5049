// job_runner — carries the jobs of a workspace on, one chunk in flight each, from the log alone: after a crash it
// begins where the last durable chunk ended.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "engine/jobs/import_source.hpp"
#include "engine/sequencer.hpp"
#include "eventstore/sealed_files.hpp"

namespace highseas::engine {

class JobRunner : public std::enable_shared_from_this<JobRunner> {
 public:
  JobRunner(std::weak_ptr<Sequencer> sequencer, Threads& threads, const eventstore::SealedFiles& files)
      : sequencer_(std::move(sequencer)), threads_(threads), files_(files) {}

  // On the strand, after each commit and at the start: begins what runs and is not under way here.
  void look(const projections::State& state);

 private:
  // In whose name a job's chunks are decided.
  struct Owner {
    domain::ActorKind process;
    base::MemberId member;
    std::optional<base::CommandId> cause;
  };
  static Owner owner_of(const projections::JobView& job);
  void next_chunk(base::JobId id);
  void next_import_chunk(base::JobId id, const projections::JobView& job, const domain::ImportPlan& plan,
                         projections::State& state);
  void submit(base::JobId id, Owner owner, domain::Command command);
  void stop(base::JobId id);
  // The store failed or has no room: begun again in a second, or once the store is open again.
  void stop_for_now(base::JobId id);

  std::weak_ptr<Sequencer> sequencer_;
  Threads& threads_;
  const eventstore::SealedFiles& files_;
  // Touched on the strand alone.
  std::set<base::JobId> under_way_;
  std::map<base::JobId, std::shared_ptr<ImportSource>> sources_;
};

}  // namespace highseas::engine
