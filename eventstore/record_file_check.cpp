// record_file_check — the format is that of LevelDB's log: blocks of 32 KiB; checksum, length, type, bytes.
#include "eventstore/record_file_check.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "eventstore/file_system.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::size_t kBlock = 32'768;
constexpr std::size_t kHeader = 7;
enum Type : std::uint8_t { kZero = 0, kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0x82F63B78u : 0u);
    table[i] = value;
  }
  return table;
}

std::uint32_t crc32c(std::string_view bytes) {
  static constexpr auto kTable = make_crc_table();
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char byte : bytes) crc = crc >> 8 ^ kTable[(crc ^ static_cast<std::uint8_t>(byte)) & 0xFF];
  return ~crc;
}

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

struct Record {
  std::uint8_t type = 0;
  std::size_t size = 0;  // with its header
};

// Where the header lies, the record fits into its block and the file, and its checksum is right.
std::optional<Record> record_at(std::string_view file, std::size_t offset) {
  const std::size_t block_end = std::min(file.size(), (offset / kBlock + 1) * kBlock);
  if (offset + kHeader > block_end) return std::nullopt;
  const auto header = file.substr(offset, kHeader);
  const std::size_t length = little_endian(header.substr(4, 2));
  const auto type = static_cast<std::uint8_t>(header[6]);
  if (type < kFull || type > kLast || offset + kHeader + length > block_end) return std::nullopt;
  const std::uint32_t crc = crc32c(file.substr(offset + 6, 1 + length));
  const std::uint32_t masked = (crc >> 15 | crc << 17) + 0xa282ead8u;  // RocksDB's mask of a stored checksum
  if (masked != little_endian(header.substr(0, 4))) return std::nullopt;
  return Record{type, kHeader + length};
}

bool begins(std::uint8_t type) {
  return type == kFull || type == kFirst;
}

// True where a record that begins something lies whole behind `offset`: byte by byte in its block, then from the
// beginning of each block that follows.
bool whole_record_behind(std::string_view file, std::size_t offset) {
  const std::size_t block_end = std::min(file.size(), (offset / kBlock + 1) * kBlock);
  for (std::size_t at = offset + 1; at + kHeader <= block_end; ++at) {
    const auto record = record_at(file, at);
    if (record && begins(record->type)) return true;
  }
  for (std::size_t block = (offset / kBlock + 1) * kBlock; block < file.size(); block += kBlock) {
    std::size_t at = block;
    while (const auto record = record_at(file, at)) {
      if (begins(record->type)) return true;
      at += record->size;
    }
  }
  return false;
}

// A record that the file has room for, but whose bytes are not those that were written.
bool complete_at(std::string_view file, std::size_t offset) {
  const std::size_t block_end = (offset / kBlock + 1) * kBlock;
  if (offset + kHeader > std::min(block_end, file.size())) return false;
  const std::size_t end = offset + kHeader + little_endian(file.substr(offset + 4, 2));
  return end <= file.size() || end > block_end;
}

RecordFileState broken_at(std::string_view file, std::size_t offset) {
  const auto rest = file.substr(offset);
  // Room that was made beforehand and never written.
  if (rest.find_first_not_of('\0') == std::string_view::npos) return {RecordFileState::Kind::torn, offset};
  const bool damaged = whole_record_behind(file, offset) || complete_at(file, offset);
  return {damaged ? RecordFileState::Kind::damaged : RecordFileState::Kind::torn, offset};
}

std::optional<OpenError> check_one(const std::string& path) {
  const auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  const auto state = check_records(*bytes);
  if (state.kind != RecordFileState::Kind::damaged) return std::nullopt;
  return OpenError{OpenError::Kind::damaged, path, 0,
                   "the record at byte " + std::to_string(state.offset) + " is not the one that was written",
                   "restore the last backup, or copy what is whole by `highseas salvage --data D --to D2`"};
}

OpenError current_error(const std::string& path, std::string what) {
  return {OpenError::Kind::damaged, path, 0, std::move(what),
          "restore the last backup, or write the name of the newest MANIFEST and a line feed into it"};
}

}  // namespace

RecordFileState check_records(std::string_view file) {
  std::size_t at = 0;
  bool inside = false;  // between a first and its last fragment
  std::size_t begun = 0;
  while (at < file.size()) {
    const std::size_t left = kBlock - at % kBlock;
    if (left < kHeader) {  // the trailer of a block
      const auto trailer = file.substr(at, left);
      if (trailer.find_first_not_of('\0') != std::string_view::npos) return {RecordFileState::Kind::damaged, at};
      at += left;
      continue;
    }
    const auto record = record_at(file, at);
    if (!record) return broken_at(file, at);
    if (begins(record->type) == inside) return {RecordFileState::Kind::damaged, at};
    if (!inside) begun = at;
    inside = record->type == kFirst || record->type == kMiddle;
    at += record->size;
  }
  if (inside) return {RecordFileState::Kind::torn, begun};
  return {};
}

std::vector<OpenError> check_record_files(const std::string& directory) {
  std::vector<OpenError> errors;
  const std::string current = directory + "/CURRENT";
  const auto named = read_file(current);
  if (!named) {
    errors.push_back(current_error(current, "it is missing or cannot be read: " + named.error().message));
  } else if (!named->starts_with("MANIFEST-") || !named->ends_with('\n')) {
    errors.push_back(current_error(current, "it does not name a MANIFEST"));
  } else {
    const std::string manifest = directory + "/" + named->substr(0, named->size() - 1);
    if (!file_exists(manifest)) {
      errors.push_back(current_error(current, "it names " + manifest + ", which is not there"));
    } else if (auto error = check_one(manifest)) {
      errors.push_back(std::move(*error));
    }
  }
  std::vector<std::string> logs;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    if (entry.path().extension() == ".log") logs.push_back(entry.path().string());
  }
  std::sort(logs.begin(), logs.end());
  for (const auto& path : logs) {
    if (auto error = check_one(path)) errors.push_back(std::move(*error));
  }
  return errors;
}

}  // namespace highseas::eventstore
