// key_vault — keys are unwrapped an entry at a time, and kept while they are used.
#include "eventstore/key_vault.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/assert.hpp"
#include "eventstore/bytes.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/key_file.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::uint8_t kEntryTag = 1;
constexpr std::string_view kServerKeyRemedy = "put the key's backup there, or name its directory by --keys";
// Keys kept open in each of the two generations of the cache: about 10 MB.
constexpr std::size_t kCachedKeys = 50'000;

// What a wrapped record key is bound to.
std::string key_purpose(WorkspaceNumber workspace, Position position, base::Ulid record) {
  ByteWriter out;
  out.raw(std::string_view("record key"));
  out.u32(workspace);
  out.u64(position);
  out.ulid(record);
  return out.take();
}

struct KeyPlace {
  WorkspaceNumber workspace;
  Position position;
  base::Ulid record;
  bool operator==(const KeyPlace&) const = default;
};

struct KeyPlaceHash {
  std::size_t operator()(const KeyPlace& place) const {
    return base::UlidHash{}(place.record) ^ (place.position * 0x9E3779B97F4A7C15ull) ^ place.workspace;
  }
};

OpenError unreadable(WorkspaceNumber workspace, Position position) {
  return {OpenError::Kind::damaged, "vault of workspace " + std::to_string(workspace), position,
          "the vault entry's bytes do not hold together", "run `highseas verify`; restore the last backup"};
}

std::expected<std::unordered_set<base::Ulid>, OpenError> read_erased(const std::string& path) {
  std::unordered_set<base::Ulid> erased;
  if (path.empty() || !file_exists(path)) return erased;
  const auto bytes = read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  for (std::size_t at = 0; at < bytes->size();) {
    const auto end = bytes->find('\n', at);
    // A line that a crash cut off was never answered for.
    if (end == std::string::npos) break;
    const auto record = base::parse_ulid(std::string_view(*bytes).substr(at, end - at));
    if (!record) {
      return std::unexpected(OpenError{OpenError::Kind::damaged, path, 0,
                                       "the line at byte " + std::to_string(at) + " is no id",
                                       "restore this file from the backup of the keys"});
    }
    erased.insert(*record);
    at = end + 1;
  }
  return erased;
}

}  // namespace

std::string encode_vault_entry(std::span<const WrappedKey> rows) {
  ByteWriter out;
  out.u8(kEntryTag);
  out.u16(static_cast<std::uint16_t>(rows.size()));
  for (const auto& row : rows) {
    out.ulid(row.record);
    out.u32(row.server_key_id);
    out.raw(row.nonce);
    out.counted(row.sealed);
  }
  return out.take();
}

std::optional<std::vector<WrappedKey>> decode_vault_entry(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.u8() != kEntryTag) return std::nullopt;
  const auto count = in.u16();
  std::vector<WrappedKey> rows;
  for (std::uint16_t i = 0; i < count && in.ok(); ++i) {
    WrappedKey row;
    row.record = in.ulid();
    row.server_key_id = in.u32();
    row.nonce = in.array<Nonce>();
    row.sealed = in.counted();
    rows.push_back(std::move(row));
  }
  if (!in.finished()) return std::nullopt;
  return rows;
}

ServerKey::ServerKey(Key key) : key_(key) {
  const auto hash = sha256({"highseas server key id", as_text(key.bytes)});
  id_ = ByteReader(as_text(hash)).u32();
}

std::expected<ServerKey, OpenError> ServerKey::open(const std::string& keys_directory, bool log_has_commits,
                                                    RandomSource& random) {
  const KeyFile file{keys_directory + "/server-key", "server key", kServerKeyRemedy};
  if (file_exists(file.path)) {
    const auto key = file.read();
    if (!key) return std::unexpected(key.error());
    return ServerKey(*key);
  }
  if (log_has_commits) {
    return std::unexpected(OpenError{OpenError::Kind::missing_key, file.path, 0,
                                     "the server key is missing, and without it nothing sealed can be read",
                                     std::string(kServerKeyRemedy)});
  }
  const auto key = file.make(random);
  if (!key) return std::unexpected(key.error());
  ServerKey fresh(*key);
  fresh.was_created_ = true;
  return fresh;
}

std::string ServerKey::wrap(const Key& key, const Nonce& nonce, std::string_view purpose) const {
  return seal(key_, nonce, purpose, as_text(key.bytes));
}

std::optional<Key> ServerKey::unwrap(std::string_view sealed, const Nonce& nonce, std::string_view purpose) const {
  const auto bytes = open_sealed(key_, nonce, purpose, sealed);
  Key key;
  if (!bytes || bytes->size() != key.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), key.bytes.begin());
  return key;
}

struct KeyVault::State {
  State(const Log& its_log, ServerKey its_key, std::string its_erased_path, RandomSource& its_random)
      : log(its_log), server_key(std::move(its_key)), erased_path(std::move(its_erased_path)), random(its_random) {}

  using Keys = std::unordered_map<KeyPlace, Key, KeyPlaceHash>;

  // Two generations are a least-recently-used cache without a list: what is used moves to the young one, and when that
  // is full the old one goes.
  void keep(const KeyPlace& place, const Key& key) {
    if (young.size() >= kCachedKeys) {
      old = std::move(young);
      young.clear();
    }
    young.insert_or_assign(place, key);
  }

  std::optional<Key> cached(const KeyPlace& place) {
    if (const auto found = young.find(place); found != young.end()) return found->second;
    const auto found = old.find(place);
    if (found == old.end()) return std::nullopt;
    const Key key = found->second;
    keep(place, key);
    return key;
  }

