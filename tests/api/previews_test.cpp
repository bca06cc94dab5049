// previews_test — tokens of previews: theirs alone, for half an hour, used once.
#include "api/previews.hpp"

#include <gtest/gtest.h>

namespace highseas::api {
namespace {

constexpr base::Instant kNow{1'000'000};
constexpr std::int64_t kMinuteMs = 60'000;
const base::MemberId kAdmin{{3, 1}};
const base::MemberId kOther{{3, 2}};

PreviewPtr preview_of(base::MemberId member, std::size_t records = 0) {
  auto preview = std::make_shared<Preview>();
  preview->member = member;
  preview->records.resize(records);
  return preview;
}

TEST(Previews, are_found_by_their_member_alone) {
  Previews previews;
  previews.add("t", preview_of(kAdmin), kNow);
  EXPECT_TRUE(previews.find("t", kAdmin, kNow));
  EXPECT_FALSE(previews.find("t", kOther, kNow));
  EXPECT_FALSE(previews.find("u", kAdmin, kNow));
}

TEST(Previews, live_for_half_an_hour) {
  Previews previews;
  previews.add("t", preview_of(kAdmin), kNow);
  EXPECT_TRUE(previews.find("t", kAdmin, kNow + (30 * kMinuteMs - 1)));
  EXPECT_FALSE(previews.find("t", kAdmin, kNow + 30 * kMinuteMs));
}

TEST(Previews, of_one_member_push_out_her_oldest_and_nobody_elses) {
  Previews previews;
  previews.add("other", preview_of(kOther), kNow);
  for (int i = 0; i <= 10; ++i) previews.add("t" + std::to_string(i), preview_of(kAdmin), kNow + i);
  EXPECT_FALSE(previews.find("t0", kAdmin, kNow + 20));
  EXPECT_TRUE(previews.find("t1", kAdmin, kNow + 20));
  EXPECT_TRUE(previews.find("t10", kAdmin, kNow + 20));
  EXPECT_TRUE(previews.find("other", kOther, kNow + 20));
}

TEST(Previews, push_out_the_oldest_where_they_hold_too_many_records) {
  Previews previews;
  previews.add("t1", preview_of(kAdmin, 400'000), kNow);
  previews.add("t2", preview_of(kOther, 400'000), kNow + 1);
  previews.add("t3", preview_of(kAdmin, 400'000), kNow + 2);
  EXPECT_FALSE(previews.find("t1", kAdmin, kNow + 2));
  EXPECT_TRUE(previews.find("t2", kOther, kNow + 2));
  EXPECT_TRUE(previews.find("t3", kAdmin, kNow + 2));
}

TEST(PreviewUse, is_for_one_publication) {
  Previews previews;
  previews.add("t", preview_of(kAdmin), kNow);
  {
    PreviewUse use(previews, "t", "");
    EXPECT_TRUE(use.taken());
    EXPECT_FALSE(PreviewUse(previews, "t", "").taken());
    use.keep();
  }
  EXPECT_FALSE(PreviewUse(previews, "t", "").taken());
  EXPECT_FALSE(PreviewUse(previews, "u", "").taken());
}

TEST(PreviewUse, gives_the_token_back_where_nothing_came_of_it) {
  Previews previews;
  previews.add("t", preview_of(kAdmin), kNow);
  {
    PreviewUse refused(previews, "t", "k");
  }
  EXPECT_TRUE(PreviewUse(previews, "t", "other").taken());
}

TEST(PreviewUse, is_taken_again_by_the_same_idempotency_key) {
  Previews previews;
  previews.add("t", preview_of(kAdmin), kNow);
  PreviewUse(previews, "t", "k").keep();
  EXPECT_TRUE(PreviewUse(previews, "t", "k").taken());
  EXPECT_FALSE(PreviewUse(previews, "t", "l").taken());
  EXPECT_FALSE(PreviewUse(previews, "t", "").taken());
}

}  // namespace
}  // namespace highseas::api
