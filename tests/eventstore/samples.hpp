// samples — commits, keys and random sources for the tests of the event store.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "eventstore/commit.hpp"
#include "eventstore/crypto.hpp"
#include "eventstore/key_vault.hpp"
#include "eventstore/log.hpp"

namespace highseas::eventstore::samples {

inline base::Ulid ulid(std::uint64_t number) {
  return {0x0190000000000000ull, number};
}

inline constexpr std::uint64_t kWorkspace = 77;

// Bytes that count up, so that golden bytes can be made again.
class CountingRandom : public RandomSource {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    for (auto& byte : bytes) byte = next_++;
  }

 private:
  std::uint8_t next_ = 0;
};

inline ServerKey server_key(std::uint8_t fill = 0x5A) {
  Key key;
  key.bytes.fill(fill);
  return ServerKey(key);
}

inline CommitMeta meta(Position position) {
  CommitMeta meta;
  meta.workspace = ulid(kWorkspace);
  meta.position = position;
  meta.time = {1'767'225'600'000 + static_cast<std::int64_t>(position)};
  meta.recorded_at = {1'767'225'600'500 + static_cast<std::int64_t>(position)};
  meta.actor = {ActorKind::member, ulid(9), std::nullopt};
  meta.command = {base::Ulid{0xC0FFEE, position}};
  return meta;
}

// A commit on one record, with a secret sealed by that record's own key.
inline PlainCommit commit(WorkspaceNumber workspace, Position position, std::uint64_t record,
                          const std::string& secret = "王芳 13800138000") {
  PlainCommit commit;
  commit.workspace_number = workspace;
  commit.meta = meta(position);
  commit.sections.push_back({std::nullopt, {}, "command " + std::to_string(position), {}});
  commit.sections.push_back({ulid(record), ulid(record), "clear " + std::to_string(position), secret});
  return commit;
}

// Opaque bytes for the log's own tests.
inline LogWrite write(WorkspaceNumber workspace, Position position, const std::string& word = "head") {
  LogWrite write;
  write.commit = {workspace, position, word + std::to_string(position), {"a", word + " section"}};
  return write;
}

}  // namespace highseas::eventstore::samples
