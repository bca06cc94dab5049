// data_directory_test — lock, layout, head file, keys, room, checkpoints and sealed files.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "eventstore/checkpoint_files.hpp"
#include "eventstore/commit_reader.hpp"
#include "eventstore/commit_writer.hpp"
#include "eventstore/data_directory.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/sealed_files.hpp"
#include "tests/eventstore/samples.hpp"
#include "tests/support/temporary_directory.hpp"

namespace highseas::eventstore {
namespace {

namespace fs = std::filesystem;
using samples::commit;
using samples::ulid;

class DataDirectory : public testing::Test {
 protected:
  std::expected<Store, OpenError> open() { return open_store({data_, {}, true}); }

  void write_and_close(Position from, Position to) {
    auto store = open();
    ASSERT_TRUE(store.has_value()) << describe(store.error());
    CommitWriter writer(*store->log, *store->vault);
    for (Position at = from; at <= to; ++at) {
      const std::vector<PlainCommit> one{commit(1, at, at)};
      ASSERT_TRUE(writer.write(one).has_value());
    }
    const auto closed = store->close();
    ASSERT_TRUE(closed.has_value()) << describe(closed.error());
  }

  test_support::TemporaryDirectory directory_;
  const std::string data_ = directory_ / "data";
  const DataLayout layout_{data_};
};

TEST_F(DataDirectory, is_made_private_and_opens_again) {
  write_and_close(1, 3);
  for (const auto& entry : fs::recursive_directory_iterator(data_)) {
    const auto mode = static_cast<unsigned>(entry.status().permissions()) & 0777;
    EXPECT_EQ(mode & 077, 0u) << entry.path();
  }
  EXPECT_EQ(static_cast<unsigned>(fs::status(data_).permissions()) & 0777, 0700u);
  auto store = open();
  ASSERT_TRUE(store.has_value()) << describe(store.error());
  EXPECT_EQ(read_plain(*store->log, store->vault.get(), 1, 3)->sections[1].secret, "王芳 13800138000");
  EXPECT_EQ(store->head.lines().at(1).position, 3u);
}

TEST_F(DataDirectory, leaves_no_write_ahead_log_after_a_clean_stop) {
  write_and_close(1, 20);
  for (const auto& entry : fs::directory_iterator(layout_.log())) {
    if (entry.path().extension() == ".log") {
      EXPECT_EQ(entry.file_size(), 0u) << entry.path();
    }
  }
}

TEST_F(DataDirectory, refuses_a_second_server) {
  const auto first = open();
  ASSERT_TRUE(first.has_value());
  const auto second = open();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, OpenError::Kind::in_use);
  EXPECT_NE(describe(second.error()).find("another server"), std::string::npos);
}

TEST_F(DataDirectory, is_free_again_once_its_server_is_gone) {
  {
    const auto first = open();
  }
  EXPECT_TRUE(open().has_value());
}

TEST_F(DataDirectory, without_its_server_key_is_refused_and_the_path_is_named) {
  write_and_close(1, 1);
  fs::remove(layout_.keys() + "/server-key");
  const auto refused = open();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, OpenError::Kind::missing_key);
  EXPECT_EQ(refused.error().file, layout_.keys() + "/server-key");
  EXPECT_FALSE(fs::exists(layout_.keys() + "/server-key"));  // and none is made in its place
}

TEST_F(DataDirectory, with_another_servers_key_is_refused) {
  write_and_close(1, 1);
  fs::remove(layout_.keys() + "/server-key");
  ASSERT_TRUE(ServerKey::open(layout_.keys(), false).has_value());
  const auto refused = open();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, OpenError::Kind::wrong_key);
  EXPECT_EQ(refused.error().file, layout_.keys() + "/server-key");
}

TEST_F(DataDirectory, refuses_a_server_key_that_others_can_read_or_that_is_none) {
  write_and_close(1, 1);
  const std::string path = layout_.keys() + "/server-key";
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  EXPECT_NE(describe(open().error()).find("chmod 600"), std::string::npos);
  ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  std::ofstream(path) << "highseas server key 1\nzz\n";
  EXPECT_EQ(open().error().kind, OpenError::Kind::damaged);
}

TEST_F(DataDirectory, keeps_its_keys_where_it_is_told) {
  const std::string keys = directory_ / "elsewhere";
  ASSERT_TRUE(open_store({data_, keys, true}).has_value());
  EXPECT_TRUE(fs::exists(keys + "/server-key"));
  EXPECT_TRUE(fs::exists(keys + "/signing.key"));
  EXPECT_FALSE(fs::exists(layout_.keys()));
}

TEST_F(DataDirectory, makes_a_signing_key_once_and_keeps_it) {
  write_and_close(1, 1);
  const auto first = SigningKey::read(layout_.keys());
  ASSERT_TRUE(first.has_value()) << describe(first.error());
  {
    const auto store = open();
    EXPECT_FALSE(store->signing_key.was_created());
    EXPECT_EQ(store->signing_key.public_key(), first->public_key());
  }
  fs::remove(SigningKey::path_in(layout_.keys()));
  const auto store = open();
  ASSERT_TRUE(store.has_value()) << describe(store.error());
  EXPECT_TRUE(store->signing_key.was_created());
  EXPECT_NE(store->signing_key.public_key(), first->public_key());
  EXPECT_EQ(SigningKey::read(layout_.keys())->public_key(), store->signing_key.public_key());
}

