// chains — entries are only appended; each knows the one before it on its record.
#include "projections/chains.hpp"

#include "base/assert.hpp"

namespace highseas::projections {

std::uint32_t HistoryIndex::add(HistoryPlace place, std::uint32_t head) {
  HS_ASSERT(place.index <= 0xFFFF && place.position < (std::uint64_t{1} << 48));
  HS_ASSERT(places_.size() < kNoEntry);
  places_.push_back(place.position << 16 | place.index);
  previous_.push_back(head);
  return static_cast<std::uint32_t>(places_.size() - 1);
}

HistoryPlace HistoryIndex::place(std::uint32_t entry) const {
  return {places_[entry] >> 16, static_cast<std::uint32_t>(places_[entry] & 0xFFFF)};
}

void HistoryIndex::write(ByteWriter& out) const {
  places_.write(out);
  previous_.write(out);
}

void HistoryIndex::read(ByteReader& in) {
  places_.read(in);
  previous_.read(in);
  if (places_.size() != previous_.size()) in.fail();
}

std::uint32_t CoolDowns::add(base::MemberId member, base::Instant until, std::uint32_t head) {
  HS_ASSERT(entries_.size() < kNoEntry);
  entries_.push_back({.member = member.ulid, .until_ms = until.ms, .previous = head});
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

std::uint32_t CommandMemory::add(const Entry& entry) {
  entries_.push_back(entry);
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

bool CommandMemory::prune(base::Instant last) {
  while (begin_ < entries_.size() && entries_[begin_].recorded_at_ms < last.ms - kRememberedMs) ++begin_;
  constexpr std::size_t kWorthIt = 8192;
  if (begin_ < kWorthIt || begin_ * 2 < entries_.size()) return false;
  BlockVector<Entry> kept;
  for (std::size_t at = begin_; at < entries_.size(); ++at) kept.push_back(entries_[at]);
  entries_ = std::move(kept);
  begin_ = 0;
  return true;
}

void CommandMemory::write(ByteWriter& out) const {
  out.size(entries_.size() - begin_);
  for (std::size_t at = begin_; at < entries_.size(); ++at) out.raw(entries_[at]);
}

void CommandMemory::read(ByteReader& in) {
  for (auto left = in.size(sizeof(Entry)); left > 0 && in.ok(); --left) entries_.push_back(in.raw<Entry>());
}

}  // namespace highseas::projections
