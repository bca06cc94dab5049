// key_vault — the server's key, and under it a key for each record, so that a record is erased by destroying its key.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "eventstore/commit.hpp"
#include "eventstore/crypto.hpp"
#include "eventstore/errors.hpp"
#include "eventstore/log.hpp"

namespace highseas::eventstore {

// A key wrapped by the server's key, as a vault entry holds it.
struct WrappedKey {
  base::Ulid record;
  std::uint32_t server_key_id = 0;
  Nonce nonce{};
  std::string sealed;  // 48 bytes

  bool operator==(const WrappedKey&) const = default;
};
std::string encode_vault_entry(std::span<const WrappedKey> rows);
std::optional<std::vector<WrappedKey>> decode_vault_entry(std::string_view bytes);

// The key that wraps all others. Losing it is losing every sealed value.
class ServerKey {
 public:
  // Reads KEYS/server-key. Where there is none it is made, unless `log_has_commits`: then this is an error that names
  // the path. Refuses a key that others can read.
  static std::expected<ServerKey, OpenError> open(const std::string& keys_directory, bool log_has_commits,
                                                  RandomSource& random = system_random());
  explicit ServerKey(Key key);

  std::uint32_t id() const { return id_; }
  bool was_created() const { return was_created_; }  // so that the operator is warned once
  // Seals a key under this one; `purpose` is bound into it.
  std::string wrap(const Key& key, const Nonce& nonce, std::string_view purpose) const;
  std::optional<Key> unwrap(std::string_view sealed, const Nonce& nonce, std::string_view purpose) const;

 private:
  Key key_;
  std::uint32_t id_ = 0;
  bool was_created_ = false;
};

// A key that seals the secrets of a record, and where it lies.
struct RecordKey {
  Position position = 0;  // of its vault entry
  Key key;
};

// Any thread may call it.
class KeyVault {
 public:
  // Reads the whole vault once, and tries the server's key on it: OpenError::wrong_key where it does not fit.
  // `keys_directory` may be empty (tests): then there is no list of erased records.
  static std::expected<std::unique_ptr<KeyVault>, OpenError> open(const Log& log, ServerKey key,
                                                                  const std::string& keys_directory = {},
                                                                  RandomSource& random = system_random());
  ~KeyVault();

  // The key with which to seal now; nothing for a record that has none yet.
  std::expected<std::optional<RecordKey>, ReadError> current_key(WorkspaceNumber workspace, base::Ulid record);
  // The key that a box names; nothing where it was destroyed.
  std::expected<std::optional<Key>, ReadError> key_at(WorkspaceNumber workspace, Position position, base::Ulid record);

  // A fresh key for a record and its row for the vault entry of (workspace, position). Not known before remember().
  std::pair<Key, WrappedKey> make_key(WorkspaceNumber workspace, Position position, base::Ulid record);
  // The entry of (workspace, position) is on disk.
  void remember(WorkspaceNumber workspace, Position position, base::Ulid record, const Key& key);

  // Named in KEYS/erased: no key of it is handed out, whatever the log still holds.
  bool is_erased(base::Ulid record) const;
  // Appends to KEYS/erased, synced.
  std::expected<void, OpenError> add_erased(std::span<const base::Ulid> records);

  // Forgets all and reads the log again (after Log::reopen).
  std::expected<void, OpenError> reload();

  const ServerKey& server_key() const;
  RandomSource& random() const;

 private:
  struct State;
  explicit KeyVault(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace highseas::eventstore
