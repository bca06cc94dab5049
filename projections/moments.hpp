// moments — the fact table of business moments: what happened when, and who was credited then. Reports group it.
#pragma once

#include "domain/forms/form_definition.hpp"
#include "projections/columns/column.hpp"
#include "projections/record_view.hpp"

namespace highseas::projections {

enum class MomentKind : std::uint8_t {
  // Into a pool.
  created = 1,
  imported = 2,
  released = 3,
  recycled = 4,
  left = 5,
  moved_in = 6,
  restored = 7,
  // Out of a pool.
  claimed = 8,
  assigned = 9,
  moved_out = 10,
  deleted = 11,
  // Neither.
  transferred = 12,
  followed_up = 13,
};
inline bool into_pool(MomentKind kind) {
  return kind <= MomentKind::restored;
}
inline bool out_of_pool(MomentKind kind) {
  return kind >= MomentKind::claimed && kind <= MomentKind::deleted;
}

struct Moment {
  base::Instant at;  // of a follow-up: when it took place
  MomentKind kind = MomentKind::created;
  domain::FormNumber form = 0;  // of the record
  Row record = 0;               // that it happened to
  std::optional<base::MemberId> member;
  std::optional<base::DepartmentId> department;  // hers, then
  std::optional<base::PoolId> pool;
  std::optional<std::int64_t> waited_ms;  // in the pool, of what leaves it
  std::optional<std::uint32_t> method;    // of a follow-up
  bool first = false;                     // follow-up of its record
};

class Moments {
 public:
  std::size_t size() const { return size_; }
  std::uint32_t add(const Moment& moment);
  Moment get(std::size_t at) const;
  MomentKind kind(std::size_t at) const { return static_cast<MomentKind>(kinds_.get_or(at, 0)); }
  base::Instant time(std::size_t at) const { return {times_.get_or(at, 0)}; }
  // A follow-up was corrected.
  void correct(std::uint32_t at, base::Instant occurred_at, std::optional<std::uint32_t> method);

  std::unique_ptr<Moments> share() const;
  std::size_t bytes() const;
  void write(ByteWriter& out) const;
  void read(ByteReader& in);

 private:
  std::size_t size_ = 0;
  NumberColumn times_, kinds_, forms_, records_, waited_, methods_, firsts_;
  ReferenceColumn members_, departments_, pools_;
};

}  // namespace highseas::projections
