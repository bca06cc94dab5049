// audit_log_test — GET /v1/audit/head and /v1/audit/commits: who has them can check the log without the server.
#include <gtest/gtest.h>

#include <algorithm>

#include "api/json/parse.hpp"
#include "base/base64.hpp"
#include "eventstore/signed_note.hpp"
#include "tests/support/api_world.hpp"
#include "tests/support/plain_merkle.hpp"

namespace highseas::test_support {
namespace {

using api::json::Json;

std::string bytes_of(const std::string& base64) {
  static const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : base64) {
    if (c == '=') break;
    group = group << 6 | static_cast<std::uint32_t>(digits.find(c));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(group >> bits & 0xFF);
  }
  return bytes;
}

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> lines;
  std::size_t from = 0;
  while (from < text.size()) {
    const auto end = text.find('\n', from);
    lines.push_back(*api::json::parse(std::string_view(text).substr(from, end - from)));
    from = end + 1;
  }
  return lines;
}

std::vector<eventstore::Hash> leaves_of(ApiWorld& world) {
  std::vector<eventstore::Hash> leaves;
  for (const auto& line : lines_of(world.get(world.auditor, "/v1/audit/commits?limit=500").text)) {
    leaves.push_back(*eventstore::hash_from_hex(*line.find("leaf_hash")->as_string()));
  }
  return leaves;
}

// What c2sp.org/signed-note says of a note with one signature.
bool is_signed_note(const std::string& note, std::string_view origin, std::string_view body,
                    const eventstore::PublicKey& key) {
  const auto beginning = std::string(body) + "\n— " + std::string(origin) + " ";
  if (!note.starts_with(beginning) || !note.ends_with("\n")) return false;
  const auto bytes = bytes_of(note.substr(beginning.size(), note.size() - beginning.size() - 1));
  eventstore::Signature signature;
  if (bytes.size() != 4 + signature.size()) return false;
  if (bytes.substr(0, 4) != eventstore::as_text(eventstore::note_key_id(origin, key))) return false;
  std::copy(bytes.begin() + 4, bytes.end(), signature.begin());
  return eventstore::is_signed_by(key, body, signature);
}

TEST(Audit, signs_a_head_over_all_commits_that_whoever_has_them_can_check) {
  ApiWorld world;
  for (int round = 0; round < 3; ++round) {
    world.customer_of(world.seller, "海东机械" + std::to_string(round) + "厂");
    const auto leaves = leaves_of(world);
    const auto head = world.get(world.auditor, "/v1/audit/head");
    ASSERT_EQ(head.status, 200) << head.text;
    EXPECT_EQ(head.header("Highseas-Position"), std::to_string(leaves.size()));
    EXPECT_EQ(head.number("/tree_size"), static_cast<std::int64_t>(leaves.size()));
    const auto root = plain_root(leaves);
    EXPECT_EQ(head.string("/root_hash"), eventstore::to_hex(root));

    const auto origin = "highseas/" + world.get(world.admin, "/v1/me").string("/workspace/id");
    const auto key = eventstore::hash_from_hex(head.string("/public_key"));
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(head.string("/key_id"), eventstore::to_hex(eventstore::note_key_id(origin, *key)));
    const auto body =
        origin + "\n" + std::to_string(leaves.size()) + "\n" + base::base64(eventstore::as_text(root)) + "\n";
    EXPECT_TRUE(is_signed_note(head.string("/checkpoint"), origin, body, *key)) << head.text;
  }
}

// The company's clock stands in March 2026 until it is moved.
TEST(Audit, says_in_real_time_when_a_head_was_signed) {
  ApiWorld world;
  const auto before = engine::real_now();
  const auto signed_at = base::parse_instant(world.get(world.admin, "/v1/audit/head").string("/signed_at"));
  ASSERT_TRUE(signed_at.has_value());
  EXPECT_GE(*signed_at, before);
  EXPECT_LE(*signed_at, engine::real_now());
}

TEST(Audit, gives_every_commit_so_that_whoever_has_them_can_check_the_chain) {
  ApiWorld world;
  world.customer_of(world.seller, "海东机械一厂");
  const auto head = world.get(world.auditor, "/v1/audit/head");
  ASSERT_EQ(head.status, 200) << head.text;
  EXPECT_EQ(head.number("/position"), static_cast<std::int64_t>(world.position()));
  EXPECT_EQ(head.number("/tree_size"), head.number("/position"));
  const auto answer = world.get(world.auditor, "/v1/audit/commits?from=1&limit=500");
  ASSERT_EQ(answer.status, 200);
  const auto lines = lines_of(answer.text);
  ASSERT_EQ(lines.size(), world.position());
  std::string before(64, '0');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    EXPECT_EQ(line.find("position")->as_int64(), static_cast<std::int64_t>(i + 1));
    EXPECT_EQ(*line.find("previous_hash")->as_string(), before);
    const auto raw = bytes_of(*line.find("raw")->as_string());
    before = eventstore::to_hex(eventstore::sha256({std::string_view("\0", 1), raw}));
    EXPECT_EQ(*line.find("leaf_hash")->as_string(), before);
    for (const auto& section : *line.find("sections")->as_array()) {
      const auto hash = eventstore::sha256(bytes_of(*section.as_string()));
      EXPECT_NE(raw.find(eventstore::as_text(hash)), std::string::npos);
    }
  }
  EXPECT_EQ(before, head.string("/head_hash"));
  EXPECT_EQ(*(*lines.back().find("events")->as_array())[0].find("type")->as_string(), "RecordCreated");
}

TEST(Audit, pages_by_position_and_is_for_who_may_audit) {
  ApiWorld world;
  const auto two = lines_of(world.get(world.admin, "/v1/audit/commits?from=2&limit=2").text);
  ASSERT_EQ(two.size(), 2u);
  EXPECT_EQ(two[0].find("position")->as_int64(), 2);
  EXPECT_EQ(world.get(world.admin, "/v1/audit/commits?from=999999").text, "");
  EXPECT_EQ(world.get(world.admin, "/v1/audit/commits?from=x").status, 400);
  EXPECT_EQ(world.get(world.seller, "/v1/audit/commits").status, 403);
  EXPECT_EQ(world.get(world.manager, "/v1/audit/head").status, 403);
}

}  // namespace
}  // namespace highseas::test_support
