// transient_jobs — a bounded table of answers, by the ids that they gave.
#include "api/transient_jobs.hpp"

#include <algorithm>

namespace highseas::api {
namespace {

constexpr std::int64_t kLifeMs = 30 * 60 * base::kMsPerSecond;
constexpr std::ptrdiff_t kOfMember = 20;
constexpr std::size_t kBytesInAll = 32u << 20;

}  // namespace

std::size_t TransientJob::bytes() const {
  std::size_t bytes = sizeof(TransientJob) + body.size() + errors_csv.size();
  for (const auto& item : items) bytes += sizeof(std::string) + item.size();
  return bytes;
}

void TransientJobs::add(base::JobId id, TransientJob job, base::Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  const auto member = job.member;
  bytes_ += job.bytes();
  entries_.insert_or_assign(id, Entry{std::make_shared<const TransientJob>(std::move(job)), now});
  const auto of_member =
      std::ranges::count_if(entries_, [&](const auto& entry) { return entry.second.job->member == member; });
  if (of_member > kOfMember) forget_oldest(&member);
  while (entries_.size() > 1 && bytes_ > kBytesInAll) forget_oldest(nullptr);
}

TransientJobPtr TransientJobs::find(base::JobId id, base::MemberId member, base::Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second.job->member != member) return nullptr;
  return found->second.job;
}

void TransientJobs::forget(base::Instant now) {
  std::erase_if(entries_, [&](const auto& entry) {
    const bool old = now - entry.second.added_at.ms >= base::Instant{kLifeMs};
    if (old) bytes_ -= entry.second.job->bytes();
    return old;
  });
}

void TransientJobs::forget_oldest(const base::MemberId* member) {
  auto oldest = entries_.end();
  for (auto at = entries_.begin(); at != entries_.end(); ++at) {
    if (member && at->second.job->member != *member) continue;
    if (oldest == entries_.end() || at->second.added_at < oldest->second.added_at) oldest = at;
  }
  if (oldest == entries_.end()) return;
  bytes_ -= oldest->second.job->bytes();
  entries_.erase(oldest);
}

}  // namespace highseas::api
