// bytes — how checkpoints write numbers and texts, little endian, and read them back without trusting them.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace highseas::projections {

class ByteWriter {
 public:
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void raw(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void raw(const void* data, std::size_t size) { bytes_.append(static_cast<const char*>(data), size); }
  void size(std::size_t value) { raw(static_cast<std::uint64_t>(value)); }
  void text(std::string_view value) {
    size(value.size());
    bytes_.append(value);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// After the first thing that is not there, everything reads as zero and ok() is false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
    requires std::is_trivially_copyable_v<T>
  T raw() {
    T value{};
    raw(&value, sizeof value);
    return value;
  }
  void raw(void* data, std::size_t size) {
    if (!ok_ || size > bytes_.size()) {
      ok_ = false;
      return;
    }
    std::memcpy(data, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }
  // A count of things of which each takes at least `least` bytes here: what can't be is not ok.
  std::size_t size(std::size_t least = 1) {
    const auto value = raw<std::uint64_t>();
    if (value > bytes_.size() / (least == 0 ? 1 : least)) ok_ = false;
    return ok_ ? static_cast<std::size_t>(value) : 0;
  }
  std::string_view text() {
    const auto length = size();
    const auto found = bytes_.substr(0, length);
    bytes_.remove_prefix(length);
    return found;
  }
  void fail() { ok_ = false; }
  bool ok() const { return ok_; }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace highseas::projections
