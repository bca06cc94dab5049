// commit_format — the bytes.
#include "eventstore/commit_format.hpp"

#include <lz4.h>

#include <utility>

#include "base/assert.hpp"
#include "eventstore/bytes.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::uint8_t kSectionTag = 1;
constexpr std::uint8_t kHasSubject = 1;
constexpr std::uint8_t kHasBox = 2;

constexpr std::uint8_t kOnBehalfOf = 1;
constexpr std::uint8_t kCorrelation = 2;
constexpr std::uint8_t kCause = 4;

bool known_actor(std::uint8_t kind) {
  return kind >= static_cast<std::uint8_t>(ActorKind::member) && kind <= static_cast<std::uint8_t>(ActorKind::setup);
}

Box read_box(ByteReader& in) {
  Box box;
  box.key_owner = in.ulid();
  box.key_position = in.u64();
  box.nonce = in.array<Nonce>();
  box.compressed = in.u8() == 1;
  box.sealed = in.counted();
  return box;
}

}  // namespace

std::string encode_head(const CommitHead& head) {
  const auto& meta = head.meta;
  ByteWriter out;
  out.u16(meta.format_version);
  out.u16(meta.minimal_reader_version);
  out.ulid(meta.workspace);
  out.u64(meta.position);
  out.i64(meta.time.ms);
  out.i64(meta.recorded_at.ms);
  out.u8(static_cast<std::uint8_t>((meta.actor.on_behalf_of ? kOnBehalfOf : 0) | (meta.correlation ? kCorrelation : 0) |
                                   (meta.cause ? kCause : 0)));
  out.u8(static_cast<std::uint8_t>(meta.actor.kind));
  out.ulid(meta.actor.id);
  if (meta.actor.on_behalf_of) out.ulid(*meta.actor.on_behalf_of);
  out.ulid(meta.command.ulid);
  if (meta.correlation) out.ulid(meta.correlation->ulid);
  if (meta.cause) out.ulid(meta.cause->ulid);
  out.raw(head.previous_hash);
  out.u16(static_cast<std::uint16_t>(head.section_hashes.size()));
  for (const auto& hash : head.section_hashes) out.raw(hash);
  return out.take();
}

std::expected<CommitHead, FormatFault> decode_head(std::string_view bytes) {
  ByteReader in(bytes);
  CommitHead head;
  auto& meta = head.meta;
  meta.format_version = in.u16();
  meta.minimal_reader_version = in.u16();
  if (in.ok() && meta.minimal_reader_version > kFormatVersion) return std::unexpected(FormatFault::newer);
  meta.workspace = in.ulid();
  meta.position = in.u64();
  meta.time.ms = in.i64();
  meta.recorded_at.ms = in.i64();
  const auto flags = in.u8();
  const auto kind = in.u8();
  meta.actor.kind = static_cast<ActorKind>(kind);
  meta.actor.id = in.ulid();
  if (flags & kOnBehalfOf) meta.actor.on_behalf_of = in.ulid();
  meta.command.ulid = in.ulid();
  if (flags & kCorrelation) meta.correlation = base::CommandId{in.ulid()};
  if (flags & kCause) meta.cause = base::CommandId{in.ulid()};
  head.previous_hash = in.array<Hash>();
  const auto count = in.u16();
  if (in.left() != count * sizeof(Hash)) return std::unexpected(FormatFault::damaged);
  head.section_hashes.reserve(count);
  for (std::uint16_t i = 0; i < count; ++i) head.section_hashes.push_back(in.array<Hash>());
  if (!in.finished() || count == 0 || !known_actor(kind) || flags > 7) return std::unexpected(FormatFault::damaged);
  return head;
}

std::string encode_section(const SectionParts& section) {
  HS_ASSERT(section.salt.size() == kSaltBytes);
  ByteWriter out;
  out.u8(kSectionTag);
  out.u8(static_cast<std::uint8_t>((section.subject ? kHasSubject : 0) | (section.box ? kHasBox : 0)));
  if (section.subject) out.ulid(*section.subject);
  out.counted(section.clear);
  if (section.box) {
    out.ulid(section.box->key_owner);
    out.u64(section.box->key_position);
    out.raw(section.box->nonce);
    out.u8(section.box->compressed ? 1 : 0);
    out.counted(section.box->sealed);
  }
  out.raw(section.salt);
  return out.take();
}

