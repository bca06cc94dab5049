// commit_format — heads, sections, boxes and stored values as bytes, exactly as docs/format.md.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/commit.hpp"
#include "eventstore/crypto.hpp"

namespace highseas::eventstore {

inline constexpr std::size_t kSaltBytes = 16;

// A sealed secret, with all that opening it takes but the key.
struct Box {
  base::Ulid key_owner;
  Position key_position = 0;  // of the vault entry that holds the key
  Nonce nonce{};
  bool compressed = false;
  std::string sealed;  // ciphertext and tag

  bool operator==(const Box&) const = default;
};

struct SectionParts {
  std::optional<base::Ulid> subject;
  std::string clear;
  std::optional<Box> box;
  std::string salt;  // so that a hash in a head tells nothing of a short section

  bool operator==(const SectionParts&) const = default;
};

std::string encode_head(const CommitHead& head);
std::string encode_section(const SectionParts& section);

enum class FormatFault {
  damaged,
  newer,  // written by a newer program
};
std::expected<CommitHead, FormatFault> decode_head(std::string_view bytes);
std::expected<SectionParts, FormatFault> decode_section(std::string_view bytes);

// SHA-256(0x00 ‖ head), as RFC 9162.
Hash leaf_hash_of(std::string_view head);

// Key and value of the family `commits`; the same key serves `vault`.
std::string position_key(WorkspaceNumber workspace, Position position);
std::optional<std::pair<WorkspaceNumber, Position>> parse_position_key(std::string_view key);
std::string encode_stored(const StoredCommit& commit);
std::optional<StoredCommit> decode_stored(WorkspaceNumber workspace, Position position, std::string_view value);

// workspace ULID ‖ position ‖ record: what a box is bound to.
std::string box_associated_data(base::Ulid workspace, Position position, base::Ulid subject);
Box seal_box(const Key& key, const Nonce& nonce, base::Ulid key_owner, Position key_position,
             std::string_view associated, std::string_view secret);
std::optional<std::string> open_box(const Key& key, const Box& box, std::string_view associated);

}  // namespace highseas::eventstore
