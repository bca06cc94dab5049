// prejudged_test — a publication that was judged beside the strand is decided as one that was not.
#include "decision/preview.hpp"
#include "tests/decision/laws/world.hpp"

namespace highseas::decision::tests {
namespace {

AffectedSet judged_anew(const Office& office, const domain::RecycleDraft& draft, base::Instant at) {
  const auto affected = affected_by(office.state.image(), draft, at);
  return {affected.count, affected.digest};
}

RC_GTEST_PROP(Prejudged, comes_to_what_judging_every_record_anew_comes_to, ()) {
  const auto steps = *any_steps();
  const auto cut = *rc::gen::inRange<std::size_t>(0, steps.size() + 1);
  World world;
  auto& office = world.office;
  for (std::size_t at = 0; at < cut; ++at) world.take(steps[at]);
  const auto draft = office.draft(1);
  const auto judged_at = office.now + 2 * base::kMsPerDay;
  const auto judged = prejudge(office.state.image(), draft, judged_at);
  RC_ASSERT((AffectedSet{judged->count, judged->digest}) == judged_anew(office, draft, judged_at));
  for (std::size_t at = cut; at < steps.size(); ++at) {
    world.take(steps[at]);
    RC_ASSERT(affected_set(office.state.image(), draft, judged_at, judged.get()) ==
              judged_anew(office, draft, judged_at));
  }
}

class PrejudgedTwo : public testing::Test {
 protected:
  PrejudgedTwo() {
    first = office.owned(office.seller, "甲");
    second = office.owned(office.seller, "乙");
    at = office.now + 40 * base::kMsPerDay;
    draft = office.draft(30);
    // What no judging would find: told again only where it is believed.
    auto wrong = std::make_shared<Prejudged>(*prejudge(office.state.image(), draft, at));
    EXPECT_EQ(wrong->count, 2u);
    wrong->count += 5;
    judged = wrong;
  }
  std::uint64_t count(const domain::RecycleDraft& of, base::Instant when) const {
    return affected_set(office.state.image(), of, when, judged.get()).count;
  }

  Office office;
  base::RecordId first, second;
  base::Instant at;
  domain::RecycleDraft draft;
  std::shared_ptr<const Prejudged> judged;
};

TEST_F(PrejudgedTwo, is_believed_of_records_that_nobody_changed) {
  EXPECT_EQ(count(draft, at), 7u);
  office.now = office.now + 20 * base::kMsPerDay;
  office.follow_up(office.seller, first);
  EXPECT_EQ(count(draft, at), 6u) << "it alone was judged again";
  ASSERT_EQ(office.release(office.seller, second), RefusalCode::none);
  EXPECT_EQ(count(draft, at), 5u);
}

TEST_F(PrejudgedTwo, of_another_draft_or_instant_is_not_asked) {
  auto other = draft;
  other.triggers.front().days = 31;
  EXPECT_EQ(count(other, at), 2u);
  EXPECT_EQ(count(draft, at + 1), 2u);
}

TEST_F(PrejudgedTwo, under_another_design_is_not_asked) {
  office.change_pool(office.sea, [](auto& pool) { pool.cool_down_days = 3; });
  EXPECT_EQ(count(draft, at), 2u);
}

// The digest that the preview pinned is held against what is so now, whoever judged it.
TEST_F(PrejudgedTwo, does_not_hide_that_the_preview_is_stale) {
  office.now = at;
  const auto publication = office.publication(draft);
  const auto right = prejudge(office.state.image(), draft, at);
  office.follow_up(office.seller, first, at);
  const Request request{.actor = of_member(office.admin),
                        .command = publication,
                        .now = office.now,
                        .seed = 1,
                        .workspace = {{1, 1}},
                        .prejudged = right.get()};
  const auto answer = decide(office.state, request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, RefusalCode::preview_stale);
}

}  // namespace
}  // namespace highseas::decision::tests
