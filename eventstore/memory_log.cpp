// memory_log — maps under a mutex.
#include "eventstore/memory_log.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <utility>

namespace highseas::eventstore {
namespace {

class MemorySideStore : public SideStore {
 public:
  std::expected<std::optional<std::string>, SideError> get(Family family, std::string_view key) const override {
    const std::scoped_lock lock(mutex_);
    const auto& keys = families_[static_cast<std::size_t>(family)];
    const auto found = keys.find(key);
    if (found == keys.end()) return std::nullopt;
    return found->second;
  }

  std::expected<void, SideError> put(Family family, std::string_view key, std::string_view value, bool) override {
    const std::scoped_lock lock(mutex_);
    families_[static_cast<std::size_t>(family)].insert_or_assign(std::string(key), std::string(value));
    return {};
  }

  std::expected<void, SideError> erase(Family family, std::string_view key, bool) override {
    const std::scoped_lock lock(mutex_);
    auto& keys = families_[static_cast<std::size_t>(family)];
    if (const auto found = keys.find(key); found != keys.end()) keys.erase(found);
    return {};
  }

  std::expected<void, SideError> erase_range(Family family, std::string_view from, std::string_view to) override {
    const std::scoped_lock lock(mutex_);
    auto& keys = families_[static_cast<std::size_t>(family)];
    if (from < to) keys.erase(keys.lower_bound(from), keys.lower_bound(to));
    return {};
  }

  // Visits a copy: the visitor may write.
  std::expected<void, SideError> scan(Family family, std::string_view prefix, const Visit& visit,
                                      std::string_view from) const override {
    std::vector<std::pair<std::string, std::string>> found;
    {
      const std::scoped_lock lock(mutex_);
      const auto& keys = families_[static_cast<std::size_t>(family)];
      for (auto at = keys.lower_bound(std::max(prefix, from)); at != keys.end(); ++at) {
        if (!at->first.starts_with(prefix)) break;
        found.emplace_back(*at);
      }
    }
    for (const auto& [key, value] : found) {
      if (!visit(key, value)) break;
    }
    return {};
  }

 private:
  mutable std::mutex mutex_;
  std::array<std::map<std::string, std::string, std::less<>>, 3> families_;
};

class MemoryLog : public Log {
 public:
  std::expected<void, AppendError> append(std::span<const LogWrite> writes) override {
    const std::scoped_lock lock(mutex_);
    std::map<WorkspaceNumber, Position> ends;
    for (const auto& write : writes) {
      const auto workspace = write.commit.workspace;
      auto& end = ends.try_emplace(workspace, end_of(workspace)).first->second;
      if (write.commit.position != end + 1) {
        return std::unexpected(AppendError{AppendError::Kind::conflict, workspace, end + 1, {}, false});
      }
      ++end;
    }
    for (const auto& write : writes) {
      commits_[write.commit.workspace].push_back(write.commit);
      if (!write.vault_entry.empty()) vault_[{write.commit.workspace, write.commit.position}] = write.vault_entry;
      for (const auto& side : write.side_writes) {
        if (side.value) {
          (void)side_.put(side.family, side.key, *side.value, true);
        } else {
          (void)side_.erase(side.family, side.key, true);
        }
      }
    }
    return {};
  }

  Position end(WorkspaceNumber workspace) const override {
    const std::scoped_lock lock(mutex_);
    return end_of(workspace);
  }

  std::vector<WorkspaceNumber> workspaces() const override {
    const std::scoped_lock lock(mutex_);
    std::vector<WorkspaceNumber> numbers;
    for (const auto& [number, commits] : commits_) numbers.push_back(number);
    return numbers;
  }

  std::expected<std::vector<StoredCommit>, ReadError> read(WorkspaceNumber workspace, Position from,
                                                           ReadLimit limit) const override {
    const std::scoped_lock lock(mutex_);
    std::vector<StoredCommit> result;
    std::size_t bytes = 0;
    for (Position at = std::max<Position>(from, 1); at <= end_of(workspace); ++at) {
      if (result.size() >= limit.commits || bytes >= limit.bytes) break;
      result.push_back(commits_.at(workspace)[at - 1]);
      bytes += result.back().head.size();
      for (const auto& section : result.back().sections) bytes += section.size();
    }
    return result;
  }

  std::expected<std::optional<std::string>, ReadError> vault_entry(WorkspaceNumber workspace,
                                                                   Position position) const override {
    const std::scoped_lock lock(mutex_);
    const auto found = vault_.find({workspace, position});
    if (found == vault_.end()) return std::nullopt;
    return found->second;
  }

  std::expected<void, ReadError> for_each_vault_entry(const VisitVault& visit) const override {
    std::map<std::pair<WorkspaceNumber, Position>, std::string> entries;
    {
      const std::scoped_lock lock(mutex_);
      entries = vault_;
    }
    for (const auto& [key, entry] : entries) {
      if (!visit(key.first, key.second, entry)) break;
    }
    return {};
  }

  std::expected<void, OpenError> reopen() override { return {}; }
  std::expected<void, AppendError> flush() override { return {}; }
  SideStore& side_store() override { return side_; }

 private:
  Position end_of(WorkspaceNumber workspace) const {
    const auto found = commits_.find(workspace);
    return found == commits_.end() ? 0 : found->second.size();
  }

  mutable std::mutex mutex_;
  std::map<WorkspaceNumber, std::vector<StoredCommit>> commits_;
  std::map<std::pair<WorkspaceNumber, Position>, std::string> vault_;
  MemorySideStore side_;
};

}  // namespace

std::unique_ptr<Log> make_memory_log() {
  return std::make_unique<MemoryLog>();
}

std::unique_ptr<SideStore> make_memory_side_store() {
  return std::make_unique<MemorySideStore>();
}

}  // namespace highseas::eventstore
