// transient_jobs_test — theirs alone, for half an hour, the oldest first to go.
#include "api/transient_jobs.hpp"

#include <gtest/gtest.h>

namespace highseas::api {
namespace {

constexpr base::Instant kNow{1'000'000};
constexpr std::int64_t kMinuteMs = 60'000;
const base::MemberId kAdmin{{3, 1}};
const base::MemberId kOther{{3, 2}};

base::JobId job(std::uint64_t number) {
  return base::JobId{{9, number}};
}

TransientJob of(base::MemberId member, std::size_t bytes = 2) {
  return {.member = member, .body = std::string(bytes, ' '), .items = {}, .errors_csv = {}};
}

TEST(TransientJobs, are_found_by_their_member_for_half_an_hour) {
  TransientJobs jobs;
  jobs.add(job(1), of(kAdmin), kNow);
  EXPECT_TRUE(jobs.find(job(1), kAdmin, kNow + (30 * kMinuteMs - 1)));
  EXPECT_FALSE(jobs.find(job(1), kOther, kNow));
  EXPECT_FALSE(jobs.find(job(2), kAdmin, kNow));
  EXPECT_FALSE(jobs.find(job(1), kAdmin, kNow + 30 * kMinuteMs));
}

TEST(TransientJobs, of_one_member_push_out_her_oldest_and_nobody_elses) {
  TransientJobs jobs;
  jobs.add(job(100), of(kOther), kNow);
  for (std::uint64_t i = 0; i <= 20; ++i) jobs.add(job(i), of(kAdmin), kNow + static_cast<std::int64_t>(i) + 1);
  EXPECT_FALSE(jobs.find(job(0), kAdmin, kNow + 30));
  EXPECT_TRUE(jobs.find(job(1), kAdmin, kNow + 30));
  EXPECT_TRUE(jobs.find(job(20), kAdmin, kNow + 30));
  EXPECT_TRUE(jobs.find(job(100), kOther, kNow + 30));
}

TEST(TransientJobs, push_out_the_oldest_where_they_are_too_large) {
  TransientJobs jobs;
  jobs.add(job(1), of(kAdmin, 15u << 20), kNow);
  jobs.add(job(2), of(kOther, 15u << 20), kNow + 1);
  jobs.add(job(3), of(kAdmin, 15u << 20), kNow + 2);
  EXPECT_FALSE(jobs.find(job(1), kAdmin, kNow + 3));
  EXPECT_TRUE(jobs.find(job(2), kOther, kNow + 3));
  EXPECT_TRUE(jobs.find(job(3), kAdmin, kNow + 3));
}

}  // namespace
}  // namespace highseas::api
