// laws_test — random days: the tables show what a naive model shows, indexes what a recount gives, and every way of
// folding the same log gives the same state.
#include <algorithm>

#include "projections/checkpoint.hpp"
#include "random_days.hpp"

namespace highseas::projections::tests {
namespace {

constexpr int kRounds = 12;
constexpr int kSteps = 250;

class Laws : public ::testing::Test {
 protected:
  static std::uint64_t round_seed(int round) { return test_seed() + static_cast<std::uint64_t>(round); }
};

TEST_F(Laws, a_row_shows_what_a_naive_model_shows) {
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(round_seed(round)));
    RandomDays days(round_seed(round));
    days.run(kSteps);
    for (const auto& [id, expected] : days.model) {
      const auto record = days.company.customer(id);
      EXPECT_EQ(record.owner(), expected.owner);
      EXPECT_EQ(record.pool(), expected.pool);
      EXPECT_NE(record.owner().has_value(), record.pool().has_value()) << "law 1";
      EXPECT_EQ(record.version(), expected.version);
      EXPECT_EQ(record.deleted(), expected.deleted);
      std::map<domain::FieldNumber, base::Value> shown;
      for (auto& value : record.values()) shown[value.field] = value.value;
      EXPECT_EQ(shown, expected.values);
      const auto count = static_cast<std::int64_t>(expected.follow_ups.size());
      EXPECT_EQ(record.value(facts::kFollowUpCount), count == 0 ? base::Value{} : base::Value(count));
    }
  }
}

TEST_F(Laws, holdings_and_pools_equal_a_recount) {
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(round_seed(round)));
    RandomDays days(round_seed(round));
    days.run(kSteps);
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
      const bool excluded = !excludes.empty() &&
                            expression::evaluate(days.company.filter(excludes), days.company.customer(id), {}).value();
      if (!excluded) ++held[{*record.owner, record.home}];
    }
    for (const auto member : {days.company.seller, days.company.colleague}) {
      EXPECT_EQ(state.owned_count(member), owned[member]);
      EXPECT_EQ(state.owned(member, kCustomers, 10'000).size(), owned[member]);
      for (const auto pool : {days.company.sea, days.company.second_sea}) {
        EXPECT_EQ(state.holdings(member, pool), (held[{member, pool}]));
        EXPECT_EQ(state.pool_count(pool), lying[pool]);
      }
    }
  }
}

TEST_F(Laws, the_due_index_equals_judging_every_record_anew) {
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(round_seed(round)));
    RandomDays days(round_seed(round));
    days.run(kSteps);
    std::vector<DueEntry> expected;
    for (const auto& [id, record] : days.model) {
      const auto due = days.company.state.due_of(kCustomers, id);
      EXPECT_EQ(days.company.customer(id).instant(facts::kRecycleDueAt),
                due ? std::optional(due->due_at) : std::nullopt);
      if (due) expected.push_back({due->due_at, kCustomers, id});
    }
    auto found = days.company.state.due_until({std::int64_t{1} << 60}, 100'000);
    EXPECT_TRUE(std::ranges::is_sorted(found, {}, &DueEntry::due_at));
    std::ranges::sort(found);
    std::ranges::sort(expected);
    EXPECT_EQ(found, expected);
  }
}

TEST_F(Laws, two_folds_and_a_checkpoint_with_the_rest_are_equal) {
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(round_seed(round)));
    RandomDays days(round_seed(round));
    days.run(kSteps);
    const auto& log = days.company.log;
    const auto expected = canonical_dump(days.company.state);

    const auto cut = days.below(log.size());
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
    EXPECT_EQ(canonical_dump(whole), expected);

    auto image = read_checkpoint(blobs);
    ASSERT_TRUE(image);
    State rest(std::move(image));
    for (std::size_t at = cut; at < log.size(); ++at) rest.apply(log[at]);
    EXPECT_EQ(canonical_dump(rest), expected);
    EXPECT_EQ(rest.workspace(), days.company.state.workspace());
  }
}

TEST_F(Laws, damaged_checkpoints_are_not_read) {
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

TEST_F(Laws, a_snapshot_does_not_move_while_the_state_goes_on) {
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(round_seed(round)));
    RandomDays days(round_seed(round));
    days.run(kSteps / 2);
    const auto snapshot = days.company.state.snapshot();
    const auto before = write_checkpoint(*snapshot);
    days.run(kSteps / 2);
    EXPECT_EQ(write_checkpoint(*snapshot), before);
  }
}

}  // namespace
}  // namespace highseas::projections::tests