  const Log& log;
  const ServerKey server_key;
  const std::string erased_path;  // empty = none
  RandomSource& random;

  mutable std::mutex mutex;
  std::unordered_map<WorkspaceNumber, std::unordered_map<base::Ulid, Position>> places;  // newest entry of each record
  std::unordered_set<base::Ulid> erased;
  Keys young;
  Keys old;
};

KeyVault::KeyVault(std::unique_ptr<State> state) : state_(std::move(state)) {}
KeyVault::~KeyVault() = default;

std::expected<std::unique_ptr<KeyVault>, OpenError> KeyVault::open(const Log& log, ServerKey key,
                                                                   const std::string& keys_directory,
                                                                   RandomSource& random) {
  std::string erased_path = keys_directory.empty() ? std::string() : keys_directory + "/erased";
  std::unique_ptr<KeyVault> vault(
      new KeyVault(std::make_unique<State>(log, std::move(key), std::move(erased_path), random)));
  if (auto loaded = vault->reload(); !loaded) return std::unexpected(loaded.error());
  return vault;
}

std::expected<void, OpenError> KeyVault::reload() {
  const std::scoped_lock lock(state_->mutex);
  auto& state = *state_;
  auto erased = read_erased(state.erased_path);
  if (!erased) return std::unexpected(erased.error());
  state.erased = std::move(*erased);
  state.places.clear();
  state.young.clear();
  state.old.clear();
  std::optional<OpenError> error;
  const auto visited = state.log.for_each_vault_entry([&](WorkspaceNumber workspace, Position position, auto bytes) {
    const auto rows = decode_vault_entry(bytes);
    if (!rows) {
      error = unreadable(workspace, position);
      return false;
    }
    for (const auto& row : *rows) {
      if (row.server_key_id != state.server_key.id()) {
        error = OpenError{OpenError::Kind::wrong_key, "vault of workspace " + std::to_string(workspace), position,
                          "its keys were wrapped by another server key than the one at hand",
                          "name the directory of the right server key by --keys"};
        return false;
      }
      state.places[workspace][row.record] = position;
    }
    return true;
  });
  if (!visited) {
    const auto& fault = visited.error();
    return std::unexpected(OpenError{OpenError::Kind::damaged, "vault of workspace " + std::to_string(fault.workspace),
                                     fault.position, fault.message, fault.remedy});
  }
  if (error) return std::unexpected(std::move(*error));
  return {};
}

std::expected<std::optional<RecordKey>, ReadError> KeyVault::current_key(WorkspaceNumber workspace, base::Ulid record) {
  Position position = 0;
  {
    const std::scoped_lock lock(state_->mutex);
    const auto records = state_->places.find(workspace);
    if (records == state_->places.end()) return std::nullopt;
    const auto found = records->second.find(record);
    if (found == records->second.end()) return std::nullopt;
    position = found->second;
  }
  const auto key = key_at(workspace, position, record);
  if (!key) return std::unexpected(key.error());
  if (!*key) return std::nullopt;
  return RecordKey{position, **key};
}

std::expected<std::optional<Key>, ReadError> KeyVault::key_at(WorkspaceNumber workspace, Position position,
                                                              base::Ulid record) {
  const std::scoped_lock lock(state_->mutex);
  auto& state = *state_;
  if (state.erased.contains(record)) return std::nullopt;
  if (auto key = state.cached({workspace, position, record})) return key;
  const auto entry = state.log.vault_entry(workspace, position);
  if (!entry) return std::unexpected(entry.error());
  if (!*entry) return std::nullopt;
  const auto rows = decode_vault_entry(**entry);
  const ReadError damaged{ReadError::Kind::damaged, workspace, position, "the vault entry's bytes do not hold together",
                          "run `highseas verify`; restore the last backup"};
  if (!rows) return std::unexpected(damaged);
  // The whole entry: the records of one commit are read together.
  std::optional<Key> wanted;
  for (const auto& row : *rows) {
    const auto key = state.server_key.unwrap(row.sealed, row.nonce, key_purpose(workspace, position, row.record));
    if (!key) return std::unexpected(damaged);
    state.keep({workspace, position, row.record}, *key);
    if (row.record == record) wanted = *key;
  }
  return wanted;
}

std::pair<Key, WrappedKey> KeyVault::make_key(WorkspaceNumber workspace, Position position, base::Ulid record) {
  const Key key = state_->random.key();
  WrappedKey row{record, state_->server_key.id(), state_->random.nonce(), {}};
  row.sealed = state_->server_key.wrap(key, row.nonce, key_purpose(workspace, position, record));
  return {key, std::move(row)};
}

void KeyVault::remember(WorkspaceNumber workspace, Position position, base::Ulid record, const Key& key) {
  const std::scoped_lock lock(state_->mutex);
  state_->places[workspace][record] = position;
  state_->keep({workspace, position, record}, key);
}

bool KeyVault::is_erased(base::Ulid record) const {
  const std::scoped_lock lock(state_->mutex);
  return state_->erased.contains(record);
}

std::expected<void, OpenError> KeyVault::add_erased(std::span<const base::Ulid> records) {
  HS_ASSERT(!state_->erased_path.empty());
  std::string lines;
  for (const auto record : records) lines += base::format_ulid(record) + "\n";
  const std::scoped_lock lock(state_->mutex);
  if (auto written = append_synced(state_->erased_path, lines); !written) return written;
  state_->erased.insert(records.begin(), records.end());
  return {};
}

const ServerKey& KeyVault::server_key() const {
  return state_->server_key;
}

RandomSource& KeyVault::random() const {
  return state_->random;
}

}  // namespace highseas::eventstore
