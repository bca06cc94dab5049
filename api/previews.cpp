// previews — a bounded table of tokens.
#include "api/previews.hpp"

#include <algorithm>

namespace highseas::api {
namespace {

constexpr std::int64_t kLifeMs = 30 * 60 * base::kMsPerSecond;
constexpr std::size_t kOfMember = 10;
constexpr std::size_t kRecordsInAll = 1'000'000;

}  // namespace

void Previews::add(std::string token, PreviewPtr preview, base::Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  const auto member = preview->member;
  entries_.insert_or_assign(std::move(token), Entry{.preview = std::move(preview), .added_at = now, .used_with = {}});
  if (count_of(member) > kOfMember) {
    const auto oldest = std::ranges::min_element(entries_, {}, [&](const auto& entry) {
      return std::pair(entry.second.preview->member != member, entry.second.added_at);
    });
    entries_.erase(oldest);
  }
  while (entries_.size() > 1 && records() > kRecordsInAll) forget_oldest();
}

PreviewPtr Previews::find(const std::string& token, base::MemberId member, base::Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  const auto found = entries_.find(token);
  if (found == entries_.end() || found->second.preview->member != member) return nullptr;
  return found->second.preview;
}

void Previews::forget(base::Instant now) {
  std::erase_if(entries_, [&](const auto& entry) { return now - entry.second.added_at.ms >= base::Instant{kLifeMs}; });
}

void Previews::forget_oldest() {
  entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& entry) { return entry.second.added_at; }));
}

std::size_t Previews::count_of(base::MemberId member) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(entries_, [&](const auto& entry) { return entry.second.preview->member == member; }));
}

std::size_t Previews::records() const {
  std::size_t count = 0;
  for (const auto& [token, entry] : entries_) count += entry.preview->records.size();
  return count;
}

PreviewUse::PreviewUse(Previews& previews, std::string token, const std::string& idempotency_key)
    : previews_(previews), token_(std::move(token)) {
  const std::lock_guard lock(previews_.mutex_);
  const auto found = previews_.entries_.find(token_);
  if (found == previews_.entries_.end()) return;
  auto& entry = found->second;
  if (entry.used) {
    taken_ = !idempotency_key.empty() && entry.used_with == idempotency_key;
    return;  // not ours to give back
  }
  entry.used = true;
  entry.used_with = idempotency_key;
  taken_ = true;
  kept_ = false;
}

PreviewUse::~PreviewUse() {
  if (kept_) return;
  const std::lock_guard lock(previews_.mutex_);
  const auto found = previews_.entries_.find(token_);
  if (found == previews_.entries_.end()) return;
  found->second.used = false;
  found->second.used_with.clear();
}

}  // namespace highseas::api
