// transient_jobs — a shelf of answers, by the ids that they gave.
#include "api/transient_jobs.hpp"

namespace highseas::api {
namespace {

constexpr ShelfBounds kBounds{.life_ms = 30 * 60 * base::kMsPerSecond, .of_member = 20, .weight = 32u << 20};

std::size_t bytes_of(const TransientJob& job) {
  std::size_t bytes = sizeof(TransientJob) + job.body.size() + job.errors_csv.size();
  for (const auto& item : job.items) bytes += sizeof(std::string) + item.size();
  return bytes;
}

}  // namespace

TransientJobs::TransientJobs() : shelf_(kBounds) {}

void TransientJobs::add(base::JobId id, TransientJob job, base::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto member = job.member;
  const auto bytes = bytes_of(job);
  shelf_.put(id, member, bytes, std::make_shared<const TransientJob>(std::move(job)), now);
}

TransientJobPtr TransientJobs::find(base::JobId id, base::MemberId member, base::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto* found = shelf_.find(id, member, now);
  return found ? *found : nullptr;
}

}  // namespace highseas::api
