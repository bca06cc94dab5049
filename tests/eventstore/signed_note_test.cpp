// signed_note_test — known signatures, and a head's note byte by byte.
#include "eventstore/signed_note.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "eventstore/crypto.hpp"

namespace highseas::eventstore {
namespace {

SigningKey key_of(std::string_view seed) {
  Key key;
  key.bytes = *hash_from_hex(seed);
  return SigningKey(key);
}

// RFC 8032, 7.1, tests 1 and 2.
TEST(SigningKey, gives_the_known_answers) {
  const auto first = key_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  EXPECT_EQ(to_hex(first.public_key()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(
      to_hex(first.sign("")),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595b"
      "be24655141438e7a100b");
  const auto second = key_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  EXPECT_EQ(to_hex(second.public_key()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(
      to_hex(second.sign("\x72")),
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb430"
      "2aeeb00d291612bb0c00");
}

TEST(SigningKey, signs_so_that_another_message_key_or_bit_does_not_verify) {
  const auto key = SigningKey(system_random().key());
  auto signature = key.sign("head");
  EXPECT_TRUE(is_signed_by(key.public_key(), "head", signature));
  EXPECT_FALSE(is_signed_by(key.public_key(), "heal", signature));
  EXPECT_FALSE(is_signed_by(SigningKey(system_random().key()).public_key(), "head", signature));
  signature[40] ^= 1;
  EXPECT_FALSE(is_signed_by(key.public_key(), "head", signature));
}

// The key and the signature of the example in the documentation of golang.org/x/mod/sumdb/note.
TEST(SignedNote, names_a_key_and_signs_as_others_do) {
  const auto key = key_of("810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173");
  EXPECT_EQ(to_hex(key.public_key()), "1a5cd907143c384c41e830c5bce12aa8817ec5649aaabf2c31388b35b2d744d6");
  EXPECT_EQ(to_hex(note_key_id("PeterNeumann", key.public_key())), "c74f20a3");
  EXPECT_NE(to_hex(note_key_id("PeterNeuman", key.public_key())), "c74f20a3");
  EXPECT_EQ(to_hex(key.sign("If you think cryptography is the answer to your problem,\n"
                            "then you don't know what your problem is.\n")),
            "f64992e052f541bf49f7dcbc8010c5506d885ba92cbafca40704959227348b8652060dd451580b6a5948d5e02afa9fa9d9e0"
            "a2da5165be8a13a472c81c099c03");
}

// The note of docs/format.md, made by another program too.
TEST(SignedNote, is_written_as_the_format_says) {
  const auto key = key_of("5555555555555555555555555555555555555555555555555555555555555555");
  const std::string origin = "highseas/wsp_01JGFJJZ000000000000000000";
  const TreeHead head{.size = 12, .root = sha256("root")};
  EXPECT_EQ(to_hex(note_key_id(origin, key.public_key())), "3ffd9c73");
  EXPECT_EQ(signed_note(origin, head, key),
            "highseas/wsp_01JGFJJZ000000000000000000\n"
            "12\n"
            "SBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n"
            "\n"
            "— highseas/wsp_01JGFJJZ000000000000000000 "
            "P/2cc5tKRXwm+bgUqJ/HI35a4sRF9OYB6sCovgXDNUfRrpWmlH1qw/k/5b9JfXBoF/XdAan2rr/E3O5k9aF5I6TnbgU=\n");
}

}  // namespace
}  // namespace highseas::eventstore
