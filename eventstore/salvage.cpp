// salvage — a new data directory from what still holds together in an old one.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "eventstore/commit_format.hpp"
#include "eventstore/data_directory.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/rocksdb_open.hpp"
#include "eventstore/verify.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::string_view kRepaired = "/salvaged-copy";

// As it is; where CURRENT or MANIFEST are beyond that, from a copy whose MANIFEST is built anew.
std::expected<std::unique_ptr<RocksDbLog>, OpenError> open_damaged(const DataLayout& from, const std::string& to) {
  auto log = RocksDbLog::open({from.log(), RocksDbOptions::Mode::salvage, {}});
  if (log) return log;
  const std::string copy = to + std::string(kRepaired);
  std::error_code fault;
  std::filesystem::copy(from.log(), copy, std::filesystem::copy_options::recursive, fault);
  if (fault) return std::unexpected(OpenError{OpenError::Kind::storage, copy, 0, fault.message(), "make room there"});
  if (auto repaired = repair_rocksdb(copy); !repaired) return std::unexpected(repaired.error());
  return RocksDbLog::open({copy, RocksDbOptions::Mode::salvage, {}});
}

// What is wrong with a commit that should follow `before`; empty = nothing.
std::string fault_of(const StoredCommit& stored, const Hash& before) {
  const auto head = decode_head(stored.head);
  if (!head || head->meta.position != stored.position) return "the bytes of its head do not hold together";
  if (head->previous_hash != before) return "its head does not follow the commit before it";
  if (head->section_hashes.size() != stored.sections.size()) return "its head names another number of sections";
  for (std::size_t i = 0; i < stored.sections.size(); ++i) {
    if (sha256(stored.sections[i]) != head->section_hashes[i]) {
      return "section " + std::to_string(i) + " is not the one that its head names";
    }
  }
  return {};
}

class Copier {
 public:
  Copier(const Log& from, Log& to, HeadFile& head, SalvageReport& report)
      : from_(from), to_(to), head_(head), report_(report) {}

  void stop_at(WorkspaceNumber workspace, Position position, std::string what) {
    report_.damages.push_back({{}, workspace, position, std::move(what), "what follows it is not copied"});
  }

  std::expected<Position, OpenError> copy(WorkspaceNumber workspace) {
    Hash before{};
    for (Position next = 1; next <= from_.end(workspace); ++next) {
      const auto stored = from_.read(workspace, next, {1, ~std::size_t{0}});
      const auto entry = from_.vault_entry(workspace, next);
      if (!stored || stored->empty() || !entry) {
        stop_at(workspace, next, !stored ? stored.error().message : "the commit or its vault entry cannot be read");
        return next - 1;
      }
      if (auto fault = fault_of(stored->front(), before); !fault.empty()) {
        stop_at(workspace, next, std::move(fault));
        return next - 1;
      }
      writes_.push_back({stored->front(), entry->value_or(""), {}});
      before = leaf_hash_of(stored->front().head);
      head_.update(workspace, next, before);
      if (writes_.size() == 1'000) {
        if (auto written = write(); !written) return std::unexpected(written.error());
      }
    }
    return from_.end(workspace);
  }

  std::expected<void, OpenError> write() {
    const auto appended = to_.append(writes_);
    writes_.clear();
    if (appended) return {};
    return std::unexpected(OpenError{OpenError::Kind::storage, {}, 0, describe(appended.error()), "make room there"});
  }

  // Credentials and the access trail; who was logged in then is not.
  void copy_beside_the_log(const SideStore& from) {
    constexpr std::pair<Family, std::string_view> kFamilies[] = {{Family::auth, "auth"}, {Family::trail, "trail"}};
    for (const auto& [family, name] : kFamilies) {
      const auto scanned = from.scan(family, "", [&, copied = family](auto key, auto value) {
        return to_.side_store().put(copied, key, value).has_value();
      });
      if (scanned) continue;
      stop_at(0, 0, "the family `" + std::string(name) + "` cannot be read to its end: " + scanned.error().message);
    }
  }

 private:
  const Log& from_;
  Log& to_;
  HeadFile& head_;
  SalvageReport& report_;
  std::vector<LogWrite> writes_;
};

}  // namespace

std::expected<SalvageReport, OpenError> salvage(const std::string& from, const std::string& to) {
  const DataLayout source{from};
  const DataLayout target{to};
  if (file_exists(to)) {
    return std::unexpected(OpenError{OpenError::Kind::storage, to, 0, "this is there already",
                                     "name a directory that does not exist yet"});
  }
  for (const auto& path : {target.root, target.checkpoints(), target.files()}) {
    if (auto made = make_directory(path); !made) return std::unexpected(made.error());
  }
  auto damaged = open_damaged(source, to);
  if (!damaged) return std::unexpected(damaged.error());
  auto head = HeadFile::create(target.head());
  if (!head) return std::unexpected(head.error());
  auto fresh = RocksDbLog::open({target.log(), RocksDbOptions::Mode::writer, {}});
  if (!fresh) return std::unexpected(fresh.error());
  SalvageReport report;
  const auto old_head = HeadFile::open(source.head());
  Copier copier(**damaged, **fresh, *head, report);
  for (const auto workspace : (*damaged)->workspaces()) {
    const auto copied = copier.copy(workspace);
    if (!copied) return std::unexpected(copied.error());
    report.workspaces.push_back({workspace, *copied, 0});
  }
  if (auto written = copier.write(); !written) return std::unexpected(written.error());
  copier.copy_beside_the_log((*damaged)->side_store());
  if (old_head) {
    for (const auto& [workspace, line] : old_head->lines()) {
      auto found = std::find_if(report.workspaces.begin(), report.workspaces.end(),
                                [&](const auto& one) { return one.number == workspace; });
      if (found == report.workspaces.end()) found = report.workspaces.insert(found, {workspace, 0, 0});
      found->expected = line.position;
    }
  }
  if (auto flushed = (*fresh)->flush(); !flushed) {
    return std::unexpected(
        OpenError{OpenError::Kind::storage, target.log(), 0, describe(flushed.error()), "make room there"});
  }
  if (auto flushed = head->flush(); !flushed) return std::unexpected(flushed.error());
  damaged->reset();
  std::error_code ignored;
  std::filesystem::remove_all(to + std::string(kRepaired), ignored);
  return report;
}

}  // namespace highseas::eventstore
