// pool_report — a running count over all moments, told for the days that are asked for.
#include "projections/query/pool_report.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/zone.hpp"
#include "projections/former_pools.hpp"
#include "projections/moments.hpp"
#include "projections/query/audience.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {
namespace {

struct Group {
  PoolReportRow row;
  std::vector<std::int64_t> waited_ms;
};
using Key = std::pair<std::optional<base::PoolId>, std::optional<base::Date>>;

std::optional<std::int64_t> median_days_100(std::vector<std::int64_t> waited_ms) {
  if (waited_ms.empty()) return std::nullopt;
  std::ranges::sort(waited_ms);
  const auto middle = waited_ms.size() / 2;
  const auto median = waited_ms.size() % 2 == 1
                          ? waited_ms[middle]
                          : waited_ms[middle - 1] + (waited_ms[middle] - waited_ms[middle - 1]) / 2;
  return (median * 100 + base::kMsPerDay / 2) / base::kMsPerDay;
}

void count(Group& group, const Moment& moment) {
  auto& row = group.row;
  switch (moment.kind) {
    case MomentKind::created:
      ++row.created;
      break;
    case MomentKind::imported:
      ++row.imported;
      break;
    case MomentKind::released:
      ++row.released;
      break;
    case MomentKind::recycled:
      ++row.recycled;
      break;
    case MomentKind::left:
      ++row.left;
      break;
    case MomentKind::moved_in:
      ++row.moved;
      break;
    case MomentKind::claimed:
      ++row.claimed;
      break;
    case MomentKind::assigned:
      ++row.assigned;
      break;
    case MomentKind::restored:
    case MomentKind::moved_out:
    case MomentKind::deleted:
    case MomentKind::transferred:
    case MomentKind::followed_up:
      break;
  }
  if (moment.waited_ms) group.waited_ms.push_back(*moment.waited_ms);
}

bool sees_pool(const domain::Rights& rights, const domain::PoolDefinition& pool) {
  if (!rights.reports()) return false;
  const domain::RecordStanding in_it{.owner = {}, .pool = pool.id, .collaborators = {}};
  return rights.may(pool.form, domain::kRead, in_it);
}

// What happened in a pool stays counted when it is removed, for those who would see it if it were still there.
domain::Workspace workspace_with_former_pools(const Image& image) {
  auto workspace = image.workspace();
  workspace.pools.merge(former_pools(image));
  return workspace;
}

}  // namespace

std::vector<PoolReportRow> pool_report(const Image& image, const domain::Rights& rights, const PoolReportQuery& query) {
  const auto& workspace = image.workspace();
  const auto zone = base::Zone::find(workspace.time_zone).value_or(base::Zone::utc());
  const auto begin = zone.instant(query.from, 0);
  const auto end = zone.instant({query.to.days + 1}, 0);
  std::map<base::PoolId, bool> seen;
  const auto with_former = workspace_with_former_pools(image);
  const auto then = rights.member() ? domain::Rights::of_member(with_former, *rights.member()) : rights;
  for (const auto& [id, pool] : with_former.pools) {
    seen[id] = sees_pool(then, pool) && (!query.pool || *query.pool == id);
  }

  std::map<Key, Group> groups;
  // What stood in each group's pools before its day, and what each day changed.
  std::map<std::optional<base::PoolId>, std::map<base::Date, std::int64_t>> changes;
  const Audience audience(rights);
  const auto& moments = image.moments();
  for (std::size_t at = 0; at < moments.size(); ++at) {
    if (!into_pool(moments.kind(at)) && !out_of_pool(moments.kind(at))) continue;
    if (moments.time(at) >= end) continue;
    const auto moment = moments.get(at);
    if (!moment.pool || !seen[*moment.pool]) continue;
    const auto pool = query.by_pool ? moment.pool : std::nullopt;
    changes[pool][zone.local_date(moment.at)] += into_pool(moment.kind) ? 1 : -1;
    if (moment.at < begin) continue;
    const auto day = query.by_day ? std::optional(zone.local_date(moment.at)) : std::nullopt;
    auto& group = groups[{pool, day}];
    if (!moment.member || audience.holds(moment.member)) count(group, moment);
  }
  for (const auto& [pool, days] : changes) groups[{pool, query.by_day ? std::optional(query.to) : std::nullopt}];

  std::vector<PoolReportRow> rows;
  for (auto& [key, group] : groups) {
    auto& row = group.row;
    std::tie(row.pool, row.day) = key;
    std::int64_t standing = 0;
    for (const auto& [day, change] : changes[key.first]) {
      if (!key.second || day <= *key.second) standing += change;
    }
    row.standing = static_cast<std::uint64_t>(std::max<std::int64_t>(standing, 0));
    row.median_days_100 = median_days_100(std::move(group.waited_ms));
    rows.push_back(row);
  }
  return rows;
}

PoolStats pool_stats(const Image& image, const domain::Rights& rights, base::PoolId id, base::Instant now) {
  PoolStats stats;
  const auto* pool = image.workspace().pool(id);
  const auto* table = pool ? image.table(pool->form) : nullptr;
  if (!table) return stats;
  std::vector<std::int64_t> waited_ms;
  for (Row row = 0; row < table->size(); ++row) {
    if (table->deleted(row)) continue;
    if (table->reference(domain::facts::kPool, row) == id.ulid) {
      ++stats.standing;
      if (const auto since = table->number(domain::facts::kPooledSince, row)) waited_ms.push_back(now.ms - *since);
    } else if (table->reference(domain::facts::kOwner, row) &&
               table->reference(domain::facts::kHomePool, row) == id.ulid) {
      ++stats.owned;
    }
  }
  stats.median_days_100 = median_days_100(std::move(waited_ms));
  const auto zone = base::Zone::find(image.workspace().time_zone).value_or(base::Zone::utc());
  const auto begin = zone.instant(zone.local_date(now), 0);
  const Audience audience(rights);
  const auto& moments = image.moments();
  for (std::size_t at = moments.size(); at-- > 0;) {
    if (moments.time(at) < begin && moments.kind(at) != MomentKind::followed_up)
      break;  // only follow-ups are backdated
    if (moments.kind(at) == MomentKind::followed_up) continue;
    const auto moment = moments.get(at);
    if (moment.pool != id || (moment.member && !audience.holds(moment.member))) continue;
    if (into_pool(moment.kind)) ++stats.added_today;
    if (moment.kind == MomentKind::claimed) ++stats.claimed_today;
    if (moment.kind == MomentKind::recycled) ++stats.recycled_today;
  }
  return stats;
}

}  // namespace highseas::projections
