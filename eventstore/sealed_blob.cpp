// sealed_blob — each block is bound to its number and to whether it is the last.
#include "eventstore/sealed_blob.hpp"

#include <algorithm>
#include <cstdint>

#include "eventstore/bytes.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::uint8_t kTag = 1;

std::string purpose(std::string_view name) {
  return "file key " + std::string(name);
}

std::string bound(std::string_view name, std::uint64_t block, bool last) {
  ByteWriter out;
  out.u64(block);
  out.u8(last ? 1 : 0);
  out.raw(name);
  return out.take();
}

// The key seals this one blob and no other: its blocks' numbers are nonces enough.
Nonce block_nonce(std::uint64_t block) {
  Nonce nonce{};
  for (int i = 0; i < 8; ++i) nonce[4 + i] = static_cast<std::uint8_t>(block >> (56 - 8 * i));
  return nonce;
}

}  // namespace

std::string seal_blob(const ServerKey& server_key, RandomSource& random, std::string_view name,
                      std::string_view plain) {
  const Key key = random.key();
  const Nonce nonce = random.nonce();
  ByteWriter out;
  out.u8(kTag);
  out.u32(server_key.id());
  out.raw(nonce);
  out.counted(server_key.wrap(key, nonce, purpose(name)));
  out.u64(plain.size());
  for (std::uint64_t block = 0;; ++block) {
    const auto part = plain.substr(0, kBlockBytes);
    plain.remove_prefix(part.size());
    out.raw(seal(key, block_nonce(block), bound(name, block, plain.empty()), part));
    if (plain.empty()) return out.take();
  }
}

std::optional<std::string> open_blob(const ServerKey& server_key, std::string_view name, std::string_view sealed) {
  ByteReader in(sealed);
  const auto tag = in.u8();
  const auto key_id = in.u32();
  const auto nonce = in.array<Nonce>();
  const auto wrapped = in.counted();
  const auto size = in.u64();
  if (!in.ok() || tag != kTag || key_id != server_key.id()) return std::nullopt;
  const auto key = server_key.unwrap(wrapped, nonce, purpose(name));
  // What is left bounds the size that is claimed, before anything is set aside for it.
  const std::uint64_t blocks = size == 0 ? 1 : size / kBlockBytes + (size % kBlockBytes != 0);
  if (!key || size > in.left() || in.left() != size + blocks * kTagBytes) return std::nullopt;
  std::string plain;
  plain.reserve(size);
  for (std::uint64_t block = 0; block < blocks; ++block) {
    const auto part = in.raw(std::min(kBlockBytes + kTagBytes, in.left()));
    const auto opened = open_sealed(*key, block_nonce(block), bound(name, block, block + 1 == blocks), part);
    if (!opened) return std::nullopt;
    plain += *opened;
  }
  return plain;
}

}  // namespace highseas::eventstore