TEST_F(DataDirectory, refuses_a_signing_key_that_others_can_read_that_cannot_be_read_or_that_is_none) {
  write_and_close(1, 1);
  const std::string path = SigningKey::path_in(layout_.keys());
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  EXPECT_NE(describe(open().error()).find("chmod 600 " + path), std::string::npos);
  ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  for (const auto* text : {"", "highseas signing key 1\nzz\n", "highseas server key 1\n"}) {
    std::ofstream(path) << text;
    const auto refused = open();
    ASSERT_FALSE(refused.has_value()) << text;
    EXPECT_EQ(refused.error().kind, OpenError::Kind::damaged);
    EXPECT_EQ(refused.error().file, path);
    EXPECT_FALSE(refused.error().remedy.empty());
  }
  fs::remove(path);
  fs::create_directory(path);
  fs::permissions(path, fs::perms::owner_all);
  EXPECT_EQ(open().error().file, path);
}

TEST_F(DataDirectory, with_another_servers_key_gets_no_signing_key) {
  write_and_close(1, 1);
  const std::string keys = directory_ / "elsewhere";
  ASSERT_TRUE(ServerKey::open(keys, false).has_value());
  ASSERT_FALSE(open_store({data_, keys, true}).has_value());
  EXPECT_FALSE(fs::exists(SigningKey::path_in(keys)));
}

TEST_F(DataDirectory, refuses_a_log_that_ends_before_its_head_file) {
  write_and_close(1, 3);
  fs::copy(layout_.log(), directory_ / "earlier", fs::copy_options::recursive);
  write_and_close(4, 5);
  fs::remove_all(layout_.log());
  fs::rename(directory_ / "earlier", layout_.log());
  const auto refused = open();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, OpenError::Kind::cut);
  EXPECT_EQ(refused.error().file, layout_.head());
  EXPECT_EQ(refused.error().position, 4u);
  EXPECT_FALSE(refused.error().remedy.empty());
}

TEST_F(DataDirectory, refuses_another_log_of_the_same_length) {
  write_and_close(1, 3);
  fs::rename(layout_.log(), directory_ / "mine");
  fs::remove(layout_.head());
  write_and_close(1, 3);  // other nonces, so other hashes
  fs::copy_file(layout_.head(), directory_ / "head");
  fs::remove_all(layout_.log());
  fs::rename(directory_ / "mine", layout_.log());
  const auto refused = open();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().position, 3u);
}

TEST_F(DataDirectory, refuses_a_missing_head_file_beside_a_log_and_a_missing_log_beside_a_head_file) {
  write_and_close(1, 3);
  fs::rename(layout_.head(), directory_ / "head");
  EXPECT_EQ(open().error().file, layout_.head());
  fs::rename(directory_ / "head", layout_.head());
  fs::remove_all(layout_.log());
  EXPECT_EQ(open().error().file, layout_.log() + "/CURRENT");
}

TEST_F(DataDirectory, whose_creation_a_crash_cut_off_is_made_again) {
  {
    const auto store = open();
  }
  for (const auto& entry : fs::directory_iterator(layout_.log())) {
    const auto name = entry.path().filename().string();
    if (name == "CURRENT" || name.ends_with(".log")) fs::remove(entry.path());
  }
  const auto store = open();
  EXPECT_TRUE(store.has_value()) << describe(store.error());
}

TEST_F(DataDirectory, keeps_what_was_recorded_as_erased_and_hands_out_no_key_of_it) {
  write_and_close(1, 2);
  {
    auto store = open();
    const std::vector<base::Ulid> records{ulid(1)};
    ASSERT_TRUE(store->vault->add_erased(records).has_value());
  }
  auto store = open();
  EXPECT_TRUE(store->vault->is_erased(ulid(1)));
  EXPECT_EQ(read_plain(*store->log, store->vault.get(), 1, 1)->sections[1].state, PlainSection::State::erased);
  EXPECT_EQ(read_plain(*store->log, store->vault.get(), 1, 2)->sections[1].state, PlainSection::State::open);
}

TEST(HeadFile, shows_flipped_bits_and_cuts) {
  test_support::TemporaryDirectory directory;
  const std::string path = directory / "head";
  auto head = HeadFile::create(path);
  head->update(1, 42, sha256("a"));
  head->update(7, 1, sha256("b"));
  ASSERT_TRUE(head->flush().has_value());
  EXPECT_EQ(HeadFile::open(path)->lines(), head->lines());
  const auto good = *read_file(path);
  for (std::size_t bit = 0; bit < good.size() * 8; bit += 5) {
    auto bad = good;
    bad[bit / 8] ^= static_cast<char>(1 << bit % 8);
    std::ofstream(path, std::ios::binary) << bad;
    const auto opened = HeadFile::open(path);
    ASSERT_FALSE(opened.has_value()) << "bit " << bit;
    EXPECT_EQ(opened.error().file, path);
  }
  for (std::size_t size = 0; size < good.size(); size += 3) {
    std::ofstream(path, std::ios::binary) << good.substr(0, size);
    EXPECT_FALSE(HeadFile::open(path).has_value()) << "cut at " << size;
  }
}

