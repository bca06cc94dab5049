// verify — goes on after each damage, so that one run names them all.
#include "eventstore/verify.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

#include "eventstore/commit_format.hpp"
#include "eventstore/data_directory.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/record_file_check.hpp"
#include "eventstore/sealed_blob.hpp"
#include "eventstore/sealed_files.hpp"
#include "eventstore/signing_key.hpp"
#include "eventstore/table_check.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::string_view kRestore =
    "restore the last backup, or copy what is whole by `highseas salvage --data D --to D2`";

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

class Verifier {
 public:
  explicit Verifier(const VerifyOptions& options)
      : options_(options),
        layout_{options.data},
        keys_(options.keys.empty() ? layout_.keys() : options.keys),
        beside_a_server_(!options.scratch.empty()) {}

  VerifyReport run() {
    auto head = HeadFile::open(layout_.head());
    if (!head) add(head.error());
    if (!beside_a_server_) {
      for (const auto& error : check_record_files(layout_.log())) add(error);
    }
    const RocksDbOptions how{layout_.log(),
                             beside_a_server_ ? RocksDbOptions::Mode::secondary : RocksDbOptions::Mode::read_only,
                             options_.scratch};
    auto log = RocksDbLog::open(how);
    if (!log) {
      if (report_.damages.empty()) add(log.error());
      return std::move(report_);
    }
    log_ = std::move(*log);
    if (head) {
      for (const auto& error : head_errors(*log_, *head, layout_.head())) add(error);
    }
    check_all_tables(how);
    open_vault();
    check_signing_key();
    check_vault();
    for (const auto workspace : log_->workspaces()) check_workspace(workspace);
    check_side_families();
    check_sealed_files();
    return std::move(report_);
  }

 private:
  void add(const OpenError& error) {
    report_.damages.push_back({error.file, 0, error.position, error.message, error.remedy});
  }
  void add(WorkspaceNumber workspace, Position position, std::string what) {
    report_.damages.push_back({layout_.log(), workspace, position, std::move(what), std::string(kRestore)});
  }
  void add_file(const std::string& path, std::string what, std::string remedy) {
    report_.damages.push_back({path, 0, 0, std::move(what), std::move(remedy)});
  }

  void check_all_tables(RocksDbOptions how) {
    if (beside_a_server_) how.scratch += "/tables";  // two secondaries need a place each
    for (const auto& error : check_tables(how)) add(error);
  }

  // Without a server key all is checked but what is in the boxes.
  void open_vault() {
    if (!file_exists(keys_ + "/server-key")) return;
    auto key = ServerKey::open(keys_, true);
    if (!key) {
      add(key.error());
      return;
    }
    server_key_ = *key;
    auto vault = KeyVault::open(*log_, std::move(*key), keys_);
    if (vault) {
      vault_ = std::move(*vault);
    } else if (vault.error().kind == OpenError::Kind::wrong_key) {
      add_file(keys_ + "/server-key", vault.error().message, vault.error().remedy);
      server_key_.reset();
    }  // any other fault is found, and named, by check_vault
  }

  void check_signing_key() {
    if (!file_exists(SigningKey::path_in(keys_))) return;
    if (const auto key = SigningKey::read(keys_); !key) add(key.error());
  }

  void check_vault() {
    const auto visited = log_->for_each_vault_entry([&](WorkspaceNumber workspace, Position position, auto bytes) {
      const auto rows = decode_vault_entry(bytes);
      if (!rows) {
        add(workspace, position, "the vault entry's bytes do not hold together");
      } else if (position == 0 || position > log_->end(workspace)) {
        add(workspace, position, "a vault entry stands where there is no commit");
      } else {
        for (const auto& row : *rows) key_places_.insert({workspace, position, row.record});
      }
      return true;
    });
    if (!visited) {
      add(visited.error().workspace, visited.error().position,
          "the vault cannot be read beyond this: " + visited.error().message);
      vault_is_whole_ = false;
    }
  }

