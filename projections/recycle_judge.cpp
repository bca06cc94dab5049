// recycle_judge — hidden columns and facts become rules::RecycleFacts.
#include "projections/recycle_judge.hpp"

#include "projections/record_table.hpp"

namespace highseas::projections {
namespace {

std::optional<base::Instant> instant(std::optional<std::int64_t> ms) {
  if (!ms) return std::nullopt;
  return base::Instant{*ms};
}

}  // namespace

RecordFacts::RecordFacts(const RecordView& record, std::span<const std::uint32_t> watched) {
  const Row row = record.row();
  const RecordTable& table = record.table();
  facts_.form = table.form();
  facts_.deleted = table.deleted(row);
  facts_.owner = record.owner();
  facts_.home_pool = record.home_pool().value_or(base::PoolId{});
  facts_.owned_since = {table.number(domain::facts::kOwnedSince, row).value_or(0)};
  facts_.period_began_at = {table.hidden(Hidden::period_began).get_or(row, 0)};
  facts_.last_follow_up = instant(table.hidden(Hidden::last_effective).get(row));
  facts_.last_data_change = instant(table.hidden(Hidden::last_data_change).get(row));
  facts_.locked_until = instant(table.hidden(Hidden::lock_end).get(row));
  for (const auto slot : watched) {
    const auto column = table.changed_at().find(slot);
    if (column == table.changed_at().end()) continue;
    if (const auto at = column->second.get(row)) changes_.push_back({slot, {*at}});
  }
  facts_.field_changes = changes_;
}

}  // namespace highseas::projections
