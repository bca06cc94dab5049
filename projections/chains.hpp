// chains — lists that hang on records, newest first, in blocks that snapshots share: history, cool-downs; and the
// commands of the last day.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "projections/columns/block_vector.hpp"
#include "projections/image.hpp"

namespace highseas::projections {

inline constexpr std::uint32_t kNoEntry = 0xFFFF'FFFFu;
inline constexpr std::int64_t kRememberedMs = base::kMsPerDay;

// Which events concern a record: chains of places in the log, hung on the record's Hidden::history.
class HistoryIndex {
 public:
  // The new head of the chain.
  std::uint32_t add(HistoryPlace place, std::uint32_t head);
  HistoryPlace place(std::uint32_t entry) const;
  std::uint32_t previous(std::uint32_t entry) const { return previous_[entry]; }

  std::size_t bytes() const { return places_.bytes() + previous_.bytes(); }
  void write(ByteWriter& out) const;
  void read(ByteReader& in);

 private:
  BlockVector<std::uint64_t> places_;  // position << 16 | index
  BlockVector<std::uint32_t> previous_;
};

// Until when each former owner of a record may not claim it, hung on Hidden::cool_down.
class CoolDowns {
 public:
  struct Entry {
    base::Ulid member;
    std::int64_t until_ms = 0;
    std::uint32_t previous = kNoEntry;
    std::uint32_t padding = 0;  // so that checkpoints hold no chance bytes
  };

  std::uint32_t add(base::MemberId member, base::Instant until, std::uint32_t head);
  const Entry& entry(std::uint32_t at) const { return entries_[at]; }
  std::size_t size() const { return entries_.size(); }

  std::size_t bytes() const { return entries_.bytes(); }
  void write(ByteWriter& out) const { entries_.write(out); }
  void read(ByteReader& in) { entries_.read(in); }

 private:
  BlockVector<Entry> entries_;
};

// The accepted commands of the last 24 hours of real time, in the order of the log.
class CommandMemory {
 public:
  struct Entry {
    base::Ulid id;
    std::uint64_t position = 0;
    std::int64_t recorded_at_ms = 0;
    std::array<std::uint8_t, 16> request_digest{};
  };

  std::uint32_t add(const Entry& entry);
  // Forgets what was recorded more than 24 hours before `last`; true where entries got other numbers.
  bool prune(base::Instant last);
  std::size_t begin() const { return begin_; }  // entries before it are forgotten
  std::size_t end() const { return entries_.size(); }
  const Entry& entry(std::size_t at) const { return entries_[at]; }

  std::size_t bytes() const { return entries_.bytes(); }
  void write(ByteWriter& out) const;
  void read(ByteReader& in);

 private:
  BlockVector<Entry> entries_;
  std::size_t begin_ = 0;
};

}  // namespace highseas::projections