  void check_workspace(WorkspaceNumber workspace) {
    std::optional<Hash> before = Hash{};
    const Position last = log_->end(workspace);
    Position next = 1;
    while (next <= last) {
      auto batch = log_->read(workspace, next);
      if (!batch) {
        next = skip_unreadable(workspace, next, last, batch.error());
        before.reset();
        continue;
      }
      for (const auto& stored : *batch) {
        check_commit(stored, before);
        before = leaf_hash_of(stored.head);
        ++next;
        ++report_.commits;
        if (options_.progress && report_.commits % 10'000 == 0) options_.progress(report_.commits);
      }
    }
    if (options_.progress) options_.progress(report_.commits);
  }

  // A batch fails as a whole, so one by one from here: each run of positions that cannot be read is one damage.
  Position skip_unreadable(WorkspaceNumber workspace, Position next, Position last, const ReadError& fault) {
    const auto readable = [&](Position at) {
      const auto one = log_->read(workspace, at, {1, ~std::size_t{0}});
      return one && !one->empty();
    };
    Position at = next;
    while (at <= last && readable(at)) {  // what the batch had before its fault
      if (at >= fault.position) break;
      check_single(workspace, at++);
    }
    const Position first_lost = at;
    while (at <= last && !readable(at)) ++at;
    if (at > first_lost) {
      add(workspace, first_lost,
          "positions " + std::to_string(first_lost) + " to " + std::to_string(at - 1) +
              " cannot be read: " + fault.message);
    }
    return at;
  }

  void check_single(WorkspaceNumber workspace, Position position) {
    const auto one = log_->read(workspace, position, {1, ~std::size_t{0}});
    if (one && !one->empty()) check_commit(one->front(), std::nullopt);
    ++report_.commits;
  }

  void check_commit(const StoredCommit& stored, const std::optional<Hash>& before) {
    const auto head = decode_head(stored.head);
    if (!head) {
      add(stored.workspace, stored.position,
          head.error() == FormatFault::newer ? "it was written by a newer version of this program"
                                             : "the bytes of its head do not hold together");
      return;
    }
    if (head->meta.position != stored.position) {
      add(stored.workspace, stored.position, "its head names position " + std::to_string(head->meta.position));
    }
    if (before && head->previous_hash != *before) {
      add(stored.workspace, stored.position, "its head does not follow the commit before it");
    }
    if (head->section_hashes.size() != stored.sections.size()) {
      add(stored.workspace, stored.position, "its head names another number of sections");
      return;
    }
    for (std::size_t i = 0; i < stored.sections.size(); ++i) {
      const std::string name = "section " + std::to_string(i);
      if (sha256(stored.sections[i]) != head->section_hashes[i]) {
        add(stored.workspace, stored.position, name + " is not the one that its head names");
        continue;
      }
      const auto parts = decode_section(stored.sections[i]);
      if (!parts) {
        add(stored.workspace, stored.position, "the bytes of " + name + " do not hold together");
      } else if (parts->box) {
        check_box(stored, *head, *parts, name);
      }
    }
  }

  void check_box(const StoredCommit& stored, const CommitHead& head, const SectionParts& parts,
                 const std::string& name) {
    ++report_.boxes;
    const Box& box = *parts.box;
    const bool erased = (options_.is_erased && options_.is_erased(stored.workspace, box.key_owner)) ||
                        (vault_ && vault_->is_erased(box.key_owner));
    if (erased) {
      ++report_.erased;
      return;
    }
    if (!key_places_.contains({stored.workspace, box.key_position, box.key_owner})) {
      if (!vault_is_whole_) return;  // the vault itself is named already
      add(stored.workspace, stored.position,
          "the key of " + name + "'s box is missing at position " + std::to_string(box.key_position) +
              ", and its record was not erased");
      return;
    }
    if (!vault_) return;
    const auto key = vault_->key_at(stored.workspace, box.key_position, box.key_owner);
    const auto bound = box_associated_data(head.meta.workspace, stored.position, parts.subject.value_or(base::Ulid{}));
    if (key && *key && open_box(**key, box, bound)) {
      ++report_.boxes_opened;
    } else {
      add(stored.workspace, stored.position, "the box of " + name + " does not open with its key");
    }
  }

  void check_side_families() {
    constexpr std::pair<Family, std::string_view> kFamilies[] = {
        {Family::auth, "auth"}, {Family::sessions, "sessions"}, {Family::trail, "trail"}};
    for (const auto& [family, name] : kFamilies) {
      const auto scanned = log_->side_store().scan(family, "", [](auto, auto) { return true; });
      if (scanned) continue;
      add(0, 0, "the family `" + std::string(name) + "` cannot be read: " + scanned.error().message);
    }
  }

  void check_sealed_files() {
    if (!server_key_) return;
    const SealedFiles files(layout_.files(), *server_key_);
    for (const auto id : files.list()) {
      if (const auto loaded = files.load(id); !loaded && loaded.error().kind != ReadError::Kind::missing) {
        add_file(layout_.files() + "/" + base::format_id(id), loaded.error().message, loaded.error().remedy);
      }
    }
    std::error_code ignored;
    for (const auto& folder : std::filesystem::directory_iterator(layout_.checkpoints(), ignored)) {
      for (const auto& file : std::filesystem::directory_iterator(folder.path(), ignored)) {
        check_checkpoint(folder.path().filename().string(), file.path().string(), file.path().filename().string());
      }
    }
  }

  void check_checkpoint(const std::string& workspace, const std::string& path, const std::string& name) {
    if (name.empty() || name.find_first_not_of("0123456789") != std::string::npos) return;
    const auto sealed = read_file(path);
    if (!sealed) return;  // replaced meanwhile
    if (open_blob(*server_key_, "checkpoint " + workspace + "/" + name, *sealed)) return;
    add_file(path, "the checkpoint does not open: a byte of it is another",
             "delete it; the next start rebuilds it from the log");
  }

  const VerifyOptions& options_;
  const DataLayout layout_;
  const std::string keys_;
  const bool beside_a_server_;
  VerifyReport report_;
  std::unique_ptr<RocksDbLog> log_;
  std::optional<ServerKey> server_key_;
  std::unique_ptr<KeyVault> vault_;
  std::unordered_set<KeyPlace, KeyPlaceHash> key_places_;
  bool vault_is_whole_ = true;
};

}  // namespace

VerifyReport verify(const VerifyOptions& options) {
  return Verifier(options).run();
}

}  // namespace highseas::eventstore
