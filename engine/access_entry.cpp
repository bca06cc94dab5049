// access_entry — names and bytes (docs/format.md, The access trail).
#include "engine/access_entry.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "eventstore/bytes.hpp"

namespace highseas::engine {
namespace {

using eventstore::ByteReader;
using eventstore::ByteWriter;
using eventstore::Family;

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeadingBytes = 1 + 1 + 8 + 16;

constexpr std::array<std::pair<AccessKind, std::string_view>, 14> kNames{{
    {AccessKind::workspace_set_up, "workspace_set_up"},
    {AccessKind::logged_in, "logged_in"},
    {AccessKind::log_in_tried, "log_in_tried"},
    {AccessKind::log_in_failed, "log_in_failed"},
    {AccessKind::log_in_backed_off, "log_in_backed_off"},
    {AccessKind::logged_out, "logged_out"},
    {AccessKind::session_ended, "session_ended"},
    {AccessKind::sessions_ended, "sessions_ended"},
    {AccessKind::password_changed, "password_changed"},
    {AccessKind::password_change_failed, "password_change_failed"},
    {AccessKind::invitation_accepted, "invitation_accepted"},
    {AccessKind::api_key_issued, "api_key_issued"},
    {AccessKind::api_key_revoked, "api_key_revoked"},
    {AccessKind::api_key_new_address, "api_key_new_address"},
}};

bool is_known(AccessKind kind) {
  return std::ranges::any_of(kNames, [&](const auto& each) { return each.first == kind; });
}

template <class Id>
base::Ulid ulid_or_zero(const std::optional<Id>& id) {
  if constexpr (std::is_same_v<Id, base::Ulid>) {
    return id.value_or(base::Ulid{});
  } else {
    return id ? id->ulid : base::Ulid{};
  }
}

template <class Id>
std::optional<Id> unless_zero(base::Ulid ulid) {
  if (ulid == base::Ulid{}) return std::nullopt;
  return Id{ulid};
}

std::string heading(const AccessEntry& entry) {
  ByteWriter out;
  out.u8(kVersion);
  out.u8(static_cast<std::uint8_t>(entry.kind));
  out.i64(entry.at.ms);
  out.ulid(ulid_or_zero(entry.member));
  return out.take();
}

std::string bound_to(std::string_view stored_under, std::string_view heading) {
  return std::string(stored_under) + std::string(heading);
}

}  // namespace

std::string_view name_of(AccessKind kind) {
  return std::ranges::find(kNames, kind, &std::pair<AccessKind, std::string_view>::first)->second;
}

std::optional<AccessKind> access_kind_of(std::string_view name) {
  const auto found = std::ranges::find(kNames, name, &std::pair<AccessKind, std::string_view>::second);
  if (found == kNames.end()) return std::nullopt;
  return found->first;
}

bool is_failure(AccessKind kind) {
  return kind == AccessKind::log_in_failed || kind == AccessKind::log_in_backed_off ||
         kind == AccessKind::password_change_failed;
}

std::string trail_prefix(eventstore::WorkspaceNumber workspace, TrailPart part) {
  ByteWriter out;
  out.u32(workspace);
  out.u8(static_cast<std::uint8_t>(part));
  return out.take();
}

std::string entry_key(eventstore::WorkspaceNumber workspace, TrailPart part, std::uint64_t number) {
  ByteWriter out;
  out.raw(trail_prefix(workspace, part));
  out.u64(~number);
  return out.take();
}

std::optional<std::uint64_t> number_of(std::string_view entry_key) {
  ByteReader in(entry_key);
  in.raw(4 + 1);
  const auto number = ~in.u64();
  if (!in.finished()) return std::nullopt;
  return number;
}

std::string seal_entry(const eventstore::Key& key, eventstore::RandomSource& random, std::string_view stored_under,
                       const AccessEntry& entry) {
  ByteWriter rest;
  rest.i64(entry.last_at.ms);
  rest.u32(entry.count);
  rest.ulid(ulid_or_zero(entry.by));
  rest.ulid(ulid_or_zero(entry.session));
  rest.ulid(ulid_or_zero(entry.api_key));
  rest.counted(entry.address);
  rest.counted(entry.user_agent);
  const auto head = heading(entry);
  const auto nonce = random.nonce();
  ByteWriter out;
  out.raw(head);
  out.raw(nonce);
  out.raw(eventstore::seal(key, nonce, bound_to(stored_under, head), rest.bytes()));
  return out.take();
}

std::optional<AccessHeading> heading_of(std::string_view stored) {
  ByteReader in(stored);
  const bool known = in.u8() == kVersion;
  const auto kind = static_cast<AccessKind>(in.u8());
  const base::Instant at{in.i64()};
  const auto member = unless_zero<base::MemberId>(in.ulid());
  if (!in.ok() || !known || !is_known(kind)) {
    return std::nullopt;
  }
  return AccessHeading{kind, at, member};
}

std::optional<AccessEntry> open_entry(const eventstore::Key& key, std::string_view stored_under,
                                      std::string_view stored) {
  const auto head = heading_of(stored);
  if (!head) return std::nullopt;
  ByteReader outer(stored);
  const auto clear = outer.raw(kHeadingBytes);
  const auto nonce = outer.array<eventstore::Nonce>();
  if (!outer.ok()) return std::nullopt;
  const auto rest = eventstore::open_sealed(key, nonce, bound_to(stored_under, clear), outer.raw(outer.left()));
  if (!rest) return std::nullopt;
  ByteReader in(*rest);
  AccessEntry entry{.kind = head->kind, .at = head->at, .member = head->member};
  entry.last_at = {in.i64()};
  entry.count = in.u32();
  entry.by = unless_zero<base::MemberId>(in.ulid());
  entry.session = unless_zero<base::Ulid>(in.ulid());
  entry.api_key = unless_zero<base::ApiKeyId>(in.ulid());
  entry.address = in.counted();
  entry.user_agent = in.counted();
  if (!in.finished()) return std::nullopt;
  return entry;
}

std::expected<eventstore::Key, eventstore::SideError> trail_key(eventstore::SideStore& store,
                                                                const eventstore::ServerKey& server_key,
                                                                eventstore::RandomSource& random,
                                                                eventstore::WorkspaceNumber workspace) {
  const auto name = "trail-key/" + std::to_string(workspace);
  const auto found = store.get(Family::auth, name);
  if (!found) return std::unexpected(found.error());
  if (*found) {
    ByteReader in(**found);
    in.u32();  // which server's key, for its rotation
    const auto nonce = in.array<eventstore::Nonce>();
    const auto key = server_key.unwrap(in.raw(in.left()), nonce, name);
    if (!key) return std::unexpected(eventstore::SideError{"the key of the access trail does not open", false});
    return *key;
  }
  auto key = random.key();
  const auto nonce = random.nonce();
  ByteWriter out;
  out.u32(server_key.id());
  out.raw(nonce);
  out.raw(server_key.wrap(key, nonce, name));
  if (auto put = store.put(Family::auth, name, out.bytes(), true); !put) return std::unexpected(put.error());
  return key;
}

}  // namespace highseas::engine
