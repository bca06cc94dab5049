// commit_reader — checks, opens, hands on.
#include "eventstore/commit_reader.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "eventstore/commit_format.hpp"

namespace highseas::eventstore {
namespace {

constexpr ReadLimit kBatch{1'000, 4u << 20};

ReadError fault(WorkspaceNumber workspace, Position position, std::string message) {
  return {ReadError::Kind::damaged, workspace, position, std::move(message),
          "run `highseas verify`; restore the last backup or use `highseas salvage`"};
}

ReadError fault(WorkspaceNumber workspace, Position position, FormatFault kind, const std::string& what) {
  if (kind == FormatFault::damaged) return fault(workspace, position, "the bytes of " + what + " do not hold together");
  return {ReadError::Kind::newer, workspace, position, what + " was written by a newer one of this program",
          "use that version or a later one"};
}

std::expected<CommitHead, ReadError> head_of(const StoredCommit& stored) {
  auto head = decode_head(stored.head);
  if (!head) return std::unexpected(fault(stored.workspace, stored.position, head.error(), "the head"));
  if (head->meta.position != stored.position) {
    return std::unexpected(fault(stored.workspace, stored.position, "the head names another position"));
  }
  if (head->section_hashes.size() != stored.sections.size()) {
    return std::unexpected(fault(stored.workspace, stored.position, "the head names another number of sections"));
  }
  return std::move(*head);
}

std::expected<void, ReadError> open_secret(const Box& box, const StoredCommit& stored, const CommitHead& head,
                                           KeyVault& vault, PlainSection& section) {
  const auto key = vault.key_at(stored.workspace, box.key_position, box.key_owner);
  if (!key) return std::unexpected(key.error());
  if (!*key) {
    section.state = PlainSection::State::erased;
    return {};
  }
  const auto bound = box_associated_data(head.meta.workspace, stored.position, section.subject.value_or(base::Ulid{}));
  auto secret = open_box(**key, box, bound);
  if (!secret) return std::unexpected(fault(stored.workspace, stored.position, "a sealed box does not open"));
  section.secret = std::move(*secret);
  return {};
}

std::expected<PlainCommit, ReadError> open_with_head(const StoredCommit& stored, CommitHead head, KeyVault* vault,
                                                     ReadOptions options) {
  PlainCommit plain;
  plain.workspace_number = stored.workspace;
  for (std::size_t i = 0; i < stored.sections.size(); ++i) {
    const auto& bytes = stored.sections[i];
    const std::string name = "section " + std::to_string(i);
    if (options.check_sections && sha256(bytes) != head.section_hashes[i]) {
      return std::unexpected(fault(stored.workspace, stored.position, name + " is not the one that the head names"));
    }
    auto parts = decode_section(bytes);
    if (!parts) return std::unexpected(fault(stored.workspace, stored.position, parts.error(), name));
    PlainSection section{parts->subject, {}, std::move(parts->clear), {}, PlainSection::State::open};
    if (parts->box) {
      section.key_owner = parts->box->key_owner;
      if (vault != nullptr && options.open_boxes) {
        if (auto opened = open_secret(*parts->box, stored, head, *vault, section); !opened) {
          return std::unexpected(opened.error());
        }
      } else {
        section.state = PlainSection::State::sealed;
      }
    }
    plain.sections.push_back(std::move(section));
  }
  plain.meta = std::move(head.meta);
  return plain;
}

// Calls `visit` with each stored commit and its head; checks the chain where asked.
template <class Visit>
std::expected<void, ReadError> walk(const Log& log, WorkspaceNumber workspace, Position from, Position to,
                                    bool check_chain, const Visit& visit) {
  const Position last = to == 0 ? log.end(workspace) : std::min(to, log.end(workspace));
  Position next = std::max<Position>(from, 1);
  std::optional<Hash> before;
  if (check_chain && next == 1) before = Hash{};
  if (check_chain && next > 1 && next <= last) {
    const auto hash = leaf_hash(log, workspace, next - 1);
    if (!hash) return std::unexpected(hash.error());
    before = *hash;
  }
  while (next <= last) {
    ReadLimit limit = kBatch;
    limit.commits = static_cast<std::size_t>(std::min<Position>(limit.commits, last - next + 1));
    auto batch = log.read(workspace, next, limit);
    if (!batch) return std::unexpected(batch.error());
    if (batch->empty()) return std::unexpected(fault(workspace, next, "the commit is missing"));
    for (const auto& stored : *batch) {
      auto head = head_of(stored);
      if (!head) return std::unexpected(head.error());
      if (before && head->previous_hash != *before) {
        return std::unexpected(fault(workspace, next, "the head does not follow the commit before it"));
      }
      if (check_chain) before = leaf_hash_of(stored.head);
      const auto more = visit(stored, std::move(*head));
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
      ++next;
    }
  }
  return {};
}

std::expected<StoredCommit, ReadError> read_one(const Log& log, WorkspaceNumber workspace, Position position) {
  const ReadError missing{ReadError::Kind::missing, workspace, position, "there is no commit at this position", {}};
  if (position == 0) return std::unexpected(missing);
  auto batch = log.read(workspace, position, {1, ~std::size_t{0}});
  if (!batch) return std::unexpected(batch.error());
  if (batch->empty()) return std::unexpected(missing);
  return std::move(batch->front());
}

}  // namespace

std::expected<PlainCommit, ReadError> read_plain(const Log& log, KeyVault* vault, WorkspaceNumber workspace,
                                                 Position position, ReadOptions options) {
  const auto stored = read_one(log, workspace, position);
  if (!stored) return std::unexpected(stored.error());
  auto head = head_of(*stored);
  if (!head) return std::unexpected(head.error());
  if (options.check_chain && position > 1) {
    const auto before = leaf_hash(log, workspace, position - 1);
    if (!before) return std::unexpected(before.error());
    if (head->previous_hash != *before) {
      return std::unexpected(fault(workspace, position, "the head does not follow the commit before it"));
    }
  }
  return open_with_head(*stored, std::move(*head), vault, options);
}

std::expected<PlainCommit, ReadError> open_commit(const StoredCommit& stored, KeyVault* vault, ReadOptions options) {
  auto head = head_of(stored);
  if (!head) return std::unexpected(head.error());
  return open_with_head(stored, std::move(*head), vault, options);
}

std::expected<void, ReadError> for_each_commit(const Log& log, KeyVault* vault, WorkspaceNumber workspace,
                                               Position from, Position to,
                                               const std::function<bool(PlainCommit&&)>& visit, ReadOptions options) {
  return walk(log, workspace, from, to, options.check_chain,
              [&](const StoredCommit& stored, CommitHead&& head) -> std::expected<bool, ReadError> {
                auto plain = open_with_head(stored, std::move(head), vault, options);
                if (!plain) return std::unexpected(plain.error());
                return visit(std::move(*plain));
              });
}

std::expected<CommitHead, ReadError> read_head(const Log& log, WorkspaceNumber workspace, Position position) {
  const auto stored = read_one(log, workspace, position);
  if (!stored) return std::unexpected(stored.error());
  return head_of(*stored);
}

std::expected<Hash, ReadError> leaf_hash(const Log& log, WorkspaceNumber workspace, Position position) {
  const auto stored = read_one(log, workspace, position);
  if (!stored) return std::unexpected(stored.error());
  return leaf_hash_of(stored->head);
}

std::expected<void, ReadError> for_each_head(const Log& log, WorkspaceNumber workspace, Position from, Position to,
                                             const std::function<bool(const CommitHead&, const Hash& leaf)>& visit) {
  return walk(log, workspace, from, to, false,
              [&](const StoredCommit& stored, CommitHead&& head) -> std::expected<bool, ReadError> {
                return visit(head, leaf_hash_of(stored.head));
              });
}

}  // namespace highseas::eventstore
