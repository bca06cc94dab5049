// signed_note — the bytes of c2sp.org/signed-note and c2sp.org/tlog-checkpoint.
#include "eventstore/signed_note.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "eventstore/crypto.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::string_view kEd25519("\x01", 1);

}  // namespace

NoteKeyId note_key_id(std::string_view signer, const PublicKey& key) {
  const auto hash = sha256({signer, "\n", kEd25519, as_text(key)});
  NoteKeyId id;
  std::copy_n(hash.begin(), id.size(), id.begin());
  return id;
}

std::string note_body(std::string_view origin, const TreeHead& head) {
  return std::string(origin) + "\n" + std::to_string(head.size) + "\n" + base::base64(as_text(head.root)) + "\n";
}

std::string signed_note(std::string_view origin, const TreeHead& head, const SigningKey& key) {
  const auto body = note_body(origin, head);
  std::string signature(as_text(note_key_id(origin, key.public_key())));
  signature += as_text(key.sign(body));
  return body + "\n— " + std::string(origin) + " " + base::base64(signature) + "\n";
}

}  // namespace highseas::eventstore
