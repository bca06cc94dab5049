// due_property_test — what holds of `due` for any facts and any rule.
#include <gtest/gtest.h>

#include <vector>

#include "rules/calendar/shipped_calendars.hpp"
#include "rules/recycle/due.hpp"
#include "tests/rules/recycle/recycle_fixture.hpp"

namespace highseas::rules {
namespace {

constexpr int kRounds = 3'000;

class DueProperty : public ::testing::Test {
 protected:
  DueProperty()
      : seed_(random_seed()), random_(seed_), trace_(__FILE__, __LINE__, "HIGHSEAS_SEED=" + std::to_string(seed_)) {}

  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
  }
  bool one_in(int count) { return below(count) == 0; }
  base::Instant instant() { return at("2025-01-01T00:00:00Z") + below(3 * 365 * base::kMsPerDay); }
  std::optional<base::Instant> maybe_instant() { return one_in(3) ? std::nullopt : std::optional(instant()); }

  domain::RecycleDraft draft() {
    auto draft = draft_of(static_cast<std::uint32_t>(1 + below(90)));
    if (one_in(2))
      draft.triggers.push_back({domain::TriggerType::no_data_change, static_cast<std::uint32_t>(1 + below(90))});
    if (one_in(2)) draft.calendar = domain::DayKind::working;
    if (one_in(2)) draft.match = domain::Match::all;
    if (one_in(2)) draft.at_ms = static_cast<std::uint32_t>(below(base::kMsPerDay));
    if (one_in(2)) draft.notice_days = static_cast<std::uint32_t>(below(20));
    if (one_in(2)) draft.applies_when = "grade != \"A\"";
    draft.pause_on_leave = one_in(2);
    return draft;
  }

  RecycleFacts facts() {
    auto made = owned_since("2025-01-01T00:00:00Z");
    made.owned_since = made.period_began_at = instant();
    made.last_follow_up = maybe_instant();
    made.last_data_change = maybe_instant();
    made.locked_until = maybe_instant();
    changes_.clear();
    if (one_in(2)) changes_.push_back({kGrade, instant()});
    made.field_changes = changes_;
    leaves_.clear();
    auto from = at("2025-01-01T00:00:00Z");
    for (auto count = below(4); count > 0; --count) {
      from = from + below(200 * base::kMsPerDay);
      const auto to = from + 1 + below(20 * base::kMsPerDay);
      leaves_.push_back({from, to});
      from = to;
    }
    made.leaves = leaves_;
    return made;
  }

  // One of the facts becomes later.
  void add_later_fact(RecycleFacts& made) {
    const auto later = [&](std::optional<base::Instant>& fact) {
      fact = fact.value_or(made.owned_since) + below(60 * base::kMsPerDay);
    };
    switch (below(3)) {
      case 0:
        return later(made.last_follow_up);
      case 1:
        return later(made.last_data_change);
      default:
        return later(made.locked_until);
    }
  }

  Due judge(const RecycleFacts& made, const domain::RecycleDraft& draft) {
    auto version = published(draft);
    version.existing = domain::Existing::grace;
    version.grace_days = 5;
    return due(made, Customer(), compiled(version), calendar_);
  }

 private:
  std::uint64_t seed_;
  std::mt19937_64 random_;
  ::testing::ScopedTrace trace_;
  std::vector<FieldChange> changes_;
  std::vector<Leave> leaves_;
  domain::CalendarChanged days_ = cn_public_holidays({});

 protected:
  // Where clocks change twice a year, with holidays.
  Calendar calendar_{&days_, *base::Zone::find("Europe/Berlin")};
};

TEST_F(DueProperty, the_same_facts_give_the_same_answer) {
  for (int round = 0; round < kRounds; ++round) {
    const auto made = facts();
    const auto rule = draft();
    ASSERT_EQ(judge(made, rule), judge(made, rule));
  }
}

TEST_F(DueProperty, no_later_fact_ever_brings_natural_days_forward) {
  for (int round = 0; round < kRounds; ++round) {
    auto made = facts();
    auto rule = draft();
    rule.calendar = domain::DayKind::natural;
    const auto before = judge(made, rule);
    add_later_fact(made);
    const auto after = judge(made, rule);
    ASSERT_GE(after.ended_at, before.ended_at) << "round " << round;
    ASSERT_GE(after.at, before.at) << "round " << round;
  }
}

// Of two starts on days off the later one may have the earlier time of day, and both count from the same working day:
// the date never falls, the time on it may.
TEST_F(DueProperty, no_later_fact_ever_brings_working_days_to_an_earlier_date) {
  for (int round = 0; round < kRounds; ++round) {
    auto made = facts();
    auto rule = draft();
    rule.calendar = domain::DayKind::working;
    const auto before = judge(made, rule);
    add_later_fact(made);
    const auto after = judge(made, rule);
    const auto& zone = calendar_.zone();
    ASSERT_GE(zone.local_date(after.ended_at), zone.local_date(before.ended_at)) << "round " << round;
    ASSERT_GT(after.ended_at.ms, before.ended_at.ms - base::kMsPerDay - 3'600'000) << "round " << round;
  }
}

TEST_F(DueProperty, match_any_is_never_later_than_match_all) {
  for (int round = 0; round < kRounds; ++round) {
    const auto made = facts();
    auto rule = draft();
    rule.match = domain::Match::any;
    const auto any = judge(made, rule);
    rule.match = domain::Match::all;
    const auto all = judge(made, rule);
    ASSERT_LE(any.at, all.at);
    ASSERT_LE(any.ended_at, all.ended_at);
  }
}

TEST_F(DueProperty, the_time_of_day_comes_at_most_a_day_after_and_never_before) {
  for (int round = 0; round < kRounds; ++round) {
    const auto made = facts();
    auto rule = draft();
    rule.at_ms.reset();
    const auto at_once = judge(made, rule).at;
    rule.at_ms = static_cast<std::uint32_t>(below(base::kMsPerDay));
    const auto at_time = judge(made, rule).at;
    ASSERT_GE(at_time, at_once);
    ASSERT_LE(at_time.ms - at_once.ms, base::kMsPerDay + 3'600'000) << "25 hours on the longest day";
  }
}

TEST_F(DueProperty, is_not_before_its_days_its_lock_and_its_notice_are_over) {
  for (int round = 0; round < kRounds; ++round) {
    const auto made = facts();
    const auto rule = draft();
    const auto answer = judge(made, rule);
    ASSERT_EQ(answer.kind, DueKind::at);
    ASSERT_GE(answer.at, answer.ended_at);
    ASSERT_GE(answer.ended_at.ms - answer.counted_from.ms, (std::int64_t{answer.days} - 1) * base::kMsPerDay);
    ASSERT_GE(answer.counted_from, made.owned_since);
    if (made.locked_until) {
      ASSERT_GE(answer.at, *made.locked_until);
    }
    const auto notice_ms = std::int64_t{rule.notice_days.value_or(0)} * base::kMsPerDay;
    if (!rule.applies_when.empty() && !made.field_changes.empty()) {
      ASSERT_GE(answer.at, made.field_changes[0].at + notice_ms);
    }
  }
}

}  // namespace
}  // namespace highseas::rules
