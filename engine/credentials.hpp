// credentials — passwords, sessions, API keys and invitation tokens: beside the log, by hash, in no event.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "eventstore/crypto.hpp"
#include "eventstore/side_store.hpp"

namespace highseas::engine {

inline constexpr std::int64_t kSessionIdleMs = 12 * 3'600'000ll;
inline constexpr std::int64_t kSessionAbsoluteMs = 14 * 86'400'000ll;
inline constexpr std::int64_t kInvitationMs = 7 * 86'400'000ll;

struct Session {
  base::Ulid id;  // names it to its owner; tells nothing of the token
  eventstore::WorkspaceNumber workspace = 0;
  base::MemberId member;
  base::Instant created_at;
  base::Instant last_seen_at;
  eventstore::Hash csrf_hash{};
  base::Instant expires_at() const;
};

struct NewSession {
  base::Ulid id;
  std::string token;
  std::string csrf_token;
  base::Instant expires_at;
};

struct KeyOwner {
  eventstore::WorkspaceNumber workspace = 0;
  base::ApiKeyId key;
  base::MemberId member;
};

struct InvitationHolder {
  eventstore::WorkspaceNumber workspace = 0;
  base::InvitationId invitation;
  base::MemberId member;
};

// 256 random bits as text that passes through URLs and headers.
std::string fresh_token(eventstore::RandomSource& random);

// Any thread may call it. Times are real ones.
class Credentials {
 public:
  // Reads the sessions; those that are over are dropped, on disk too.
  static std::expected<std::unique_ptr<Credentials>, eventstore::SideError> open(eventstore::SideStore& store,
                                                                                 eventstore::RandomSource& random,
                                                                                 base::Instant now);

  std::expected<NewSession, eventstore::SideError> start_session(eventstore::WorkspaceNumber workspace,
                                                                 base::MemberId member, base::Instant now);
  // Nothing for an unknown, idle or old one. Being asked for keeps it alive.
  std::optional<Session> session(std::string_view token, base::Instant now);
  bool csrf_matches(const Session& session, std::string_view csrf_token) const;
  std::vector<Session> sessions_of(eventstore::WorkspaceNumber workspace, base::MemberId member);
  // Synced before they return.
  void end_session(base::Ulid id);
  // How many these were.
  std::size_t end_sessions_of(eventstore::WorkspaceNumber workspace, base::MemberId member,
                              std::optional<base::Ulid> except = std::nullopt);

  static eventstore::SideWrite password_write(eventstore::WorkspaceNumber workspace, base::MemberId member,
                                              std::string hash);
  std::optional<std::string> password_hash(eventstore::WorkspaceNumber workspace, base::MemberId member) const;
  std::expected<void, eventstore::SideError> set_password_hash(eventstore::WorkspaceNumber workspace,
                                                               base::MemberId member, std::string_view hash);

  static eventstore::SideWrite api_key_write(std::string_view secret, const KeyOwner& owner);
  std::optional<KeyOwner> api_key(std::string_view secret) const;

  static eventstore::SideWrite invitation_write(std::string_view token, const InvitationHolder& holder);
  static eventstore::SideWrite invitation_erase(std::string_view token);
  std::optional<InvitationHolder> invitation(std::string_view token) const;

 private:
  using TokenHash = eventstore::Hash;
  struct HashOfHash {
    std::size_t operator()(const TokenHash& hash) const;
  };

  Credentials(eventstore::SideStore& store, eventstore::RandomSource& random) : store_(store), random_(random) {}
  void forget(const TokenHash& hash);

  eventstore::SideStore& store_;
  eventstore::RandomSource& random_;
  mutable std::mutex mutex_;
  std::unordered_map<TokenHash, Session, HashOfHash> sessions_;  // guarded by mutex_
};

}  // namespace highseas::engine