TEST(Room, is_refused_below_the_reserve_and_assumed_where_nobody_can_tell) {
  EXPECT_FALSE(has_room("/", [](const auto&) { return std::optional<std::uint64_t>(kReserveBytes - 1); }));
  EXPECT_TRUE(has_room("/", [](const auto&) { return std::optional<std::uint64_t>(kReserveBytes); }));
  EXPECT_TRUE(has_room("/", [](const auto&) { return std::optional<std::uint64_t>(); }));
  EXPECT_TRUE(free_space("/").has_value());
  EXPECT_FALSE(free_space("/no/such/place").has_value());
}

class Checkpoints : public testing::Test {
 protected:
  void write(Position position) {
    const auto written = files_.write(3, "fold 1", {position, {{"table", std::string(200'000, 't')}, {"empty", ""}}});
    ASSERT_TRUE(written.has_value()) << describe(written.error());
  }
  std::string file(Position position) const { return directory_ / ("3/" + std::to_string(position)); }
  void damage(Position position) const {
    auto bytes = *read_file(file(position));
    bytes[bytes.size() / 2] ^= 1;
    std::ofstream(file(position), std::ios::binary) << bytes;
  }

  test_support::TemporaryDirectory directory_;
  ServerKey key_ = samples::server_key();
  CheckpointFiles files_{directory_.path(), key_};
};

TEST_F(Checkpoints, give_back_the_newest_and_keep_the_one_before_it) {
  EXPECT_FALSE(files_.read(3, "fold 1").has_value());
  for (const Position position : {10, 20, 30}) write(position);
  const auto read = files_.read(3, "fold 1");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->position, 30u);
  ASSERT_EQ(read->blobs.size(), 2u);
  EXPECT_EQ(read->blobs[0].first, "table");
  EXPECT_EQ(read->blobs[0].second, std::string(200'000, 't'));
  EXPECT_EQ(files_.read(3, "fold 1", 29)->position, 20u);
  EXPECT_FALSE(fs::exists(file(10)));
  EXPECT_FALSE(files_.read(3, "fold 2").has_value());
  EXPECT_FALSE(files_.read(4, "fold 1").has_value());
}

TEST_F(Checkpoints, that_are_damaged_or_sealed_by_another_key_count_as_not_there) {
  write(10);
  write(20);
  damage(20);
  EXPECT_EQ(files_.read(3, "fold 1")->position, 10u);
  damage(10);
  EXPECT_FALSE(files_.read(3, "fold 1").has_value());
  write(30);
  const auto other = samples::server_key(1);
  EXPECT_FALSE(CheckpointFiles(directory_.path(), other).read(3, "fold 1").has_value());
}

TEST_F(Checkpoints, do_not_load_what_nothing_points_at_yet) {
  write(10);
  write(20);
  std::ofstream(directory_ / "3/newest") << "10\n";
  EXPECT_EQ(files_.read(3, "fold 1")->position, 10u);
}

TEST_F(Checkpoints, of_a_log_that_went_on_otherwise_go_with_the_next) {
  write(10);
  write(20);
  write(15);
  EXPECT_FALSE(fs::exists(file(20)));
  EXPECT_EQ(files_.read(3, "fold 1")->position, 15u);
}

class Files : public testing::Test {
 protected:
  test_support::TemporaryDirectory directory_;
  ServerKey key_ = samples::server_key();
  SealedFiles files_{directory_.path(), key_};
};

TEST_F(Files, come_back_and_go) {
  const base::FileId id{ulid(1)};
  const auto stored = files_.store(id, "合同扫描件");
  ASSERT_TRUE(stored.has_value());
  EXPECT_EQ(*stored, (StoredFile{15, sha256("合同扫描件")}));
  EXPECT_EQ(files_.load(id).value_or(""), "合同扫描件");
  EXPECT_EQ(files_.list(), std::vector<base::FileId>{id});
  EXPECT_FALSE(files_.store(id, "again").has_value());
  EXPECT_EQ(read_file(directory_ / base::format_id(id))->find("合同"), std::string::npos);
  EXPECT_TRUE(files_.remove(id));
  EXPECT_FALSE(files_.remove(id));
  EXPECT_EQ(files_.load(id).error().kind, ReadError::Kind::missing);
}

TEST_F(Files, do_not_stand_for_each_other_and_show_damage) {
  ASSERT_TRUE(files_.store({ulid(1)}, "one").has_value());
  fs::rename(directory_ / base::format_id(base::FileId{ulid(1)}), directory_ / base::format_id(base::FileId{ulid(2)}));
  EXPECT_EQ(files_.load({ulid(2)}).error().kind, ReadError::Kind::damaged);
}

}  // namespace
}  // namespace highseas::eventstore
