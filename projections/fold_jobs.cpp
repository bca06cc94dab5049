// fold_jobs — jobs as they go on, and files.
#include <algorithm>

#include "base/assert.hpp"
#include "projections/fold.hpp"

namespace highseas::projections {
namespace {

template <class T>
std::uint64_t count(const domain::Events& events) {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(events, [](const auto& event) { return std::holds_alternative<T>(event); }));
}

}  // namespace

template <class Change>
void Fold::change_job(base::JobId id, const Change& change) {
  auto& jobs = image_.jobs_.own().things;
  const auto found = jobs.find(id);
  HS_ASSERT(found != jobs.end());
  auto job = std::make_shared<JobView>(*found->second);
  change(*job);
  job->last_position = commit_.position;
  found->second = std::move(job);
}

void Fold::operator()(const domain::JobStarted& e) {
  auto job = std::make_shared<JobView>();
  job->id = e.job;
  job->member = e.member;
  job->plan = e.plan;
  job->total = e.total;
  job->started_at = commit_.time;
  job->started_position = commit_.position;
  job->last_position = commit_.position;
  job->cause = commit_.command_id;
  image_.jobs_.own().things.insert_or_assign(e.job, std::move(job));
}

void Fold::operator()(const domain::JobAdvanced& e) {
  change_job(e.job, [&](JobView& job) {
    const auto& events = commit_.content.events;
    job.done = e.done;
    job.created += count<domain::RecordCreated>(events) + count<domain::FollowedUp>(events);
    job.updated += count<domain::RecordChanged>(events);
    job.recycled += count<domain::Recycled>(events);
    if (e.outcomes.empty()) return;
    job.outcomes.push_back(std::make_shared<JobOutcomes>(JobOutcomes{commit_.position, e.outcomes}));
  });
  // What a backfill judged and left alone is the sweep's again.
  if (std::ranges::find(image_.backfills_, e.job, &Backfill::job) == image_.backfills_.end()) return;
  for (const auto& outcome : e.outcomes) {
    if (!outcome.record) continue;
    for (const auto& [form, records] : image_.tables_) {
      if (const auto row = records->find({*outcome.record})) indexes_.leave_backfill(form, *row);
    }
  }
}

void Fold::operator()(const domain::JobEnded& e) {
  change_job(e.job, [&](JobView& job) {
    job.state = e.state;
    job.error = e.error;
    job.ended_at = commit_.time;
  });
}

void Fold::operator()(const domain::FileAdded& e) {
  image_.files_.own().things.insert_or_assign(e.file, std::make_shared<domain::FileAdded>(e));
}

void Fold::operator()(const domain::FileRemoved& e) {
  image_.files_.own().things.erase(e.file);
}

}  // namespace highseas::projections
