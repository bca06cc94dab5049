// golden_test — the worked commit of docs/format.md, byte by byte: the page and the program say the same.
#include <fstream>
#include <sstream>

#include "eventstore/commit_format.hpp"
#include "eventstore/commit_reader.hpp"
#include "eventstore/commit_writer.hpp"
#include "eventstore/data_directory.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/memory_log.hpp"
#include "eventstore/merkle.hpp"
#include "eventstore/signed_note.hpp"
#include "tests/eventstore/samples.hpp"
#include "tests/support/temporary_directory.hpp"

namespace highseas::eventstore {
namespace {

using samples::ulid;

// 16 bytes a line, with their offset: "0010  00 01 …".
std::string hex_dump(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 16) {
    const auto line = bytes.substr(at, 16);
    char offset[24];
    std::snprintf(offset, sizeof offset, "%04zx ", at);
    text += offset;
    for (const char byte : line) {
      char hex[4];
      std::snprintf(hex, sizeof hex, " %02x", static_cast<unsigned char>(byte));
      text += hex;
    }
    text += "\n";
  }
  return text;
}

// The block of code behind the line `<!-- golden: NAME -->`.
std::string block_of_page(const std::string& name) {
  const auto page = read_file(std::string(HIGHSEAS_SOURCE_DIR) + "/docs/format.md").value_or("");
  const auto marker = page.find("<!-- golden: " + name + " -->\n```\n");
  if (marker == std::string::npos) return "no block `" + name + "`";
  const auto begin = page.find("```\n", marker) + 4;
  return page.substr(begin, page.find("```", begin) - begin);
}

// docs/format.md, A worked commit: a member creates a customer; the second item of her command was refused.
PlainCommit worked_commit() {
  PlainCommit commit;
  commit.workspace_number = 1;
  commit.meta.workspace = ulid(0x57);
  commit.meta.position = 1;
  commit.meta.time = {1'767'225'600'000};         // 2026-01-01T00:00:00.000Z
  commit.meta.recorded_at = {1'767'225'600'123};  // …00.123Z
  commit.meta.actor = {ActorKind::member, ulid(0x4D), std::nullopt};
  commit.meta.command = {ulid(0xC0)};
  commit.meta.correlation = base::CommandId{ulid(0xC0)};
  commit.sections.push_back({std::nullopt, {}, "create; item 1 refused", {}});
  commit.sections.push_back({ulid(0x52), ulid(0x52), "created", "王芳 13800138000"});
  return commit;
}

struct Written {
  StoredCommit commit;
  std::string vault_entry;
  Hash leaf{};
};

Written written() {
  auto log = make_memory_log();
  samples::CountingRandom random;
  auto vault = KeyVault::open(*log, samples::server_key(), {}, random);
  CommitWriter writer(*log, **vault);
  const std::vector<PlainCommit> commits{worked_commit()};
  const auto hashes = writer.write(commits);
  return {log->read(1, 1, {})->front(), **log->vault_entry(1, 1), hashes->front()};
}

TEST(Golden, the_worked_commit_of_the_page_is_what_is_written) {
  const auto made = written();
  EXPECT_EQ(block_of_page("key"), hex_dump(position_key(1, 1)));
  EXPECT_EQ(block_of_page("head"), hex_dump(made.commit.head));
  EXPECT_EQ(block_of_page("section 0"), hex_dump(made.commit.sections[0]));
  EXPECT_EQ(block_of_page("section 1"), hex_dump(made.commit.sections[1]));
  EXPECT_EQ(block_of_page("vault entry"), hex_dump(made.vault_entry));
  EXPECT_EQ(block_of_page("leaf hash"), to_hex(made.leaf) + "\n");
}

TEST(Golden, the_head_file_of_the_page_is_what_is_written) {
  test_support::TemporaryDirectory directory;
  auto head = HeadFile::create(directory / "head");
  head->update(1, 1, written().leaf);
  ASSERT_TRUE(head->flush().has_value());
  EXPECT_EQ(block_of_page("head file"), *read_file(directory / "head"));
}

TEST(Golden, the_signed_head_of_the_page_is_what_is_signed) {
  MerkleTree tree;
  tree.add(written().leaf);
  Key seed;
  seed.bytes.fill(0x55);
  const auto origin = "highseas/" + base::format_id(base::WorkspaceId{worked_commit().meta.workspace});
  EXPECT_EQ(block_of_page("signed head"), signed_note(origin, {tree.size(), tree.root()}, SigningKey(seed)));
}

// Old bytes are read for ever: from the page alone, as if a program of that day had written them.
TEST(Golden, the_worked_commit_of_the_page_is_read) {
  const auto bytes_of = [](const std::string& name) {
    std::istringstream lines(block_of_page(name));
    std::string line;
    std::string bytes;
    while (std::getline(lines, line)) {
      std::istringstream words(line);
      std::string word;
      words >> word;  // the offset
      while (words >> word) bytes += from_hex(word).value_or("?");
    }
    return bytes;
  };
  auto log = make_memory_log();
  const std::vector<LogWrite> writes{
      {{1, 1, bytes_of("head"), {bytes_of("section 0"), bytes_of("section 1")}}, bytes_of("vault entry"), {}}};
  ASSERT_TRUE(log->append(writes).has_value());
  auto vault = KeyVault::open(*log, samples::server_key());
  ASSERT_TRUE(vault.has_value()) << describe(vault.error());
  const auto read = read_plain(*log, vault->get(), 1, 1);
  ASSERT_TRUE(read.has_value()) << describe(read.error());
  EXPECT_EQ(*read, worked_commit());
}

}  // namespace
}  // namespace highseas::eventstore
