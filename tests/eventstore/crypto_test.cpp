// crypto_test — known answers, and the two makers of AES-256-GCM held against each other.
#include <rapidcheck/gtest.h>

#include "eventstore/crypto.hpp"
#include "eventstore/crypto_backends.hpp"
#include "eventstore/passwords.hpp"
#include "eventstore/sealed_blob.hpp"
#include "tests/eventstore/samples.hpp"

namespace highseas::eventstore {
namespace {

TEST(Sha256, gives_the_known_answers) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({"a", "", "bc"}), sha256("abc"));
}

// RFC 4231, cases 2 and 6 (a key longer than a block).
TEST(HmacSha256, gives_the_known_answers) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", {"what do ya want ", "for nothing?"})),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'), {"Test Using Larger Than Block-Size Key - Hash Key First"})),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hex, goes_there_and_back) {
  EXPECT_EQ(from_hex("00fF7a"), std::string("\x00\xff\x7a", 3));
  EXPECT_FALSE(from_hex("0").has_value());
  EXPECT_FALSE(from_hex("0g").has_value());
  EXPECT_FALSE(hash_from_hex("00").has_value());
}

// The GCM specification's test case 14: key, nonce and plain text of zeros.
TEST(Seal, gives_the_known_answer) {
  const auto sealed = seal(Key{}, Nonce{}, "", std::string(16, '\0'));
  EXPECT_EQ(to_hex({reinterpret_cast<const std::uint8_t*>(sealed.data()), sealed.size()}),
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
}

RC_GTEST_PROP(Seal, makes_the_same_bytes_with_either_library, ()) {
  const auto text = rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  const auto plain = *text;
  const auto associated = *text;
  const Key key = system_random().key();
  const Nonce nonce = system_random().nonce();
  const auto sealed = seal_with_openssl(key, nonce, associated, plain);
  RC_ASSERT(open_with_openssl(key, nonce, associated, sealed) == plain);
  if (!has_sodium_backend()) return;
  RC_ASSERT(seal_with_sodium(key, nonce, associated, plain) == sealed);
  RC_ASSERT(open_with_sodium(key, nonce, associated, sealed) == plain);
}

TEST(Seal, opens_nothing_where_a_bit_is_another) {
  const Key key = system_random().key();
  const Nonce nonce = system_random().nonce();
  const auto sealed = seal(key, nonce, "bound", "secret");
  EXPECT_EQ(open_sealed(key, nonce, "bound", sealed), "secret");
  EXPECT_FALSE(open_sealed(key, nonce, "other", sealed).has_value());
  EXPECT_FALSE(open_sealed(Key{}, nonce, "bound", sealed).has_value());
  EXPECT_FALSE(open_sealed(key, Nonce{}, "bound", sealed).has_value());
  EXPECT_FALSE(open_sealed(key, nonce, "bound", sealed.substr(0, 15)).has_value());
  for (std::size_t byte = 0; byte < sealed.size(); ++byte) {
    auto bad = sealed;
    bad[byte] ^= 4;
    EXPECT_FALSE(open_sealed(key, nonce, "bound", bad).has_value());
    EXPECT_FALSE(open_with_openssl(key, nonce, "bound", bad).has_value());
  }
}

TEST(SystemRandom, does_not_repeat) {
  EXPECT_FALSE(system_random().key() == system_random().key());
  EXPECT_EQ(system_random().bytes(5).size(), 5u);
}

TEST(EqualInConstantTime, compares) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST(Passwords, verify_only_themselves) {
  const PasswordCost cheap{1, 8u << 10};
  const auto hash = hash_password("正确的马电池", cheap);
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_NE(hash, hash_password("正确的马电池", cheap));
  EXPECT_TRUE(verify_password(hash, "正确的马电池"));
  EXPECT_FALSE(verify_password(hash, "正确的马电"));
  EXPECT_FALSE(verify_password("no hash", "x"));
  EXPECT_FALSE(verify_password(std::string(500, 'a'), "x"));
  EXPECT_FALSE(needs_rehash(hash, cheap));
  EXPECT_TRUE(needs_rehash(hash));
}

TEST(SealedBlob, comes_back_at_every_length_around_its_blocks) {
  const auto key = samples::server_key();
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kBlockBytes - 1, kBlockBytes, kBlockBytes + 1,
                                 2 * kBlockBytes, 3 * kBlockBytes + 5}) {
    const std::string plain(size, 'p');
    const auto sealed = seal_blob(key, system_random(), "name", plain);
    EXPECT_EQ(open_blob(key, "name", sealed), plain) << size;
    EXPECT_FALSE(open_blob(key, "other", sealed).has_value());
    EXPECT_FALSE(open_blob(samples::server_key(1), "name", sealed).has_value());
    EXPECT_FALSE(open_blob(key, "name", sealed.substr(0, sealed.size() - 1)).has_value());
    EXPECT_FALSE(open_blob(key, "name", sealed + "x").has_value());
  }
}

TEST(SealedBlob, shows_flipped_bits_and_blocks_that_changed_places) {
  const auto key = samples::server_key();
  const auto sealed = seal_blob(key, system_random(), "name", std::string(3 * kBlockBytes, 'p'));
  for (std::size_t byte = 0; byte < sealed.size(); byte += byte < 100 ? 1 : 4'001) {
    auto bad = sealed;
    bad[byte] ^= 1;
    EXPECT_FALSE(open_blob(key, "name", bad).has_value()) << byte;
  }
  const std::size_t block = kBlockBytes + kTagBytes;
  const std::size_t first = sealed.size() - 3 * block;
  auto moved = sealed;
  std::swap_ranges(moved.begin() + static_cast<std::ptrdiff_t>(first),
                   moved.begin() + static_cast<std::ptrdiff_t>(first + block),
                   moved.begin() + static_cast<std::ptrdiff_t>(first + block));
  EXPECT_FALSE(open_blob(key, "name", moved).has_value());
}

RC_GTEST_PROP(SealedBlob, takes_any_bytes_without_a_fault, ()) {
  (void)open_blob(samples::server_key(), "name", *rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
}

}  // namespace
}  // namespace highseas::eventstore
