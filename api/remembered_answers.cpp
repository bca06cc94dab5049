// remembered_answers — a bounded list with an index.
#include "api/remembered_answers.hpp"

#include "base/ids.hpp"

namespace highseas::api {
namespace {

constexpr std::int64_t kLifeMs = 24 * 3'600 * base::kMsPerSecond;
constexpr std::size_t kBytesMax = 32u << 20;
constexpr std::size_t kBytesOfEntry = 512;  // beside body and headers

std::string name_of(const domain::Actor& actor) {
  return static_cast<char>(actor.kind) + base::format_ulid(actor.id);
}

}  // namespace

std::optional<RememberedAnswers::Found> RememberedAnswers::find(const domain::Actor& actor, std::string_view key,
                                                                const std::string& fingerprint, base::Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  const auto found = by_key_.find({name_of(actor), std::string(key)});
  if (found == by_key_.end()) return std::nullopt;
  const auto& entry = *found->second;
  if (entry.fingerprint != eventstore::sha256(fingerprint)) return Found{};
  return Found{true, entry.response};
}

void RememberedAnswers::add(const domain::Actor& actor, std::string_view key, const std::string& fingerprint,
                            const http::Response& response, base::Instant now) {
  const std::lock_guard lock(mutex_);
  Key name{name_of(actor), std::string(key)};
  if (by_key_.contains(name)) return;  // of two at once the first one's answer stands
  std::size_t bytes = kBytesOfEntry + response.body.size();
  for (const auto& [header, value] : response.headers) bytes += header.size() + value.size();
  entries_.push_back({name, eventstore::sha256(fingerprint), response, now, bytes});
  by_key_.emplace(std::move(name), std::prev(entries_.end()));
  bytes_ += bytes;
  while (bytes_ > kBytesMax) forget_oldest();
}

void RememberedAnswers::forget(base::Instant now) {
  while (!entries_.empty() && now.ms - entries_.front().added_at.ms >= kLifeMs) forget_oldest();
}

void RememberedAnswers::forget_oldest() {
  bytes_ -= entries_.front().bytes;
  by_key_.erase(entries_.front().key);
  entries_.pop_front();
}

}  // namespace highseas::api
