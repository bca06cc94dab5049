// damage_test — a log whose bytes are flipped, cut, lost or torn is refused at the start and named by verify; nothing
// is dropped without a word.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "eventstore/checkpoint_files.hpp"
#include "eventstore/commit_reader.hpp"
#include "eventstore/commit_writer.hpp"
#include "eventstore/data_directory.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/rocksdb_log.hpp"
#include "eventstore/sealed_files.hpp"
#include "eventstore/verify.hpp"
#include "tests/eventstore/samples.hpp"
#include "tests/support/temporary_directory.hpp"

namespace highseas::eventstore {
namespace {

namespace fs = std::filesystem;
using samples::commit;
using samples::ulid;

constexpr Position kCommits = 60;

// A directory with `kCommits` commits in tables and as many in the write-ahead log, head file up to date, as kill -9
// leaves it.
class Damage : public testing::Test {
 protected:
  Damage() {
    auto store = open_store({living_, {}, true});
    EXPECT_TRUE(store.has_value()) << describe(store.error());
    CommitWriter writer(*store->log, *store->vault);
    append(*store, writer, 1, kCommits);
    EXPECT_TRUE(store->log->flush().has_value());
    append(*store, writer, kCommits + 1, 2 * kCommits);
    EXPECT_TRUE(store->head.flush().has_value());
    fs::copy(living_, data_, fs::copy_options::recursive);
  }

  static void append(Store& store, CommitWriter& writer, Position from, Position to) {
    for (Position at = from; at <= to; ++at) {
      auto one = commit(1, at, at % 7, "王芳 13800138000 " + std::string(300, 'n'));
      one.sections[1].clear += std::string(400, 'c');
      one.side_writes = {{Family::auth, "member" + std::to_string(at), "hash"},
                         {Family::trail, "entry" + std::to_string(at), "who"}};
      const std::vector<PlainCommit> commits{one};
      const auto hashes = writer.write(commits);
      ASSERT_TRUE(hashes.has_value());
      store.head.update(1, at, hashes->front());
    }
  }

  std::vector<std::string> files(const std::string& extension) const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(layout_.log())) {
      if (entry.path().extension() == extension && entry.file_size() > 0) found.push_back(entry.path().string());
    }
    return found;
  }
  std::string manifest() const {
    for (const auto& entry : fs::directory_iterator(layout_.log())) {
      if (entry.path().filename().string().starts_with("MANIFEST")) return entry.path().string();
    }
    return {};
  }

  VerifyReport verified() const {
    return verify({.data = data_, .keys = {}, .scratch = {}, .progress = {}, .is_erased = {}});
  }

  static bool names(const VerifyReport& report, const std::string& file) {
    return std::any_of(report.damages.begin(), report.damages.end(), [&](const auto& damage) {
      return damage.file == file && !damage.what.empty() && !damage.remedy.empty();
    });
  }
  static std::string all(const VerifyReport& report) {
    std::string text;
    for (const auto& one : report.damages) text += one.file + ": " + one.what + "\n";
    return text;
  }

  // Every `step`th byte of a file, one bit each: found, named as one of `culprits`, refused, and nothing changed by it.
  void flip_through(const std::string& file, std::size_t step, std::vector<std::string> culprits,
                    std::size_t first = 0) {
    const auto good = *read_file(file);
    int tried = 0;
    for (std::size_t byte = first; byte < good.size(); byte += step, ++tried) {
      auto bad = good;
      bad[byte] ^= static_cast<char>(1 << byte % 8);
      write(file, bad);
      const auto report = verified();
      const bool named = std::any_of(culprits.begin(), culprits.end(), [&](auto& one) { return names(report, one); });
      EXPECT_TRUE(named) << file << " byte " << byte << "\n" << all(report);
      const auto opened = open_store({data_, {}, true});
      ASSERT_FALSE(opened.has_value()) << file << " byte " << byte;
      EXPECT_TRUE(std::find(culprits.begin(), culprits.end(), opened.error().file) != culprits.end())
          << file << " byte " << byte << ": " << describe(opened.error());
      EXPECT_FALSE(opened.error().remedy.empty());
      ASSERT_EQ(*read_file(file), bad);
    }
    write(file, good);
    EXPECT_GT(tried, 10);
    ASSERT_TRUE(verified().clean()) << all(verified());
  }

