// storage_failures_test — what callers are told when the disk fails or is full: never anything that is not on it.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "tests/support/api_world.hpp"
#include "tests/support/faulty_log.hpp"

namespace highseas::test_support {
namespace {

using Fault = FaultyLog::Fault;

class FailingDisk : public testing::Test {
 protected:
  ApiAnswer create(const std::string& name, const std::string& key) {
    return world_.post(world_.seller, "/v1/customers", R"({"name":")" + name + R"("})", {{"Idempotency-Key", key}});
  }
  ApiAnswer list() { return world_.get(world_.seller, "/v1/customers?fields=name&count=exact"); }
  // Once the store is open again; a client repeats it too.
  ApiAnswer list_later() {
    log_->reopened(1);
    auto answer = list();
    while (answer.status == 503) answer = list();
    return answer;
  }
  static void expect_storage(const ApiAnswer& answer) {
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.string("/code"), "storage");
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_FALSE(answer.header("Retry-After").empty());
    EXPECT_TRUE(answer.header("Highseas-Position").empty());
  }

  FaultyLog* log_ = nullptr;
  std::atomic<std::uint64_t> free_bytes_{~0ull};
  ApiWorld world_{"2026-03-02T01:00:00Z", [this](engine::EngineOptions& options) {
                    options.free_space = [this](const std::string&) { return free_bytes_.load(); };
                    options.wrap_log = [this](std::unique_ptr<eventstore::Log> beneath) {
                      auto log = std::make_unique<FaultyLog>(std::move(beneath));
                      log_ = log.get();
                      return log;
                    };
                  }};
};

TEST_F(FailingDisk, answers_503_storage_to_reads_of_what_it_did_not_take_and_shows_what_it_has) {
  ASSERT_EQ(create("before", "1").status, 201);
  log_->hold();
  auto write = std::async(std::launch::async, [this] { return create("lost", "2"); });
  log_->wait_until_one_waits();
  auto page = std::async(std::launch::async, [this] { return list(); });
  auto count = std::async(std::launch::async, [this] { return world_.get(world_.seller, "/v1/reports/pool"); });
  // Both have read the customer that is not on disk, or will: they are decided in order.
  while (world_.position() == 0) {
  }
  log_->fail_next(Fault::before_writing);
  log_->release();
  const auto told = write.get();
  EXPECT_EQ(told.status, 503);
  EXPECT_EQ(told.string("/code"), "outcome-unknown");
  // A read that came after the failure is answered from the disk; one before it, not at all.
  for (auto* each : {&page, &count}) {
    const auto answer = each->get();
    if (answer.status == 503) {
      expect_storage(answer);
    } else {
      EXPECT_EQ(answer.text.find("lost"), std::string::npos);
    }
  }
  const auto now = list_later();
  ASSERT_EQ(now.status, 200);
  EXPECT_EQ(now.number("/total"), 1);
  EXPECT_EQ(now.string("/items/0/name"), "before");

  EXPECT_EQ(create("lost", "2").status, 201);
  const auto repeat = create("lost", "2");
  EXPECT_EQ(repeat.status, 201);
  EXPECT_EQ(repeat.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(list().number("/total"), 2);
}

TEST_F(FailingDisk, that_took_it_all_the_same_shows_it_and_a_repeat_does_it_once) {
  log_->fail_next(Fault::after_writing);
  const auto told = create("written", "1");
  EXPECT_EQ(told.status, 503);
  EXPECT_EQ(told.string("/code"), "outcome-unknown");
  EXPECT_EQ(list_later().string("/items/0/name"), "written");
  EXPECT_EQ(create("written", "1").status, 201);
  EXPECT_EQ(list().number("/total"), 1);
}

TEST_F(FailingDisk, that_does_not_open_again_answers_503_storage) {
  ASSERT_EQ(create("before", "1").status, 201);
  log_->fail_reopening(true);
  log_->fail_next(Fault::before_writing);
  EXPECT_EQ(create("lost", "2").string("/code"), "outcome-unknown");
  expect_storage(create("lost", "2"));
  expect_storage(list());
}

TEST_F(FailingDisk, that_is_full_refuses_writes_with_503_storage_and_keeps_reading) {
  ASSERT_EQ(create("before", "1").status, 201);
  free_bytes_ = 0;
  expect_storage(create("refused", "2"));
  const auto id = list().string("/items/0/id");
  expect_storage(world_.patch(world_.seller, "/v1/customers/" + id, R"({"name":"refused too"})"));
  EXPECT_EQ(list().number("/total"), 1);
  EXPECT_EQ(world_.get(world_.seller, "/v1/customers/" + id).string("/name"), "before");
  EXPECT_EQ(world_.call("GET", "/healthz").status, 200);
  free_bytes_ = ~0ull;
  EXPECT_EQ(create("after", "2").status, 201);
  EXPECT_EQ(list().number("/total"), 2);
}

TEST_F(FailingDisk, tells_readers_to_come_again_where_too_much_is_read_that_is_not_on_it) {
  std::string operations;
  for (int i = 0; i < 300; ++i) {
    operations += R"(,{"op":"create","data":{"name":"c)" + std::to_string(i) + R"("}})";
  }
  const auto made =
      world_.post(world_.seller, "/v1/customers/batch", R"({"operations":[)" + operations.substr(1) + "]}");
  ASSERT_EQ(made.status, 200) << made.text;
  const auto read = [this] { return world_.get(world_.seller, "/v1/customers?limit=500"); };
  const auto page = read();
  log_->hold();
  auto write = std::async(std::launch::async, [this] { return create("on its way", "1"); });
  log_->wait_until_one_waits();
  // So many are taken; the others are told so at once, however fast they are decided.
  const auto taken = (8u << 20) / page.text.size() + 1;
  std::vector<std::future<ApiAnswer>> reads;
  for (std::size_t i = 0; i < taken + 10; ++i) reads.push_back(std::async(std::launch::async, read));
  const auto is_ready = [](auto& each) { return each.wait_for(std::chrono::seconds(0)) == std::future_status::ready; };
  const auto given_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::ranges::count_if(reads, is_ready) < 10 && std::chrono::steady_clock::now() < given_up) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const auto told = std::ranges::count_if(reads, is_ready);
  if (told < 10) log_->release();  // or the others would wait for ever
  ASSERT_GE(told, 10);
  const auto refused = std::ranges::find_if(reads, is_ready)->get();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.string("/code"), "overloaded");
  EXPECT_FALSE(refused.header("Retry-After").empty());
  log_->release();
  EXPECT_EQ(write.get().status, 201);
  std::size_t bytes = 0;
  for (auto& each : reads) {
    if (!each.valid()) continue;
    const auto answer = each.get();
    if (answer.status == 200) bytes += answer.text.size();
  }
  EXPECT_GE(bytes, 8u << 20) << "those that were taken are answered";
  EXPECT_LT(bytes, 10u << 20);
  EXPECT_EQ(read().status, 200);
}

}  // namespace
}  // namespace highseas::test_support
