// laws_test — random days: the tables show what a naive model shows, indexes what a recount gives, and every way of
// folding the same log gives the same state.
#include <gtest/gtest.h>
// After gtest, which it leans on.
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "projections/checkpoint.hpp"
#include "projections/record_table.hpp"
#include "random_days.hpp"

namespace highseas::projections::tests {
namespace {

// About one number in five begins a new act.
rc::Gen<std::vector<std::uint32_t>> any_numbers() {
  return rc::gen::scale(12.0, rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0u, ~0u)));
}

RandomDays any_days() {
  RandomDays days(*any_numbers());
  days.run();
  return days;
}

RC_GTEST_PROP(Laws, a_row_shows_what_a_naive_model_shows, ()) {
  const auto days = any_days();
  for (const auto& [id, expected] : days.model) {
    const auto record = days.company.customer(id);
    RC_ASSERT(record.owner() == expected.owner);
    RC_ASSERT(record.pool() == expected.pool);
    RC_ASSERT(record.owner().has_value() != record.pool().has_value());  // law 1
    RC_ASSERT(record.version() == expected.version);
    RC_ASSERT(record.deleted() == expected.deleted);
    std::map<domain::FieldNumber, base::Value> shown;
    for (auto& value : record.values()) shown[value.field] = value.value;
    RC_ASSERT(shown == expected.values);
    const auto count = static_cast<std::int64_t>(expected.follow_ups.size());
    RC_ASSERT(record.value(facts::kFollowUpCount) == base::Value(count));
  }
}

RC_GTEST_PROP(Laws, holdings_and_pools_equal_a_recount, ()) {
  const auto days = any_days();
  const auto& state = days.company.state;
  std::map<std::pair<base::MemberId, base::PoolId>, std::uint32_t> held;
  std::map<base::PoolId, std::uint32_t> lying;
  std::map<base::MemberId, std::uint32_t> owned;
  for (const auto& [id, record] : days.model) {
    if (record.deleted) continue;
    if (record.pool) ++lying[*record.pool];
    if (!record.owner) continue;
    ++owned[*record.owner];
    const auto& excludes = state.workspace().pool(record.home)->holding_excludes;
    const bool excluded =
        !excludes.empty() && expression::evaluate(days.company.filter(excludes), days.company.customer(id), {}).value();
    if (!excluded) ++held[{*record.owner, record.home}];
  }
  for (const auto member : {days.company.seller, days.company.colleague}) {
    RC_ASSERT(state.owned_count(member) == owned[member]);
    RC_ASSERT(state.owned_count(member, kCustomers) == owned[member]);
    // Page by page, each once and by row.
    std::vector<base::RecordId> pages;
    while (true) {
      const auto after = pages.empty() ? std::nullopt : std::optional(pages.back());
      const auto page = state.owned(member, kCustomers, 3, after);
      pages.insert(pages.end(), page.begin(), page.end());
      if (page.size() < 3) break;
    }
    std::vector<base::RecordId> theirs;
    const auto& table = *state.image().table(kCustomers);
    for (Row row = 0; row < table.size(); ++row) {
      if (!table.deleted(row) && table.reference(facts::kOwner, row) == member.ulid) theirs.push_back(table.id(row));
    }
    RC_ASSERT(pages == theirs);
    for (const auto pool : {days.company.sea, days.company.second_sea}) {
      RC_ASSERT(state.holdings(member, pool) == (held[{member, pool}]));
      RC_ASSERT(state.pool_count(pool) == lying[pool]);
    }
  }
}

RC_GTEST_PROP(Laws, the_due_index_equals_judging_every_record_anew, ()) {
  const auto days = any_days();
  std::vector<DueEntry> expected;
  for (const auto& [id, record] : days.model) {
    const auto due = days.company.state.due_of(kCustomers, id);
    RC_ASSERT(days.company.customer(id).instant(facts::kRecycleDueAt) ==
              (due ? std::optional(due->due_at) : std::nullopt));
    if (due) expected.push_back({due->due_at, kCustomers, id});
  }
  auto found = days.company.state.due_until({std::int64_t{1} << 60}, 100'000);
  RC_ASSERT(std::ranges::is_sorted(found, {}, &DueEntry::due_at));
  std::ranges::sort(found);
  std::ranges::sort(expected);
  RC_ASSERT(found == expected);
}

RC_GTEST_PROP(Laws, two_folds_and_a_checkpoint_with_the_rest_are_equal, ()) {
  const auto days = any_days();
  const auto& log = days.company.log;
  const auto expected = canonical_dump(days.company.state);

  const auto cut = *rc::gen::inRange<std::size_t>(0, log.size());
  State whole;
  Blobs blobs;
  for (std::size_t at = 0; at < log.size(); ++at) {
    if (at == cut) {
      whole.settle();
      blobs = write_checkpoint(*whole.snapshot());
    }
    whole.replay(log[at]);
  }
  whole.settle();
  RC_ASSERT(canonical_dump(whole) == expected);

  auto image = read_checkpoint(blobs);
  RC_ASSERT(image != nullptr);
  State rest(std::move(image));
  for (std::size_t at = cut; at < log.size(); ++at) rest.apply(log[at]);
  RC_ASSERT(canonical_dump(rest) == expected);
  RC_ASSERT(rest.workspace() == days.company.state.workspace());
}

TEST(Laws, damaged_checkpoints_are_not_read) {
  RandomDays days(test_seed());
  days.run(60);
  const auto blobs = write_checkpoint(*days.company.state.snapshot());
  ASSERT_TRUE(read_checkpoint(blobs));
  for (std::size_t blob = 0; blob < blobs.size(); ++blob) {
    auto cut = blobs;
    cut[blob].second.resize(cut[blob].second.size() / 2);
    EXPECT_FALSE(read_checkpoint(cut)) << cut[blob].first;
    auto longer = blobs;
    longer[blob].second += '\0';
    EXPECT_FALSE(read_checkpoint(longer)) << longer[blob].first;
  }
}

RC_GTEST_PROP(Laws, a_snapshot_does_not_move_while_the_state_goes_on, ()) {
  RandomDays days(*any_numbers());
  days.run(static_cast<int>(*rc::gen::inRange(1, 60)));
  const auto snapshot = days.company.state.snapshot();
  const auto before = write_checkpoint(*snapshot);
  days.run();
  RC_ASSERT(write_checkpoint(*snapshot) == before);
}

}  // namespace
}  // namespace highseas::projections::tests
