// head_file — a line per workspace, and a last one that seals them: no flipped bit goes unseen.
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "eventstore/crypto.hpp"
#include "eventstore/data_directory.hpp"
#include "eventstore/file_system.hpp"

namespace highseas::eventstore {
namespace {

constexpr std::string_view kFirstLine = "highseas head 1\n";
constexpr std::string_view kLastLine = "sha256 ";

std::string format(const HeadFile::Lines& lines) {
  std::string text(kFirstLine);
  for (const auto& [workspace, line] : lines) {
    text += std::to_string(workspace) + " " + std::to_string(line.position) + " " + to_hex(line.hash) + "\n";
  }
  return text + std::string(kLastLine) + to_hex(sha256(text)) + "\n";
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "WORKSPACE POSITION HASH"
bool parse_line(std::string_view text, HeadFile::Lines& lines) {
  const auto first = text.find(' ');
  const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
  if (second == std::string_view::npos) return false;
  const auto workspace = number_of<WorkspaceNumber>(text.substr(0, first));
  const auto position = number_of<Position>(text.substr(first + 1, second - first - 1));
  const auto hash = hash_from_hex(text.substr(second + 1));
  if (!workspace || !position || !hash) return false;
  return lines.try_emplace(*workspace, HeadLine{*position, *hash}).second;
}

std::optional<HeadFile::Lines> parse(std::string_view text) {
  if (!text.starts_with(kFirstLine)) return std::nullopt;
  HeadFile::Lines lines;
  std::size_t at = kFirstLine.size();
  while (true) {
    const auto end = text.find('\n', at);
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = text.substr(at, end - at);
    if (line.starts_with(kLastLine)) {
      // As this program writes it, to the byte: a flipped case of a hex digit is a flipped bit too.
      if (end + 1 != text.size() || format(lines) != text) return std::nullopt;
      return lines;
    }
    if (!parse_line(line, lines)) return std::nullopt;
    at = end + 1;
  }
}

}  // namespace

std::expected<HeadFile, OpenError> HeadFile::open(std::string path) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  auto lines = parse(*text);
  if (!lines) {
    return std::unexpected(OpenError{OpenError::Kind::damaged, path, 0, "the head file's bytes do not hold together",
                                     "restore it with the last backup, or copy the log by `highseas salvage`"});
  }
  return HeadFile(std::move(path), std::move(*lines));
}

std::expected<HeadFile, OpenError> HeadFile::create(std::string path) {
  HeadFile file(std::move(path), {});
  file.changed_ = true;
  if (auto flushed = file.flush(); !flushed) return std::unexpected(flushed.error());
  return file;
}

void HeadFile::update(WorkspaceNumber workspace, Position position, const Hash& hash) {
  const HeadLine line{position, hash};
  auto& mine = lines_[workspace];
  if (mine == line) return;
  mine = line;
  changed_ = true;
}

std::expected<void, OpenError> HeadFile::flush() {
  if (!changed_) return {};
  if (auto written = write_file_atomically(path_, format(lines_)); !written) return written;
  changed_ = false;
  return {};
}

}  // namespace highseas::eventstore
