// signed_note — the head of a tree as a C2SP checkpoint: three lines, and a line that signs them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "eventstore/commit.hpp"
#include "eventstore/signing_key.hpp"

namespace highseas::eventstore {

struct TreeHead {
  std::uint64_t size = 0;
  Hash root{};

  bool operator==(const TreeHead&) const = default;
};

// Names a key of a signer: another name, another id.
using NoteKeyId = std::array<std::uint8_t, 4>;
NoteKeyId note_key_id(std::string_view signer, const PublicKey& key);

// What is signed: the origin, the size, the root.
std::string note_body(std::string_view origin, const TreeHead& head);
// The body, and its signature under the origin's name.
std::string signed_note(std::string_view origin, const TreeHead& head, const SigningKey& key);

}  // namespace highseas::eventstore
