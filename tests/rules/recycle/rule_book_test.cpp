// rule_book_test — which version of which rule governs a record.
#include "rules/recycle/rule_book.hpp"

#include <gtest/gtest.h>

#include "domain/event.hpp"
#include "domain/forms/fact_fields.hpp"
#include "tests/rules/recycle/recycle_fixture.hpp"

namespace highseas::rules {
namespace {

const base::RuleId kSecondRule{{2, 2}};
const base::JobId kJob{{4, 1}};

class RuleBookTest : public ::testing::Test {
 protected:
  void publish(base::RuleId id, domain::RecycleDraft draft, std::string_view when,
               domain::Existing existing = domain::Existing::now) {
    auto event = published(std::move(draft), static_cast<std::uint32_t>(workspace_.rules[id].versions.size() + 1));
    event.rule = id;
    event.existing = existing;
    domain::evolve(workspace_, event, at(when));
  }
  void backfill(base::RuleId id, std::uint32_t version, bool cancelled) {
    domain::evolve(workspace_, domain::BackfillStarted{kJob, id, version, {}}, {});
    domain::evolve(workspace_, domain::BackfillEnded{kJob, cancelled}, {});
  }
  RuleBook book() const {
    return RuleBook(workspace_, [this](domain::FormNumber form) { return form == kForm ? &schema_ : nullptr; });
  }
  // "rule:version" of those that govern a record owned since then.
  std::vector<std::string> governing(std::string_view since, base::PoolId pool = kPool) const {
    auto facts = owned_since(since);
    facts.home_pool = pool;
    const auto all = book();
    std::vector<std::string> names;
    for (const auto* rule : all.governing(facts)) {
      names.push_back(std::to_string(rule->rule.ulid.low) + ":" + std::to_string(rule->version));
    }
    return names;
  }

  domain::Workspace workspace_ = workspace_with_pools();
  CustomerSchema schema_;
};

using Names = std::vector<std::string>;

TEST_F(RuleBookTest, the_newest_version_of_each_rule_of_the_home_pool_governs) {
  publish(kRule, draft_of(30), "2026-01-01T00:00:00Z");
  publish(kRule, draft_of(20), "2026-02-01T00:00:00Z");
  publish(kSecondRule, draft_of(60), "2026-02-01T00:00:00Z");
  EXPECT_EQ(governing("2025-01-01T00:00:00Z"), (Names{"1:2", "2:1"}));
  EXPECT_EQ(governing("2025-01-01T00:00:00Z", kSecondPool), Names{});
}

TEST_F(RuleBookTest, a_disabled_rule_does_not_govern) {
  publish(kRule, draft_of(30), "2026-01-01T00:00:00Z");
  domain::evolve(workspace_, domain::RecycleRuleSwitched{kRule, false}, {});
  EXPECT_EQ(governing("2025-01-01T00:00:00Z"), Names{});
  domain::evolve(workspace_, domain::RecycleRuleSwitched{kRule, true}, {});
  EXPECT_EQ(governing("2025-01-01T00:00:00Z"), Names{"1:1"});
}

TEST_F(RuleBookTest, new_only_leaves_periods_begun_before_it_under_the_version_before) {
  publish(kRule, draft_of(30), "2026-01-01T00:00:00Z");
  publish(kRule, draft_of(20), "2026-02-01T00:00:00Z", domain::Existing::new_only);
  EXPECT_EQ(governing("2026-01-31T23:59:59Z"), Names{"1:1"});
  EXPECT_EQ(governing("2026-02-01T00:00:00Z"), Names{"1:2"});
  publish(kRule, draft_of(10), "2026-03-01T00:00:00Z");
  EXPECT_EQ(governing("2026-01-31T23:59:59Z"), Names{"1:3"}) << "now takes over every period";
}

TEST_F(RuleBookTest, the_first_version_as_new_only_leaves_older_periods_ungoverned) {
  publish(kRule, draft_of(30), "2026-02-01T00:00:00Z", domain::Existing::new_only);
  EXPECT_EQ(governing("2026-01-31T23:59:59Z"), Names{});
  EXPECT_EQ(governing("2026-02-02T00:00:00Z"), Names{"1:1"});
}

TEST_F(RuleBookTest, a_cancelled_backfill_leaves_the_rest_under_the_old_version) {
  publish(kRule, draft_of(30), "2026-01-01T00:00:00Z");
  publish(kRule, draft_of(20), "2026-02-01T00:00:00Z");
  backfill(kRule, 2, false);
  EXPECT_EQ(governing("2026-01-31T00:00:00Z"), Names{"1:2"});
  publish(kRule, draft_of(10), "2026-03-01T00:00:00Z");
  const base::JobId other{{4, 2}};
  domain::evolve(workspace_, domain::BackfillStarted{other, kRule, 3, {}}, {});
  domain::evolve(workspace_, domain::BackfillEnded{other, true}, {});
  EXPECT_EQ(governing("2026-01-31T00:00:00Z"), Names{"1:2"});
  EXPECT_EQ(governing("2026-03-02T00:00:00Z"), Names{"1:3"});
}

TEST_F(RuleBookTest, a_rule_in_trouble_is_listed_and_stops_no_other) {
  auto broken = draft_of(30);
  broken.applies_when = "gone == 1";
  publish(kRule, broken, "2026-01-01T00:00:00Z");
  publish(kSecondRule, draft_of(60), "2026-01-01T00:00:00Z");
  const auto made = book();
  ASSERT_EQ(made.broken().size(), 1u);
  EXPECT_EQ(made.broken()[0].rule, kRule);
  EXPECT_EQ(made.broken()[0].faults.at(0).part, "applies_when");
  EXPECT_EQ(governing("2025-01-01T00:00:00Z"), Names{"2:1"});
}

TEST_F(RuleBookTest, tells_which_fields_are_to_be_watched) {
  auto draft = draft_of(30);
  draft.applies_when = "grade != \"A\" && amount > 1";
  draft.protect_when.reset();
  publish(kRule, draft, "2026-01-01T00:00:00Z");
  EXPECT_EQ(book().watched_slots(kForm),
            (std::vector<std::uint32_t>{kStatus, kGrade, kAmount, domain::facts::kHomePool}));
  EXPECT_TRUE(book().watched_slots(kOtherForm).empty());
  EXPECT_EQ(book().newest(kForm).size(), 1u);
}

}  // namespace
}  // namespace highseas::rules
