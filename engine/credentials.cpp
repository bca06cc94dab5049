// credentials — keys of the families auth and sessions, and what stands behind each (docs/format.md lists them).
#include "engine/credentials.hpp"

#include <algorithm>
#include <cstring>

#include "base/assert.hpp"
#include "eventstore/bytes.hpp"

namespace highseas::engine {
namespace {

using eventstore::ByteReader;
using eventstore::ByteWriter;
using eventstore::Family;
using eventstore::Hash;
using eventstore::SideWrite;

constexpr std::int64_t kTouchEveryMs = 60'000;  // last use is written once a minute at most

std::string key_of(std::string_view kind, std::string_view rest) {
  return std::string(kind) + std::string(rest);
}

std::string hash_text(std::string_view token) {
  const auto hash = eventstore::sha256(token);
  return std::string(eventstore::as_text(hash));
}

std::string password_key(eventstore::WorkspaceNumber workspace, base::MemberId member) {
  ByteWriter out;
  out.raw(std::string_view("password/"));
  out.u32(workspace);
  out.ulid(member.ulid);
  return out.take();
}

std::string three_ids(eventstore::WorkspaceNumber workspace, base::Ulid thing, base::MemberId member) {
  ByteWriter out;
  out.u32(workspace);
  out.ulid(thing);
  out.ulid(member.ulid);
  return out.take();
}

struct ThreeIds {
  eventstore::WorkspaceNumber workspace;
  base::Ulid thing;
  base::MemberId member;
};

std::optional<ThreeIds> read_three_ids(std::string_view bytes) {
  ByteReader in(bytes);
  ThreeIds ids{in.u32(), in.ulid(), base::MemberId{in.ulid()}};
  if (!in.finished()) return std::nullopt;
  return ids;
}

std::string session_value(const Session& session) {
  ByteWriter out;
  out.ulid(session.id);
  out.u32(session.workspace);
  out.ulid(session.member.ulid);
  out.i64(session.created_at.ms);
  out.i64(session.last_seen_at.ms);
  out.raw(session.csrf_hash);
  return out.take();
}

std::optional<Session> read_session(std::string_view bytes) {
  ByteReader in(bytes);
  Session session;
  session.id = in.ulid();
  session.workspace = in.u32();
  session.member = base::MemberId{in.ulid()};
  session.created_at = {in.i64()};
  session.last_seen_at = {in.i64()};
  session.csrf_hash = in.array<Hash>();
  if (!in.finished()) return std::nullopt;
  return session;
}

std::string_view text_of(const Hash& hash) {
  return eventstore::as_text(hash);
}

}  // namespace

base::Instant Session::expires_at() const {
  return std::min(last_seen_at + kSessionIdleMs, created_at + kSessionAbsoluteMs);
}

std::size_t Credentials::HashOfHash::operator()(const TokenHash& hash) const {
  std::size_t value;
  std::memcpy(&value, hash.data(), sizeof value);
  return value;
}

std::string fresh_token(eventstore::RandomSource& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  return eventstore::to_hex(bytes);
}

std::expected<std::unique_ptr<Credentials>, eventstore::SideError> Credentials::open(eventstore::SideStore& store,
                                                                                     eventstore::RandomSource& random,
                                                                                     base::Instant now) {
  auto credentials = std::unique_ptr<Credentials>(new Credentials(store, random));
  auto read = store.scan(Family::sessions, "", [&](std::string_view key, std::string_view value) {
    TokenHash hash{};
    const auto session = read_session(value);
    if (!session || key.size() != hash.size()) return true;
    if (session->expires_at() <= now) {
      (void)store.erase(Family::sessions, key);  // where it fails it is tried again at the next start
      return true;
    }
    std::memcpy(hash.data(), key.data(), hash.size());
    credentials->sessions_.emplace(hash, *session);
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return credentials;
}

std::expected<NewSession, eventstore::SideError> Credentials::start_session(eventstore::WorkspaceNumber workspace,
                                                                            base::MemberId member, base::Instant now) {
  NewSession made{.id = {}, .token = fresh_token(random_), .csrf_token = fresh_token(random_), .expires_at = {}};
  std::array<std::uint8_t, 16> id{};
  random_.fill(id);
  const Session session{.id = base::ulid_from_bytes(id.data()),
                        .workspace = workspace,
                        .member = member,
                        .created_at = now,
                        .last_seen_at = now,
                        .csrf_hash = eventstore::sha256(made.csrf_token)};
  made.id = session.id;
  made.expires_at = session.expires_at();
  const auto hash = eventstore::sha256(made.token);
  if (auto put = store_.put(Family::sessions, text_of(hash), session_value(session)); !put) {
    return std::unexpected(put.error());
  }
  const std::lock_guard lock(mutex_);
  sessions_.emplace(hash, session);
  return made;
}

std::optional<Session> Credentials::session(std::string_view token, base::Instant now) {
  const auto hash = eventstore::sha256(token);
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(hash);
  if (found == sessions_.end()) return std::nullopt;
  if (found->second.expires_at() <= now) {
    forget(hash);
    return std::nullopt;
  }
  if (now.ms - found->second.last_seen_at.ms >= kTouchEveryMs) {
    found->second.last_seen_at = now;
    // Losing this write in a crash makes the session end a minute early, no more.
    (void)store_.put(Family::sessions, text_of(hash), session_value(found->second));
  }
  return found->second;
}

bool Credentials::csrf_matches(const Session& session, std::string_view csrf_token) const {
  return eventstore::equal_in_constant_time(text_of(eventstore::sha256(csrf_token)), text_of(session.csrf_hash));
}

std::vector<Session> Credentials::sessions_of(eventstore::WorkspaceNumber workspace, base::MemberId member) {
  std::vector<Session> found;
  const std::lock_guard lock(mutex_);
  for (const auto& [hash, session] : sessions_) {
    if (session.workspace == workspace && session.member == member) found.push_back(session);
  }
  std::ranges::sort(found, [](const Session& a, const Session& b) { return a.created_at > b.created_at; });
  return found;
}

void Credentials::end_session(base::Ulid id) {
  const std::lock_guard lock(mutex_);
  for (const auto& [hash, session] : sessions_) {
    if (session.id == id) return forget(TokenHash(hash));
  }
}

std::size_t Credentials::end_sessions_of(eventstore::WorkspaceNumber workspace, base::MemberId member,
                                         std::optional<base::Ulid> except) {
  const std::lock_guard lock(mutex_);
  std::vector<TokenHash> over;
  for (const auto& [hash, session] : sessions_) {
    if (session.workspace == workspace && session.member == member && session.id != except) over.push_back(hash);
  }
  for (const auto& hash : over) forget(hash);
  return over.size();
}

// Called with the mutex held. In memory it is over at once, whatever the disk says.
void Credentials::forget(const TokenHash& hash) {
  (void)store_.erase(Family::sessions, text_of(hash), true);
  sessions_.erase(hash);
}

SideWrite Credentials::password_write(eventstore::WorkspaceNumber workspace, base::MemberId member, std::string hash) {
  return {Family::auth, password_key(workspace, member), std::move(hash)};
}

std::optional<std::string> Credentials::password_hash(eventstore::WorkspaceNumber workspace,
                                                      base::MemberId member) const {
  auto found = store_.get(Family::auth, password_key(workspace, member));
  return found ? *found : std::nullopt;
}

std::expected<void, eventstore::SideError> Credentials::set_password_hash(eventstore::WorkspaceNumber workspace,
                                                                          base::MemberId member,
                                                                          std::string_view hash) {
  return store_.put(Family::auth, password_key(workspace, member), hash);
}

SideWrite Credentials::api_key_write(std::string_view secret, const KeyOwner& owner) {
  return {Family::auth, key_of("api-key/", hash_text(secret)),
          three_ids(owner.workspace, owner.key.ulid, owner.member)};
}

std::optional<KeyOwner> Credentials::api_key(std::string_view secret) const {
  const auto found = store_.get(Family::auth, key_of("api-key/", hash_text(secret)));
  if (!found || !*found) return std::nullopt;
  const auto ids = read_three_ids(**found);
  if (!ids) return std::nullopt;
  return KeyOwner{ids->workspace, base::ApiKeyId{ids->thing}, ids->member};
}

SideWrite Credentials::invitation_write(std::string_view token, const InvitationHolder& holder) {
  return {Family::auth, key_of("invitation/", hash_text(token)),
          three_ids(holder.workspace, holder.invitation.ulid, holder.member)};
}

SideWrite Credentials::invitation_erase(std::string_view token) {
  return {Family::auth, key_of("invitation/", hash_text(token)), std::nullopt};
}

std::optional<InvitationHolder> Credentials::invitation(std::string_view token) const {
  const auto found = store_.get(Family::auth, key_of("invitation/", hash_text(token)));
  if (!found || !*found) return std::nullopt;
  const auto ids = read_three_ids(**found);
  if (!ids) return std::nullopt;
  return InvitationHolder{ids->workspace, base::InvitationId{ids->thing}, ids->member};
}

}  // namespace highseas::engine
