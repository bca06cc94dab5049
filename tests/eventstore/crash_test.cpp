// crash_test — kill -9 at any moment, and the difference between a torn tail and damage.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "eventstore/commit_writer.hpp"
#include "eventstore/data_directory.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/record_file_check.hpp"
#include "eventstore/rocksdb_log.hpp"
#include "eventstore/verify.hpp"
#include "tests/eventstore/samples.hpp"
#include "tests/support/temporary_directory.hpp"

namespace highseas::eventstore {
namespace {

namespace fs = std::filesystem;
using samples::commit;

// The child of the test below, in a process of its own: RocksDB's threads do not live through a fork.
TEST(Kill, DISABLED_child_appends_and_says_so_through_a_pipe) {
  const char* data = std::getenv("HIGHSEAS_KILL_DATA");
  const char* pipe = std::getenv("HIGHSEAS_KILL_PIPE");
  if (data == nullptr || pipe == nullptr) return;
  auto store = open_store({data, {}, true});
  ASSERT_TRUE(store.has_value()) << describe(store.error());
  CommitWriter writer(*store->log, *store->vault);
  for (Position at = store->log->end(1) + 1;; ++at) {
    const std::vector<PlainCommit> one{commit(1, at, at % 11)};
    const auto hashes = writer.write(one);
    ASSERT_TRUE(hashes.has_value()) << describe(hashes.error());
    store->head.update(1, at, hashes->front());
    if (at % 16 == 0) {
      ASSERT_TRUE(store->head.flush().has_value());
    }
    if (at % 64 == 0) {
      ASSERT_TRUE(store->log->flush().has_value());
    }
    ASSERT_EQ(::write(std::atoi(pipe), &at, sizeof at), static_cast<ssize_t>(sizeof at));
  }
}

pid_t start_child(const std::string& data, int pipe) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::setenv("HIGHSEAS_KILL_DATA", data.c_str(), 1);
  ::setenv("HIGHSEAS_KILL_PIPE", std::to_string(pipe).c_str(), 1);
  ::execl("/proc/self/exe", "test_eventstore", "--gtest_also_run_disabled_tests",
          "--gtest_filter=Kill.DISABLED_child_appends_and_says_so_through_a_pipe", nullptr);
  ::_exit(127);
}

// Killed at any moment, what the child said is there, in order, and verifies.
TEST(Kill, loses_nothing_that_was_acknowledged) {
  test_support::TemporaryDirectory directory;
  const std::string data = directory / "data";
  Position acknowledged = 0;
  for (int round = 0; round < 6; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = start_child(data, pipe[1]);
    ::close(pipe[1]);
    const Position target = acknowledged + 20 + static_cast<Position>(round) * 13;
    Position at = 0;
    while (at < target && ::read(pipe[0], &at, sizeof at) == sizeof at) acknowledged = at;
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &at, sizeof at) == sizeof at) acknowledged = at;
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
    const auto report = verify({.data = data, .keys = {}, .scratch = {}, .progress = {}, .is_erased = {}});
    ASSERT_TRUE(report.clean()) << report.damages.front().what;
    ASSERT_GE(report.commits, acknowledged);
    ASSERT_LE(report.commits, acknowledged + 1);
    acknowledged = report.commits;
  }
}

TEST(RecordFile, tells_a_torn_tail_from_damage) {
  using Kind = RecordFileState::Kind;
  test_support::TemporaryDirectory directory;
  auto log = RocksDbLog::open({directory / "log", RocksDbOptions::Mode::writer, {}});
  std::vector<std::uint64_t> ends;
  std::string path;
  for (Position at = 1; at <= 30; ++at) {
    const std::vector<LogWrite> one{samples::write(1, at, std::string(at == 20 ? 100'000 : 2'000, 'r'))};
    ASSERT_TRUE((*log)->append(one).has_value());
    for (const auto& entry : fs::directory_iterator(directory / "log")) {
      if (entry.path().extension() == ".log") path = entry.path().string();
    }
    ends.push_back(fs::file_size(path));
  }
  const auto bytes = *read_file(path);
  EXPECT_EQ(check_records(bytes).kind, Kind::whole);
  EXPECT_EQ(check_records(bytes + std::string(500, '\0')).kind, Kind::torn);  // room that was never written
  for (const auto end : ends) EXPECT_EQ(check_records(bytes.substr(0, end)).kind, Kind::whole);
  for (std::size_t cut = 1; cut < bytes.size(); cut += 5'003) {
    EXPECT_NE(check_records(bytes.substr(0, cut)).kind, Kind::damaged) << cut;
  }
  // Any bit of any record but the last.
  for (std::size_t byte = 0; byte < ends[28]; byte += 1'009) {
    auto bad = bytes;
    bad[byte] ^= static_cast<char>(1 << byte % 8);
    EXPECT_EQ(check_records(bad).kind, Kind::damaged) << byte;
  }
}

}  // namespace
}  // namespace highseas::eventstore
