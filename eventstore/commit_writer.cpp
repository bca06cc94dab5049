// commit_writer — the one place where plain commits become bytes.
#include "eventstore/commit_writer.hpp"

#include <optional>
#include <string>
#include <utility>

#include "base/assert.hpp"
#include "eventstore/commit_format.hpp"
#include "eventstore/commit_reader.hpp"

namespace highseas::eventstore {

// What this call has made, known to no one until it is on disk.
struct CommitWriter::Batch {
  std::map<WorkspaceNumber, End> ends;
  std::map<std::pair<WorkspaceNumber, base::Ulid>, RecordKey> fresh_keys;
};

namespace {

AppendError storage_error(const ReadError& error) {
  return {AppendError::Kind::storage, error.workspace, 0, describe(error), false};
}

void assert_bounds(const PlainCommit& commit) {
  HS_ASSERT(!commit.sections.empty() && commit.sections.size() <= kMaxRecords + 1);
  HS_ASSERT(plain_bytes(commit) <= kMaxCommitBytes);
  HS_ASSERT(!commit.sections[0].subject && commit.sections[0].secret.empty());
  for (std::size_t i = 1; i < commit.sections.size(); ++i) HS_ASSERT(commit.sections[i].subject.has_value());
}

}  // namespace

std::expected<std::vector<Hash>, AppendError> CommitWriter::write(std::span<const PlainCommit> commits) {
  Batch batch;
  std::vector<LogWrite> writes;
  std::vector<Hash> hashes;
  writes.reserve(commits.size());
  for (const auto& commit : commits) {
    const auto workspace = commit.workspace_number;
    if (!batch.ends.contains(workspace)) {
      const auto end = end_of(workspace);
      if (!end) return std::unexpected(end.error());
      batch.ends[workspace] = *end;
    }
    auto& end = batch.ends[workspace];
    if (commit.meta.position != end.position + 1) {
      return std::unexpected(AppendError{AppendError::Kind::conflict, workspace, end.position + 1, {}, false});
    }
    auto write = prepare(commit, batch);
    if (!write) return std::unexpected(write.error());
    end = {commit.meta.position, leaf_hash_of(write->commit.head)};
    hashes.push_back(end.hash);
    writes.push_back(std::move(*write));
  }
  if (auto appended = log_.append(writes); !appended) {
    ends_.clear();
    return std::unexpected(appended.error());
  }
  for (const auto& [workspace, end] : batch.ends) ends_[workspace] = end;
  for (const auto& [place, key] : batch.fresh_keys) vault_.remember(place.first, key.position, place.second, key.key);
  return hashes;
}

std::expected<void, OpenError> CommitWriter::resync() {
  ends_.clear();
  if (auto opened = log_.reopen(); !opened) return opened;
  return vault_.reload();
}

std::expected<CommitWriter::End, AppendError> CommitWriter::end_of(WorkspaceNumber workspace) {
  if (const auto found = ends_.find(workspace); found != ends_.end()) return found->second;
  End end{log_.end(workspace), {}};
  if (end.position != 0) {
    const auto hash = leaf_hash(log_, workspace, end.position);
    if (!hash) return std::unexpected(storage_error(hash.error()));
    end.hash = *hash;
  }
  ends_[workspace] = end;
  return end;
}

// The owner's key: made in this batch, or known, or made now (then a row for the vault entry is added).
std::expected<RecordKey, AppendError> CommitWriter::key_for(WorkspaceNumber workspace, Position position,
                                                            base::Ulid owner, Batch& batch,
                                                            std::vector<WrappedKey>& rows) {
  HS_ASSERT(!owner.is_zero() && !vault_.is_erased(owner));
  if (const auto fresh = batch.fresh_keys.find({workspace, owner}); fresh != batch.fresh_keys.end()) {
    return fresh->second;
  }
  const auto known = vault_.current_key(workspace, owner);
  if (!known) return std::unexpected(storage_error(known.error()));
  if (*known) return **known;
  auto [key, row] = vault_.make_key(workspace, position, owner);
  rows.push_back(std::move(row));
  return batch.fresh_keys[{workspace, owner}] = RecordKey{position, key};
}

std::expected<LogWrite, AppendError> CommitWriter::prepare(const PlainCommit& commit, Batch& batch) {
  assert_bounds(commit);
  const auto workspace = commit.workspace_number;
  const auto position = commit.meta.position;
  LogWrite write{{workspace, position, {}, {}}, {}, commit.side_writes};
  CommitHead head{commit.meta, batch.ends[workspace].hash, {}};
  std::vector<WrappedKey> rows;
  for (const auto& section : commit.sections) {
    SectionParts parts{section.subject, section.clear, std::nullopt, {}};
    if (!section.secret.empty()) {
      const auto key = key_for(workspace, position, section.key_owner, batch, rows);
      if (!key) return std::unexpected(key.error());
      const auto bound = box_associated_data(commit.meta.workspace, position, *section.subject);
      const auto nonce = vault_.random().nonce();
      parts.box = seal_box(key->key, nonce, section.key_owner, key->position, bound, section.secret);
    }
    parts.salt = vault_.random().bytes(kSaltBytes);
    auto bytes = encode_section(parts);
    head.section_hashes.push_back(sha256(bytes));
    write.commit.sections.push_back(std::move(bytes));
  }
  if (!rows.empty()) write.vault_entry = encode_vault_entry(rows);
  write.commit.head = encode_head(head);
  return write;
}

}  // namespace highseas::eventstore
