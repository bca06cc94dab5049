// secret — the sealed values of one section: by where they stood (source) and in which field of it (path).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/bytes.hpp"

namespace highseas::codec {

// Where a sealed value stood: the command, one of its items, or an event of the commit.
constexpr std::uint64_t command_source() {
  return 0;
}
constexpr std::uint64_t item_source(std::uint64_t index) {
  return index << 2 | 1;
}
constexpr std::uint64_t event_source(std::uint64_t index) {
  return index << 2 | 2;
}

// The fields from the table down to the value, six bits a level, each id + 1.
constexpr std::uint64_t path_below(std::uint64_t path, std::uint16_t id) {
  return path << 6 | (id + 1u);
}

class SecretWriter {
 public:
  void add(std::uint64_t source, std::uint64_t path, std::string_view bytes) {
    entries_.push_back({source, path, std::string(bytes)});
  }
  // Each as source, path, counted bytes; rising.
  std::string take() {
    std::sort(entries_.begin(), entries_.end(), [](const Entry& left, const Entry& right) {
      return std::pair(left.source, left.path) < std::pair(right.source, right.path);
    });
    ByteWriter out;
    for (const auto& entry : entries_) {
      out.varint(entry.source);
      out.varint(entry.path);
      out.counted(entry.bytes);
    }
    return out.take();
  }

 private:
  struct Entry {
    std::uint64_t source = 0;
    std::uint64_t path = 0;
    std::string bytes;
  };
  std::vector<Entry> entries_;
};

// The bytes must outlive it.
class SecretReader {
 public:
  // What is erased or whose key is not at hand: nothing is found, and that is no fault.
  static SecretReader missing() {
    SecretReader reader;
    reader.missing_ = true;
    return reader;
  }
  // Nothing for bytes that SecretWriter does not write.
  static std::optional<SecretReader> parse(std::string_view bytes) {
    SecretReader reader;
    ByteReader in(bytes);
    while (in.left() > 0) {
      const Entry entry{in.varint(), in.varint(), in.counted()};
      const bool rises =
          reader.entries_.empty() ||
          std::pair(reader.entries_.back().source, reader.entries_.back().path) < std::pair(entry.source, entry.path);
      if (!in.ok() || !rises) return std::nullopt;
      reader.entries_.push_back(entry);
    }
    return reader;
  }

  std::optional<std::string_view> find(std::uint64_t source, std::uint64_t path) {
    for (const auto& entry : entries_) {
      if (entry.source == source && entry.path == path) {
        ++found_;
        return entry.bytes;
      }
    }
    return std::nullopt;
  }
  bool is_missing() const { return missing_; }
  // What nobody asked for belongs to nothing: damage.
  bool all_found() const { return found_ == entries_.size(); }

 private:
  struct Entry {
    std::uint64_t source = 0;
    std::uint64_t path = 0;
    std::string_view bytes;
  };
  std::vector<Entry> entries_;
  std::size_t found_ = 0;
  bool missing_ = false;
};

}  // namespace highseas::codec
