// checkpoint_files — DATA/checkpoints/WORKSPACE/POSITION and, beside it, `newest`, which names the position to load.
#include "eventstore/checkpoint_files.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "eventstore/bytes.hpp"
#include "eventstore/file_system.hpp"
#include "eventstore/sealed_blob.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::size_t kKept = 2;

std::string folder_of(const std::string& directory, WorkspaceNumber workspace) {
  return directory + "/" + std::to_string(workspace);
}

std::string name_of(WorkspaceNumber workspace, Position position) {
  return "checkpoint " + std::to_string(workspace) + "/" + std::to_string(position);
}

std::optional<Position> position_of(const std::string& text) {
  Position position = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), position);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return position;
}

// Newest first.
std::vector<Position> positions_in(const std::string& folder) {
  std::vector<Position> positions;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (const auto position = position_of(entry.path().filename().string())) positions.push_back(*position);
  }
  std::sort(positions.rbegin(), positions.rend());
  return positions;
}

std::string encode(std::string_view version, const Checkpoint& checkpoint) {
  ByteWriter out;
  out.counted(version);
  out.u64(checkpoint.position);
  out.u32(static_cast<std::uint32_t>(checkpoint.blobs.size()));
  for (const auto& [name, bytes] : checkpoint.blobs) {
    out.counted(name);
    out.u64(bytes.size());
    out.raw(bytes);
  }
  return out.take();
}

std::optional<Checkpoint> decode(std::string_view version, std::string_view bytes) {
  ByteReader in(bytes);
  if (in.counted() != version) return std::nullopt;
  Checkpoint checkpoint;
  checkpoint.position = in.u64();
  const auto count = in.u32();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    std::string name(in.counted());
    checkpoint.blobs.emplace_back(std::move(name), in.raw(in.u64()));
  }
  if (!in.finished()) return std::nullopt;
  return checkpoint;
}

}  // namespace

CheckpointFiles::CheckpointFiles(std::string directory, const ServerKey& key, RandomSource& random)
    : directory_(std::move(directory)), key_(key), random_(random) {}

std::expected<void, OpenError> CheckpointFiles::write(WorkspaceNumber workspace, std::string_view version,
                                                      const Checkpoint& checkpoint) {
  const std::string folder = folder_of(directory_, workspace);
  if (auto made = make_directory(folder); !made) return made;
  const std::string file = folder + "/" + std::to_string(checkpoint.position);
  const auto sealed = seal_blob(key_, random_, name_of(workspace, checkpoint.position), encode(version, checkpoint));
  if (auto written = write_file_atomically(file, sealed); !written) return written;
  // Only now does anything lead to it.
  const std::string pointer = std::to_string(checkpoint.position) + "\n";
  if (auto written = write_file_atomically(folder + "/newest", pointer); !written) return written;
  // Kept are this one and the one before it; later ones are of a log that ended elsewhere.
  std::size_t kept = 0;
  for (const auto position : positions_in(folder)) {
    if (position <= checkpoint.position && kept++ < kKept) continue;
    ::unlink((folder + "/" + std::to_string(position)).c_str());
  }
  return {};
}

std::optional<Checkpoint> CheckpointFiles::read(WorkspaceNumber workspace, std::string_view version,
                                                Position not_after) const {
  const std::string folder = folder_of(directory_, workspace);
  const auto pointer = read_file(folder + "/newest");
  if (!pointer || !pointer->ends_with('\n')) return std::nullopt;
  const auto newest = position_of(pointer->substr(0, pointer->size() - 1));
  if (!newest) return std::nullopt;
  for (const auto position : positions_in(folder)) {
    if (position > std::min(*newest, not_after)) continue;
    const auto sealed = read_file(folder + "/" + std::to_string(position));
    if (!sealed) continue;
    const auto plain = open_blob(key_, name_of(workspace, position), *sealed);
    if (!plain) continue;
    if (auto checkpoint = decode(version, *plain); checkpoint && checkpoint->position == position) return checkpoint;
  }
  return std::nullopt;
}

std::vector<Position> CheckpointFiles::positions(WorkspaceNumber workspace) const {
  return positions_in(folder_of(directory_, workspace));
}

void CheckpointFiles::remove_all(WorkspaceNumber workspace) {
  std::error_code ignored;
  std::filesystem::remove_all(folder_of(directory_, workspace), ignored);
}

}  // namespace highseas::eventstore
