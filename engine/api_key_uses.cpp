// api_key_uses — sealed as the access trail is, and in its family: an address may tell where somebody lives.
#include "engine/api_key_uses.hpp"

#include <algorithm>

#include "engine/access_entry.hpp"
#include "engine/network.hpp"
#include "eventstore/bytes.hpp"

namespace highseas::engine {
namespace {

using eventstore::ByteReader;
using eventstore::ByteWriter;
using eventstore::Family;

constexpr std::uint8_t kVersion = 1;
constexpr std::int64_t kWriteEveryMs = 60'000;

std::string stored_under(eventstore::WorkspaceNumber workspace, base::ApiKeyId key) {
  ByteWriter out;
  out.raw(trail_prefix(workspace, TrailPart::key_uses));
  out.ulid(key.ulid);
  return out.take();
}

}  // namespace

std::expected<void, eventstore::SideError> ApiKeyUses::serve(eventstore::WorkspaceNumber workspace,
                                                             const eventstore::Key& trail_key) {
  const std::lock_guard lock(mutex_);
  seals_[workspace] = trail_key;
  const auto prefix = trail_prefix(workspace, TrailPart::key_uses);
  return store_.scan(Family::trail, prefix, [&](std::string_view name, std::string_view value) {
    ByteReader outer(value);
    const bool known = outer.u8() == kVersion;
    const auto nonce = outer.array<eventstore::Nonce>();
    if (!outer.ok() || !known) return true;
    const auto plain = eventstore::open_sealed(trail_key, nonce, name, outer.raw(outer.left()));
    if (!plain) return true;
    ByteReader in(*plain);
    Use use;
    use.last = use.written = {in.i64()};
    for (auto count = in.u8(); count > 0 && in.ok(); --count) use.networks.emplace_back(in.counted());
    ByteReader named(name.substr(prefix.size()));
    const base::ApiKeyId key{named.ulid()};
    if (in.finished() && named.finished()) uses_[key] = std::move(use);
    return true;
  });
}

bool ApiKeyUses::used(eventstore::WorkspaceNumber workspace, base::ApiKeyId key, const std::string& address,
                      base::Instant now) {
  bool is_new = false;
  Use to_write;
  {
    const std::lock_guard lock(mutex_);
    auto& use = uses_[key];
    use.last = std::max(use.last, now);
    if (use.address != address || use.networks.empty()) {
      use.address = address;
      auto network = network_of(address);
      is_new = std::ranges::find(use.networks, network) == use.networks.end();
      if (is_new && use.networks.size() == kNetworksOfAKey) use.networks.erase(use.networks.begin());
      if (is_new) use.networks.push_back(std::move(network));
    }
    if (!is_new && use.last.ms - use.written.ms < kWriteEveryMs) return false;
    use.written = use.last;
    to_write = use;
  }
  write(workspace, key, to_write);  // without the lock: other keys do not wait for the disk
  return is_new;
}

// Where it fails the last use is told from memory, and written a minute later.
void ApiKeyUses::write(eventstore::WorkspaceNumber workspace, base::ApiKeyId key, const Use& use) {
  eventstore::Key seal;
  {
    const std::lock_guard lock(mutex_);
    const auto found = seals_.find(workspace);
    if (found == seals_.end()) return;
    seal = found->second;
  }
  ByteWriter plain;
  plain.i64(use.last.ms);
  plain.u8(static_cast<std::uint8_t>(use.networks.size()));
  for (const auto& network : use.networks) plain.counted(network);
  const auto name = stored_under(workspace, key);
  const auto nonce = random_.nonce();
  ByteWriter out;
  out.u8(kVersion);
  out.raw(nonce);
  out.raw(eventstore::seal(seal, nonce, name, plain.bytes()));
  (void)store_.put(Family::trail, name, out.bytes());
}

std::optional<base::Instant> ApiKeyUses::last_use(base::ApiKeyId key) const {
  const std::lock_guard lock(mutex_);
  const auto found = uses_.find(key);
  if (found == uses_.end()) return std::nullopt;
  return found->second.last;
}

}  // namespace highseas::engine