  static void write(const std::string& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  }

  test_support::TemporaryDirectory directory_;
  const std::string living_ = directory_ / "living";
  const std::string data_ = directory_ / "data";
  const DataLayout layout_{data_};
};

TEST_F(Damage, is_not_seen_where_there_is_none) {
  const auto report = verified();
  EXPECT_TRUE(report.clean()) << all(report);
  EXPECT_EQ(report.commits, 2 * kCommits);
  EXPECT_EQ(report.boxes, 2 * kCommits);
  EXPECT_EQ(report.boxes_opened, 2 * kCommits);
  auto store = open_store({data_, {}, true});
  ASSERT_TRUE(store.has_value()) << describe(store.error());
  EXPECT_EQ(store->log->end(1), 2 * kCommits);
}

TEST_F(Damage, is_looked_for_without_the_servers_key_too) {
  fs::remove_all(layout_.keys());
  const auto report = verified();
  EXPECT_TRUE(report.clean()) << all(report);
  EXPECT_EQ(report.boxes, 2 * kCommits);
  EXPECT_EQ(report.boxes_opened, 0u);
}

TEST_F(Damage, in_a_table_is_found) {
  const auto tables = files(".sst");
  ASSERT_GE(tables.size(), 3u);  // commits, vault, auth
  for (const auto& table : tables) {
    flip_through(table, fs::file_size(table) / 25, {table});
    // The footer: RocksDB blames the MANIFEST for some of these.
    flip_through(table, 3, {table}, fs::file_size(table) - 48);
  }
}

