// previews — a shelf of tokens.
#include "api/previews.hpp"

namespace highseas::api {
namespace {

constexpr ShelfBounds kBounds{.life_ms = 30 * 60 * base::kMsPerSecond, .of_member = 10, .weight = 1'000'000};

}  // namespace

Previews::Previews() : shelf_(kBounds) {}

void Previews::add(std::string token, PreviewPtr preview, base::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto member = preview->member;
  const auto records = preview->records.size();
  shelf_.put(std::move(token), member, records, {.preview = std::move(preview), .used = false, .used_with = {}}, now);
}

PreviewPtr Previews::find(const std::string& token, base::MemberId member, base::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto* found = shelf_.find(token, member, now);
  return found ? found->preview : nullptr;
}

PreviewUse::PreviewUse(Previews& previews, std::string token, const std::string& idempotency_key)
    : previews_(previews), token_(std::move(token)) {
  const std::lock_guard lock(previews_.mutex_);
  auto* entry = previews_.shelf_.find(token_);
  if (!entry) return;
  if (entry->used) {
    taken_ = !idempotency_key.empty() && entry->used_with == idempotency_key;
    return;  // not ours to give back
  }
  entry->used = true;
  entry->used_with = idempotency_key;
  taken_ = true;
  kept_ = false;
}

PreviewUse::~PreviewUse() {
  if (kept_) return;
  const std::lock_guard lock(previews_.mutex_);
  auto* entry = previews_.shelf_.find(token_);
  if (!entry) return;
  entry->used = false;
  entry->used_with.clear();
}

}  // namespace highseas::api
