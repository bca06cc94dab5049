// pool_report — what went into each pool and out of it, day by day.
#pragma once

#include <optional>
#include <vector>

#include "domain/permissions/permissions.hpp"
#include "projections/image.hpp"

namespace highseas::projections {

struct PoolReportRow {
  std::optional<base::PoolId> pool;  // where grouped by it
  std::optional<base::Date> day;     // of the workspace, where grouped by it
  // Into the pool.
  std::uint64_t created = 0;
  std::uint64_t released = 0;
  std::uint64_t recycled = 0;
  std::uint64_t imported = 0;
  std::uint64_t left = 0;   // their owner left the company
  std::uint64_t moved = 0;  // from another pool
  // Out of it.
  std::uint64_t claimed = 0;
  std::uint64_t assigned = 0;
  std::uint64_t standing = 0;                   // in the pool at the end of the day, or of the span
  std::optional<std::int64_t> median_days_100;  // hundredths of days that what was claimed or assigned had waited
  bool operator==(const PoolReportRow&) const = default;
};

struct PoolReportQuery {
  base::Date from;  // days of the workspace, both counted in
  base::Date to;
  bool by_pool = true;
  bool by_day = false;
  std::optional<base::PoolId> pool;
};

// Pools whose records she may see, those removed since included, by pool and day; a group without anything is left
// out. What took a record from a member or gave it to one is counted for those who may see her figures; what stands,
// for all.
std::vector<PoolReportRow> pool_report(const Image& image, const domain::Rights& rights, const PoolReportQuery& query);

struct PoolStats {
  std::uint64_t standing = 0;
  std::uint64_t owned = 0;  // live owned records whose home it is
  // As of the report: what members did, for those who may see their figures.
  std::uint64_t added_today = 0;
  std::uint64_t claimed_today = 0;
  std::uint64_t recycled_today = 0;
  std::optional<std::int64_t> median_days_100;  // hundredths of days that those in it have waited so far
  bool operator==(const PoolStats&) const = default;
};
PoolStats pool_stats(const Image& image, const domain::Rights& rights, base::PoolId pool, base::Instant now);

}  // namespace highseas::projections