TEST_F(Damage, in_the_write_ahead_log_is_found) {
  const auto logs = files(".log");
  ASSERT_EQ(logs.size(), 1u);
  ASSERT_GT(fs::file_size(logs[0]), 32'768u);
  flip_through(logs[0], 997, {logs[0], layout_.head()});
  // The headers of the first records: a length that leads past the end looks like a crash to RocksDB.
  const auto good = *read_file(logs[0]);
  for (std::size_t bit = 0; bit < 7 * 8; ++bit) {
    auto bad = good;
    bad[bit / 8] ^= static_cast<char>(1 << bit % 8);
    write(logs[0], bad);
    EXPECT_EQ(open_store({data_, {}, false}).error().file, logs[0]) << "bit " << bit;
  }
}

TEST_F(Damage, in_the_manifest_is_found) {
  flip_through(manifest(), fs::file_size(manifest()) / 60, {manifest(), layout_.head(), layout_.log()});
}

TEST_F(Damage, in_current_is_found) {
  flip_through(layout_.log() + "/CURRENT", 1, {layout_.log() + "/CURRENT"});
}

TEST_F(Damage, in_the_head_file_is_found) {
  flip_through(layout_.head(), 5, {layout_.head()});
}

TEST_F(Damage, by_a_missing_file_is_found) {
  std::vector<std::string> targets = files(".sst");
  for (const auto& log : files(".log")) targets.push_back(log);
  targets.insert(targets.end(), {manifest(), layout_.log() + "/CURRENT", layout_.head()});
  for (const auto& file : targets) {
    fs::rename(file, directory_ / "aside");
    const auto report = verified();
    EXPECT_FALSE(report.clean()) << file;
    const auto opened = open_store({data_, {}, true});
    ASSERT_FALSE(opened.has_value()) << file;
    EXPECT_FALSE(opened.error().file.empty());
    fs::rename(directory_ / "aside", file);
  }
  EXPECT_TRUE(verified().clean());
}

// A cut on a record's boundary looks like a crash; the head file knows better.
TEST_F(Damage, by_a_log_cut_before_its_head_file_is_found_at_every_length) {
  const auto log = files(".log").front();
  const auto good = *read_file(log);
  for (std::size_t size = 0; size < good.size(); size += 1'511) {
    write(log, good.substr(0, size));
    const auto report = verified();
    EXPECT_TRUE(names(report, layout_.head())) << size << "\n" << all(report);
    const auto opened = open_store({data_, {}, true});
    ASSERT_FALSE(opened.has_value()) << size;
    EXPECT_EQ(opened.error().kind, OpenError::Kind::cut);
    EXPECT_GT(opened.error().position, kCommits);
    ASSERT_EQ(fs::file_size(log), size);
  }
}

// What a power cut leaves: nothing that the head file names is lost, so the server starts.
TEST_F(Damage, is_not_a_tail_torn_behind_the_head_file) {
  const auto log = files(".log").front();
  const auto good = *read_file(log);
  auto head = HeadFile::open(layout_.head());
  auto read = RocksDbLog::open({layout_.log(), RocksDbOptions::Mode::read_only, {}});
  head->update(1, kCommits + 1, *leaf_hash(**read, 1, kCommits + 1));
  read->reset();
  ASSERT_TRUE(head->flush().has_value());
  for (const std::size_t torn : {std::size_t{1}, std::size_t{100}, std::size_t{5'000}}) {
    test_support::TemporaryDirectory copies;
    fs::copy(data_, copies / "copy", fs::copy_options::recursive);
    fs::resize_file(copies / ("copy/log/" + fs::path(log).filename().string()), good.size() - torn);
    auto store = open_store({copies / "copy", {}, true});
    ASSERT_TRUE(store.has_value()) << describe(store.error());
    EXPECT_LT(store->log->end(1), 2 * kCommits);
    EXPECT_GE(store->log->end(1), kCommits + 1);
    CommitWriter writer(*store->log, *store->vault);
    append(*store, writer, store->log->end(1) + 1, store->log->end(1) + 3);
    ASSERT_TRUE(store->close().has_value());
    const auto report = verify({.data = copies / "copy", .keys = {}, .scratch = {}, .progress = {}, .is_erased = {}});
    EXPECT_TRUE(report.clean()) << all(report);
  }
}

TEST_F(Damage, by_a_key_that_is_missing_without_erasure_is_found_and_with_it_is_not) {
  const std::string bare = directory_ / "bare";
  fs::create_directories(bare);
  {
    auto from = RocksDbLog::open({layout_.log(), RocksDbOptions::Mode::read_only, {}});
    auto to = RocksDbLog::open({bare + "/log", RocksDbOptions::Mode::writer, {}});
    std::vector<LogWrite> writes;
    const auto commits = (*from)->read(1, 1);
    for (const auto& stored : *commits) {
      writes.push_back(
          {stored, stored.position == 3 ? "" : (*from)->vault_entry(1, stored.position)->value_or(""), {}});
    }
    ASSERT_TRUE((*to)->append(writes).has_value());
  }
  fs::copy_file(layout_.head(), bare + "/head");
  const auto report = verify({.data = bare, .keys = {}, .scratch = {}, .progress = {}, .is_erased = {}});
  ASSERT_FALSE(report.clean());
  EXPECT_EQ(report.damages.front().workspace, 1u);
  EXPECT_EQ(report.damages.front().position, 3u);
  EXPECT_NE(report.damages.front().what.find("not erased"), std::string::npos);
  const auto erased =
      verify({.data = bare, .keys = {}, .scratch = {}, .progress = {}, .is_erased = [](auto, auto record) {
                return record == ulid(3);
              }});
  EXPECT_TRUE(erased.clean()) << all(erased);
  EXPECT_GT(erased.erased, 0u);
}

TEST_F(Damage, in_checkpoints_and_files_is_found) {
  {
    auto store = open_store({data_, {}, true});
    CheckpointFiles checkpoints(layout_.checkpoints(), store->vault->server_key());
    ASSERT_TRUE(checkpoints.write(1, "fold 1", {5, {{"rows", "王芳"}}}).has_value());
    SealedFiles sealed(layout_.files(), store->vault->server_key());
    ASSERT_TRUE(sealed.store({ulid(4)}, "合同").has_value());
    ASSERT_TRUE(store->close().has_value());
  }
  ASSERT_TRUE(verified().clean()) << all(verified());
  for (const auto& file :
       {layout_.checkpoints() + "/1/5", layout_.files() + "/" + base::format_id(base::FileId{ulid(4)})}) {
    const auto good = *read_file(file);
    auto bad = good;
    bad.back() ^= 1;
    write(file, bad);
    EXPECT_TRUE(names(verified(), file)) << all(verified());
    write(file, good);
  }
}

TEST_F(Damage, of_the_signing_key_is_found_and_its_want_is_none) {
  const auto path = SigningKey::path_in(layout_.keys());
  write(path, "highseas signing key 1\n");
  EXPECT_TRUE(names(verified(), path)) << all(verified());
  fs::remove(path);
  EXPECT_TRUE(verified().clean()) << all(verified());
}

TEST_F(Damage, is_looked_for_beside_a_running_server) {
  auto store = open_store({data_, {}, true});
  ASSERT_TRUE(store.has_value());
  CommitWriter writer(*store->log, *store->vault);
  append(*store, writer, 2 * kCommits + 1, 2 * kCommits + 5);
  const auto report =
      verify({.data = data_, .keys = {}, .scratch = directory_ / "scratch", .progress = {}, .is_erased = {}});
  EXPECT_TRUE(report.clean()) << all(report);
  EXPECT_EQ(report.commits, 2 * kCommits + 5);
}

TEST_F(Damage, is_left_behind_by_salvage_which_says_what_is_missing) {
  const auto log = files(".log").front();
  auto bytes = *read_file(log);
  bytes[bytes.size() / 2] ^= 1;
  write(log, bytes);
  ASSERT_FALSE(open_store({data_, {}, true}).has_value());
  const std::string to = directory_ / "salvaged";
  const auto report = salvage(data_, to);
  ASSERT_TRUE(report.has_value()) << describe(report.error());
  ASSERT_EQ(report->workspaces.size(), 1u);
  EXPECT_EQ(report->workspaces[0].expected, 2 * kCommits);
  EXPECT_GT(report->workspaces[0].copied, kCommits);
  EXPECT_LT(report->workspaces[0].copied, 2 * kCommits);
  auto store = open_store({to, layout_.keys(), true});
  ASSERT_TRUE(store.has_value()) << describe(store.error());
  EXPECT_EQ(store->log->end(1), report->workspaces[0].copied);
  EXPECT_EQ(read_plain(*store->log, store->vault.get(), 1, kCommits + 1)->sections[1].state, PlainSection::State::open);
  EXPECT_EQ(store->log->side_store().get(Family::auth, "member1")->value_or(""), "hash");
  EXPECT_EQ(store->log->side_store().get(Family::trail, "entry1")->value_or(""), "who");
  EXPECT_FALSE(salvage(data_, to).has_value());  // never over something
}

TEST_F(Damage, of_the_manifest_is_salvaged_from_the_tables) {
  write(manifest(), "nonsense");
  const std::string to = directory_ / "salvaged";
  const auto report = salvage(data_, to);
  ASSERT_TRUE(report.has_value()) << describe(report.error());
  ASSERT_FALSE(report->workspaces.empty());
  EXPECT_GE(report->workspaces[0].copied, kCommits);
  EXPECT_TRUE(open_store({to, layout_.keys(), true}).has_value());
}

// Nothing under DATA but keys/ holds what was entered: tables, write-ahead log, notes, checkpoints, files.
TEST_F(Damage, would_be_a_name_or_phone_in_the_clear) {
  {
    auto store = open_store({data_, {}, true});
    CommitWriter writer(*store->log, *store->vault);
    append(*store, writer, 2 * kCommits + 1, 2 * kCommits + 5);
    CheckpointFiles(layout_.checkpoints(), store->vault->server_key())
        .write(1, "fold 1", {5, {{"rows", "王芳 13800138000"}}})
        .value();
    SealedFiles(layout_.files(), store->vault->server_key()).store({ulid(4)}, "王芳 13800138000").value();
    ASSERT_TRUE(store->log->flush().has_value());
    append(*store, writer, 2 * kCommits + 6, 2 * kCommits + 9);
    std::size_t looked = 0;
    bool saw_clear = false;
    for (const auto& entry : fs::recursive_directory_iterator(data_)) {
      if (!entry.is_regular_file()) continue;
      const auto bytes = *read_file(entry.path().string());
      ++looked;
      EXPECT_EQ(bytes.find("王芳"), std::string::npos) << entry.path();
      EXPECT_EQ(bytes.find("13800138000"), std::string::npos) << entry.path();
      EXPECT_EQ(bytes.find(std::string(20, 'n')), std::string::npos) << entry.path();
      saw_clear = saw_clear || bytes.find("clear ") != std::string::npos;
    }
    EXPECT_GT(looked, 8u);
    EXPECT_TRUE(saw_clear);  // the search finds what is there to be found
  }
}

}  // namespace
}  // namespace highseas::eventstore