std::expected<SectionParts, FormatFault> decode_section(std::string_view bytes) {
  ByteReader in(bytes);
  SectionParts section;
  const auto tag = in.u8();
  if (in.ok() && tag > kSectionTag) return std::unexpected(FormatFault::newer);
  const auto flags = in.u8();
  if (tag != kSectionTag || flags > 3) return std::unexpected(FormatFault::damaged);
  if (flags & kHasSubject) section.subject = in.ulid();
  section.clear = in.counted();
  if (flags & kHasBox) section.box = read_box(in);
  section.salt = in.raw(kSaltBytes);
  if (!in.finished()) return std::unexpected(FormatFault::damaged);
  return section;
}

Hash leaf_hash_of(std::string_view head) {
  return sha256({std::string_view("\0", 1), head});
}

std::string position_key(WorkspaceNumber workspace, Position position) {
  ByteWriter out;
  out.u32(workspace);
  out.u64(position);
  return out.take();
}

std::optional<std::pair<WorkspaceNumber, Position>> parse_position_key(std::string_view key) {
  ByteReader in(key);
  const auto workspace = in.u32();
  const auto position = in.u64();
  if (!in.finished()) return std::nullopt;
  return std::pair{workspace, position};
}

std::string encode_stored(const StoredCommit& commit) {
  ByteWriter out;
  out.counted(commit.head);
  out.u16(static_cast<std::uint16_t>(commit.sections.size()));
  for (const auto& section : commit.sections) out.counted(section);
  return out.take();
}

std::optional<StoredCommit> decode_stored(WorkspaceNumber workspace, Position position, std::string_view value) {
  ByteReader in(value);
  StoredCommit commit{workspace, position, std::string(in.counted()), {}};
  const auto count = in.u16();
  for (std::uint16_t i = 0; i < count && in.ok(); ++i) commit.sections.emplace_back(in.counted());
  if (!in.finished()) return std::nullopt;
  return commit;
}

std::string box_associated_data(base::Ulid workspace, Position position, base::Ulid subject) {
  ByteWriter out;
  out.ulid(workspace);
  out.u64(position);
  out.ulid(subject);
  return out.take();
}

Box seal_box(const Key& key, const Nonce& nonce, base::Ulid key_owner, Position key_position,
             std::string_view associated, std::string_view secret) {
  Box box{key_owner, key_position, nonce, false, {}};
  // u32 size of the plain text ‖ LZ4 block, where that is the smaller.
  std::string smaller(4 + static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(secret.size()))), '\0');
  const int size = LZ4_compress_default(secret.data(), smaller.data() + 4, static_cast<int>(secret.size()),
                                        static_cast<int>(smaller.size() - 4));
  if (size > 0 && static_cast<std::size_t>(size) + 4 < secret.size()) {
    ByteWriter length;
    length.u32(static_cast<std::uint32_t>(secret.size()));
    smaller.replace(0, 4, length.bytes());
    smaller.resize(4 + static_cast<std::size_t>(size));
    box.compressed = true;
    box.sealed = seal(key, nonce, associated, smaller);
  } else {
    box.sealed = seal(key, nonce, associated, secret);
  }
  return box;
}

std::optional<std::string> open_box(const Key& key, const Box& box, std::string_view associated) {
  auto plain = open_sealed(key, box.nonce, associated, box.sealed);
  if (!plain || !box.compressed) return plain;
  ByteReader in(*plain);
  const auto size = in.u32();
  if (!in.ok() || size > kMaxCommitBytes) return std::nullopt;
  const auto block = in.raw(in.left());
  std::string secret(size, '\0');
  const int got =
      LZ4_decompress_safe(block.data(), secret.data(), static_cast<int>(block.size()), static_cast<int>(size));
  if (got < 0 || static_cast<std::uint32_t>(got) != size) return std::nullopt;
  return secret;
}

}  // namespace highseas::eventstore
