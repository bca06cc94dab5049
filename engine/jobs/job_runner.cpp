// job_runner — import, hand-over, backfill: look at the state, make the next chunk's command, submit, repeat.
#include "engine/jobs/job_runner.hpp"

#include <spdlog/spdlog.h>

#include "domain/jobs/job_decider.hpp"

namespace highseas::engine {
namespace {

constexpr std::size_t kChunkRecords = 500;
constexpr std::chrono::milliseconds kRetry{1'000};

template <class... Fs>
struct Overload : Fs... {
  using Fs::operator()...;
};

// Records of one form that the member who leaves still owns, or the last step.
domain::Command hand_over_step(base::JobId id, const projections::JobView& job, const domain::HandOverPlan& plan,
                               const projections::State& state) {
  for (const auto& [number, form] : state.workspace().forms) {
    if (!form.behaviours.pooled) continue;
    auto records = state.owned(plan.member, number, kChunkRecords);
    if (records.empty()) continue;
    const auto done = job.done + records.size();
    return domain::HandOverRecords{.job = id, .form = number, .done = done, .records = std::move(records)};
  }
  return domain::FinishDeactivation{.job = id};
}

domain::Command backfill_step(base::JobId id, const domain::BackfillPlan& plan, const projections::State& state) {
  auto records = state.backfill(id, kChunkRecords);
  if (records.empty()) return domain::EndBackfill{.job = id, .cancelled = false};
  const auto& draft = state.workspace().rules.at(plan.rule).versions.at(plan.version - 1).draft;
  return domain::RecycleRecords{.form = draft.form, .records = std::move(records), .backfill = id};
}

domain::ActorKind process_of(const domain::JobPlan& plan) {
  return std::visit(Overload{[](const domain::ImportPlan&) { return domain::ActorKind::importer; },
                             [](const domain::HandOverPlan&) { return domain::ActorKind::scheduler; },
                             [](const domain::BackfillPlan&) { return domain::ActorKind::recycler; }},
                    plan);
}

}  // namespace

JobRunner::Owner JobRunner::owner_of(const projections::JobView& job) {
  return {.process = process_of(job.plan), .member = job.member, .cause = job.cause};
}

void JobRunner::look(const projections::State& state) {
  for (const auto& [id, job] : state.image().jobs()) {
    if (job->state != domain::JobState::running || under_way_.contains(id)) continue;
    under_way_.insert(id);
    next_chunk(id);
  }
}

void JobRunner::next_chunk(base::JobId id) {
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return;
  sequencer->on_strand(
      [self = shared_from_this(), id](projections::State& state) {
        const auto* job = state.image().job(id);
        if (!job || job->state != domain::JobState::running) return self->stop(id);
        std::visit(Overload{[&](const domain::ImportPlan& plan) { self->next_import_chunk(id, *job, plan, state); },
                            [&](const domain::HandOverPlan& plan) {
                              self->submit(id, owner_of(*job), hand_over_step(id, *job, plan, state));
                            },
                            [&](const domain::BackfillPlan& plan) {
                              self->submit(id, owner_of(*job), backfill_step(id, plan, state));
                            }},
                   job->plan);
      },
      [self = shared_from_this(), id](Failure) { self->stop_for_now(id); });
}

void JobRunner::next_import_chunk(base::JobId id, const projections::JobView& job, const domain::ImportPlan& plan,
                                  projections::State& state) {
  if (job.done >= job.total) {
    return submit(id, owner_of(job), domain::EndJob{.job = id, .state = domain::JobState::succeeded});
  }
  threads_.on_worker([self = shared_from_this(), id, plan, done = job.done, owner = owner_of(job),
                      snapshot = state.snapshot(), source = sources_[id]]() mutable {
    if (!source) {
      const auto bytes = self->files_.load(plan.file);
      auto opened = bytes ? ImportSource::open(*bytes) : std::unexpected(ImportFault{});
      if (opened) source = std::move(*opened);
    }
    const auto rights = domain::Rights::of_member(snapshot->workspace(), owner.member);
    auto command =
        source ? domain::Command(source->chunk(*snapshot, rights, id, plan, done))
               : domain::Command(domain::EndJob{
                     .job = id, .state = domain::JobState::failed, .error = domain::RefusalCode::unknown_reference});
    const auto sequencer = self->sequencer_.lock();
    if (!sequencer) return;
    sequencer->on_strand(
        [self, id, owner, source, command = std::move(command)](projections::State&) mutable {
          self->sources_[id] = source;
          self->submit(id, owner, std::move(command));
        },
        [self, id](Failure) { self->stop_for_now(id); });
  });
}

void JobRunner::submit(base::JobId id, Owner owner, domain::Command command) {
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return;
  auto render = [self = shared_from_this(), id](const projections::State&, const CommandOutcome& outcome) {
    const bool accepted = outcome.kind == CommandOutcome::Kind::accepted;
    // That it has ended meanwhile is what a cancel does.
    if (!accepted && outcome.refusal && outcome.refusal->code != domain::RefusalCode::job_ended) {
      spdlog::warn("job {} stands: its chunk was refused ({})", base::format_id(id),
                   domain::refusal_key(outcome.refusal->code));
    }
    return [self, id, accepted] {
      if (accepted) return self->next_chunk(id);
      self->stop(id);
    };
  };
  // A chunk is judged by its member's rights; that a job has ended is for the process itself to say.
  const bool closes =
      std::holds_alternative<domain::EndJob>(command) || std::holds_alternative<domain::EndBackfill>(command);
  const auto member = closes ? std::nullopt : std::optional(owner.member);
  sequencer->submit(
      {.actor = {.kind = owner.process, .on_behalf_of = member}, .command = std::move(command), .cause = owner.cause},
      std::move(render), [self = shared_from_this(), id](Failure) { self->stop_for_now(id); });
}

void JobRunner::stop(base::JobId id) {
  under_way_.erase(id);
  sources_.erase(id);
}

void JobRunner::stop_for_now(base::JobId id) {
  stop(id);
  const auto sequencer = sequencer_.lock();
  if (!sequencer) return;
  sequencer->strand().after(kRetry, [self = shared_from_this()] {
    const auto still = self->sequencer_.lock();
    if (still) still->on_strand([self](projections::State& state) { self->look(state); });
  });
}

}  // namespace highseas::engine
